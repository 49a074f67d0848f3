"""Mistakes as people make them who type a number from a document: a wrong column, definition, currency, row or word."""

from __future__ import annotations

import random
import re
from datetime import date
from decimal import Decimal

from benchmarks.book import Book, Change, day_of, fact_of, series_of
from benchmarks.day_rates import day_rate
from benchmarks.name_errors import month_end
from benchmarks.number_errors import other_unit
from canonical.intervals import decimal_text
from canonical.periods import MONTHS_OF
from canonical.text_tables import Row

__all__ = [
    "acceleration",
    "column_before",
    "constant_as_reported",
    "convenience_dollars",
    "hong_kong_dollars",
    "lost_about",
    "lost_bound",
    "lost_breakdown",
    "lost_minus",
    "other_definition",
    "other_document",
    "peer_value",
    "run_rate_as_level",
    "stale_number",
    "thousands_for_millions",
    "year_and_label_off",
    "year_growth_as_quarter",
    "year_to_date",
]  # fmt: skip

CAPEX = ("capex", "capex-cash", "capex-cash-net", "capex-with-finance-leases", "capex-accrued")
YEARS = re.compile(r"20[0-9]{2}|(?<=FY)[0-9]{2}\b")


def year_growth_as_quarter(row: Row, rng: random.Random, book: Book) -> Change:
    """Growth on the year typed as growth on the quarter."""
    return {"measure": "growth_prev"} if row["measure"] == "growth_yoy" else None


def constant_as_reported(row: Row, rng: random.Random, book: Book) -> Change:
    """Growth in constant currency typed as reported."""
    return {"basis": "reported"} if row["basis"] == "constant_currency" else None


def other_definition(row: Row, rng: random.Random, book: Book) -> Change:
    """Capital expenditure under another definition of it; its label is that of nobody."""
    others = [metric for metric in CAPEX if metric != row["metric_id"]]
    return {"metric_id": rng.choice(others)} if row["metric_id"] in CAPEX else None


def convenience_dollars(row: Row, rng: random.Random, book: Book) -> Change:
    """The column of convenience dollars, typed as yuan."""
    return _converted(row, "USD")


def hong_kong_dollars(row: Row, rng: random.Random, book: Book) -> Change:
    """Hong Kong dollars, typed as yuan."""
    return _converted(row, "HKD")


def _converted(row: Row, currency: str) -> Change:
    """A plain level in yuan at the rate of the last day of its period, as reports convert it, with as many decimals."""
    is_plain = row["printed_unit_id"].startswith("cny") and not row["printed_value_to"] and row["bound"] == "eq"
    if not is_plain or not row["period_end"]:
        return None
    decimals = len(row["printed_value"].partition(".")[2])
    value = Decimal(row["printed_value"]) * day_rate(currency, row["period_end"]) / day_rate("CNY", row["period_end"])
    value = value.quantize(Decimal(1).scaleb(-decimals))
    return _number(row, f"{value:f}") if value else None


def _number(row: Row, printed: str) -> dict[str, str]:
    """Another number, with the text that it would have where the row has one."""
    text = f"{Decimal(printed.lstrip('-')):,}" if row["printed_text"] else ""
    return {"printed_value": printed, "printed_text": f"({text})" if text and printed.startswith("-") else text}


def lost_minus(row: Row, rng: random.Random, book: Book) -> Change:
    """A minus, brackets or a word of loss left out."""
    return {"printed_value": row["printed_value"][1:]} if row["printed_value"].startswith("-") else None


def year_and_label_off(row: Row, rng: random.Random, book: Book) -> Change:
    """The period and its label both a year off."""
    if not row["period_end"] or row["period_type"] not in (*MONTHS_OF, "instant"):
        return None
    step = rng.choice((1, -1))
    label = YEARS.sub(lambda year: f"{int(year[0]) + step:0{len(year[0])}}", row["period_label"])
    return {"period_end": month_end(date.fromisoformat(row["period_end"]), -12 * step), "period_label": label}


def column_before(row: Row, rng: random.Random, book: Book) -> Change:
    """The number of the quarter or the year before, from the column beside it."""
    line = [o for o in book.series[series_of(row)] if o["source_id"] != "" and o["period_end"] and row["period_end"]]
    before = [o for o in line if day_of(row) - day_of(o) in (*range(88, 96), *range(360, 372))]
    before = [o for o in before if o["printed_value"] != row["printed_value"] and not o["printed_value_to"]]
    return _print_of(rng.choice(before), row) if before and not row["printed_value_to"] else None


def _print_of(other: Row, row: Row) -> dict[str, str]:
    """The number of another row, with its text where the row has one."""
    cells = {column: other[column] for column in ("printed_value", "printed_unit_id", "bound", "precision_word")}
    return {**cells, "printed_text": other["printed_text"] if row["printed_text"] else ""}


def lost_breakdown(row: Row, rng: random.Random, book: Book) -> Change:
    """A part typed as the total."""
    return {"breakdown_id": "total"} if row["breakdown_id"] != "total" else None


