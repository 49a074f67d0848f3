"""The views of DuckDB give the price of a day, the cheapest accelerator and the price beside usage."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import cloud_vendor_metrics as cvm
import duckdb
import pytest

from canonical.table_schema import ROOT, load_schema
from release.package.parquet import parquet_bytes
from release.series.tables import frame_of

VIEWS = (ROOT / "clients" / "sql" / "views.sql").read_text(encoding="utf-8")
Row = dict[str, Any]
SPRING, SUMMER, END = date(2026, 3, 1), date(2026, 6, 1), date(2026, 6, 30)
EVER = date(9999, 12, 31)


def a_claim(amount: float, since: date = SPRING, until: date = EVER, **cells: Any) -> Row:
    return {
        "seller": "acme", "region": "any", "model": "acme-1", "model_key": "acme-1", "meter": "input",
        "mode": "standard", "service_tier": "standard", "commitment": "none", "endpoint": "any", "offer": "list",
        "per_unit_id": "token-1m", "amount": amount, "currency": "USD", "state": "priced", "rank": 6,
        "valid_from": since, "since": since, "until": until, "ends_on": END,
        "source_id": "list", "model_price_id": "list.001", **cells,
    }  # fmt: skip


def a_machine(amount: float, since: date = SPRING, until: date | None = None, **cells: Any) -> Row:
    return {
        "source_id": "map", "vendor_id": "acme", "region": "east", "instance_type": "h8", "operating_system": "linux",
        "purchase_option": "on_demand", "printed_amount": str(amount), "currency": "USD", "printed_per_unit_id": "hour",
        "price_state": "priced", "valid_from": since, "valid_to": until, "date_basis": "commit",
        "left_censored": False, "amount": amount, **cells,
    }  # fmt: skip


def opened(folder: Path, claims: list[Row], machines: list[Row], states: list[Row]) -> duckdb.DuckDBPyConnection:
    """A connection that reads these rows as the package would hold them."""
    accelerators = [("h8", "H100", 8), ("h1", "H100", 1), ("a8", "A100", 8)]
    tables: dict[str, list[Row]] = {
        "model_price_claims": claims,
        "compute_prices": machines,
        "price_states": states,
        "sources": [
            {"source_id": name, "title": name, "publisher": name, "published_precision": "day", "language": "en",
             "kind": "package_data", "known_on": END}
            for name in ("list", "map")
        ],
        "machine_accelerators": [
            {"vendor_id": "acme", "instance_type": name, "accelerator": card, "accelerator_maker": "nvidia",
             "accelerator_count": count, "memory_gb": 80, "source_id": "map"}
            for name, card, count in accelerators
        ],
    }  # fmt: skip
    (folder / "data" / "compute_prices" / "vendor_id=acme").mkdir(parents=True)
    others: list[str] = re.findall(r"'data/(\w+)\.parquet'", VIEWS)
    for name, rows in ({name: [] for name in others} | tables).items():
        place = folder / "data" / ("compute_prices/vendor_id=acme/part-0" if name == "compute_prices" else name)
        place.with_name(f"{place.name}.parquet").write_bytes(
            parquet_bytes(load_schema(name), frame_of(load_schema(name), rows))
        )
    return connected(folder)


def connected(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the views, as one has it that was opened in a folder."""
    connection = duckdb.connect()
    connection.execute(VIEWS.replace("'data/", f"'{folder}/data/"))
    return connection


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-05-01", [(2.5, "exact")]),
        ("2026-06-15", [(2.0, "exact")]),
        ("2026-08-01", [(2.0, "carried_forward")]),
        ("2026-02-15", [(2.5, "nearest")]),
        ("2026-01-15", []),
        ("2027-08-01", []),
    ],
)
def test_a_price_is_exact_carried_forward_or_the_nearest(tmp_path: Path, day: str, found: list[Any]) -> None:
    claims = [a_claim(2.5, SPRING, date(2026, 5, 31)), a_claim(2.0, SUMMER, model_price_id="list.002")]
    asked = opened(tmp_path, claims, [], [])
    assert asked.execute(f"SELECT amount, known FROM price_on('ACME-1', '{day}')").fetchall() == found


