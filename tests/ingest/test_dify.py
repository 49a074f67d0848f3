"""The adapter of Dify's plugins, on made-up changes in their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.text_tables import Row, read_rows
from ingest.__main__ import main

UNITS = """unit_id,symbol,quantity,currency,canonical_unit_id,factor,printed_forms
token-1k,1K tokens,token_volume,,token,1000,
token-1m,1M tokens,token_volume,,token,1000000,
"""
HEADER = "commit,committed_at,provider,model,key,old,new,event\n"


def changes(commit: str, moment: str, name: str, **keys: str) -> str:
    """New keys of a model's file in one commit."""
    return "".join(f"{commit},{moment},{name},{key},,{value},new\n" for key, value in keys.items())


PLUS = changes(
    "c1", "2024-12-18T16:49:22+08:00", "tongyi,aster-plus", currency="RMB", unit="0.001", input="0.0008", output="0.002"
)
LATER = "c2,2025-05-01T01:00:00+08:00,tongyi,aster-plus,input,0.0008,0.0004,change\n"


def run(folder: Path, text: str) -> int:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "changes.csv").write_text(HEADER + text, encoding="utf-8")
    return main(["dify", str(folder / "changes.csv"), "--data", str(data)])


def rows_of(folder: Path, text: str) -> list[Row]:
    assert run(folder, text) == 0
    return read_rows(folder / "data" / "model_prices.csv")


def test_a_file_gives_prices_in_cny_of_the_chinese_list(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, PLUS + LATER)
    assert [(r["seller"], r["region"], r["currency"], r["meter"], r["amount"], r["valid_from"]) for r in rows] == [
        ("alibaba", "cn", "CNY", "input", "0.8", "2024-12-18"),
        ("alibaba", "cn", "CNY", "input", "0.4", "2025-04-30"),
        ("alibaba", "cn", "CNY", "output", "2", "2024-12-18"),
    ]
    assert rows[0]["printed_amount"] == "0.0008" and rows[0]["printed_per_unit_id"] == "token-1k"


def test_thinking_is_a_mode_of_output(tmp_path: Path) -> None:
    more = changes("c2", "2025-05-01T00:00:00Z", "tongyi,aster-plus", output_thinking="0.008")
    assert [(r["mode"], r["amount"]) for r in rows_of(tmp_path, PLUS + more) if r["meter"] == "output"] == [
        ("standard", "2"),
        ("thinking", "8"),
    ]


@pytest.mark.parametrize(
    ("keys", "named"),
    [({"currency": "USD", "unit": "0.001"}, "zhipuai/aster"), ({"currency": "RMB", "unit": "0.004"}, "zhipuai/aster")],
)
def test_another_currency_or_unit_is_told_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], keys: dict[str, str], named: str
) -> None:
    other = changes("c2", "2025-05-01T00:00:00Z", "zhipuai,aster", input="1", **keys)
    assert {row["seller"] for row in rows_of(tmp_path, PLUS + other)} == {"alibaba"}
    told = capsys.readouterr().err
    assert told == f"not taken up at some time, in another currency or unit: {named}\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (PLUS.replace("tongyi", "unheard-of"), "provider 'unheard-of' is unknown"),
        (PLUS.replace(",input,", ",prompt,"), "key 'prompt' is unknown"),
        (PLUS.replace("0.0008", "free"), "'free', not a price"),
    ],
)
def test_a_changed_shape_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, named: str) -> None:
    assert run(tmp_path, text) == 2
    assert named in capsys.readouterr().err