def peer_value(row: Row, rng: random.Random, book: Book) -> Change:
    """The number of another vendor for the metric and period: a line off in a table of many vendors."""
    vendor = _vendor(row, book)
    others = [o for o in book.by_fact[fact_of(row)] if _vendor(o, book) != vendor and o["value"] != row["value"]]
    others = [o for o in others if not o["printed_value_to"]]
    return _print_of(rng.choice(others), row) if others and not row["printed_value_to"] else None


def _vendor(row: Row, book: Book) -> str:
    return book.reference.entities.get(row["entity_id"], {}).get("vendor_id", "")


def acceleration(row: Row, rng: random.Random, book: Book) -> Change:
    """Points of acceleration typed as the growth itself."""
    if row["measure"] != "growth_yoy" or row["printed_value_to"] or row["bound"] != "eq":
        return None
    before = [o for o in book.series[series_of(row)] if o["period_end"] and 80 < day_of(row) - day_of(o) < 100]
    if not before or not row["period_end"]:
        return None
    points = Decimal(row["printed_value"]) - Decimal(before[-1]["printed_value"])
    return (
        _number(row, decimal_text(abs(points)))
        if points and abs(points) != abs(Decimal(row["printed_value"]))
        else None
    )


def thousands_for_millions(row: Row, rng: random.Random, book: Book) -> Change:
    """Thousand typed for million, million for billion, or the other way round."""
    unit = book.reference.units.get(row["printed_unit_id"])
    return other_unit(Decimal(1000))(row, rng, book) if unit and unit.quantity == "money" else None


def run_rate_as_level(row: Row, rng: random.Random, book: Book) -> Change:
    """A yearly rate typed as the level of its quarter, or a level of the quarter four times over."""
    if row["measure"] == "annualised":
        return {"measure": "level"}
    is_plain = row["measure"] == "level" and row["metric_id"] == "revenue" and row["period_type"] == "quarter"
    if not is_plain or row["printed_value_to"] or row["bound"] != "eq" or rng.random() < 0.9:
        return None
    return _number(row, decimal_text(Decimal(row["printed_value"]) * 4))


def other_document(row: Row, rng: random.Random, book: Book) -> Change:
    """Another document of the same publisher."""
    source = book.reference.sources.get(row["source_id"], {})
    others = [
        name
        for name, cells in book.reference.sources.items()
        if cells["publisher"] == source.get("publisher")
        and name != row["source_id"]
        and cells["kind"] == source["kind"]
        and cells["published_on"]
    ]
    is_own = source.get("kind") in ("company_release", "regulatory_filing", "earnings_call")
    if not others or not is_own:
        return None
    chosen = rng.choice(others)
    return {"source_id": chosen, "observation_id": f"{chosen}.998"}


def lost_about(row: Row, rng: random.Random, book: Book) -> Change:
    """`About` or `nearly` left out."""
    is_said = row["precision_word"] in ("approximately", "nearly")
    return {"bound": "eq", "precision_word": "none"} if is_said and not row["printed_value_to"] else None


def lost_bound(row: Row, rng: random.Random, book: Book) -> Change:
    """`More than`, `at least` or `up to` left out."""
    is_said = row["bound"] in ("gt", "ge", "lt", "le") and row["precision_word"] == "none"
    return {"bound": "eq"} if is_said else None


def stale_number(row: Row, rng: random.Random, book: Book) -> Change:
    """The number of an earlier document, typed for a later one that restated it.

    Both have their day of publication: when a page without one was read does not tell how old its numbers are.
    """
    mine = _published(row, book)
    older = [
        o
        for o in book.series[series_of(row)]
        if (o["period_end"], o["basis"]) == (row["period_end"], row["basis"])
        and o["source_id"] != row["source_id"]
        and "" < _published(o, book) < mine
        and o["value"]
        and row["value"]
        and _is_apart(o, row)
        and not o["printed_value_to"]
        and o["unit_id"] == row["unit_id"]
        and o["bound"] == row["bound"] == "eq"
    ]
    return _print_of(rng.choice(older), row) if older else None


def _published(row: Row, book: Book) -> str:
    """The day, as ISO 8601 writes it, on which the document of a row was published, empty where no day is known."""
    source = book.reference.sources.get(row["source_id"], {})
    return str(source.get("published_on") or "") if source.get("published_precision") == "day" else ""


def _is_apart(one: Row, other: Row) -> bool:
    """Whether two rows have values with both their ends, and these have no number in common."""
    ends = [one["value_low"], one["value_high"], other["value_low"], other["value_high"]]
    if not all(ends):
        return False
    low, high, least, most = map(Decimal, ends)
    return low > most or high < least


def year_to_date(row: Row, rng: random.Random, book: Book) -> Change:
    """The year to date typed as the quarter that ends with it."""
    if row["period_type"] not in ("half_year", "nine_months", "year") or row["measure"] != "level":
        return None
    is_sum = book.reference.metrics.get(row["metric_id"], {}).get("aggregation") == "sum"
    return {"period_type": "quarter", "period_label": ""} if is_sum else None
