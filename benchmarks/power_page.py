"""The page of the detection benchmark: one line per kind of error, from the figures just measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.detection_power import Outcome

__all__ = ["page_text"]

TITLES = {
    "transcription": "Wrong transcriptions",
    "file": "Wrong edits of a file",
    "source": "Errors of the source itself",
    "harmless": "Harmless changes",
}
WORDS = {
    "transcription": "The wrong cell was typed, and `make fill` completed the row: the generated cells agree with it.",
    "file": "The table itself was edited, in any typed table of the package.",
    "source": "The same errors made by the document: neither the printed text nor the label of the period tells. "
    "These change more than one cell and stand apart from the figures on top.",
    "harmless": "The same number said in another way. Here nothing should be found.",
}


def page_text(outcomes: Sequence[Outcome], clean: Counter[tuple[str, str]], rows: int, trials: int, seed: int) -> str:
    """The page as Markdown, with the figures of one run."""
    harmful = [o for o in outcomes if o.kind.group in ("transcription", "file")]
    of_sources = [o for o in outcomes if o.kind.group == "source"]
    parts = [
        "# Detection power",
        "<!-- Written by python -m benchmarks.detection_power --write: do not edit. -->",
        _introduction(harmful, of_sources, rows, trials, seed),
        _clean_text(clean, [o for o in outcomes if o.kind.group == "harmless"]),
    ]
    for group, title in TITLES.items():
        members = [outcome for outcome in outcomes if outcome.kind.group == group]
        parts += [f"## {title}", WORDS[group], "\n".join(_table(members))]
    return "\n\n".join(parts) + "\n"


def _introduction(outcomes: Sequence[Outcome], of_sources: Sequence[Outcome], rows: int, trials: int, seed: int) -> str:
    drawn, found = sum(o.trials for o in outcomes), sum(o.found for o in outcomes)
    reachable, caught = sum(o.reachable for o in outcomes), sum(o.found_reachable for o in outcomes)
    typed = [o for o in outcomes if o.kind.group == "transcription"]
    return (
        f"Errors of {len(outcomes)} kinds were put into the published tables ({rows:,} observations), {trials} of "
        f"each kind where so many rows take it, one cell or one row at a time ({drawn:,} trials, "
        f"seed {seed}). An error counts as found where any "
        "rule says something that it does not say of the clean tables.\n\n"
        f"- **All cells:** {_percent(found, drawn)} found; of wrong transcriptions alone "
        f"{_percent(sum(o.found for o in typed), sum(o.trials for o in typed))}.\n"
        f"- **Cells in an evaluated relation, changed beyond its slack:** {_percent(caught, reachable)} of "
        f"{reachable:,}. A cell is in this number where the changed print, taken as the only one of its fact, breaks a "
        "relation, or misses another print of the same fact. "
        "Errors in the file stand in no relation and are left out.\n"
        f"- **Errors of the source itself**, which nothing else of the print betrays: "
        f"{_percent(sum(o.found for o in of_sources), sum(o.trials for o in of_sources))} found; "
        f"{_percent(sum(o.found_reachable for o in of_sources), sum(o.reachable for o in of_sources))} of those in an "
        "evaluated relation, beyond its slack."
    )


def _clean_text(clean: Counter[tuple[str, str]], harmless: Sequence[Outcome]) -> str:
    status: Counter[str] = Counter()
    for (_, state), count in clean.items():
        status[state] += count
    raised, drawn = sum(o.found for o in harmless), sum(o.trials for o in harmless)
    return (
        f"- **False alarms:** {raised} of {drawn:,} harmless changes raised a finding. On the clean tables "
        f"{clean['error', 'open']} errors stand open; {status['accepted']} are accepted with a reason and "
        f"{status['corrected']} findings are settled by a correction. {clean['warning', 'open']} warnings and "
        f"{clean['notice', 'open']} notices name what a reader should know of: they are about the sources."
    )


def _table(outcomes: Iterable[Outcome]) -> Iterable[str]:
    yield "| kind | what was done | trials | found | beyond the slack | found of these | by which rules |"
    yield "|---|---|---:|---:|---:|---:|---|"
    for o in outcomes:
        rules = ", ".join(f"`{rule}` {count}" for rule, count in o.rules.most_common(4))
        caught = _percent(o.found_reachable, o.reachable) if o.reachable else ""
        cells = (f"`{o.kind.name}`", o.kind.words, f"{o.trials}", _percent(o.found, o.trials), f"{o.reachable}", caught)
        yield f"| {' | '.join(cells)} | {rules} |"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
