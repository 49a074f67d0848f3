"""Rows of lists beside observations: names of their own, cells in which like rows agree, parts of their parents."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from canonical.reading.reader import Table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import DATA
from tests.builders import Row
from validation.units.given import CountsIn, Given
from validation.units.others import check_others

Edits = dict[str, dict[str, object]]


def told(table: str, edits: Edits, reference: Reference, without: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    """Rule, row and column of what is found in a table of the package, some of its rows edited by their first key."""
    schema = load_schema(table)
    frame = pl.read_parquet(DATA / f"{table}.parquet")
    rows = [{**row, **edits.get(_id(row, schema.primary_key), {})} for row in frame.iter_rows(named=True)]
    rows = [row for row in rows if _id(row, schema.primary_key) not in without]
    typed = pl.DataFrame(rows, schema=frame.schema)
    others = {name: pl.read_parquet(DATA / f"{name}.parquet") for name in (table, "companies", "rating_scales")}
    read = Table(schema, table, typed, is_text=False)
    given = Given(read, typed, reference, others.get, CountsIn(others.get), is_whole=True)
    return [(f.rule, f.row_id, f.column) for f in check_others(given)]


def _id(row: Row | dict[str, object], key: Sequence[str]) -> str:
    return "|".join(str(row[column]) for column in key)


REGION = "amazon|aws|{}|botocore-regions"
PARIS = REGION.format("eu-west-3")
SCALE = "guosen.industry|"
BENCHMARK = "guosen.stock|hong-kong"


@pytest.mark.parametrize(
    ("table", "edits", "found"),
    [
        ("companies", {"aofei": {"name_zh": "光迅科技"}}, [("C.row_name", "aofei", "name_zh")]),
        ("companies", {"aofei": {"name_en": "奥飞数据", "name_zh": "Aofei"}}, [("C.row_name", "aofei", "name_en")]),
        ("companies", {"accelink": {"name_en": "Accelnik"}}, [("C.row_name", "accelink", "name_en")]),
        (
            "vendors",
            {"akamai": {"name_en": "Baidu"}, "baidu": {"name_en": "Akamai"}},
            [("C.row_name", "akamai", "name_en"), ("C.row_name", "baidu", "name_en")],
        ),
        ("vendors", {"alibaba": {"tickers": "BABA 9988.SH"}}, [("U.instrument_code", "alibaba", "tickers")]),
        ("vendors", {"alibaba": {"website": "https://WWW.akamai.com"}}, [("C.row_name", "alibaba", "website")]),
        ("instruments", {"hang-seng": {"name_en": "恒生指数", "name_zh": "Hang Seng"}},
         [("C.row_name", "hang-seng", "name_en")]),
        ("entities", {"bedrock": {"reporting_currency": "CNY"}}, [("C.like_rows", "bedrock", "reporting_currency")]),
        ("metrics", {"revenue": {"unit_id": "percent"}}, [("C.like_rows", "revenue", "unit_id")]),
        ("metrics", {"backlog": {"aggregation": "sum"}}, [("C.like_rows", "backlog", "aggregation")]),
        ("metrics", {"operating-income": {"sign": "nonnegative"}}, [("C.like_rows", "operating-income", "sign")]),
        ("breakdowns", {"external.ai": {"parent_breakdown_id": "ai"}},
         [("C.like_rows", "external.ai", "parent_breakdown_id")]),
        ("breakdowns", {"ai": {"parent_breakdown_id": "external"}}, [("C.like_rows", "ai", "parent_breakdown_id")]),
        ("entity_breaks", {"azure.2024-08": {"entity_id": "aws"}}, [("C.like_rows", "azure.2024-08", "entity_id")]),
        ("rating_scales", {SCALE + "neutral": {"publisher": "M"}}, [("C.like_rows", SCALE + "neutral", "publisher")]),
        ("rating_scales", {SCALE + "neutral": {"level_zh": "优于大市"}},
         [("C.row_name", SCALE + "outperform", "level_zh")]),
        ("rating_scales", {SCALE + "outperform": {"lower": 15}}, [("U.rating_range", SCALE + "outperform", "lower")]),
        ("rating_scales", {SCALE + "outperform": {"lower_bound": "gt"}},
         [("U.rating_range", SCALE + "outperform", "lower_bound")]),
        ("rating_benchmarks", {BENCHMARK: {"instrument_id": "csi-300"}},
         [("C.like_rows", BENCHMARK, "instrument_id")]),
        ("machine_accelerators", {"amazon|g5.xlarge": {"accelerator_maker": "amd"}},
         [("C.like_rows", "amazon|g5.xlarge", "accelerator_maker")]),
        ("machine_accelerators", {"google|a2-highgpu-2g": {"accelerator_count": 4}},
         [("C.like_rows", "google|a2-highgpu-2g", "accelerator_count")]),
        ("machine_accelerators", {"alibaba|ecs.gn6v-c8g1.8xlarge": {"accelerator_count": 8}},
         [("C.like_rows", "alibaba|ecs.gn6v-c8g1.8xlarge", "accelerator_count")]),
        ("regions", {PARIS: {"name": "Europe (Pars)"}},
         [("C.region_name", PARIS, "name")]),
        ("regions", {PARIS: {"name": "Asia Pacific (Osaka)"}},
         [("C.region_name", PARIS, "name")]),
        ("regions", {REGION.format("us-west-2"): {"name": "US East (Oregon)"}},
         [("C.region_name", REGION.format("us-west-2"), "name")]),
        ("regions", {PARIS: {"name": "Europe (Paris) Zone A"}},
         [("C.region_name", PARIS, "name")]),
        ("regions", {PARIS: {"name": "eu-west-3"}}, [("C.region_name", PARIS, "name")]),
        ("regions", {PARIS: {"name": None}}, [("C.region_name", PARIS, "name")]),
        ("regions", {PARIS: {"last_version": "botocore==1.44.15"}},
         [("P.region_seen", PARIS, "last_version")]),
        ("regions", {PARIS: {"name": "EU (Paris)"}}, []),
    ],
)  # fmt: skip
def test_a_cell_that_belongs_to_another_row_is_named_and_no_other(
    table: str, edits: Edits, found: list[tuple[str, str, str]], reference: Reference
) -> None:
    assert told(table, {}, reference) == []
    assert told(table, edits, reference) == found


def test_rows_of_a_list_are_counted_without_a_gap(reference: Reference) -> None:
    note = "guosen-2026-alibaba-cloud-note|p:12|"
    assert told("risk_factors", {}, reference, (f"{note}2",)) == [("C.like_rows", f"{note}3", "position")]
