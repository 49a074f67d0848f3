"""Search, description and resolution know names in both languages, and a wrong name is answered with near ones."""

from __future__ import annotations

import pytest
from cloud_vendor_metrics import UnknownNameError, describe, load, metrics, resolve, search, tables, vendors


def test_a_chinese_word_finds_the_metric_first() -> None:
    found = search("资本开支")
    assert tuple(found.loc[0, ["kind", "id"]]) == ("metric", "capex") and {"kind", "id", "name_zh"} <= set(
        found.columns
    )
    assert search("AWS").loc[0, "id"] == "aws"


@pytest.mark.parametrize(
    ("query", "kind", "one"),
    [
        ("H100", "accelerator", "H100"),
        ("gpt-4o", "model", "gpt-4o"),
        ("value_low", "column", "observations.value_low"),
        ("国信", "source", "guosen-2026-alibaba-cloud-note"),
        ("季度", "table", "quarterly_metrics"),
        ("阿里云", "entity", "alibaba-cloud"),
    ],
)
def test_each_kind_of_thing_is_found(query: str, kind: str, one: str) -> None:
    found = search(query)
    assert ((found["kind"] == kind) & (found["id"] == one)).any()


def test_nothing_is_found_where_nothing_is() -> None:
    assert search("zzzz nothing").empty and metrics("zzzz").empty and vendors("zzzz").empty


def test_metrics_and_vendors_are_picked_by_words() -> None:
    assert {"capex", "capex-cash"} <= set(metrics("资本开支")["metric_id"]) and list(vendors("阿里")["vendor_id"]) == [
        "alibaba"
    ]
    assert len(vendors()) == len(load("vendors")) and list(vendors("msft")["vendor_id"]) == ["microsoft"]


def test_every_table_is_listed_and_described() -> None:
    listed = tables()
    assert listed["rows"].gt(0).all() and listed["title_zh"].notna().all()
    for name in listed["table_name"]:
        assert list(describe(name)["column_name"]) == list(load(name).columns)


def test_a_column_a_metric_and_a_number_are_described() -> None:
    assert list(describe("quarterly_metrics.value_low")["unit"]) == ["unit_id"]
    capex = describe("capex").set_index("property")["text"]
    assert capex["name_zh"] == "资本开支" and capex["definition"]
    number = describe("alibaba-results-2018-12.001").set_index("property")["text"]
    assert number["printed_value"] and number["period_end"] == "2018-12-31"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("capx", "capex"),
        ("quarterly_metric", "quarterly_metrics"),
        ("quarterly_metrics.value_lo", "quarterly_metrics.value_low"),
    ],
)
def test_a_slip_is_answered_with_what_is_near(name: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        describe(name)
    assert near in refusal.value.near and "没有名称" in str(refusal.value)


def test_names_tickers_and_ids_stand_for_vendors_in_their_order() -> None:
    found = resolve(["阿里云", "AWS", "MSFT", "腾讯云", "0700", "谷歌云", "Amazon.com", "ＡＷＳ"])
    assert list(found["vendor_id"]) == [
        "alibaba",
        "amazon",
        "microsoft",
        "tencent",
        "tencent",
        "google",
        "amazon",
        "amazon",
    ]
    assert list(found["entity_id"])[:3] == ["alibaba-cloud", "aws", "microsoft-intelligent-cloud"]


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("GCP", "google-cloud"), ("Aliyun", "alibaba-cloud"), ("百度云", "baidu-ai-cloud"), ("OVH", "ovhcloud"),
        ("豆包", "doubao"), ("さくらインターネット", "sakura"), ("Facebook", "meta"),
    ],
)  # fmt: skip
def test_a_common_name_that_no_reporter_prints_stands_for_the_entity(name: str, entity: str) -> None:
    assert resolve(name).loc[0, "entity_id"] == entity
    assert search(name).loc[0, "id"] == entity


def test_whom_nobody_knows_is_missing_with_near_names() -> None:
    found = resolve(["Microsoft"[:-1], "zzzz"])
    assert found["vendor_id"].isna().all() and "microsoft" in found.loc[0, "near"].casefold()


def test_every_vendor_stands_for_itself_by_each_of_its_names() -> None:
    for vendor in load("vendors").to_dict("records"):
        names = [vendor[column] for column in ("vendor_id", "name_en", "name_zh") if isinstance(vendor[column], str)]
        assert set(resolve(names)["vendor_id"]) == {vendor["vendor_id"]}, names
