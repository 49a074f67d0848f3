"""A user's own prices are held against one another and against those of the package, told at their rows."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from canonical.findings import Finding
from canonical.reference import OwnTable
from canonical.text_tables import DATA, Row, csv_path
from tests.builders import write_csv
from validation.own_files import check_own

MODEL = {
    "source_id": "litellm", "locator": "t", "seller": "openai", "maker": "openai", "model": "aster-1", "meter": "input",
    "mode": "standard", "region": "any", "tier_from_tokens": "", "tier_to_tokens": "", "printed_amount": "1",
    "currency": "USD", "printed_per_unit_id": "token-1m", "price_state": "priced", "valid_from": "2026-11-01",
    "valid_to": "", "date_basis": "snapshot", "left_censored": "false",
}  # fmt: skip
RESOLD = {"seller": "wandb", "model": "gpt-oss-120b", "printed_per_unit_id": "token"}
SLIPS = [
    MODEL | RESOLD | {"printed_amount": "0.015"},
    MODEL | RESOLD | {"printed_amount": "0.06", "meter": "output"},
    MODEL | {"printed_amount": "2500000"},
    MODEL | {"printed_amount": "2.5"},
    MODEL | {"model": "aster-2", "tier_from_tokens": "0", "tier_to_tokens": "32000"},
    MODEL | {"model": "aster-2", "tier_from_tokens": "16000", "tier_to_tokens": "64000", "printed_amount": "2"},
    MODEL | {"model": "aster-3", "meter": "output", "printed_amount": "0"},
    MODEL | {"model": "aster-4", "meter": "image_generation", "printed_amount": "0.04"},
    MODEL | {"model": "aster-5", "valid_from": "2062-11-01"},
    MODEL | {"model": "aster-6", "printed_amount": "-1"},
]
MACHINE = {
    "source_id": "karpenter-aws", "locator": "c1", "vendor_id": "amazon", "region": "eu-west-1",
    "instance_type": "m5.large", "operating_system": "linux", "purchase_option": "on_demand",
    "printed_amount": "0.107", "currency": "USD", "printed_per_unit_id": "hour", "price_state": "priced",
    "valid_from": "2026-11-01", "valid_to": "", "changed_after": "", "date_basis": "snapshot",
    "left_censored": "false", "assumed": "",
}  # fmt: skip


def found(path: Path, table: str) -> list[Finding]:
    """What is found in a file of prices."""
    return check_own([OwnTable(table, path)]).findings


def at_rows(findings: list[Finding]) -> set[tuple[str, int | None]]:
    """Rule and row of each finding."""
    return {(finding.rule, finding.row_number) for finding in findings}


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_ten_slips_of_a_price_list_are_named_at_their_rows(tmp_path: Path, suffix: str) -> None:
    path = write_csv(tmp_path / "prices.csv", SLIPS)
    if suffix == "parquet":
        frame = pl.read_csv(path, infer_schema=False).with_columns(
            pl.col("tier_from_tokens", "tier_to_tokens").cast(pl.Int64),
            pl.col("valid_from", "valid_to").str.to_date(),
            left_censored=pl.col("left_censored") == "true",
        )
        frame.write_parquet(path := tmp_path / "prices.parquet")
    findings = found(path, "model_prices")
    assert at_rows(findings) >= {
        ("U.price_scale", 1), ("U.price_scale", 2), ("U.price_bounds", 3), ("P.price_overlap", 4),
        ("U.price_jump", 4), ("C.tier_order", 5), ("U.zero_price", 7), ("U.price_unit", 8), ("P.price_future", 9),
        ("U.zero_price", 10),
    }  # fmt: skip
    assert {f.file for f in findings} == {str(path)}
    assert all(f.line_number == (None if suffix == "parquet" else (f.row_number or 0) + 1) for f in findings)
    (tiers,) = (f for f in findings if f.rule == "C.tier_order")
    assert tiers.related == "prices#6" and tiers.row_id == "prices#5"


def test_slips_of_a_list_of_machines_are_named_at_their_rows(tmp_path: Path) -> None:
    rows: list[Row] = [
        MACHINE | {"region": "cn-northwest-1", "printed_amount": "0.612", "amount": "0.612"},
        MACHINE | {"amount": "1.07"},
        MACHINE | {"purchase_option": "spot", "printed_amount": "0.49", "amount": "0.49"},
        MACHINE | {"region": "eu-west-1 ", "printed_amount": "78.11", "amount": "78.11"},
        MACHINE | {"region": "eu-west-2", "instance_type": "c5.large", "printed_amount": "0.101", "amount": "0.101"},
    ]
    named = at_rows(found(write_csv(tmp_path / "machines.csv", rows), "compute_prices"))
    assert named >= {
        ("U.price_currency", 1), ("U.amount", 2), ("C.price_spot", 3), ("S.pattern", 4), ("U.price_jump", 4)
    }  # fmt: skip
    assert not {row for _, row in named} & {5}


def test_a_price_is_held_against_the_list_of_the_package(tmp_path: Path) -> None:
    prices = pl.read_csv(csv_path("model_prices"), infer_schema=False)
    lasting = prices.filter(pl.col("valid_to").is_null(), pl.col("printed_amount") == "2.5", pl.col("bound") == "eq")
    row = lasting.head(1).drop("model_price_id", "amount", "amount_low", "amount_high")
    path = tmp_path / "prices.csv"
    row.with_columns(printed_amount=pl.lit("2500")).write_csv(path)
    findings = found(path, "model_prices")
    assert ("P.price_overlap", 1) in at_rows(findings)
    assert any(lasting.item(0, "model_price_id") in f.related for f in findings)


@pytest.mark.parametrize("without", [(), ("model_price_id", "amount", "amount_low", "amount_high", "via_source_id")])
def test_prices_of_the_package_have_no_findings(tmp_path: Path, without: tuple[str, ...]) -> None:
    prices = pl.read_csv(csv_path("model_prices"), infer_schema=False).filter(pl.col("seller") == "openai")
    prices[::5].drop(without).write_csv(tmp_path / "prices.csv")
    assert found(tmp_path / "prices.csv", "model_prices") == []


def test_machines_of_the_package_have_no_findings(tmp_path: Path) -> None:
    machines = pl.read_parquet(DATA / "compute_prices" / "**" / "*.parquet").filter(
        pl.col("source_id") == "karpenter-aws"
    )
    machines[::9].drop("amount", "locator").write_csv(tmp_path / "machines.csv")
    assert found(tmp_path / "machines.csv", "compute_prices") == []


def test_two_files_of_one_list_are_held_against_one_another(tmp_path: Path) -> None:
    first = write_csv(tmp_path / "first.csv", [MODEL])
    second = write_csv(tmp_path / "second.csv", [MODEL | {"printed_amount": "3"}])
    findings = check_own([OwnTable("model_prices", first), OwnTable("model_prices", second)]).findings
    (overlap,) = (f for f in findings if f.rule == "P.price_overlap")
    assert overlap.file == str(second) and overlap.related == "first#1"


@pytest.mark.parametrize(
    ("amount", "rules"), [("0.096", set()), ("0.106", set()), ("9.6", {"U.price_jump", "U.price_size"})]
)
def test_what_a_list_says_today_is_no_second_price_of_what_the_package_read_before(
    tmp_path: Path, amount: str, rules: set[str]
) -> None:
    row = MACHINE | {"region": "us-east-1", "printed_amount": amount}
    findings = found(write_csv(tmp_path / "today.csv", [row]), "compute_prices")
    assert {f.rule for f in findings} == rules
    twice = found(write_csv(tmp_path / "twice.csv", [row, row | {"valid_from": "2026-11-02"}]), "compute_prices")
    assert ("P.price_overlap", 2) in at_rows(twice)


def test_a_key_that_stands_twice_or_an_unknown_source_hides_no_price(tmp_path: Path) -> None:
    free = MACHINE | {"printed_amount": "0", "region": "us-east-1"}
    findings = found(write_csv(tmp_path / "twice.csv", [free, free]), "compute_prices")
    assert {("S.unique", 1), ("U.zero_price", 1), ("U.zero_price", 2)} <= at_rows(findings)
    mine = MACHINE | {"source_id": "my-list"}
    dear = [mine | {"region": f"my-{n}"} for n in range(6)] + [mine | {"region": "my-9", "printed_amount": "1.07"}]
    findings = found(write_csv(tmp_path / "mine.csv", dear), "compute_prices")
    assert ("U.price_region", 7) in at_rows(findings)
    assert any("my-list" in f.message for f in findings) and not any("None" in f.message for f in findings)


def test_a_row_held_against_two_that_say_the_same_is_told_once(tmp_path: Path) -> None:
    model = {"model": "o3", "printed_amount": "20", "meter": "cache_read"}
    rows = [MODEL | model, MODEL | {"model": "o3", "printed_amount": "2"}]
    (order,) = (f for f in found(write_csv(tmp_path / "o3.csv", rows), "model_prices") if f.rule == "C.price_order")
    assert (order.row_number, order.expected) == (1, "cache_read at most 2")
