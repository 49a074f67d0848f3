"""models.dev and the mirrors of litellm, on made-up histories in their form."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from canonical.text_tables import Row, read_rows
from ingest.__main__ import main

HEADER = "commit,committed_at,provider,model,key,old,new,event\n"
MODELSDEV = (
    HEADER
    + """c1,2025-06-04T18:41:51-04:00,anthropic,claude-4,input,,3.0,new
c1,2025-06-04T18:41:51-04:00,anthropic,claude-4,inputCached,,0.3,new
c2,2025-06-17T22:26:49+00:00,anthropic,claude-4,inputCached,0.3,,gone
c2,2025-06-17T22:26:49+00:00,anthropic,claude-4,cache_read,,0.3,new
c3,2025-09-01T01:00:00+00:00,anthropic,claude-4,tiers[0].input,,6,new
c3,2025-09-01T01:00:00+00:00,anthropic,claude-4,tiers[0].tier.size,,200000,new
c4,2025-08-01T01:00:00+00:00,alibaba-cn,qwen-plus,input,,0.115,new
"""
)
MIRROR = (
    HEADER
    + """c1,2024-01-30T21:24:04-08:00,,gpt-4,input_cost_per_token,,3e-05,new
c1,2024-01-30T21:24:04-08:00,,j2-ultra,input_cost_per_token,,1.5e-05,new
c2,2024-03-25T00:00:00+00:00,,j2-ultra,input_cost_per_token,1.5e-05,,gone
c2,2024-03-25T00:00:00+00:00,bedrock,j2-ultra,input_cost_per_token,,1.5e-05,new
"""
)
UNSETTLED = HEADER + "".join(
    f"c1,2025-06-11T00:00:00+00:00,anthropic,{model},inputCached,,{read},new\n"
    f"c1,2025-06-11T00:00:00+00:00,anthropic,{model},outputCached,,{write},new\n"
    for model, read, write in (("swapped", "3.75", "0.3"), ("equal", "0.3", "0.3"), ("plain", "0.3", "3.75"))
)
SETTLED = UNSETTLED + "".join(
    f"c2,2025-06-23T00:00:00+00:00,anthropic,swapped,{key},{old},{new},{event}\n"
    for key, old, new, event in (
        ("inputCached", "3.75", "", "gone"),
        ("outputCached", "0.3", "", "gone"),
        ("cache_read", "", "0.3", "new"),
        ("cache_write", "", "3.75", "new"),
    )
)
UNITS = """unit_id,symbol,quantity,currency,canonical_unit_id,factor,printed_forms
token,token,token_volume,,token,1,
token-1m,1M tokens,token_volume,,token,1000000,
"""


def taken_up(folder: Path, text: str, *arguments: str) -> list[Row]:
    path, target = folder / "changes.csv", folder / "data"
    path.write_text(text, encoding="utf-8")
    target.mkdir(exist_ok=True)
    (target / "units.csv").write_text(UNITS, encoding="utf-8")
    assert main([*arguments, str(path), "--data", str(target)]) == 0
    return read_rows(target / "model_prices.csv")


def test_a_renamed_key_is_no_change_and_a_tier_takes_its_size(tmp_path: Path) -> None:
    rows = taken_up(tmp_path, MODELSDEV, "modelsdev")
    claude = [row for row in rows if row["seller"] == "anthropic"]
    assert [(r["meter"], r["tier_from_tokens"], r["amount"], r["valid_from"], r["valid_to"]) for r in claude] == [
        ("cache_read", "", "0.3", "2025-06-04", ""),
        ("input", "", "3", "2025-06-04", ""),
        ("input", "200000", "6", "2025-09-01", ""),
    ]


def test_a_commit_dated_before_the_one_above_counts_from_that_day(tmp_path: Path) -> None:
    qwen = next(row for row in taken_up(tmp_path, MODELSDEV, "modelsdev") if row["seller"] == "alibaba")
    assert (qwen["region"], qwen["currency"], qwen["valid_from"]) == ("cn", "USD", "2025-09-01")
    assert "Chinese list" in qwen["note"]


def test_a_mirror_is_read_but_is_not_the_source(tmp_path: Path) -> None:
    rows = taken_up(tmp_path, MIRROR, "tokencost", "tokencost")
    assert [(r["source_id"], r["via_source_id"], r["seller"], r["amount"], r["valid_to"]) for r in rows] == [
        ("litellm", "tokencost", "amazon-bedrock", "15", ""),
        ("litellm", "tokencost", "openai", "30", ""),
    ]


def cache_rates(rows: list[Row]) -> set[tuple[str, ...]]:
    return {(row["model"], row["meter"], row["amount"], row["assumed"]) for row in rows}


def test_cache_prices_of_unsettled_keys_are_read_as_they_can_be(tmp_path: Path) -> None:
    assert cache_rates(taken_up(tmp_path, UNSETTLED, "modelsdev")) == {
        ("swapped", "cache_read", "0.3", "meter"),
        ("swapped", "cache_write", "3.75", "meter"),
        ("equal", "cache_read", "0.3", ""),
        ("plain", "cache_read", "0.3", ""),
        ("plain", "cache_write", "3.75", "meter"),
    }


def test_a_later_key_settles_what_an_unsettled_one_meant(tmp_path: Path) -> None:
    rows = [row for row in taken_up(tmp_path, SETTLED, "modelsdev") if row["model"] == "swapped"]
    assert cache_rates(rows) == {("swapped", "cache_read", "0.3", ""), ("swapped", "cache_write", "3.75", "")}
    assert {row["valid_from"] for row in rows} == {"2025-06-11"}


def test_a_blank_after_the_name_of_a_model_ends_no_cell(tmp_path: Path) -> None:
    blank = HEADER + "c1,2025-11-21T12:27:09-08:00,cohere,command-a ,input,,2.5,new\n"
    (row,) = taken_up(tmp_path, blank, "modelsdev")
    assert (row["model"], row["locator"]) == ("command-a", "c1 cohere/command-a")


def test_rows_of_another_route_of_the_same_source_stay_and_share_its_numbers(tmp_path: Path) -> None:
    taken_up(tmp_path, MIRROR, "tokencost", "tokencost")
    rows = taken_up(tmp_path, MIRROR, "tokencost", "tokencostauto")
    assert {row["via_source_id"]: row["model_price_id"] for row in rows if row["seller"] == "openai"} == {
        "tokencost": "litellm.002",
        "tokencostauto": "litellm.004",
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (MODELSDEV.replace("provider", "seller"), "column provider is missing"),
        (MODELSDEV.replace(",input,", ",prompt,"), "key prompt is unknown"),
        (MODELSDEV.replace("2025-06-04T18:41:51-04:00", "June"), "committed_at is 'June'"),
        (MODELSDEV.replace(",3.0,new", ",3.0,added"), "event is 'added'"),
        (MODELSDEV.replace(",3.0,new", ",three,new"), "'three', not a price"),
        (MODELSDEV.replace(",200000,new", ",200k,new"), "tier.size is '200k', not a number of tokens"),
        (MODELSDEV.replace("claude-4", ""), "model is empty"),
        (MODELSDEV.replace(",3.0,new", ",,new"), "new is '' where event is new"),
        (HEADER + "".join(reversed(MODELSDEV.splitlines(keepends=True)[1:])), "the commits above leave ''"),
    ],
)
def test_a_changed_shape_is_named_and_nothing_is_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, named: str
) -> None:
    path, target = tmp_path / "changes.csv", tmp_path / "data"
    path.write_text(text, encoding="utf-8")
    target.mkdir()
    assert main(["modelsdev", str(path), "--data", str(target)]) == 2
    assert named in capsys.readouterr().err
    assert list(target.iterdir()) == []


def test_a_mirror_with_renamed_keys_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "changes.csv").write_text(MIRROR.replace("input_cost", "prompt_cost"), encoding="utf-8")
    assert main(["tokencost", "tokencost", str(tmp_path / "changes.csv"), "--data", str(tmp_path / "data")]) == 2
    assert "key prompt_cost_per_token is unknown" in capsys.readouterr().err
    assert list((tmp_path / "data").iterdir()) == []


def test_a_mirror_repeats_no_price_that_a_release_of_its_list_shows_on_one_of_its_days(tmp_path: Path) -> None:
    wheel = tmp_path / "litellm-1.0-py3-none-any.whl"
    entry = {"litellm_provider": "openai", "mode": "chat"}
    prices = {"input_cost_per_token": 3e-05, "output_cost_per_token": 6e-05}
    with zipfile.ZipFile(wheel, "w") as archive:
        table = json.dumps({"gpt-4": entry | prices})
        archive.writestr("litellm/model_prices_and_context_window_backup.json", table)
    assert taken_up(tmp_path, MIRROR, "tokencost", "tokencost")[1]["seller"] == "openai"
    assert main(["litellm", f"{wheel}@2025-09-11", "--data", str(tmp_path / "data")]) == 0
    rows = taken_up(tmp_path, MIRROR, "tokencost", "tokencost", "--force")
    assert [(row["via_source_id"], row["seller"], row["meter"]) for row in rows] == [
        ("tokencost", "amazon-bedrock", "input"),
        ("", "openai", "input"),
        ("", "openai", "output"),
    ]
