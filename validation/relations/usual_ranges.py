"""Bounds and ranges that nothing repeats: a word of bound without its text, and guidance without its other end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from canonical.bound_words import bound_of_text
from canonical.findings import Severity
from validation.relations.facts import Facts, Observation
from validation.relations.quantities import is_plain
from validation.relations.reach import family_of
from validation.relations.relation import Remark, each_row_once, relation, remark_on

__all__ = ["RELATIONS"]

GUIDANCE, ENOUGH, OFTEN, SHOWN = "guidance", 4, 6, 3
"""So many other prints of guidance, in several documents, make a habit, and so many one that a text with one number
may break by mistake; so many are shown."""
FEW, LEVEL = 2, "level"
"""So many other amounts of a document that all have two ends make its habit."""


@relation(
    "V.usual_range",
    "warning",
    says="guidance that is always given as a range or with a word is not one bare number",
    rationale="Eight quarters of guidance name two ends: the ninth is an end of its range, or the middle of it.",
    fix="type both ends of the range, or printed_text as the page prints the number",
    beside="observations.printed_text",
)
def usual_range(facts: Facts) -> Iterator[Remark]:
    """Each guidance without bound and second end, where all other of its entity, metric and measure has one.

    One whose text shows a single number may be meant so, and is asked for where the habit of ranges is longer, or where
    all other amounts of its document have two ends. And each that is one end of what another document prints of it.
    """
    yield from each_row_once(_among_lines(facts), _end_elsewhere(facts), _among_documents(facts))


def _among_lines(facts: Facts) -> Iterator[Remark]:
    lines: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.observations:
        if o.row["claim_status"] == GUIDANCE:
            lines[o.series.entity_id, o.series.metric_id, o.series.measure, o.series.breakdown_id].append(o)
    for rows in lines.values():
        bare = [o for o in rows if is_plain(o)]
        others = [o for o in rows if not is_plain(o)]
        documents = {o.source_id for o in others}
        if len(bare) == 1 and len(documents) > 1 and _are_many(others, bare[0]):
            said = ", ".join(f"{_said(o)} ({o.row_id})" for o in others[-SHOWN:])
            message = f"all {len(others)} other guidance of its line has two ends or a word, such as {said}"
            severity: Severity | None = "notice" if bare[0].row["printed_text"] else None
            yield remark_on(
                bare[0], "printed_value_to", False, "the other end", message, *others[-SHOWN:], severity=severity
            )


def _end_elsewhere(facts: Facts) -> Iterator[Remark]:
    """Each guidance that is one bare number, and an end of the range that another print of its period has."""
    prints: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for o in facts.observations:
        if o.row["claim_status"] == GUIDANCE and o.period is not None:
            prints[o.series._replace(standing=""), o.period].append(o)
    for told in prints.values():
        ranges = [o for o in told if o.row["printed_value_to"]]
        for o in told if ranges else ():
            value = o.interval.value if is_plain(o) else None
            whole = next((p for p in ranges if value is not None and value in (p.interval.low, p.interval.high)), None)
            if whole is not None:
                message = f"it is one end of {_said(whole)}, as {whole.row_id} tells the same guidance"
                yield remark_on(o, "printed_value_to", False, "the other end", message, whole)


def _among_documents(facts: Facts) -> Iterator[Remark]:
    """A notice on each amount of guidance that alone of those of its company in its document has one end.

    A range that a document prints twice is one amount.
    """
    documents: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in facts.observations:
        if o.row["claim_status"] == GUIDANCE and o.series.measure == LEVEL:
            documents[o.source_id, family_of(o.series.entity_id, facts.parents)].append(o)
    for rows in documents.values():
        bare = [o for o in rows if not o.row["printed_value_to"]]
        others = list({(o.series, o.period): o for o in rows if o.row["printed_value_to"]}.values())
        if len(bare) == 1 and is_plain(bare[0]) and len(others) >= FEW:
            said = ", ".join(f"{_said(o)} ({o.row_id})" for o in others[-SHOWN:])
            message = f"all {len(others)} other amounts that its document guides to have two ends, such as {said}"
            yield remark_on(
                bare[0], "printed_value_to", False, "the other end", message, *others[-SHOWN:], severity="notice"
            )


def _are_many(others: list[Observation], bare: Observation) -> bool:
    """Whether so many others have two ends or a word that a bare number is odd; beside a text two ends alone count."""
    if not bare.row["printed_text"]:
        return len(others) >= ENOUGH
    return sum(bool(o.row["printed_value_to"]) for o in others) >= OFTEN


def _said(o: Observation) -> str:
    return o.row["printed_text"] or f"{o.row['printed_value']} to {o.row['printed_value_to']}"


FINE, TABLE, CHART, CUT = 4, "table_extract", "chart_read", "truncated"
"""A number of so many digits, or of a table, has hardly ever a word of bound; no page says that it cut
one off, and a chart has no words."""


@relation(
    "U.unsaid_bound",
    "notice",
    says="a word of bound is typed with the text that says it",
    rationale="About, over and up to are words of the page: without them nothing tells a bound from a slip of a list.",
    fix="type printed_text as the page prints it, or empty bound and precision_word where it has no word",
    reach="row",
    reads="bound precision_word printed_value printed_value_to printed_text printed_label evidence",
    beside="observations.evidence observations.printed_label observations.printed_text",
)
def unsaid_bound(facts: Facts) -> Iterator[Remark]:
    """Each number with a bound or a precision word, and no text; or with one that shows a fine number and no word.

    Coarse numbers of a text have their words elsewhere in the sentence too often for that.
    """
    for o in facts.observations:
        if not is_plain(o) and not o.row["printed_value_to"] and o.row["evidence"] != CHART:
            text, is_odd = o.row["printed_text"], False
            if text and o.row["precision_word"] != CUT:
                digits = o.row["printed_value"].replace(".", "").strip("-0")
                is_fine = o.row["evidence"] == TABLE or len(digits) >= FINE
                is_odd = is_fine and bound_of_text(text, o.row["printed_value"].lstrip("-")) is None
            holds = bool(text or o.row["printed_label"]) and not is_odd
            message = "its text shows the number alone" if text else "no text repeats its bound"
            yield remark_on(o, "bound", holds, "the words of the page", message)


RELATIONS = (usual_range, unsaid_bound)
