"""Layers P and U of tables beside observations: spans of their type, fiscal ends, rates near their like, factors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import polars as pl

from canonical.calendars import Calendar
from canonical.findings import Finding, Severity
from canonical.intervals import LONGEST
from canonical.periods import FIRST_DAY, MONTHS_OF
from canonical.reading.reader import Table
from canonical.reference import Reference, exact_factor
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from validation.engines.polars.typed import TypedBlock
from validation.structure.checks import row_ids
from validation.structure.wording import Fault, Words

__all__ = ["DAY_RULES", "DayLayer", "check_days"]

SPANS = ("statements", "fiscal_periods", "coverage", "vintages")
"""Tables whose rows name a type of period, its start and its end; observations have a rule of their own."""
SEEN = {"regions": ("first_seen_on", "last_seen_on"), "exchange_rates": ("date",)}
"""Days on which something was seen or quoted: none lies ahead."""
ENDS = ("first_period_end", "last_period_end")
COUNTED = {"quarter": 1, "half_year": 2, "year": 4}
"""Length in quarters of the types of period that a fiscal year is parted into."""
SPAN_FIX = "correct the start, the end or the type of the period"
NEAR, APART = timedelta(days=31), 1.5
"""A rate so near in time is of the same order: none of the package moved by half within a month."""

DAY_RULES = {
    **dict.fromkeys(SPANS, ("P.span",)),
    "reporting": ("P.reporting_grid",),
    "regions": ("P.seen_ahead",),
    "exchange_rates": ("P.seen_ahead", "U.exchange_rate"),
    "units": ("U.factor",),
}
"""The ids of these rules by table."""

References = Callable[[str], pl.DataFrame | None]


@dataclass(frozen=True)
class DayLayer:
    """These rules as a layer over blocks of a table."""

    schema: TableSchema
    reference: Reference
    references: References
    words: Words

    def __call__(self, block: TypedBlock) -> Iterator[Fault]:
        """The faults of a block."""
        if self.schema.name not in DAY_RULES or not block.height:
            return
        table = Table(self.schema, self.words.file, block.read.frame(), block.read.is_text, block.read.lines)
        found: dict[Rule, dict[int, Finding]] = {}
        for finding in check_days(table, block.frame, self.reference, self.references):
            rule = Rule(finding.rule, "equals", (finding.column,), severity=finding.severity, fix=finding.fix)
            found.setdefault(rule, {})[(finding.row_number or 0) - 1] = finding
        for rule, at in found.items():
            rows = pl.zeros(block.height, dtype=pl.UInt8, eager=True).scatter(list(at), 1).cast(pl.Boolean)
            yield Fault(rule, rows, partial(self._worded, block, at))

    def _worded(self, block: TypedBlock, at: dict[int, Finding], positions: Sequence[int]) -> list[Finding]:
        return self.words.placed(block, positions, [at[position] for position in positions])


def check_days(table: Table, typed: pl.DataFrame, reference: Reference, references: References) -> list[Finding]:
    """What breaks these rules in a table; others, and columns that are not there, are not asked.

    Parameters: `typed` is the frame with the types of the schema, `references` gives the rates at hand.
    """
    name = table.schema.name
    found: list[Finding] = []
    if name in SPANS and {"period_type", "period_start", "period_end"} <= set(typed.columns):
        found += _spans(table, typed, reference)
    if name == "reporting":
        found += _off_grid(table, typed, reference)
    for column in SEEN.get(name, ()):
        if column in typed.columns:
            found += _ahead(table, typed, column)
    if name == "exchange_rates":
        found += _far_rates(table, typed, references(name))
    if name == "units" and "factor" in typed.columns:
        found += _long_factors(table, typed)
    return found


def _spans(table: Table, typed: pl.DataFrame, reference: Reference) -> Iterator[Finding]:
    cells = ["period_type", "period_start", "period_end"]
    entities = typed.get_column("entity_id").to_list() if "entity_id" in typed.columns else [None] * typed.height
    for at, (type_, start, end) in enumerate(typed.select(cells).iter_rows()):
        if type_ not in MONTHS_OF or start is None or end is None:
            continue
        calendar = reference.calendar(entities[at] or "") or Calendar()
        if calendar.is_by_weeks and type_ in COUNTED and not _ends_a(type_, calendar, end):
            yield _finding(
                "P.span", "error", table, typed, at, "period_end", _ends_near(calendar, end),
                f"no {type_} of the entity's calendar of weeks ends then", SPAN_FIX,
            )  # fmt: skip
            continue
        expected = calendar.start(type_, end)
        is_trend = table.schema.name == "statements" and _begins_earlier(calendar, type_, start, end)
        if expected is not None and start != expected and not is_trend:
            yield _finding(
                "P.span", "error", table, typed, at, "period_start", str(expected),
                f"not the start of a {type_} to {end}", SPAN_FIX,
            )  # fmt: skip


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


def _off_grid(table: Table, typed: pl.DataFrame, reference: Reference) -> Iterator[Finding]:
    if not {"entity_id", "frequency"} <= set(typed.columns):
        return
    for column in (c for c in ENDS if c in typed.columns):
        rows: list[tuple[str, str, date | None]] = typed.select("entity_id", "frequency", column).rows()
        for at, (entity, frequency, end) in enumerate(rows):
            calendar = reference.calendar(entity or "")
            if calendar is None or end is None or frequency not in COUNTED or _ends_a(frequency, calendar, end):
                continue
            months = f"the last day of a month, {COUNTED[frequency] * 3} months apart from month {calendar.month}"
            yield _finding(
                "P.reporting_grid", "error", table, typed, at, column,
                _ends_near(calendar, end) if calendar.is_by_weeks else months,
                f"no {frequency} of the entity ends then", "correct the day, or the entity's fiscal year",
            )  # fmt: skip


def _ahead(table: Table, typed: pl.DataFrame, column: str) -> Iterator[Finding]:
    today = date.today()
    for at in typed.select((pl.col(column) > today).arg_true()).to_series().to_list():
        yield _finding(
            "P.seen_ahead", "error", table, typed, at, column, f"a day up to {today}",
            "nothing was seen on a day to come", "check the year",
        )  # fmt: skip


def _long_factors(table: Table, typed: pl.DataFrame) -> Iterator[Finding]:
    """Factors with more digits than exact arithmetic has room for: every value of the unit would be rounded."""
    for at, text in enumerate(table.frame.get_column("factor").cast(pl.String)):
        if typed.item(at, "factor") is not None and exact_factor(text) is None:
            yield _finding(
                "U.factor", "error", table, typed, at, "factor", f"at most {LONGEST} digits",
                "values in the unit cannot be exact", "write the factor as its source defines it",
            )  # fmt: skip


def _far_rates(table: Table, typed: pl.DataFrame, known: pl.DataFrame | None) -> Iterator[Finding]:
    """Rates that are far from those at hand of the pair, or of it the other way round, about the same day."""
    needed = ["date", "base", "quote", "rate"]
    if known is None or not set(needed) <= set(typed.columns):
        return
    turned = known.select("date", base="quote", quote="base", rate=1 / pl.col("rate"))
    both = pl.concat([known.select(needed), turned, _crosses(known, typed)]).filter(
        pl.col("rate").is_finite(), pl.col("rate") > 0
    )
    usual = both.select("base", "quote", near="date", usual="rate").sort("near")
    rows = typed.select(needed).with_row_index("_row").drop_nulls().sort("date")
    held = rows.join_asof(
        usual,
        left_on="date",
        right_on="near",
        by=("base", "quote"),
        strategy="nearest",
        tolerance=NEAR,
        check_sortedness=False,
    )
    times = pl.col("rate") / pl.col("usual")
    far = held.filter((times > APART) | (times < 1 / APART)).sort("_row")
    for at, usual_rate in far.select("_row", "usual").iter_rows():
        yield _finding(
            "U.exchange_rate", "warning", table, typed, at, "rate", f"about {usual_rate:.6g}",
            "far from the rate of the pair about that day", "check the digits, and which currency is the base",
        )  # fmt: skip
    for at in typed.select((pl.col("base") == pl.col("quote")).arg_true()).to_series().to_list():
        yield _finding(
            "U.exchange_rate", "warning", table, typed, at, "quote", "another currency than the base",
            "a currency has no rate to itself", "type the two currencies of the rate",
        )  # fmt: skip


def _crosses(known: pl.DataFrame, typed: pl.DataFrame) -> pl.DataFrame:
    """Rates of the pairs of a table that follow from two rates at hand of one day and one base."""
    wanted = typed.select("base", "quote").unique().drop_nulls()
    to_base = known.select("date", "source_id", via="base", base="quote", one="rate").filter(pl.col("one") > 0)
    to_quote = known.select("date", "source_id", via="base", quote="quote", other="rate")
    pairs = wanted.join(to_base, on="base").join(to_quote, on=("date", "source_id", "via", "quote"))
    return pairs.select("date", "base", "quote", rate=pl.col("other") / pl.col("one"))


def _finding(
    rule: str, severity: Severity, table: Table, typed: pl.DataFrame, at: int, column: str, expected: str,
    message: str, fix: str,
) -> Finding:  # fmt: skip
    has_key = set(table.schema.primary_key) <= set(typed.columns)
    return Finding(
        rule, severity, table.schema.name, row_id=row_ids(table.schema, typed[at : at + 1])[0] if has_key else "",
        row_number=at + 1, column=column, found=str(typed.item(at, column)), expected=expected, message=message,
        fix=fix, line_number=table.line(at), file=table.name,
    )  # fmt: skip