def test_the_best_ranked_source_speaks_and_a_path_is_no_other_model(tmp_path: Path) -> None:
    claims = [
        a_claim(9, model="gate/acme-1", model_key="gate/acme-1", seller="gate", model_price_id="list.003"),
        a_claim(2.5),
        a_claim(2, rank=0, model_price_id="list.002"),
    ]
    asked = opened(tmp_path, claims, [], [])
    rows = asked.execute("SELECT seller, amount FROM price_on('acme-1', '2026-05-01')").fetchall()
    assert rows == [("acme", 2.0), ("gate", 9.0)]


def test_the_cheapest_accelerator_is_asked_by_the_piece_and_no_doubtful_price_is_given(tmp_path: Path) -> None:
    machines = [
        a_machine(80), a_machine(9, instance_type="h1"), a_machine(8, instance_type="a8"),
        a_machine(1, instance_type="h1", region="west"), a_machine(60, region="north", valid_to=date(2026, 4, 1)),
    ]  # fmt: skip
    unstable = "map|west|h1|linux|on_demand|2026-03-01"
    states = [
        {"table_name": "compute_prices", "row_id": unstable, "state": "unstable", "rules": "r", "finding_ids": "f"}
    ]
    asked = opened(tmp_path, [], machines, states)
    rows = asked.execute(
        "SELECT instance_type, amount_each, known FROM cheapest('h100', NULL, '2026-05-01')"
    ).fetchall()
    assert rows == [("h1", 9.0, "exact"), ("h8", 10.0, "exact")]
    assert asked.execute("FROM cheapest('H100', 'west', '2026-05-01')").fetchall() == []
    later = asked.execute("SELECT DISTINCT known FROM cheapest('H100', 'east', '2026-09-01')").fetchall()
    assert later == [("carried_forward",)]


def test_usage_keeps_its_rows_and_gets_the_price_of_its_day(tmp_path: Path) -> None:
    claims = [a_claim(2.5, SPRING, date(2026, 5, 31)), a_claim(2.0, SUMMER, model_price_id="list.002")]
    asked = opened(tmp_path, claims, [], [])
    asked.execute("CREATE TABLE used (day DATE, seller TEXT, model TEXT, meter TEXT, tokens INT)")
    days = ("2026-05-01", "2026-06-15", "2026-06-15", "2025-01-01")
    models = ("acme-1", "Acme-1", "other", "acme-1")
    for day, model in zip(days, models, strict=True):
        asked.execute("INSERT INTO used VALUES (?, 'acme', ?, 'input', 7)", [day, model])
    rows = asked.execute("SELECT tokens, amount, known FROM priced_usage('used')").fetchall()
    assert rows == [(7, 2.5, "exact"), (7, 2.0, "exact"), (7, None, None), (7, None, None)]


def test_prices_stand_day_by_day(tmp_path: Path) -> None:
    claims = [a_claim(2.5, SPRING, date(2026, 5, 31)), a_claim(2.0, SUMMER, model_price_id="list.002")]
    asked = opened(tmp_path, claims, [], [])
    rows = asked.execute("SELECT amount, known FROM prices_by_day('2026-05-31', '2026-07-01')").fetchall()
    assert rows == [(2.5, "exact"), *[(2.0, "exact")] * 30, (2.0, "carried_forward")]


def test_the_views_read_the_package_itself() -> None:
    connection = connected(ROOT)
    asked = "SELECT count(*), min(amount_each) FROM cheapest('H100', 'us-east-1', '2026-07-01')"
    ((count, least),) = connection.execute(asked).fetchall()
    assert count > 0 and 1 < least < 20
    flipping = "FROM compute_prices SELECT count(*) WHERE instance_type = 'Standard_D2as_v5' AND region = 'westus3'"
    assert connection.execute(flipping).fetchall() == [(4,)]


def test_every_machine_with_accelerators_names_a_source_and_machines_that_are_sold_are_among_them() -> None:
    connection = connected(ROOT)
    sold = "SELECT count(DISTINCT instance_type), count(DISTINCT vendor_id) FROM accelerator_prices"
    ((machines, vendors),) = connection.execute(sold).fetchall()
    assert machines > 140 and vendors == 5


def test_every_table_is_a_view_with_all_its_rows() -> None:
    connection = connected(ROOT)
    tables = cvm.tables()
    for name, rows in tables[["table_name", "rows"]].itertuples(index=False):
        assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchall() == [(rows,)], name
