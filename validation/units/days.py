"""Layer P of tables beside observations: spans of their type, ends on the fiscal grid, no day that lies ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from canonical.calendars import Calendar, calendar_quarter, is_aligned
from canonical.clock import today
from canonical.findings import Finding
from canonical.periods import FIRST_DAY, LAST_DAY, MONTHS_OF
from validation.units.given import Given, Rule

__all__ = [
    "AHEAD", "FISCAL", "MARKED", "OFF_GRID", "SEEN", "SPAN", "days_ahead", "fiscal_marks", "fiscal_names", "off_grid",
    "spans",
]  # fmt: skip

SEEN = {
    "regions": ("first_seen_on", "last_seen_on"),
    "exchange_rates": ("date",),
    "sources": ("published_on", "retrieved_on"),
}
"""Days on which something was seen, quoted, published or read: none lies ahead."""
ENDS = ("first_period_end", "last_period_end")
DUE = timedelta(days=366)
"""How far ahead the end of a period may lie that a report is expected of."""
COUNTED = {"quarter": 1, "half_year": 2, "year": 4}
"""Length in quarters of the types of period that a fiscal year is parted into."""
NAMED = re.compile(r"FY([0-9]{4})(?:([QH])([1-4]))?")

SPAN = Rule("P.span", "error", "", "correct the start, the end or the type of the period")
OFF_GRID = Rule("P.reporting_grid", "error", "", "correct the day, or the entity's fiscal year")
AHEAD = Rule("P.seen_ahead", "error", "the day is still to come", "check the year")
FISCAL = Rule(
    "P.fiscal_period", "error", "the fiscal year of the entity has another last day",
    "correct the name or the end of the period, or the entity's fiscal year",
)  # fmt: skip

MARKED = Rule(
    "P.fiscal_row", "error", "the days of the period say otherwise", "build the table again, or correct the row",
)  # fmt: skip


def spans(given: Given) -> Iterator[Finding]:
    """Starts of periods that are not those of their type and end, by the calendar of the entity."""
    typed = given.typed
    if not given.has(("period_type", "period_start", "period_end")):
        return
    entities = typed.get_column("entity_id").to_list() if given.has(("entity_id",)) else [None] * typed.height
    for at, (type_, start, end) in enumerate(typed.select("period_type", "period_start", "period_end").iter_rows()):
        if type_ not in MONTHS_OF or start is None or end is None or not _is_near(end):
            continue
        calendar = given.reference.calendar(entities[at] or "") or Calendar()
        if calendar.is_by_weeks and type_ in COUNTED and not _ends_a(type_, calendar, end):
            message = f"no {type_} of the entity's calendar of weeks ends then"
            yield given.finding(SPAN, at, "period_end", _ends_near(calendar, end), message)
            continue
        expected = calendar.start(type_, end)
        is_trend = given.name == "statements" and _begins_earlier(calendar, type_, start, end)
        if expected is not None and start != expected and not is_trend:
            yield given.finding(SPAN, at, "period_start", str(expected), f"not the start of a {type_} to {end}")


def _is_near(day: date) -> bool:
    """Whether a day is one that a report can be about; calendars have no quarters about the others."""
    return FIRST_DAY <= day <= LAST_DAY


def _ends_a(kind: str, calendar: Calendar, end: date) -> bool:
    """Whether a quarter of a calendar ends on a day, of a half year an even one and of a year the last."""
    place = calendar.quarter_of(end)
    return place is not None and place[1] % COUNTED.get(kind, 1) == 0


def _ends_near(calendar: Calendar, end: date) -> str:
    """The days about `end` on which quarters of a calendar end, in words."""
    ends = sorted(calendar.quarter_end(year, n) for year in (end.year, end.year + 1) for n in (1, 2, 3, 4))
    return " or ".join(str(day) for day in ends if abs((day - end).days) < 93)


def _begins_earlier(calendar: Calendar, type_: str, start: date, end: date) -> bool:
    """Whether a start is that of an earlier period of the type: a trend is told of several."""
    expected = calendar.start(type_, end)
    while expected is not None and expected > start and end > FIRST_DAY:
        end = calendar.earlier(end, MONTHS_OF[type_])
        expected = calendar.start(type_, end)
    return expected == start


def off_grid(given: Given) -> Iterator[Finding]:
    """Ends of expected reports on which no quarter, half or year of the entity ends."""
    if not given.has(("entity_id", "frequency")):
        return
    for column in (c for c in ENDS if given.has((c,))):
        rows: list[tuple[str, str, date | None]] = given.typed.select("entity_id", "frequency", column).rows()
        for at, (entity, frequency, end) in enumerate(rows):
            calendar = given.reference.calendar(entity or "")
            if calendar is None or end is None or frequency not in COUNTED or not _is_near(end):
                continue
            if _ends_a(frequency, calendar, end):
                continue
            months = f"the last day of a month, {COUNTED[frequency] * 3} months apart from month {calendar.month}"
            expected = _ends_near(calendar, end) if calendar.is_by_weeks else months
            yield given.finding(OFF_GRID, at, column, expected, f"no {frequency} of the entity ends then")


def fiscal_names(given: Given) -> Iterator[Finding]:
    """Periods called `FY2026Q2` that end on another day than that quarter, half or year of the entity."""
    if not given.has(("entity_id", "fiscal_period", "period_end")):
        return
    rows = given.typed.select("entity_id", "fiscal_period", "period_end").iter_rows()
    for at, (entity, name, end) in enumerate(rows):
        calendar, said = given.reference.calendar(entity or ""), NAMED.fullmatch(name or "")
        if calendar is None or said is None or end is None:
            continue
        quarter = int(said[3] or 4) * (2 if said[2] == "H" else 1)
        if quarter > 4 or calendar.quarter_end(int(said[1]), quarter) != end:
            expected = str(calendar.quarter_end(int(said[1]), quarter)) if quarter <= 4 else "H1 or H2"
            yield given.finding(FISCAL, at, "period_end", expected)


def fiscal_marks(given: Given) -> Iterator[Finding]:
    """Fiscal periods whose calendar quarter or alignment does not follow from their days, and those behind a gap."""
    if not given.has(("entity_id", "period_type", "fiscal_period", "period_start", "period_end")):
        return
    here = [name for name in ("calendar_quarter", "aligned") if given.has((name,))]
    rows = given.typed.select("entity_id", "period_type", "period_start", "period_end", "fiscal_period", *here)
    rows = rows.with_row_index("_row").filter(
        pl.col("period_start") <= pl.col("period_end"), pl.col("period_type").is_in(list(COUNTED))
    )
    spans = rows.select("period_start", "period_end", "period_type").unique().rows()
    expected = {
        "calendar_quarter": [calendar_quarter(start, end) if kind == "quarter" else None for start, end, kind in spans],
        "aligned": [is_aligned(start, end) for start, end, _ in spans],
    }
    days = pl.DataFrame(spans, schema=["period_start", "period_end", "period_type"], orient="row")
    days = days.with_columns(pl.Series(f"{name}_said", expected[name]) for name in here)
    told = rows.join(days, on=["period_start", "period_end", "period_type"], maintain_order="left")
    for name in here:
        for at, said in (
            told.filter(pl.col(name).ne_missing(pl.col(f"{name}_said"))).select("_row", f"{name}_said").rows()
        ):
            yield given.finding(MARKED, at, name, _said(said))
    if given.is_whole:
        yield from _behind_gaps(given, rows)
        yield from _without_parts(given)


def _behind_gaps(given: Given, rows: pl.DataFrame) -> Iterator[Finding]:
    """Periods that do not begin on the day after the one before of their entity and type."""
    series = ("entity_id", "period_type")
    before = pl.col("period_end").shift(1).over(series) + timedelta(days=1)
    gaps = rows.with_columns(due=before, last=pl.col("fiscal_period").shift(1).over(series))
    for at, kind, due, last in (
        gaps.filter(pl.col("period_start") > pl.col("due")).select("_row", "period_type", "due", "last").iter_rows()
    ):
        message = f"no {kind} stands between {last} and this one"
        yield given.finding(MARKED, at, "period_start", str(due), message)


def _said(cell: str | bool | None) -> str:
    """A cell as tables write it."""
    return "an empty cell" if cell is None else cell if isinstance(cell, str) else str(cell).lower()


def _without_parts(given: Given) -> Iterator[Finding]:
    """Years of entities that have not their two halves and four quarters beside them."""
    years = given.typed.with_row_index("_row").filter(pl.col("period_type").is_in(list(COUNTED)))
    years = years.with_columns(year=pl.col("fiscal_period").str.slice(0, 6)).drop_nulls("year")
    counts = years.group_by("entity_id", "year", maintain_order=True).agg(pl.col("_row").first(), pl.len())
    for at, count in counts.filter(pl.col("len") != 7).select("_row", "len").iter_rows():
        expected = "the year, two halves and four quarters"
        yield given.finding(MARKED, at, "fiscal_period", expected, f"the fiscal year of the entity has {count} rows")


def days_ahead(given: Given) -> Iterator[Finding]:
    """Days on which something was seen, quoted, published or read that lie ahead, and reports of years to come."""
    last = today()
    if given.name == "reporting":
        due = last + DUE
        for column in (c for c in ENDS if given.has((c,))):
            for at in given.typed.select((pl.col(column) > due).arg_true()).to_series().to_list():
                yield given.finding(AHEAD, at, column, f"a day up to {due}", "the period ends more than a year ahead")
    for column in (c for c in SEEN.get(given.name, ()) if given.has((c,))):
        for at in given.typed.select((pl.col(column) > last).arg_true()).to_series().to_list():
            yield given.finding(AHEAD, at, column, f"a day up to {last}")
