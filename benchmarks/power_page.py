"""The pages of the detection benchmark: one line per kind of error, from the figures just measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import TYPE_CHECKING

from benchmarks.power_words import KINDS_ZH, TEXTS

if TYPE_CHECKING:
    from benchmarks.contributions import Contribution, Tried
    from benchmarks.detection_power import Outcome

__all__ = ["contributed_part", "page_text", "with_harmless"]

WRITTEN = "<!-- Written by python -m benchmarks.detection_power --write: do not edit. -->"
SECTIONS = (
    ("transcription", "transcription", "transcription_text"),
    ("file", "file", "file_text"),
    ("source", "source_title", "source_text"),
    ("harmless", "harmless", "harmless_text"),
)
"""Groups of kinds with the names of their title and text."""


SIGMAS = 1.96
"""An interval holds the rate in 95 of 100 cases."""
GROUPS: dict[str, Callable[[Contribution], bool]] = {
    "known": lambda c: not c.is_new,
    "new": lambda c: c.is_new,
    "twice": lambda c: c.is_read_twice,
    "once": lambda c: not c.is_read_twice,
    "large": lambda c: c.is_large,
    "small": lambda c: not c.is_large,
}
"""The groups of mistakes that the page gives a rate of each."""


def page_text(
    outcomes: Sequence[Outcome],
    contributed: Sequence[Tried],
    clean: Counter[tuple[str, str]],
    rows: int,
    trials: int,
    seed: int,
    language: str,
) -> str:
    """The page in a language (`en` or `zh`) as Markdown, with the figures of one run.

    `contributed` are the mistakes of contributors, `clean` counts findings on the clean tables by severity and status,
    `rows` the observations.
    """
    texts, of = TEXTS[language], {group: [o for o in outcomes if o.kind.group == group] for group, _, _ in SECTIONS}
    counted = [*of["transcription"], *of["file"]]
    introduction = texts["introduction"].format(
        kinds=len(counted), rows=rows, trials=trials, drawn=sum(o.trials for o in counted), seed=seed
    )
    figures = [
        texts["contributed"].format(named=_rate(contributed), mistakes=len(contributed)),
        texts["all"].format(found=_found(counted), typed=_found(of["transcription"])),
        texts["source"].format(found=_found(of["source"])),
        _false_alarms(of["harmless"], clean, language),
    ]
    parts = [f"# {texts['title']}", WRITTEN, introduction, "\n".join(figures), *contributed_part(contributed, language)]
    for group, title, text in SECTIONS:
        parts += _section(of[group], texts[title], texts[text].format(seed=seed), language)
    reachable = sum(o.reachable for o in counted)
    parts += [
        f"## {texts['footnote']}",
        texts["reachable"].format(caught=_caught(counted), reachable=reachable, source=_caught(of["source"])),
    ]
    return "\n\n".join(parts) + "\n"


def with_harmless(
    text: str, outcomes: Sequence[Outcome], clean: Counter[tuple[str, str]], seed: int, language: str
) -> str:
    """A page with what harmless edits raised as one more run has it; all else stays as it was measured."""
    texts = TEXTS[language]
    title, line = f"## {texts['harmless']}", _false_alarms(outcomes, clean, language)
    before, _, rest = text.partition(f"{title}\n")
    named = line[: line.index("**", len("- **"))]
    before = "\n".join(line if one.startswith(named) else one for one in before.split("\n"))
    section = _section(outcomes, texts["harmless"], texts["harmless_text"].format(seed=seed), language)
    return before + "\n\n".join([*section, rest[rest.index("## ") :]])


def _false_alarms(outcomes: Sequence[Outcome], clean: Counter[tuple[str, str]], language: str) -> str:
    raised, drawn = sum(o.found for o in outcomes), sum(o.trials for o in outcomes)
    return TEXTS[language]["clean"].format(raised=raised, drawn=drawn, **_counts(clean))


def _section(outcomes: Sequence[Outcome], title: str, text: str, language: str) -> list[str]:
    return [f"## {title}", text, "\n".join(_table(outcomes, language))]


def contributed_part(contributed: Sequence[Tried], language: str) -> list[str]:
    """The section on mistakes of contributors: its title, text, rates by group, and a table by kind."""
    texts = TEXTS[language]
    groups = [texts["groups"], "|---|---:|---:|---:|---:|"]
    for name, is_in in GROUPS.items():
        mine = [t for t in contributed if is_in(t.contribution)]
        errors = _percent(sum("error" in t.rules.values() for t in mine), len(mine))
        asked = _percent(sum(bool(t.rules) or t.is_asked_for for t in mine), len(mine))
        groups.append(f"| {texts[name]} | {len(mine)} | {_rate(mine)} | {errors} | {asked} |")
    table = [texts["mistakes"], "|---|---|---:|---:|---:|---|"]
    for kind in dict.fromkeys(t.contribution.injection.kind for t in contributed):
        mine = [t for t in contributed if t.contribution.injection.kind == kind]
        rules = Counter(rule for t in mine for rule in t.rules)
        told = ", ".join(f"`{rule}` {count}" for rule, count in rules.most_common(4))
        words = kind.words if language == "en" else KINDS_ZH[kind.name]
        asked = sum(t.is_asked_for and not t.rules for t in mine)
        table.append(f"| `{kind.name}` | {words} | {len(mine)} | {_rate(mine)} | {asked} | {told} |")
    named = [t for t in contributed if t.rules]
    first = texts["first"].format(
        named=len(named),
        row=_percent(sum(t.begins_with_row for t in named), len(named)),
        cause=_percent(sum(t.begins_with_cause for t in named), len(named)),
    )
    return [f"## {texts['contribution']}", texts["contribution_text"], "\n".join(groups), first, "\n".join(table)]


def _rate(mine: Sequence[Tried]) -> str:
    """The share of mistakes that a rule names, with Wilson's interval."""
    named, count = sum(bool(t.rules) for t in mine), len(mine)
    if not count:
        return "–"
    share, spread = named / count, SIGMAS**2 / count
    middle, half = share + spread / 2, SIGMAS * sqrt(share * (1 - share) / count + spread / count / 4)
    low, high = ((middle + sign * half) / (1 + spread) for sign in (-1, 1))
    return f"{100 * share:.0f} % ({100 * low:.0f}–{100 * high:.0f})"


