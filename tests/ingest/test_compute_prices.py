"""The adapter of machine prices, on made-up slices in the form of each upstream."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.compute_prices.partitions import partition_path, read_partition

CYCLENERD = """date,blob,path,value,event
2022-02-09,aaa,compute/instance/n2-standard-2/cost/us-east1/hour,0.0971,new
2022-02-09,aaa,compute/instance/n2-standard-2/cost/us-east1/month,70.883,new
2022-02-09,aaa,compute/instance/x4-metal/cost/us-east1/hour,0,new
2022-02-09,aaa,compute/license/n2-standard-2/cost/rhel/hour,0.06,new
2022-03-01,bbb,compute/instance/n2-standard-2/cost/us-east1/hour,0.09710000000000001,change
2022-03-01,bbb,compute/instance/n2-standard-2/cost/us-east1/hour_spot,0.023,new
2022-05-01,ccc,compute/instance/n2-standard-2/cost/us-east1/hour,,gone
"""
VERSIONS = "date,blob,generated,facts\n2022-02-09,aaa,,4\n2022-03-01,bbb,,5\n2022-04-01,quiet,,5\n2022-05-01,ccc,,4\n"
KARPENTER = """source,commit,commit_date,generated_at,region,instance_type,kind,value,event
karpenter-aws-cn,c1,2023-10-09,2023-09-18T13:06:44Z,cn-north-1,t3a.nano,on_demand,0.0296,new
karpenter-azure,c1,2023-11-07,2023-10-27T06:44:32Z,eastus,Standard_D2s_v3,on_demand,0.096,new
karpenter-azure,c2,2024-11-26,2023-09-01T06:44:32Z,eastus,Standard_D2s_v3,on_demand,,gone
karpenter-azure,c2,2024-11-26,2023-09-01T06:44:32Z,eastus,Standard_D4s_v3,on_demand,0.2,new
karpenter-azure,c3,2024-12-03,2024-12-02T06:44:32Z,eastus,Standard_D2s_v3,on_demand,0.096,new
karpenter-alibaba,c1,2024-10-10,,cn-hangzhou,ecs.g7.large,on_demand,1.02,new
priceserver-alibaba,c1,2024-10-09,,cn-hangzhou,ecs.g7.large,on_demand,1.02,new
"""
VANTAGE = """commit,date,instance,path,value,event
v1,2013-09-26,m1.small,us-east-1/mswin,0.091,new
v2,2015-08-02,m1.small,us-east-1/mswin/ondemand,0.091,new
v2,2015-08-02,m1.small,us-east-1/mswin/reserved/yrTerm1.allUpfront,0.05,new
v2,2015-08-02,m1.small,us-east-1/mswin/reserved/yrTerm1/noUpfront,0.07,new
v3,2017-02-27,m1.small,us-east-1/ebs,0.05,new
v3,2017-02-27,m1.small,us-east-1/mswin/ondemand,0.081,change
v3,2017-02-27,m1.small,us-east-1/mswin/reserved/yrTerm1Standard.noUpfront,0.06,new
v3,2017-02-27,m1.small,us-east-1/mswin/reserved/yrTerm3Standard.noUpfront,0.04,new
v3,2017-02-27,m1.small,us-east-1/mswin/reserved/yrTerm3Convertible.noUpfront,0.05,new
"""


def written(folder: Path, texts: dict[str, str]) -> list[str]:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in texts]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    return written(tmp_path, {"g.csv": CYCLENERD, "v.csv": VERSIONS, "k.csv": KARPENTER, "a.csv": VANTAGE})


def prices(folder: Path, vendor: str) -> list[dict[str, object]]:
    return read_partition(partition_path(folder, vendor)).to_dicts()


def shown(rows: list[dict[str, object]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(str(row[column]) for column in columns) for row in rows]


def test_hours_are_taken_and_months_licences_and_noise_are_not(tmp_path: Path, files: list[str]) -> None:
    assert main(["compute_prices", *files, "--data", str(tmp_path)]) == 0
    assert shown(prices(tmp_path, "google"), "instance_type", "purchase_option", "amount", "valid_to") == [
        ("n2-standard-2", "on_demand", "0.0971", "2022-04-30"),
        ("n2-standard-2", "spot", "0.023", "None"),
        ("x4-metal", "on_demand", "None", "None"),
    ]
    unknown = prices(tmp_path, "google")[2]
    assert (unknown["price_state"], unknown["printed_amount"]) == ("unknown", None)


def test_currency_follows_the_partition_and_an_inferred_one_is_said(tmp_path: Path, files: list[str]) -> None:
    main(["compute_prices", *files, "--data", str(tmp_path)])
    assert shown(prices(tmp_path, "amazon")[:1], "currency", "assumed") == [("CNY", "None")]
    assert shown(prices(tmp_path, "alibaba"), "source_id", "currency", "assumed") == [
        ("karpenter-alibaba", "CNY", "currency")
    ]


def test_a_map_older_than_the_one_before_is_read_with_the_map_after(tmp_path: Path, files: list[str]) -> None:
    main(["compute_prices", *files, "--data", str(tmp_path)])
    assert shown(prices(tmp_path, "microsoft"), "instance_type", "valid_from", "valid_to", "changed_after") == [
        ("Standard_D2s_v3", "2023-10-27", "None", "None"),
        ("Standard_D4s_v3", "2024-12-02", "None", "2023-10-27"),
    ]


def test_the_two_spellings_of_a_path_are_one_price(tmp_path: Path, files: list[str]) -> None:
    main(["compute_prices", *files, "--data", str(tmp_path)])
    amazon = [row for row in prices(tmp_path, "amazon") if row["source_id"] == "vantage-ec2instances"]
    assert shown(amazon, "operating_system", "purchase_option", "amount", "valid_from", "valid_to") == [
        ("windows", "on_demand", "0.091", "2013-09-26", "2017-02-26"),
        ("windows", "on_demand", "0.081", "2017-02-27", "None"),
        ("windows", "reserved_1_year", "0.07", "2015-08-02", "2017-02-26"),
        ("windows", "reserved_1_year", "0.06", "2017-02-27", "None"),
        ("windows", "reserved_3_years", "0.04", "2017-02-27", "None"),
    ]


def test_a_commitment_by_the_month_is_divided_into_hours_and_said_to_be(tmp_path: Path) -> None:
    month = CYCLENERD + "2022-05-01,ccc,compute/instance/n2-standard-2/cost/us-east1/month_1y,21.8443375,new\n"
    main(["compute_prices", *written(tmp_path, {"g.csv": month, "v.csv": VERSIONS}), "--data", str(tmp_path)])
    committed = [row for row in prices(tmp_path, "google") if row["purchase_option"] == "reserved_1_year"]
    assert shown(committed, "printed_amount", "printed_per_unit_id", "assumed", "valid_from") == [
        ("0.02992375", "hour", "printed_amount", "2022-05-01")
    ]


def test_a_second_run_changes_no_byte_and_other_sources_stay(tmp_path: Path, files: list[str]) -> None:
    main(["compute_prices", *files, "--data", str(tmp_path)])
    first = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}
    assert len(first) == 4
    main(["compute_prices", files[2], "--data", str(tmp_path)])
    assert first == {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}


def test_a_file_given_twice_and_a_list_without_its_versions_are_refused(
    tmp_path: Path, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    twice = written(tmp_path, {"twice.csv": KARPENTER})
    assert main(["compute_prices", files[2], *twice, "--data", str(tmp_path / "data")]) == 2
    assert "fix: give each file once" in capsys.readouterr().err
    assert main(["compute_prices", files[0], "--data", str(tmp_path / "data")]) == 2
    assert "the list of its versions is missing; fix: give it too" in capsys.readouterr().err
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (KARPENTER.replace(",kind,", ",capacity,"), "column kind is missing"),
        (KARPENTER.replace("0.096", "$0.096"), "Standard_D2s_v3: value is '\\$0.096', not a price"),
        (KARPENTER.replace("on_demand", "reserved"), "kind is 'reserved'"),
        (
            CYCLENERD.replace("/cost/us-east1/hour,0.0971", "/us-east1/hour,0.0971"),
            "not compute/instance/TYPE/cost/REGION/METER",
        ),
        (VANTAGE.replace("mswin", "beos"), "no known operating system"),
        (VANTAGE.replace("us-east-1/ebs", "us-east-1"), "path is not REGION/SYSTEM"),
        (KARPENTER.replace("0.096,new", "0.096,deleted"), "event is 'deleted', not one of new, change, gone"),
        (KARPENTER.replace("0.096,new", ",new"), "value is '' where event is new"),
        (CYCLENERD.replace("/hour", "/hourly"), "cyclenerd-gcp-pricing: no hourly price found"),
    ],
)
def test_a_changed_shape_is_named_and_nothing_is_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, named: str
) -> None:
    target = tmp_path / "data"
    target.mkdir()
    assert main(["compute_prices", *written(tmp_path, {"x.csv": text, "v.csv": VERSIONS}), "--data", str(target)]) == 2
    assert list(target.iterdir()) == []
    assert re.search(named, capsys.readouterr().err)
