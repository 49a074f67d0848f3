"""What a notice says would hold a new row is done here, for rows of many shapes: then the notice is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.spans import Period, preceding, quarter_to, year_before
from canonical.table_schema import load_schema
from release.pages.corroboration import ADVICE_ZH
from tests.builders import Row, a_typed_frame, write_csv
from validation.advice import ADVICE, advice_of
from validation.corroboration import corroboration
from validation.new_rows import TYPE_TEXT, check_new_rows
from validation.relations.facts import Facts

REFERENCE = Reference()
SCHEMA = load_schema("observations")
ORDINARY = {
    "observation_id": "amazon-results-2026-q2.901", "source_id": "amazon-results-2026-q2", "locator": "p:1",
    "entity_id": "nscale", "metric_id": "revenue", "period_type": "quarter", "period_end": "2026-03-31",
    "printed_value": "120", "printed_unit_id": "usd-m",
}  # fmt: skip
RATE, POINTS, TIMES = "percent", "percentage-point", "times"
WINDOW = {"period_type": "window", "period_start": "2025-04-01"}
SHAPES: dict[str, Row] = {
    "revenue of a quarter": {},
    "spending of a year": {"metric_id": "capex", "period_type": "year", "period_end": "2025-12-31"},
    "revenue of a half year": {"period_type": "half_year", "period_end": "2026-06-30"},
    "nine months": {"period_type": "nine_months", "period_end": "2025-09-30"},
    "twelve months": {"period_type": "trailing_12_months"},
    "a balance": {"metric_id": "rpo", "period_type": "instant"},
    "a count": {"metric_id": "customers", "period_type": "instant", "printed_unit_id": "count"},
    "years of life": {"metric_id": "server-useful-life", "period_type": "instant", "printed_unit_id": "year"},
    "a margin": {"metric_id": "operating-margin", "printed_unit_id": RATE},
    "a retention rate": {"metric_id": "net-revenue-retention", "printed_unit_id": RATE, "period_type": "instant"},
    "guidance": {"printed_value": "110", "printed_value_to": "130", "bound": "range", "claim_status": "guidance",
                 "period_end": "2027-03-31"},
    "growth on the year": {"measure": "growth_yoy", "printed_unit_id": RATE, "printed_value": "20"},
    "growth on the quarter": {"measure": "growth_prev", "printed_unit_id": RATE, "printed_value": "20"},
    "growth in constant currency": {"measure": "growth_yoy", "printed_unit_id": RATE, "basis": "constant_currency"},
    "a multiple on the year": {"measure": "multiple_yoy", "printed_unit_id": TIMES, "printed_value": "1.2"},
    "a difference on the year": {"measure": "difference_yoy", "metric_id": "operating-margin",
                                 "printed_unit_id": POINTS, "printed_value": "20"},
    "a contribution": {"measure": "contribution_yoy", "breakdown_id": "ai", "printed_unit_id": POINTS,
                       "printed_value": "4"},
    "growth over a span": {"measure": "growth_over_period", "metric_id": "customers", "printed_unit_id": RATE,
                           "printed_value": "20", **WINDOW},
    "a multiple over a span": {"measure": "multiple_over_period", "metric_id": "customers", "printed_unit_id": TIMES,
                               "printed_value": "1.2", **WINDOW},
    "a change of list prices": {"measure": "growth_over_period", "metric_id": "compute-list-price",
                                "printed_unit_id": RATE, "printed_value": "-12", **WINDOW},
    "a share of a breakdown": {"measure": "share", "breakdown_id": "external", "printed_unit_id": RATE,
                               "printed_value": "60"},
    "a share of a market": {"measure": "share", "of_entity_id": "china-ai-cloud-market", "printed_unit_id": RATE,
                            "printed_value": "60"},
    "a run rate": {"measure": "annualised"},
    "a run rate of a month": {"measure": "annualised", "period_type": "month"},
    "a rank": {"measure": "rank", "printed_unit_id": "count", "printed_value": "7"},
    "a count since the beginning": {"metric_id": "bookings", "period_type": "cumulative"},
}  # fmt: skip


def a_row(cells: Row, number: int = 901) -> Row:
    """A row of a document of the package, completed."""
    row = {**ORDINARY, "observation_id": f"amazon-results-2026-q2.{number}", "locator": f"p:{number}", **cells}
    return complete_row(SCHEMA, row, REFERENCE)


def at(row: Row, period: Period | None, value: str, number: int, **cells: str) -> Row:
    """The level of what a row tells, of another period; periods begin as their type says."""
    assert period is not None
    plain = {"measure": "level", "of_entity_id": "", "bound": "eq", "printed_value_to": "", "period_type": period.type}
    metric = REFERENCE.metrics[row["metric_id"]]
    units = {"money": "usd-m", "ratio": RATE, "time": "year"}
    told = {
        "period_end": period.end.isoformat(), "period_start": "", "printed_value": value,
        "printed_unit_id": units.get(metric["quantity"], metric["unit_id"]), "decimals": "",
    }  # fmt: skip
    return a_row({**{k: v for k, v in row.items() if k in KEPT}, **plain, **told, **cells}, number)


KEPT = ("entity_id", "metric_id", "breakdown_id", "basis", "claim_status")


def beside(row: Row, key: str) -> Iterator[Row]:
    """The rows that a piece of advice asks for; their numbers are those of a 120 that was 100 a year before."""
    end = date.fromisoformat(row["period_end"])
    period = Period(row["period_type"], None, end)
    numbers = iter(range(902, 999))

    def level(of: Period | None, value: str, **cells: str) -> Row:
        return at(row, of, value, next(numbers), **cells)

    if key == "print":
        yield a_row({k: v for k, v in row.items() if k not in ("observation_id", "locator")}, 902)
    elif key in ("levels_of_year", "levels_of_whole", "levels_of_period"):
        yield level(period, "120")
        yield level(preceding(period) if key == "levels_of_period" else year_before(period), "100")
        if key == "levels_of_whole":
            yield level(year_before(period), "500", breakdown_id="total")
    elif key == "readings":
        yield level(Period("instant", None, end), "120")
        yield level(Period("instant", None, date(2025, 3, 31)), "100")
    elif key == "part_and_whole":
        yield level(period, "60")
        yield level(period, "100", breakdown_id="total", entity_id=row["of_entity_id"] or row["entity_id"])
    elif key == "quarter_of_rate":
        yield level(quarter_to(end), "30")
    elif key == "month_of_rate":
        yield level(Period("month", None, end), "10")
    elif key == "parts_of_quotient":
        metric = REFERENCE.metrics[row["metric_id"]]
        for name, value in (("numerator_metric_id", "120"), ("denominator_metric_id", "100")):
            yield level(period, value, metric_id=metric[name], printed_unit_id="usd-m")
    elif key in ("growth", "difference"):
        yield level(year_before(period), "100")
        rate = {"measure": "growth_yoy", "printed_unit_id": RATE, "period_start": ""}
        rate = rate if key == "growth" else {**rate, "measure": "difference_yoy", "printed_unit_id": POINTS}
        yield level(period, "20", **rate)
    elif key == "year_of_quarter":
        yield level(Period("year", None, date(end.year, 12, 31)), "480")
        yield from (level(Period("quarter", None, day), "120") for day in QUARTERS if day.month != end.month)
    elif key == "year_of_half":
        yield level(Period("year", None, date(end.year, 12, 31)), "240")
        yield level(Period("half_year", None, date(end.year, 12, 31)), "120")
    elif key == "quarters_of_it":
        count = 3 if row["period_type"] == "nine_months" else 4
        quarter: Period | None = Period("quarter", None, end)
        for _ in range(count):
            assert quarter is not None
            yield level(quarter, "40" if count == 3 else "30")
            quarter = preceding(quarter)


QUARTERS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31))
LEVELS = {
    "net-revenue-retention",
    "revenue",
    "capex",
    "customers",
    "rpo",
    "operating-margin",
    "server-useful-life",
    "bookings",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_row_is_held_by_whatever_it_is_said_to_be_held_by(shape: str) -> None:
    row = a_row(SHAPES[shape])
    keys = list(advice_of(row, REFERENCE, LEVELS))
    assert keys[0] == "print" and is_unheld(row, [])
    for key in keys:
        rows = list(beside(row, key))
        assert rows and not is_unheld(row, rows), (key, [r["printed_value"] for r in rows])


def is_unheld(row: Row, others: list[Row]) -> bool:
    """Whether nothing holds a row beside others."""
    (held,) = corroboration(Facts.of([row, *others], REFERENCE, {}), {row["observation_id"]})
    return held.is_unheld


def test_the_shapes_ask_for_everything_that_can_be_asked_for() -> None:
    asked = {key for shape in SHAPES.values() for key in advice_of(a_row(shape), REFERENCE, LEVELS)}
    assert asked | {"period"} == set(ADVICE) == set(ADVICE_ZH)


def test_without_a_period_another_print_meets_nothing_until_the_period_is_given() -> None:
    row = a_row({"period_type": "", "period_end": ""})
    assert list(advice_of(row, REFERENCE, LEVELS)) == ["period", "print"]
    given = {"period_type": "quarter", "period_end": "2026-03-31"}
    assert is_unheld(row, list(beside(a_row(given), "print")))
    assert not is_unheld(a_row(given), list(beside(a_row(given), "print")))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_notice_on_a_new_row_goes_with_its_text(tmp_path: Path, shape: str) -> None:
    row = a_row(SHAPES[shape])
    a_typed_frame("observations", [a_row({"entity_id": "ovhcloud"}, 900)]).write_parquet(
        tmp_path / "observations.parquet"
    )
    (notice,) = check_new_rows(write_csv(tmp_path / "observations.csv", [row]))
    assert notice.rule == "V.unheld" and notice.fix.startswith(f"{TYPE_TEXT}, or add another print of it")
    read = row | {"printed_text": row["printed_value"], "printed_label": "as reported, US$ million"}
    assert check_new_rows(write_csv(tmp_path / "observations.csv", [read])) == []
