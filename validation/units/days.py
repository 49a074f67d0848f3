"""Layers P and U of tables beside observations: spans of their type, ends on the fiscal grid, rates near their like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import polars as pl

from canonical.findings import Finding, Severity
from canonical.periods import MONTHS_OF, period_start
from canonical.reading.reader import Table
from canonical.reference import Reference
from validation.structure.checks import row_ids

__all__ = ["DAY_RULES", "check_days"]

SPANS = ("statements", "fiscal_periods", "coverage", "vintages")
"""Tables whose rows name a type of period, its start and its end; observations have a rule of their own."""
SEEN = {"regions": ("first_seen_on", "last_seen_on"), "exchange_rates": ("date",)}
"""Days on which something was seen or quoted: none lies ahead."""
ENDS = ("first_period_end", "last_period_end")
STEPS = {"quarter": 3, "half_year": 6, "year": 12}
NEAR, APART = timedelta(days=31), 1.5
"""A rate so near in time is of the same order: none of the package moved by half within a month."""

DAY_RULES = {
    **dict.fromkeys(SPANS, ("P.span",)),
    "reporting": ("P.reporting_grid",),
    "regions": ("P.seen_ahead",),
    "exchange_rates": ("P.seen_ahead", "U.exchange_rate"),
}
"""The ids of these rules by table."""

References = Callable[[str], pl.DataFrame | None]


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
    return found


def _spans(table: Table, typed: pl.DataFrame, reference: Reference) -> Iterator[Finding]:
    cells = ["period_type", "period_start", "period_end"]
    entities = typed.get_column("entity_id").to_list() if "entity_id" in typed.columns else [None] * typed.height
    for at, (type_, start, end) in enumerate(typed.select(cells).iter_rows()):
        if type_ in MONTHS_OF and start is not None and end is not None and _ends_with_months(entities[at], reference):
            expected = period_start(type_, end)
            is_trend = table.schema.name == "statements" and _is_whole(start, expected, MONTHS_OF[type_])
            if expected is not None and start != expected and not is_trend:
                yield _finding(
                    "P.span", "error", table, typed, at, "period_start", str(expected),
                    f"not the start of a {type_} to {end}", "correct the start, the end or the type of the period",
                )  # fmt: skip


def _is_whole(start: date, expected: date | None, months: int) -> bool:
    """Whether a start lies whole periods before the one expected: a trend is told of several."""
    if expected is None or start > expected or start.day != expected.day:
        return False
    return ((expected.year - start.year) * 12 + expected.month - start.month) % months == 0


def _off_grid(table: Table, typed: pl.DataFrame, reference: Reference) -> Iterator[Finding]:
    if not {"entity_id", "frequency"} <= set(typed.columns):
        return
    for column in (c for c in ENDS if c in typed.columns):
        rows: list[tuple[str, str, date | None]] = typed.select("entity_id", "frequency", column).rows()
        for at, (entity, frequency, end) in enumerate(rows):
            month = reference.entities.get(entity, {}).get("fiscal_year_end_month", "")
            step = STEPS.get(frequency, 0)
            is_asked = step and month.isdecimal() and _ends_with_months(entity, reference)
            if end is not None and is_asked and ((end.month - int(month)) % step or (end + timedelta(days=1)).day != 1):
                yield _finding(
                    "P.reporting_grid", "error", table, typed, at, column,
                    f"the last day of a month, {step} months apart from month {month}",
                    f"no {frequency} of the entity ends then", "correct the day, or the entity's fiscal year",
                )  # fmt: skip


def _ends_with_months(entity_id: str | None, reference: Reference) -> bool:
    """Whether the fiscal year of an entity ends with a month, as it does where nothing else is said."""
    return reference.entities.get(entity_id or "", {}).get("fiscal_year_end_rule", "") in ("", "month_end")


def _ahead(table: Table, typed: pl.DataFrame, column: str) -> Iterator[Finding]:
    today = date.today()
    for at in typed.select((pl.col(column) > today).arg_true()).to_series().to_list():
        yield _finding(
            "P.seen_ahead", "error", table, typed, at, column, f"a day up to {today}",
            "nothing was seen on a day to come", "check the year",
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
