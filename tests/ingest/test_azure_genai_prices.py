"""Azure's price list as azure-genai-prices ships it, on made-up lines in its words."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from canonical.text_tables import Row, read_rows
from ingest.__main__ import main
from ingest.azure_genai_prices import priced_by

UNITS = """unit_id,symbol,quantity,currency,canonical_unit_id,factor,printed_forms
token-1k,1K tokens,token_volume,,token,1000,
token-1m,1M tokens,token_volume,,token,1000000,
"""
Line = dict[str, Any]


def a_line(name: str = "9.1 opt Dz 1M Tokens", price: float = 16.5, *regions: str, **cells: Any) -> Line:
    return {
        "effectiveStartDate": "2026-03-01T00:00:00Z", "meterName": name, "productName": "Azure OpenAI GPT9",
        "regions": list(regions or ("eastus", "westus")), "retailPrice": price, "unitOfMeasure": "1M", **cells,
    }  # fmt: skip


def run(folder: Path, *lines: Line, fetched: str = "2026-08-11T00:57:47.5") -> int:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "units.csv").write_text(UNITS, encoding="utf-8")
    wheel = folder / "azure_genai_prices-0.2.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        snapshot = json.dumps({"fetched_at": fetched, "items": lines})
        archive.writestr("azure_genai_prices/data/snapshot.json", snapshot)
    return main(["azure_genai_prices", f"{wheel}@2026-08-11", "--data", str(data)])


def rows_of(folder: Path, *lines: Line) -> list[Row]:
    assert run(folder, *lines) == 0
    return read_rows(folder / "data" / "model_prices.csv")


@pytest.mark.parametrize(
    ("name", "priced"),
    [
        ("5.4 opt Dz 1M Tokens", ("gpt-5.4", "output", "standard", "multi_region")),
        ("gpt 4o 0806 cached Inp glbl Tokens", ("gpt-4o-0806", "cache_read", "standard", "global")),
        ("gpt-35-turbo-16k-Input-regional Tokens", ("gpt-35-turbo-16k", "input", "standard", "in_region")),
        ("o3 mini 0131 Batch Outp Data Zone Tokens", ("o3-mini-0131", "output", "batch", "multi_region")),
        ("5.6 sol ShortCo Cd Inp PP Gl 1M Tokens", ("gpt-5.6-sol", "cache_read", "priority-short-context", "global")),
        ("codex mini inp glbl Tokens", ("codex-mini", "input", "standard", "global")),
        ("gpt-rt-aud-in-glbl Tokens", None),
        ("gpt 4.1 ft training Tokens", None),
        ("5.4 opt 1M Tokens", None),
        ("5.4 inp opt Gl Tokens", None),
        ("inp Gl Tokens", None),
    ],
)
def test_the_words_of_a_bill_say_what_is_priced(name: str, priced: tuple[str, ...] | None) -> None:
    found = priced_by(name)
    assert (found and (found.model, found.meter, found.mode, found.endpoint)) == priced


def test_an_endpoint_and_a_tier_are_codes_and_the_effective_day_is_the_sellers(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, a_line("9.1 Batch inp Dz 1M Tokens", 1.375))
    assert (row["endpoint"], row["service_tier"], row["region"], row["amount"]) == (
        "multi_region", "batch", "data-zone", "1.375",
    )  # fmt: skip
    assert (row["valid_from"], row["date_basis"], row["left_censored"]) == ("2026-03-01", "documented", "false")


def test_regions_that_ask_another_price_have_rows_and_those_that_ask_the_same_have_none(tmp_path: Path) -> None:
    more = [a_line("9.1 opt Dz 1M Tokens", 18, "japaneast"), a_line("9.1 opt Dz 1M Tokens", 16.5, "norwayeast")]
    rows = rows_of(tmp_path, a_line(), *more)
    assert [(row["region"], row["amount"]) for row in rows] == [("data-zone", "16.5"), ("data-zone-japaneast", "18")]


def test_a_thousand_tokens_and_a_million_are_one_price(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, a_line(), a_line("9.1 opt Dz Tokens", 0.0165, "norwayeast", unitOfMeasure="1K"))
    assert [(row["region"], row["printed_per_unit_id"]) for row in rows] == [("data-zone", "token-1m")]


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ([a_line(), a_line("9.1 outp DZone 1M Tokens", 18)], "two prices in eastus, 16.5 and 18"),
        ([a_line(effectiveStartDate="2026-03-01T00:00:00")], "a moment without its zone"),
        ([a_line(effectiveStartDate="2062-03-01T00:00:00Z")], "a day still to come"),
        ([a_line(price=-1)], "not a price"),
        ([a_line(currency="EUR")], "currency is unknown"),
        ([a_line(regions="eastus")], "regions is a str, not a list"),
        ([a_line("gpt 4.1 ft training Tokens")], "items is empty"),
    ],
)
def test_a_changed_shape_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: list[Line], named: str
) -> None:
    assert run(tmp_path, *lines) == 2
    printed = capsys.readouterr().err
    assert named in printed and printed.count("\n") == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["units.csv"]


def test_a_copy_of_another_day_than_given_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, a_line(), fetched="2026-08-12T00:57:47") == 2
    assert "fetched_at is '2026-08-12T00:57:47', not of 2026-08-11" in capsys.readouterr().err
