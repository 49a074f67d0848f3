"""Current prices, the price index and the disagreement between registries, on a handful of made-up prices."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from canonical.table_schema import load_schema
from release.derived import compute_price_index, compute_prices_current, model_price_disagreement, model_prices_current
from release.series.price_claims import REGISTRIES
from release.series.tables import Tables, frame_of

Row = dict[str, Any]

SOURCES = {
    "model-prices": ("wakamex", "package_data", "2026-10-26"),
    "model-prices-0.0.5": ("wakamex", "package_data", "2026-10-26"),
    "tokencost": ("AgentOps-AI", "repository_data", "2026-08-07"),
    "fresh-mirror": ("madpin", "repository_data", "2026-11-22"),
    "litellm": ("BerriAI", "package_data", "2026-11-22"),
    "models-dev": ("models.dev", "repository_data", "2026-07-01"),
    "genai-prices": ("Pydantic", "package_data", "2026-11-15"),
    "undated-page": ("OpenAI", "vendor_page", "2026-11-22"),
    "old-news": ("Daily", "news", "2024-05-23"),
    "map": ("Karpenter", "repository_data", "2026-06-30"),
    "older-map": ("Vantage", "repository_data", "2026-03-31"),
    "ancient-map": ("Vantage", "repository_data", "2017-11-12"),
}


def table(name: str, rows: list[Row]) -> pl.DataFrame:
    return frame_of(load_schema(name), rows)


def a_price(source_id: str = "litellm", amount: float | None = 2.5, **changes: Any) -> Row:
    return {
        "model_price_id": f"{source_id}.{changes.pop('number', 1):03d}",
        "source_id": source_id,
        "seller": "openai",
        "maker": "openai",
        "region": "any",
        "model": "gpt-4o",
        "meter": "input",
        "mode": "standard",
        "currency": "USD",
        "printed_per_unit_id": "token-1m",
        "bound": "eq",
        "price_state": "priced",
        "valid_from": date(2025, 1, 1),
        "date_basis": "commit",
        "left_censored": False,
        "amount": amount,
        **changes,
    }


def a_machine(amount: float, since: date, until: date | None = None, **changes: Any) -> Row:
    return {
        "source_id": "map",
        "vendor_id": "acme",
        "region": "eastus",
        "instance_type": "d2",
        "operating_system": "linux",
        "purchase_option": "on_demand",
        "currency": "USD",
        "valid_from": since,
        "valid_to": until,
        "amount": amount,
        **changes,
    }


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    found = Tables(tmp_path)
    found["sources"] = table(
        "sources",
        [
            {
                "source_id": source,
                "publisher": publisher,
                "kind": kind,
                "known_on": date.fromisoformat(day),
                "published_precision": "unknown" if source == "undated-page" else "day",
            }
            for source, (publisher, kind, day) in SOURCES.items()
        ],
    )
    found["units"] = table("units", [{"unit_id": "token-1m", "canonical_unit_id": "token"}])
    found["regions"] = table(
        "regions",
        [
            {"vendor_id": "acme", "region": region, "partition": partition}
            for region, partition in (("eastus", "public"), ("cn-north-1", "cn"))
        ],
    )
    return found


def current(tables: Tables, *prices: Row) -> list[Row]:
    tables["model_prices"] = table("model_prices", list(prices))
    return model_prices_current.build(tables).to_dicts()


def test_the_documented_price_is_the_headline_and_a_differing_registry_disputes_it(tables: Tables) -> None:
    rows = current(tables, a_price("litellm", 2.5), a_price("model-prices", 2.0, date_basis="documented"))
    assert [(row["source_id"], row["amount"], row["disputed"], row["publishers"]) for row in rows] == [
        ("model-prices", 2.0, True, 2)
    ]
    assert rows[0]["other_price_ids"] == "litellm.001"


@pytest.mark.parametrize("amount", [2.5, 2.51])
def test_half_a_percent_apart_is_no_dispute(tables: Tables, amount: float) -> None:
    rows = current(tables, a_price("litellm", 2.5), a_price("models-dev", amount))
    assert [row["disputed"] for row in rows] == [False]


def test_registries_are_compared_on_the_last_day_both_speak_of(tables: Tables) -> None:
    changed = [
        a_price("litellm", 2.5, valid_to=date(2026, 8, 31)),
        a_price("litellm", 2.0, number=2, valid_from=date(2026, 9, 1)),
    ]
    rows = current(tables, *changed, a_price("models-dev", 2.5))
    assert [(row["source_id"], row["amount"], row["disputed"]) for row in rows] == [("models-dev", 2.5, False)]


def test_an_entry_with_its_source_goes_before_models_dev(tables: Tables) -> None:
    sourced = a_price("litellm", 2.0, locator="1.109.1 gpt-4o https://openai.com/pricing")
    rows = current(tables, sourced, a_price("models-dev", 2.5))
    assert rows[0]["source_id"] == "litellm"


def test_mirrors_and_repeats_confirm_nothing(tables: Tables) -> None:
    mirror = a_price("litellm", 9.0, number=2, via_source_id="tokencost")
    repeat = a_price("model-prices", 2.5)
    rows = current(tables, a_price("litellm", 2.5), mirror, repeat)
    assert [(row["source_id"], row["publishers"], row["disputed"]) for row in rows] == [("model-prices", 1, False)]


def test_only_the_package_itself_has_the_rank_of_the_package(tables: Tables) -> None:
    repeat = a_price("model-prices-0.0.5", 9.0, date_basis="documented")
    rows = current(tables, repeat, a_price("model-prices", 2.0, date_basis="documented", valid_from=date(2024, 1, 1)))
    assert [(row["source_id"], row["amount"]) for row in rows] == [("model-prices", 2.0)]


def test_a_later_claim_of_a_source_ends_the_one_it_left_open(tables: Tables) -> None:
    rows = current(tables, a_price("litellm", 9.0), a_price("litellm", 2.5, number=2, valid_from=date(2026, 1, 1)))
    assert [(row["amount"], row["other_price_ids"]) for row in rows] == [(2.5, None)]


def test_of_several_standing_claims_of_a_source_the_latest_is_the_headline(tables: Tables) -> None:
    spelt = a_price("litellm", 2.5, number=2, model="GPT 4o", valid_from=date(2026, 1, 1))
    rows = current(tables, a_price("litellm", 9.0), spelt)
    assert [(row["amount"], row["other_price_ids"]) for row in rows] == [(2.5, "litellm.001")]


def test_of_equal_rank_the_source_that_speaks_latest_is_the_headline(tables: Tables) -> None:
    rows = current(tables, a_price("genai-prices", 9.0, valid_from=date(2026, 11, 1)), a_price("litellm", 2.5))
    assert [row["source_id"] for row in rows] == ["litellm"]


def test_a_price_announced_for_later_does_not_hold_yet(tables: Tables) -> None:
    until = date(2026, 12, 31)
    announced = a_price("litellm", 9.0, number=2, valid_from=date(2027, 1, 1))
    assert [row["amount"] for row in current(tables, a_price("litellm", 2.5, valid_to=until), announced)] == [2.5]


def test_an_undated_source_is_never_current(tables: Tables) -> None:
    rows = current(tables, a_price("undated-page", 2.5, date_basis="documented"), a_price(model="gpt-5"))
    assert [row["model"] for row in rows] == ["gpt-5"]


@pytest.mark.parametrize(
    ("mirror", "own", "models"),
    [
        ("fresh-mirror", [], {"gpt-4o": date(2026, 11, 22)}),
        ("tokencost", [], {}),
        ("fresh-mirror", [a_price("litellm", 2.5, number=3, valid_to=date(2026, 3, 1))], {}),
        ("fresh-mirror", [a_price("litellm", 2.5, number=3)], {"gpt-4o": date(2026, 11, 22)}),
    ],
)
def test_a_copy_speaks_where_its_registry_is_silent_and_only_up_to_its_own_end(
    tables: Tables, mirror: str, own: list[Row], models: dict[str, date]
) -> None:
    copied = a_price("litellm", 9.0, number=2, via_source_id=mirror)
    rows = current(tables, copied, *own, a_price("models-dev", 1.0, model="gpt-5"))
    assert {row["model"]: row["as_of"] for row in rows if row["model"] != "gpt-5"} == models
    assert [row["amount"] for row in rows if row["model"] == "gpt-4o"] == [2.5 if own else 9.0] * len(models)


def test_a_mirror_neither_agrees_nor_disagrees_with_another_registry(tables: Tables) -> None:
    prices = [a_price("litellm", 2.5), a_price("models-dev", 2.5)]
    mirror = a_price("litellm", 9.0, number=2, via_source_id="tokencost")
    tables["model_prices"] = table("model_prices", [mirror, *prices])
    rows = model_price_disagreement.build(tables).to_dicts()
    assert [(row["prices"], row["differing"]) for row in rows] == [(1, 0), (1, 0)]


def test_ended_old_unknown_and_ranged_claims_are_not_current(tables: Tables) -> None:
    rows = current(
        tables,
        a_price("litellm", 2.5, valid_to=date(2026, 1, 1)),
        a_price("old-news", 2.5, model="gpt-4"),
        a_price("litellm", None, number=2, price_state="unknown", model="gpt-5"),
        a_price("litellm", 2.5, number=3, bound="spread", model="gpt-6"),
        a_price("litellm", 2.5, number=4, model="gpt-7"),
    )
    assert [row["model"] for row in rows] == ["gpt-7"]


def test_another_currency_region_or_tier_is_another_price_and_a_tier_from_nothing_is_none(tables: Tables) -> None:
    rows = current(
        tables,
        a_price("litellm", 2.5),
        a_price("litellm", 3.0, number=2, region="eu"),
        a_price("litellm", 5.0, number=3, tier_from_tokens=200_000),
        a_price("genai-prices", 2.5, tier_from_tokens=0),
    )
    assert [(row["region"], row["tier_from_tokens"], row["publishers"]) for row in rows] == [
        ("any", None, 2),
        ("any", 200_000, 1),
        ("eu", None, 1),
    ]


def test_cny_is_converted_beside_and_the_rate_is_named(tables: Tables, tmp_path: Path) -> None:
    source = "ecb-euro-reference-rates"
    lines = ["date,base,quote,rate,source_id", f"2025-01-01,EUR,USD,1.0,{source}", f"2025-01-01,EUR,CNY,8.0,{source}"]
    (tmp_path / "exchange_rates.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (row,) = current(tables, a_price("litellm", 2.0, currency="CNY"))
    assert (row["amount"], row["currency"], row["amount_usd"]) == (2.0, "CNY", 0.25)
    assert row["exchange_rate_id"] == "CNY.USD.2025-01-01.2025-01-01"


def test_a_reseller_is_told_from_a_maker_and_from_its_own_house(tables: Tables) -> None:
    rows = current(
        tables,
        a_price("litellm", 2.5),
        a_price("litellm", 2.5, number=2, seller="azure"),
        a_price("litellm", 2.5, number=3, seller="google-vertex", maker="google", model="gemini"),
    )
    assert {row["seller"]: row["resold"] for row in rows} == {"azure": True, "google-vertex": False, "openai": False}


def test_disagreement_is_counted_by_seller_and_in_all(tables: Tables) -> None:
    tables["model_prices"] = table(
        "model_prices",
        [
            a_price("litellm", 2.5),
            a_price("models-dev", 2.5),
            a_price("litellm", 4.0, number=2, seller="deepseek", model="chat"),
            a_price("models-dev", 2.0, number=2, seller="deepseek", model="chat"),
            a_price("litellm", 1.0, number=3, seller="openrouter", model="nano"),
            a_price("models-dev", 0.000001, number=3, seller="openrouter", model="nano"),
        ],
    )
    rows = model_price_disagreement.build(tables).to_dicts()
    shown = {r["seller"]: (r["prices"], r["differing"], r["twofold"], r["power_of_ten"]) for r in rows}
    assert shown == {
        "all": (3, 2, 1, 1),
        "deepseek": (1, 1, 1, 0),
        "openai": (1, 0, 0, 0),
        "openrouter": (1, 1, 0, 1),
    }
    assert {row["day"] for row in rows} == {date(2026, 7, 1)}


def test_the_newest_list_prices_a_machine_and_spot_stands_beside(tables: Tables) -> None:
    since = date(2025, 1, 1)
    tables["compute_prices"] = table(
        "compute_prices",
        [
            a_machine(0.1, date(2025, 9, 1)),
            a_machine(0.025, since, purchase_option="spot"),
            a_machine(0.2, since, source_id="older-map"),
            a_machine(0.4, date(2017, 1, 1), source_id="ancient-map", instance_type="m1"),
            a_machine(0.3, since, date(2025, 6, 1), instance_type="gone"),
        ],
    )
    rows = compute_prices_current.build(tables).to_dicts()
    assert [(r["instance_type"], r["on_demand"], r["spot"], r["spot_discount"], r["source_id"]) for r in rows] == [
        ("d2", 0.1, 0.025, 75.0, "map")
    ]


def test_a_list_speaks_up_to_its_own_last_version_whatever_else_its_source_was_read_for(tables: Tables) -> None:
    china: Row = {"region": "cn-north-1", "currency": "CNY"}
    tables["compute_prices"] = table(
        "compute_prices",
        [
            a_machine(1.0, date(2025, 1, 1), **china),
            a_machine(0.5, date(2025, 1, 1), date(2025, 6, 2), instance_type="gone", **china),
            a_machine(0.1, date(2026, 5, 1)),
        ],
    )
    as_of = {row["region"]: row["as_of"] for row in compute_prices_current.build(tables).to_dicts()}
    assert as_of == {"cn-north-1": date(2025, 6, 3), "eastus": date(2026, 5, 1)}


def changing_machines(*spans: tuple[date, date | None, float], **cells: Any) -> list[Row]:
    return [a_machine(amount, since, until, **cells) for since, until, amount in spans]


def the_index(tables: Tables, rows: list[Row], *columns: str) -> list[tuple[object, ...]]:
    tables["compute_prices"] = table("compute_prices", rows)
    return [tuple(row[column] for column in columns) for row in compute_price_index.build(tables).to_dicts()]


def test_the_index_follows_machines_priced_at_both_ends(tables: Tables) -> None:
    since, change = date(2025, 10, 1), date(2026, 2, 1)
    rows = [a_machine(1.0, date(2026, 5, 1), instance_type="new")]
    for name, after in (("a", 0.8), ("b", 0.9), ("c", 1.0)):
        rows += changing_machines((since, date(2026, 1, 31), 1.0), (change, None, after), instance_type=name)
    columns = ("calendar_quarter", "matches", "lowered", "median_change", "mean_index")
    assert the_index(tables, rows, *columns) == [
        ("2026-Q1", 3, 2, -10.0, pytest.approx(100 * (0.8 * 0.9) ** (1 / 3), abs=1e-3)),
        ("2026-Q2", 3, 0, 0.0, pytest.approx(100 * (0.8 * 0.9) ** (1 / 3), abs=1e-3)),
    ]


def test_a_quarter_in_which_no_version_was_read_has_no_row_and_the_next_is_compared_over_it(tables: Tables) -> None:
    rows = changing_machines((date(2025, 2, 1), date(2026, 5, 9), 1.0), (date(2026, 5, 10), None, 0.5))
    assert the_index(tables, rows, "calendar_quarter", "read_on", "compared_with", "mean_change") == [
        ("2026-Q2", date(2026, 5, 10), date(2025, 2, 1), -50.0)
    ]


def test_a_version_of_one_partition_says_nothing_of_another(tables: Tables) -> None:
    china = changing_machines(
        (date(2025, 2, 1), date(2025, 5, 9), 1.0), (date(2025, 5, 10), None, 2.0),
        region="cn-north-1", currency="CNY",
    )  # fmt: skip
    rows = china + changing_machines((date(2025, 2, 1), date(2026, 5, 9), 1.0), (date(2026, 5, 10), None, 0.5))
    assert the_index(tables, rows, "partition", "calendar_quarter") == [("cn", "2025-Q2"), ("public", "2026-Q2")]


def test_a_version_that_changed_spot_alone_is_a_version_of_the_list(tables: Tables) -> None:
    spot = changing_machines(
        (date(2025, 2, 1), date(2025, 5, 9), 0.1), (date(2025, 5, 10), None, 0.2), purchase_option="spot"
    )
    found = the_index(tables, [a_machine(1.0, date(2025, 2, 1)), *spot], "purchase_option", "mean_change")
    assert found == [("on_demand", 0.0), ("spot", 100.0)]


def test_no_published_headline_is_ended_undated_or_read_in_a_copy_that_its_registry_outlived() -> None:
    found = Tables()
    rows = model_prices_current.build(found).join(
        found["model_prices"].select("model_price_id", "via_source_id", "valid_to"), on="model_price_id"
    )
    sources = found["sources"].select("source_id", "published_precision", "known_on")
    rows = rows.join(sources, on="source_id").join(
        sources.select(via_source_id="source_id", copied_on="known_on"), on="via_source_id", how="left"
    )
    today = rows["as_of"].max()
    assert rows.filter(pl.col("published_precision") == "unknown").is_empty()
    assert rows.filter(pl.col("valid_to") < today).is_empty()
    assert rows.filter(pl.col("as_of") != pl.min_horizontal("known_on", "copied_on")).is_empty()
    copies = rows.filter(pl.col("via_source_id").is_not_null(), pl.col("source_id").is_in(REGISTRIES))
    assert copies.filter(pl.col("as_of") < pl.col("known_on")).is_empty()
