"""The adapter of LobeHub's model bank, on made-up changes in its form."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from canonical.text_tables import Row, read_rows
from ingest.__main__ import main

UNITS = """unit_id,symbol,quantity,currency,canonical_unit_id,factor,printed_forms
token-1m,1M tokens,token_volume,,token,1000000,
image,image,count,,image,1,
second,second,time,,second,1,
"""
COLUMNS = ("commit", "committed_at", "provider", "model", "key", "old", "new", "event")


def new(key: str, value: str, provider: str = "volcengine") -> tuple[str, ...]:
    return ("c1", "2025-09-01T08:00:00+08:00", provider, "aster-seed", key, "", value, "new")


def run(folder: Path, *changes: tuple[str, ...]) -> int:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "units.csv").write_text(UNITS, encoding="utf-8")
    with (folder / "changes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *changes])
    return main(["lobehub", str(folder / "changes.csv"), "--data", str(data)])


def rows_of(folder: Path, *changes: tuple[str, ...]) -> list[Row]:
    assert run(folder, *changes) == 0
    return read_rows(folder / "data" / "model_prices.csv")


def test_a_renamed_key_goes_on_with_its_price(tmp_path: Path) -> None:
    renamed = [
        ("c2", "2025-09-20T08:00:00Z", "volcengine", "aster-seed", "input", "0.8", "", "gone"),
        ("c2", "2025-09-20T08:00:00Z", "volcengine", "aster-seed", "textInput millionTokens", "", "0.8", "new"),
    ]
    (row,) = rows_of(tmp_path, new("input", "0.8"), *renamed)
    assert (row["seller"], row["region"], row["currency"], row["amount"]) == ("bytedance", "cn", "CNY", "0.8")
    assert (row["valid_from"], row["valid_to"], row["date_basis"]) == ("2025-09-01", "", "commit")


@pytest.mark.parametrize(
    ("key", "meter", "mode", "tier"),
    [
        ("textInput_cacheRead millionTokens", "cache_read", "standard", ("", "")),
        ("textInput millionTokens textInputRange=[0, 32_000]", "input", "standard", ("0", "32000")),
        ("textInput millionTokens textInputRange=[0.032, 0.128]", "input", "standard", ("32000", "128000")),
        ("textOutput millionTokens textInput=[0.256, infinity]", "output", "standard", ("256000", "")),
        ("textOutput millionTokens tier=0-0.256", "output", "standard", ("0", "256000")),
        (
            "textOutput millionTokens textInputRange,thinkingMode=[0, 128_000]_[true]",
            "output",
            "thinking",
            ("0", "128000"),
        ),
        (
            "textOutput millionTokens textInputRange,thinkingMode=[0, 128_000]_[false]",
            "output",
            "standard",
            ("0", "128000"),
        ),
        ("textInput millionTokens textInput,textOutput=[0, 32_000]_[0, 200]", "input", "answers-0-200", ("0", "32000")),
        (
            "textInput millionTokens textInput,textOutput=[0, 0.032]_[0.0002, infinity]",
            "input",
            "answers-200-up",
            ("0", "32000"),
        ),
        (
            "textInput millionTokens textInput,textOutput=[0.032, 0.2]_[0, infinity]",
            "input",
            "standard",
            ("32000", "200000"),
        ),
        ("textInput millionTokens textInput,textOutput=[0.032, 0.2]", "input", "standard", ("32000", "200000")),
        ("imageGeneration image", "image_generation", "standard", ("", "")),
    ],
)
def test_a_key_says_what_it_prices(tmp_path: Path, key: str, meter: str, mode: str, tier: tuple[str, str]) -> None:
    (row,) = rows_of(tmp_path, new(key, "2"))
    assert (row["meter"], row["mode"], (row["tier_from_tokens"], row["tier_to_tokens"])) == (meter, mode, tier)


def test_prices_by_the_video_and_of_a_kept_cache_are_left_out(tmp_path: Path) -> None:
    left_out = [new("videoGeneration video", "6"), new("textInput_cacheWrite millionTokens ttl=1h", "0.017")]
    assert [row["meter"] for row in rows_of(tmp_path, new("input", "1"), *left_out)] == ["input"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ([new("input", "1", provider="unheard-of")], "provider 'unheard-of' is unknown"),
        ([new("prompt", "1")], "prompt is unknown"),
        ([new("textInput millionTokens planet=[0, 9]", "1")], "planet=[0, 9] is unknown"),
        ([new("textInput millionTokens textInput=[9, 3]", "1")], "the range is from 9 to 3 tokens"),
        ([new("textInput millionTokens textInput=short", "1")], "'short' is no range of tokens"),
        ([new("textInput millionTokens textInput=[0, 9]_[0, 9]", "1")], "names 1 parameters and 2 ranges"),
        ([new("input", "1"), new("textInput millionTokens", "2")], "input in mode standard is both '1' and '2'"),
        (
            [
                new("textInput millionTokens textInput=[0, 32_000]", "1"),
                new("textInput millionTokens tier=0-0.032", "2"),
            ],
            "input from 0 tokens in mode standard is both '1' and '2'",
        ),
        ([new("input", "free")], "'free', not a price"),
    ],
)
def test_what_is_unknown_or_said_twice_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: list[tuple[str, ...]], named: str
) -> None:
    assert run(tmp_path, *changes) == 2
    printed = capsys.readouterr().err
    assert named in printed and printed.count("\n") == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["units.csv"]
