"""Layer P over statements: what is told in words against its label, its calendar and the day of its publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from canonical.calendars import Calendar
from canonical.labels import periods_of_label
from canonical.observation import EARLIEST
from canonical.periods import parse_date
from canonical.text_tables import Row
from validation.relations.facts import Facts
from validation.relations.relation import Remark

__all__ = ["ahead", "over", "unbelievably_old", "under_other_labels"]

TOLD = ("actual", "preliminary", "estimate")
FORESEEN = ("forecast", "guidance", "target", "plan")


def ahead(facts: Facts) -> Iterator[Remark]:
    """Each statement told as past whose period had not begun when its source was known; a running one is told of."""
    for number, row in _rows(facts):
        known, end = facts.reference.source_known_on(row["source_id"]), parse_date(row["period_end"])
        if row["claim_status"] in TOLD and known and end:
            begun = parse_date(row["period_start"]) or _start(row, end, facts) or end
            said = "the period begins after publication"
            yield _remark(number, row, "period_end", min(begun, end) <= known, f"a period begun by {known}", said)


def over(facts: Facts) -> Iterator[Remark]:
    """Each statement told as future whose period was over when its source was published."""
    for number, row in _rows(facts):
        source, end = facts.reference.sources.get(row["source_id"], {}), parse_date(row["period_end"])
        published = parse_date(source.get("published_on", ""))
        if row["claim_status"] in FORESEEN and published and end and source["published_precision"] == "day":
            expected = f"a day from {published} on"
            yield _remark(number, row, "period_end", end >= published, expected, "the period was over by then")


def unbelievably_old(facts: Facts) -> Iterator[Remark]:
    """Each statement against the first day of which a cloud reported."""
    for number, row in _rows(facts):
        end = parse_date(row["period_end"])
        if end is not None:
            expected = f"a day from {EARLIEST} on"
            yield _remark(number, row, "period_end", end >= EARLIEST, expected, "no cloud reported then")


def under_other_labels(facts: Facts) -> Iterator[Remark]:
    """Each statement of one period whose label is understood against the periods that it can stand for."""
    for number, row in _rows(facts):
        end = parse_date(row["period_end"])
        if not row["period_label"] or end is None or _is_of_several(row, end, facts):
            continue
        allowed = periods_of_label(row["period_label"], facts.reference.calendar(row["entity_id"]))
        if allowed is not None:
            expected = " or ".join(sorted(map(str, allowed)))
            holds = any(named.is_of(row["period_type"], end) for named in allowed)
            yield _remark(number, row, "period_end", holds, expected, f"{row['period_label']!r} is another period")


def _rows(facts: Facts) -> Iterator[tuple[int, Row]]:
    return enumerate(facts.rows("statements"), start=1)


def _start(row: Row, end: date, facts: Facts) -> date | None:
    calendar = facts.reference.calendar(row["entity_id"]) or Calendar()
    return calendar.start(row["period_type"], end)


def _is_of_several(row: Row, end: date, facts: Facts) -> bool:
    """Whether a statement is told of several periods, the last of which ends on `end`: a trend has no one label."""
    start, own = parse_date(row["period_start"]), _start(row, end, facts)
    return start is not None and own is not None and start < own - timedelta(days=1)


def _remark(number: int, row: Row, column: str, holds: bool, expected: str, message: str) -> Remark:
    return Remark("statements", row["statement_id"], number, column, holds, row[column], expected, message)
