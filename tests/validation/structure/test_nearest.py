"""A code that is none, and what it was meant to be; one line where one mistake breaks several rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.findings import Finding
from canonical.reference import Reference
from canonical.table_schema import load_schema
from tests.builders import NINE_TYPED_CELLS, Row, an_observation, write_csv
from validation.package import Checker
from validation.structure.nearest import Names, with_nearest

CODES = ["ovhcloud", "oracle", "revenue"]


def nearest_to(cell: str, names: Names, many: bool = False) -> str:
    """The hint on a cell, `` where there is none."""
    (finding,) = with_nearest([Finding("S.enum", "error", "t", found=cell, expected="a code")], lambda: names, many)
    return finding.expected.removeprefix("a code").removeprefix("; nearest is ")


@pytest.mark.parametrize(
    ("cell", "nearest"),
    [("ovh-cloud", "ovhcloud"), ("ovhcloud ", "ovhcloud"), ("Revenue", "revenue"), ("xx", ""), ("", "")],
)
def test_the_nearest_code_is_named(cell: str, nearest: str) -> None:
    assert nearest_to(cell, Names.of(CODES)) == nearest


def test_of_a_list_the_item_that_is_none_is_looked_up() -> None:
    assert nearest_to("oracle revnue", Names.of(CODES), many=True) == "revenue"
    assert nearest_to("oracle revnue", Names.of(CODES)) == ""


def test_without_codes_nothing_is_said() -> None:
    finding = Finding("S.unique", "error", "t", found="ovh-cloud", expected="one row per key")
    assert with_nearest([finding], lambda: Names(())) == [finding]


UNITS = Names.of(
    ["usd", "usd-m", "usd-bn", "usd-10m", "cny-100m", "cny-m", "percent"],
    [("USD million", "usd-m"), ("USD billion", "usd-bn"), ("亿元", "cny-100m"), ("百万元", "cny-m"), ("$", "usd"),
     ("RMB million", "cny-m"), ("%", "percent")],
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("USD million", "usd-m"), ("USD", "usd"), ("usd_m", "usd-m"), ("USD-M", "usd-m"), ("$m", "usd-m"),
        ("US$ millions", "usd-m"), ("usd-b", "usd-bn"), ("US$ billion", "usd-bn"), ("$bn", "usd-bn"),
        ("亿元", "cny-100m"), ("百万元", "cny-m"), ("RMB m", "cny-m"), ("ＵＳＤ ｍ", "usd-m"), ("%", "percent"),
        ("USD 100 million", ""), ("USD thousand", ""), ("usd trillion", ""), ("USD-10M", "usd-10m"),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_its_spellings_and_never_taken_for_another_magnitude(cell: str, unit: str) -> None:
    assert nearest_to(cell, UNITS) == unit


ENTITIES = Names.of(
    ["aws", "amazon", "google", "google-cloud", "microsoft", "microsoft-cloud", "ucloud"],
    [("Amazon Web Services (AWS)", "aws"), ("亚马逊云科技（AWS）", "aws"), ("Amazon.com", "amazon"),
     ("Google Cloud", "google-cloud"), ("Google (all products)", "google"),
     ("Microsoft Cloud (commercial)", "microsoft-cloud"), ("MSFT", "microsoft"), ("Cloud", "google-cloud"),
     ("Cloud", "ucloud")],
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "entity"),
    [
        ("AWS", "aws"), ("Amazon Web Services", "aws"), ("亚马逊云科技", "aws"), ("Google Cloud", "google-cloud"),
        ("google_cloud", "google-cloud"), ("Google", "google"), ("Amazon.com", "amazon"), ("MSFT", "microsoft"),
        ("microsoft cloud", "microsoft-cloud"), ("Gogle Cloud", "google-cloud"), ("cloud", "google-cloud or ucloud"),
    ],
)  # fmt: skip
def test_a_name_in_either_language_leads_to_its_code(cell: str, entity: str) -> None:
    assert nearest_to(cell, ENTITIES) == entity


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("entity_id", "AWS", "aws"), ("entity_id", "Amazon Web Services", "aws"), ("entity_id", "Azure", "azure"),
        ("entity_id", "Google Cloud", "google-cloud"), ("entity_id", "Alibaba Cloud", "alibaba-cloud"),
        ("entity_id", "阿里云", "alibaba-cloud"), ("entity_id", "MSFT", "microsoft"),
        ("entity_id", "Amazon.com", "amazon"),
        ("entity_id", "microsoft cloud", "microsoft-cloud"), ("metric_id", "收入", "revenue"),
        ("metric_id", "operating_income", "operating-income"), ("period_type", "Q", "quarter"),
        ("period_type", "quarterly", "quarter"), ("period_type", "FY", "year"),
        ("period_type", "three_months", "quarter"),
        ("period_type", "annual", "year"), ("period_type", "季度", "quarter"), ("period_type", "H9", ""),
        ("entity_id", "Microsoft Azure", "azure"), ("entity_id", "Amazon AWS", "aws"),
        ("entity_id", "GCP", "google-cloud"), ("entity_id", "Google Cloud Platform", "google-cloud"),
        ("entity_id", "Aliyun", "alibaba-cloud"), ("entity_id", "OVH", "ovhcloud"), ("entity_id", "豆包", "doubao"),
        ("entity_id", "文心一言", "ernie"), ("entity_id", "Facebook", "meta"),
        ("entity_id", "Linode", "akamai-cloud-computing"),
        ("metric_id", "net sales", "revenue"), ("metric_id", "营业收入", "revenue"),
        ("metric_id", "Op. margin", "operating-margin"), ("printed_unit_id", "USD million", "usd-m"),
        ("printed_unit_id", "亿人民币", "cny-100m"), ("printed_unit_id", "億元", "cny-100m"),
        ("printed_unit_id", "mUSD", "usd-m"), ("printed_unit_id", "RMBbn", "cny-bn"),
        ("printed_unit_id", "$m", "usd-m"), ("printed_unit_id", "US$ billion", "usd-bn"),
        ("printed_unit_id", "usd-b", "usd-bn"), ("printed_unit_id", "亿元", "cny-100m"),
        ("printed_unit_id", "百万元", "cny-m"), ("printed_unit_id", "USD", "usd"),
    ],
)  # fmt: skip
def test_in_the_package_the_nearest_code_is_the_one_meant_and_passes(
    tmp_path: Path, column: str, cell: str, code: str
) -> None:
    row = {"entity_id": "aws", "metric_id": "revenue", "period_type": "quarter", "period_end": "2025-09-30",
           "printed_value": "33006", "printed_unit_id": "usd-m"}  # fmt: skip
    (finding,) = found_in(tmp_path, row | {column: cell})
    assert finding.column == column and finding.expected.partition("; nearest is ")[2] == code
    if code:
        assert not [f for f in found_in(tmp_path, row | {column: code}) if f.column == column]


def found_in(tmp_path: Path, row: Row) -> list[Finding]:
    """What layers S and U find in one row of a feed of observations."""
    return Checker().check_file(write_csv(tmp_path / "feed.csv", [row]), "observations")


@pytest.fixture
def check(reference_folder: Path, tmp_path: Path):
    """The findings on one row of observations."""

    def run(row: Row) -> list[Finding]:
        return Checker(reference_folder).check_file(write_csv(tmp_path / "observations.csv", [row]), "observations")

    return run


def test_a_mistyped_metric_is_one_line_with_the_metric_that_was_meant(check, reference: Reference) -> None:
    (finding,) = check(an_observation(reference) | {"metric_id": "Revenue"})
    assert (finding.rule, finding.column) == ("S.foreign_key", "metric_id")
    assert finding.expected.endswith("nearest is revenue")


@pytest.mark.parametrize("printed", ["1,281.5", "(281.5)", "6.5%", ""])
def test_a_row_that_cannot_be_filled_yet_is_not_said_to_need_filling(check, printed: str) -> None:
    typed = dict.fromkeys(load_schema("observations").columns, "") | NINE_TYPED_CELLS | {"printed_value": printed}
    findings = check(typed)
    assert findings and all("make fill" not in finding.fix for finding in findings)
