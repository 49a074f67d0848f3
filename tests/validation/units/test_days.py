"""Units and periods of tables beside observations: spans, fiscal grids, days to come, rates of exchange."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from canonical.reading.reader import Table
from canonical.reference import OwnTable, Reference
from canonical.table_schema import load_schema
from canonical.text_tables import DATA
from tests.builders import Row, write_csv
from validation.own_files import check_own
from validation.structure.checks import restrict
from validation.units.given import CountsIn, Given
from validation.units.others import CHECKS, check_others
from validation.units.rates import far_rates

QUARTER = {
    "source_id": "amazon-results-2025-q4", "kind": "trend", "entity_id": "aws", "metric_id": "revenue",
    "period_type": "quarter", "period_start": "2025-10-01", "period_end": "2025-12-31", "relation": "none",
    "text_en": "sales", "text_zh": "销售",
}  # fmt: skip
EXPECTED = {"entity_id": "oracle", "metric_id": "revenue", "frequency": "quarter", "first_period_end": "2025-05-31"}
NVIDIA = {"entity_id": "nvidia", "first_period_end": "2025-04-27"}
WEEKS = {"entity_id": "nvidia", "period_start": "2025-01-27", "period_end": "2025-04-27"}
"""The first quarter of a year that ends on the last Sunday of January."""
RATE = {"date": "2026-01-05", "base": "EUR", "quote": "USD", "rate": "1.1664", "source_id": "ecb-euro-reference-rates"}
SOURCE = {
    "source_id": "my-note", "title": "Note", "publisher": "Me", "published_on": "2026-08-10",
    "published_precision": "day", "language": "en", "kind": "broker_research",
}  # fmt: skip
OUT_OF_THE_BAND = [
    (date(2013, 4, 2), "USD"), (date(2014, 2, 3), "HKD"), (date(2014, 2, 7), "HKD"), (date(2025, 4, 15), "HKD"),
]  # fmt: skip
"""Prints of the bank by which the dollars of America and Hong Kong leave the rate at which they stood for weeks."""
FISCAL = {
    "entity_id": "oracle", "period_type": "quarter", "fiscal_period": "FY2026Q1", "period_start": "2025-06-01",
    "period_end": "2025-08-31", "aligned": "false",
}  # fmt: skip
REGION = {
    "source_id": "botocore-regions", "vendor_id": "amazon", "partition": "aws", "region": "xx-east-1",
    "first_seen_on": "2025-05-01", "last_seen_on": "2026-05-01", "left_censored": "false",
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("statements", QUARTER, ""),
        ("statements", QUARTER | {"period_start": "2024-10-01"}, ""),
        ("statements", QUARTER | {"period_start": "2025-11-01"}, "P.span"),
        ("reporting", EXPECTED, ""),
        ("reporting", EXPECTED | {"first_period_end": "2025-03-31"}, "P.reporting_grid"),
        ("reporting", EXPECTED | {"last_period_end": "2026-05-30"}, "P.reporting_grid"),
        ("reporting", EXPECTED | {"last_period_end": "2062-05-31"}, "P.seen_ahead"),
        ("reporting", EXPECTED | NVIDIA, ""),
        ("reporting", EXPECTED | NVIDIA | {"first_period_end": "2025-04-30"}, "P.reporting_grid"),
        ("reporting", EXPECTED | NVIDIA | {"frequency": "year"}, "P.reporting_grid"),
        ("statements", QUARTER | WEEKS, ""),
        ("statements", QUARTER | WEEKS | {"period_start": "2024-10-28"}, ""),
        ("statements", QUARTER | WEEKS | {"period_start": "2025-02-01"}, "P.span"),
        ("statements", QUARTER | WEEKS | {"period_end": "2025-04-30"}, "P.span"),
        ("exchange_rates", RATE, ""),
        ("exchange_rates", RATE | {"rate": "11.7"}, "U.exchange_rate"),
        ("exchange_rates", RATE | {"base": "USD", "quote": "CNY", "rate": "7.0"}, ""),
        ("exchange_rates", RATE | {"base": "CNY", "quote": "USD", "rate": "7.0"}, "U.exchange_rate"),
        ("exchange_rates", RATE | {"quote": "EUR"}, "U.exchange_rate"),
        ("exchange_rates", RATE | {"rate": "1.1762"}, "U.exchange_rate"),
        ("exchange_rates", RATE | {"base": "USD", "quote": "EUR"}, "U.exchange_rate"),
        ("exchange_rates", RATE | {"date": "2026-01-04"}, "P.rate_day"),
        ("exchange_rates", RATE | {"quote": "RMB"}, "U.currency_code"),
        ("exchange_rates", RATE | {"date": "2062-01-05"}, "P.seen_ahead"),
        ("sources", SOURCE, ""),
        ("sources", SOURCE | {"published_on": "2062-08-10"}, "P.seen_ahead"),
        ("fiscal_periods", FISCAL, ""),
        ("fiscal_periods", FISCAL | {"fiscal_period": "FY2025Q1"}, "P.fiscal_period"),
        ("fiscal_periods", FISCAL | {"fiscal_period": "FY2026H2"}, "P.fiscal_period"),
        ("regions", REGION, ""),
        ("regions", REGION | {"country": "UK"}, "U.country_code"),
        ("regions", REGION | {"region": "xx_east_1"}, "U.region_code"),
        ("regions", REGION | {"region": "us-east-1b"}, "U.region_code"),
        ("regions", REGION | {"region": "us-eest-7"}, "U.region_code"),
        ("regions", REGION | {"region": "eu-frankfrut-1"}, "U.region_code"),
        ("regions", REGION | {"last_seen_on": "2025-04-01"}, "P.order"),
        ("regions", REGION | {"last_seen_on": "2062-04-01"}, "P.seen_ahead"),
    ],
)
def test_a_row_of_another_table_is_asked_for_its_units_and_periods(
    tmp_path: Path, table: str, row: Row, rule: str
) -> None:
    findings = check_own([OwnTable(table, write_csv(tmp_path / "feed.csv", [row]))]).findings
    asked = [f for f in findings if f.rule.startswith(("P.", "U."))]
    assert [(f.rule, f.row_number, f.line_number) for f in asked] == ([(rule, 1, 2)] if rule else [])


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (REGION | {"name": "Europe (Munich)", "country": "FR"}, ["C.region_country"]),
        (REGION | {"name": "Europe (Munich)", "country": "DE"}, []),
        (REGION | {"region": "us-east-9", "country": "CA"}, ["C.region_country"]),
        (REGION | {"region": "eu-central-1", "country": "PL"}, ["C.region_country"]),
        (REGION | {"vendor_id": "microsoft", "region": "swedennorth"}, ["V.list_vendor"]),
    ],
)
def test_a_region_lies_in_the_country_of_its_place_and_in_the_list_of_its_vendor(
    tmp_path: Path, row: Row, rules: list[str]
) -> None:
    findings = check_own([OwnTable("regions", write_csv(tmp_path / "feed.csv", [row]))]).findings
    assert [f.rule for f in findings] == rules


@pytest.mark.parametrize("table", CHECKS)
def test_rows_of_the_package_with_no_more_columns_than_a_rule_reads_keep_it(table: str, reference: Reference) -> None:
    whole, parts = DATA / f"{table}.parquet", DATA / table / "**" / "*.parquet"
    rows = pl.read_parquet(whole if whole.exists() else parts, hive_partitioning=False).head(3)
    for check in CHECKS[table]:
        part = rows.select(check.columns)
        read = Table(restrict(load_schema(table), list(check.columns)), "rows", part, is_text=False)
        assert list(check.run(Given(read, part, reference, {table: rows}.get, CountsIn({table: rows}.get)))) == []


def test_rows_whose_checks_read_few_columns_are_named_by_all_of_their_key(tmp_path: Path) -> None:
    part = next((DATA / "compute_prices" / "vendor_id=google").glob("*.parquet"))
    lists = pl.read_parquet(part, hive_partitioning=False)
    rows = lists.filter(pl.col("source_id") == lists["source_id"].mode().first()).head(30).with_row_index()
    currency = pl.when(pl.col("index") == 4).then(pl.lit("RMB")).otherwise("currency")
    vendor = pl.when(pl.col("index") == 6).then(pl.lit("amazon")).otherwise("vendor_id")
    rows = rows.with_columns(currency=currency, vendor_id=vendor).drop("index")
    rows.write_parquet(path := tmp_path / "compute_prices.parquet")
    found = check_own([OwnTable("compute_prices", path)]).findings
    told = {f.rule: (f.row_number, f.row_id) for f in found if f.rule in ("U.currency_code", "V.list_vendor")}
    key = load_schema("compute_prices").primary_key
    ids = ["|".join(map(str, row)) for row in rows.select(key).iter_rows()]
    assert told == {"U.currency_code": (5, ids[4]), "V.list_vendor": (7, ids[6])}


def test_a_day_that_the_bank_quoted_no_rates_on_is_named_in_the_package(reference: Reference) -> None:
    schema = load_schema("exchange_rates")
    frame = pl.read_parquet(DATA / "exchange_rates.parquet")

    def found(rows: pl.DataFrame) -> list[tuple[str, int | None]]:
        table = Table(schema, "rates", rows, is_text=False)
        given = Given(table, rows, reference, {}.get, CountsIn({}.get), is_whole=True)
        return [(f.rule, f.row_number) for f in check_others(given)]

    assert [(rule, *frame.row((n or 0) - 1)[:3:2]) for rule, n in found(frame)] == [
        ("U.exchange_rate", *odd) for odd in OUT_OF_THE_BAND
    ]
    usd = frame.filter(pl.col("quote") == "USD", pl.col("base") == "EUR").sort("date")
    at = usd.height // 2
    assert found(pl.concat([usd[:at], usd[at + 1 :]])) == [("P.rate_day", at + 1)]
    slipped = usd.with_columns(pl.when(pl.int_range(pl.len()) == at).then(pl.col("rate") * 1.1).otherwise("rate"))
    assert found(slipped) == [("U.exchange_rate", at + 1)]


@pytest.mark.parametrize("days", [1, 5, -1])
def test_a_rate_of_another_day_is_odd_where_it_is_off_the_days_beside_it(days: int, reference: Reference) -> None:
    schema = load_schema("exchange_rates")
    rates = pl.read_parquet(DATA / "exchange_rates.parquet").filter(pl.col("base") == "EUR").sort("quote", "date")
    places = rates.with_row_index().filter(pl.col("quote") == "HKD", pl.col("date") > date(2024, 1, 1))["index"]
    moves = {at: abs(rates["rate"][at] / rates["rate"][at - days] - 1) for at in places.to_list()[:200]}
    at = max(moves, key=lambda place: moves[place])

    def told(frame: pl.DataFrame) -> dict[int | None, str]:
        table = Table(schema, "rates", frame, is_text=False)
        given = Given(table, frame, reference, {}.get, CountsIn({}.get), is_whole=True)
        return {f.row_number: f.message for f in far_rates(given)}

    rate = pl.when(pl.int_range(pl.len()) == at).then(rates["rate"][at - days]).otherwise("rate")
    assert at + 1 not in told(rates)
    words = told(rates.with_columns(rate.alias("rate")))[at + 1]
    assert {1: "the day before", 5: "a week before", -1: "the day after"}[days] in words
