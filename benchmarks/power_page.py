"""The pages of the detection benchmark: one line per kind of error, from the figures just measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from benchmarks.power_words import KINDS_ZH, TEXTS

if TYPE_CHECKING:
    from benchmarks.detection_power import Outcome

__all__ = ["page_text"]

WRITTEN = "<!-- Written by python -m benchmarks.detection_power --write: do not edit. -->"
SECTIONS = (
    ("transcription", "transcription", "transcription_text"),
    ("file", "file", "file_text"),
    ("source", "source_title", "source_text"),
    ("harmless", "harmless", "harmless_text"),
)
"""Groups of kinds with the names of their title and text."""


def page_text(
    outcomes: Sequence[Outcome], clean: Counter[tuple[str, str]], rows: int, trials: int, seed: int, language: str
) -> str:
    """The page in a language (`en` or `zh`) as Markdown, with the figures of one run.

    `clean` counts findings on the clean tables by severity and status, `rows` the observations.
    """
    texts, of = TEXTS[language], {group: [o for o in outcomes if o.kind.group == group] for group, _, _ in SECTIONS}
    counted = [*of["transcription"], *of["file"]]
    introduction = texts["introduction"].format(
        kinds=len(counted), rows=rows, trials=trials, drawn=sum(o.trials for o in counted), seed=seed
    )
    figures = [
        texts["all"].format(found=_found(counted), typed=_found(of["transcription"])),
        texts["reachable"].format(caught=_caught(counted), reachable=sum(o.reachable for o in counted)),
        texts["source"].format(found=_found(of["source"]), caught=_caught(of["source"])),
        texts["clean"].format(
            raised=sum(o.found for o in of["harmless"]), drawn=sum(o.trials for o in of["harmless"]), **_counts(clean)
        ),
    ]
    parts = [f"# {texts['title']}", WRITTEN, introduction, "\n".join(figures)]
    for group, title, text in SECTIONS:
        parts += [f"## {texts[title]}", texts[text], "\n".join(_table(of[group], language))]
    return "\n\n".join(parts) + "\n"


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