def _counts(clean: Counter[tuple[str, str]]) -> dict[str, int]:
    status: Counter[str] = Counter()
    for (_, state), count in clean.items():
        status[state] += count
    return {
        "errors": clean["error", "open"], "warnings": clean["warning", "open"], "notices": clean["notice", "open"],
        "accepted": status["accepted"], "corrected": status["corrected"],
    }  # fmt: skip


def _table(outcomes: Iterable[Outcome], language: str) -> Iterable[str]:
    yield TEXTS[language]["table"]
    yield "|---|---|---:|---:|---:|---:|---|"
    for o in outcomes:
        rules = ", ".join(f"`{rule}` {count}" for rule, count in o.rules.most_common(4))
        caught = _caught([o]) if o.reachable else ""
        words = o.kind.words if language == "en" else KINDS_ZH[o.kind.name.removeprefix("source_")]
        cells = (f"`{o.kind.name}`", words, f"{o.trials}", _found([o]), f"{o.reachable}", caught, rules)
        yield f"| {' | '.join(cells)} |"


def _found(outcomes: Sequence[Outcome]) -> str:
    return _percent(sum(o.found for o in outcomes), sum(o.trials for o in outcomes))


def _caught(outcomes: Sequence[Outcome]) -> str:
    return _percent(sum(o.found_reachable for o in outcomes), sum(o.reachable for o in outcomes))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
