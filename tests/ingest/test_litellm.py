"""The adapter of litellm's wheels, on made-up tables in their form."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from canonical.text_tables import Row, read_rows
from ingest.__main__ import main
from ingest.model_rates.litellm_keys import meter_of, offer_of, rates_of
from ingest.model_rates.rates import Meter, Offer, Rate

GPT = {"litellm_provider": "openai", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05}
UNITS = """unit_id,symbol,quantity,currency,canonical_unit_id,factor,printed_forms
token,token,token_volume,,token,1,
second,second,time,,second,1,
"""


def a_wheel(folder: Path, version: str, table: dict[str, Any]) -> str:
    wheel = folder / f"litellm-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("litellm/model_prices_and_context_window_backup.json", json.dumps(table))
    return str(wheel)


def taken_up(folder: Path, *wheels: str) -> list[Row]:
    target = folder / "data"
    target.mkdir(exist_ok=True)
    (target / "units.csv").write_text(UNITS, encoding="utf-8")
    assert main(["litellm", *wheels, "--data", str(target)]) == 0
    return read_rows(target / "model_prices.csv")


@pytest.mark.parametrize(
    ("key", "meter"),
    [
        ("input_cost_per_token", Meter("input")),
        ("output_cost_per_token_batches", Meter("output", mode="batch")),
        ("cache_read_input_token_cost_above_200k_tokens", Meter("cache_read", tier_from=200_000)),
        ("cache_creation_input_token_cost_above_1hr", Meter("cache_write_1h")),
        (
            "cache_creation_input_token_cost_above_12hr_above_272k_tokens_flex",
            Meter("cache_write", mode="12h-cache-flex", tier_from=272_000),
        ),
        ("output_cost_per_second_720p", Meter("second_output", "second", "720p")),
        ("input_cost_per_audio_per_second", Meter("audio_input", "second")),
        ("input_dbu_cost_per_token", None),
        ("max_input_tokens", None),
    ],
)
def test_a_key_says_what_it_prices(key: str, meter: Meter | None) -> None:
    assert meter_of(key) == meter


@pytest.mark.parametrize(
    ("key", "provider", "offer"),
    [
        ("gpt-4o", "openai", Offer("openai", "any", "gpt-4o")),
        ("azure/eu/gpt-4o", "azure", Offer("azure", "eu", "gpt-4o")),
        ("bedrock/us-gov-west-1/amazon.titan", "bedrock", Offer("amazon-bedrock", "us-gov-west-1", "amazon.titan")),
        ("qwencloud/qwen-plus", "qwencloud", Offer("alibaba", "intl", "qwen-plus")),
        ("dashscope/qwen-plus", "dashscope", Offer("alibaba", "intl", "qwen-plus")),
        ("vertex_ai/claude-3", "vertex_ai-anthropic_models", Offer("google-vertex", "any", "claude-3")),
        ("deepinfra/zai/glm", "deepinfra", Offer("deepinfra", "any", "zai/glm")),
        ("claude-2", "", Offer("anthropic", "any", "claude-2")),
        ("azure/gpt-35-turbo-instruct", "text-completion-openai", Offer("azure", "any", "gpt-35-turbo-instruct")),
        ("gemini/gemini-2.5-flash-image", "vertex_ai", Offer("google", "any", "gemini-2.5-flash-image")),
        ("azure/claude-haiku-4-5", "azure_anthropic", Offer("azure", "any", "claude-haiku-4-5")),
        ("moonshot/kimi-latest", "moonshot", Offer("moonshot", "intl", "kimi-latest")),
        ("together-ai-40.1b-70b", "", Offer("together-ai", "any", "together-ai-40.1b-70b")),
        ("hd/1024-x-1024/dall-e-3", "", Offer("openai", "any", "hd/1024-x-1024/dall-e-3")),
    ],
)
def test_a_model_key_names_seller_and_region(key: str, provider: str, offer: Offer) -> None:
    assert offer_of(key, provider) == offer


def test_tiers_and_searches_inside_an_entry_are_rates_too() -> None:
    rates = rates_of(
        {
            "tiered_pricing": [{"range": [0, 32000], "input_cost_per_token": 1e-06}],
            "search_context_cost_per_query": {"search_context_size_low": 0.03},
        },
        "1.53.1 qwen",
    )
    assert rates == {
        Meter("input", tier_from=0, tier_to=32000): Rate("1e-06", "1.53.1 qwen"),
        Meter("search", "request", "low"): Rate("0.03", "1.53.1 qwen"),
    }


BEDROCK = {"litellm_provider": "bedrock"}
ENTRIES: dict[str, dict[str, Any]] = {
    "bedrock/us-east-1/1-month-commitment/anthropic.claude-v1": {**BEDROCK, "input_cost_per_second": 0.0175},
    "bedrock/us-east-1/6-month-commitment/anthropic.claude-v1": {**BEDROCK, "input_cost_per_second": 0.00972},
    "bedrock/us-east-1/anthropic.claude-v1": {**BEDROCK, "input_cost_per_token": 8e-06},
    "codestral/codestral-latest": {"litellm_provider": "codestral", "input_cost_per_token": 0.0},
    "mistral/codestral-latest": {"litellm_provider": "mistral", "input_cost_per_token": 3e-07},
    "azure/mistral-large-latest": {"litellm_provider": "azure", "input_cost_per_token": 8e-06},
    "azure_ai/mistral-large-latest": {"litellm_provider": "azure_ai", "input_cost_per_token": 2e-06},
}


def priced(rows: list[Row]) -> set[tuple[str, ...]]:
    return {(row["seller"], row["region"], row["model"], row["mode"], row["printed_amount"]) for row in rows}


JOINED = {
    ("amazon-bedrock", "us-east-1", "anthropic.claude-v1", "1-month-commitment", "0.0175"),
    ("amazon-bedrock", "us-east-1", "anthropic.claude-v1", "6-month-commitment", "0.00972"),
    ("amazon-bedrock", "us-east-1", "anthropic.claude-v1", "standard", "0.000008"),
    ("mistral", "any", "codestral-latest", "standard", "0.0000003"),
    ("azure", "any", "mistral-large-latest", "standard", "0.000008"),
    ("azure", "any", "azure_ai/mistral-large-latest", "standard", "0.000002"),
}
"""Commitments stand beside the price on demand, a price before a zero, and two prices apart."""


def test_entries_of_one_offer_are_joined_and_contradictions_kept(tmp_path: Path) -> None:
    rows = taken_up(tmp_path, f"{a_wheel(tmp_path, '1.53.1', ENTRIES)}@2024-12-01")
    assert priced(rows) == JOINED
    codestral = next(row for row in rows if row["model"] == "codestral-latest")
    assert codestral["locator"] == "1.53.1 mistral/codestral-latest"


def test_a_mirror_joins_entries_as_a_wheel_does(tmp_path: Path) -> None:
    lines = ["commit,committed_at,provider,model,key,old,new,event"]
    for model, entry in ENTRIES.items():
        key = next(key for key in entry if key != "litellm_provider")
        lines.append(f"c1,2024-12-01T00:00:00Z,{entry['litellm_provider']},{model},{key},,{entry[key]},new")
    (tmp_path / "changes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "units.csv").write_text(UNITS, encoding="utf-8")
    assert main(["tokencost", "tokencost", str(tmp_path / "changes.csv"), "--data", str(tmp_path / "data")]) == 0
    assert priced(read_rows(tmp_path / "data" / "model_prices.csv")) == JOINED


def test_two_wheels_make_a_history(tmp_path: Path) -> None:
    cheaper = {**GPT, "input_cost_per_token": 2e-06, "source": "https://openai.com/pricing"}
    first = a_wheel(tmp_path, "1.53.1", {"gpt-4o": GPT})
    second = a_wheel(tmp_path, "1.56.5", {"gpt-4o": cheaper})
    rows = taken_up(tmp_path, f"{first}@2024-12-01", f"{second}@2025-01-01")
    assert [(r["meter"], r["amount"], r["valid_from"], r["valid_to"], r["left_censored"]) for r in rows] == [
        ("input", "2.5", "2024-12-01", "2024-12-31", "true"),
        ("input", "2", "2025-01-01", "", "false"),
        ("output", "10", "2024-12-01", "", "true"),
    ]
    assert rows[1]["locator"] == "1.56.5 gpt-4o https://openai.com/pricing"
    assert rows[0]["printed_amount"] == "0.0000025"


def test_a_zero_is_free_only_where_the_name_says_so(tmp_path: Path) -> None:
    zero = {"litellm_provider": "openrouter", "input_cost_per_token": 0.0}
    table = {"openrouter/a:free": zero, "openrouter/b": zero, "gpt-4o": GPT}
    rows = taken_up(tmp_path, f"{a_wheel(tmp_path, '1.53.1', table)}@2024-12-01")
    assert {row["model"]: (row["price_state"], row["amount"]) for row in rows if row["meter"] == "input"} == {
        "a:free": ("free", "0"),
        "b": ("unknown", ""),
        "gpt-4o": ("priced", "2.5"),
    }


def test_ids_stay_when_a_wheel_is_added_and_bytes_when_none_is(tmp_path: Path) -> None:
    first = f"{a_wheel(tmp_path, '1.53.1', {'gpt-4o': GPT})}@2024-12-01"
    before = {row["meter"]: row["model_price_id"] for row in taken_up(tmp_path, first)}
    text = (tmp_path / "data" / "model_prices.csv").read_bytes()
    taken_up(tmp_path, first)
    assert (tmp_path / "data" / "model_prices.csv").read_bytes() == text
    more = {"babbage-002": {**GPT, "input_cost_per_token": 4e-07}, "gpt-4o": GPT}
    rows = taken_up(tmp_path, first, f"{a_wheel(tmp_path, '1.56.5', more)}@2025-01-01")
    assert {row["meter"]: row["model_price_id"] for row in rows if row["model"] == "gpt-4o"} == before
    assert len({row["model_price_id"] for row in rows}) == len(rows) == 4


def test_a_changed_shape_is_named_and_nothing_is_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wheel = a_wheel(tmp_path, "2.0.0", {"gpt-4o": {"litellm_provider": "openai", "input_price": 1}})
    target = tmp_path / "data"
    target.mkdir()
    assert main(["litellm", f"{wheel}@2026-11-01", "--data", str(target)]) == 2
    assert "input_cost_per_token is missing" in capsys.readouterr().err
    assert main(["litellm", wheel, "--data", str(target)]) == 2
    assert list(target.iterdir()) == []


CHAT = {**GPT, "mode": "chat"}


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"gpt-4o": {key: value for key, value in CHAT.items() if key != "litellm_provider"}}, "litellm_provider is"),
        ({"gpt-4o": {key: value for key, value in CHAT.items() if key != "output_cost_per_token"}}, "output_cost_per"),
        ({"gpt-4o": None}, "gpt-4o is null, not an object"),
        ({"gpt-4o": [1]}, "gpt-4o is a list, not an object"),
        ({"gpt-4o": {**CHAT, "tiered_pricing": [{"from": 0, "input_cost_per_token": 1}]}}, "KeyError: 'range'"),
    ],
)
def test_a_key_that_most_entries_lack_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: dict[str, Any], named: str
) -> None:
    (tmp_path / "data").mkdir()
    assert main(["litellm", f"{a_wheel(tmp_path, '2.0.0', table)}@2026-11-01", "--data", str(tmp_path / "data")]) == 2
    assert named in capsys.readouterr().err
    assert list((tmp_path / "data").iterdir()) == []


def test_nothing_is_written_where_the_rows_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = taken_up(tmp_path, f"{a_wheel(tmp_path, '1.53.1', {'gpt-4o': CHAT})}@2024-12-01")
    assert rows
    before = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}

    def broken(*_: object) -> int:
        raise OSError("no space left")

    monkeypatch.setattr("ingest.litellm.merge_rows", broken)
    wheel = a_wheel(tmp_path, "1.56.5", {"gpt-4o": {**CHAT, "input_cost_per_token": 1e-06}})
    assert main(["litellm", f"{wheel}@2025-01-01", "--data", str(tmp_path / "data")]) == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()} == before
