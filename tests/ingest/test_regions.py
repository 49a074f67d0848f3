"""The adapter of regions, on made-up lists in the form of each upstream."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from canonical.region_places import country_of
from ingest import releases
from ingest.__main__ import main

AMAZON = """date,version,partition,region,description,file
2013-04-01,botocore==0.8.2,aws,us-east-1,,ec2.json
2014-01-01,botocore==0.29.0,aws,us-east-1,US East (N. Virginia),ec2.json
2014-01-01,botocore==0.29.0,aws-cn,cn-north-1,China (Beijing),ec2.json
"""
OTHER = """vendor,date,source,partition_or_realm,region
oracle,2018-01-01,oci==1.3.11,?,us-phoenix-1
oracle,2020-01-01,oci==2.8.0,oc1,us-phoenix-1
huawei_cloud,2021-01-01,huaweicloudsdkecs==3.0.29b0,,cn-east-2
google_cloud,2022-02-09,pricing.yml,,asia-east1
"""


@pytest.fixture(autouse=True)
def snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of releases that names none, in the place of the one that is read by default."""
    path = tmp_path / "releases.csv"
    path.write_text("package,version,day,sha256\n", encoding="utf-8")
    monkeypatch.setattr(releases, "RELEASES", path)
    return path


def a_wheel(folder: Path, version: str, document: object, member: str = "partitions.json") -> Path:
    wheel = folder / f"botocore-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        entry = zipfile.ZipInfo(f"botocore/data/{member}", (2026, 11, 17, 0, 0, 0))
        archive.writestr(entry, json.dumps(document))
    return wheel


def regions(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (folder / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {(row["partition"], row["region"]): row for row in csv.DictReader(file)}


def run(folder: Path, *texts: str, wheels: tuple[Path, ...] = ()) -> int:
    paths = [folder / f"{number}.csv" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    target = folder / "data"
    target.mkdir(exist_ok=True)
    return main(["regions", *map(str, [*paths, *wheels]), "--data", str(target)])


def test_first_and_last_version_of_each_partition_stand_in_one_row(tmp_path: Path) -> None:
    assert run(tmp_path, AMAZON, OTHER) == 0
    found = regions(tmp_path / "data")
    virginia = found["aws", "us-east-1"]
    assert (virginia["first_seen_on"], virginia["last_version"]) == ("2013-04-01", "botocore==0.29.0")
    assert (virginia["name"], virginia["country"]) == ("US East (N. Virginia)", "US")
    assert virginia["left_censored"] == "true"
    assert found["aws-cn", "cn-north-1"]["left_censored"] == "false"


def test_the_unnamed_first_realm_is_the_commercial_one(tmp_path: Path) -> None:
    run(tmp_path, OTHER)
    found = regions(tmp_path / "data")
    assert found["oc1", "us-phoenix-1"]["first_seen_on"] == "2018-01-01"
    assert set(found) == {("oc1", "us-phoenix-1"), ("public", "cn-east-2")}


@pytest.mark.parametrize(("member", "key"), [("partitions.json", "id"), ("endpoints.json", "partition")])
def test_a_wheel_is_read_by_the_day_its_files_bear(tmp_path: Path, member: str, key: str) -> None:
    places = {"sa-west-1": {"description": "South America (Chile)"}, "aws-global": {"description": "aws global"}}
    wheel = a_wheel(tmp_path, "1.44.5", {"partitions": [{key: "aws", "regions": places}]}, member)
    run(tmp_path, AMAZON, wheels=(wheel,))
    found = regions(tmp_path / "data")
    assert found["aws", "sa-west-1"]["first_seen_on"] == "2026-11-17"
    assert ("aws", "aws-global") not in found


def test_the_releases_of_the_list_are_read_beside_the_history(tmp_path: Path, snapshots: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    wheel = a_wheel(cache, "1.21.0", {"partitions": [{"id": "aws", "regions": {"af-east-1": {}}}]})
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    snapshots.write_text(f"package,version,day,sha256\nbotocore,1.21.0,2021-07-15,{digest}\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "a.csv").write_text(AMAZON, encoding="utf-8")
    arguments = ["regions", str(tmp_path / "a.csv"), "--cache", str(cache), "--data", str(tmp_path / "data")]
    assert main(arguments) == 0
    assert regions(tmp_path / "data")["aws", "af-east-1"]["first_version"] == "botocore==1.21.0"


def test_a_list_cut_short_is_refused_unless_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = AMAZON + "".join(f"2014-01-01,botocore==0.29.0,aws,eu-west-{n},,ec2.json\n" for n in range(9))
    assert run(tmp_path, more) == 0
    before = {path: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    assert run(tmp_path, AMAZON) == 2
    assert "regions: found 2 rows of botocore-regions, expected about the 11 that stood" in capsys.readouterr().err
    assert run(tmp_path, AMAZON.splitlines()[0] + "\n") == 2
    assert "names no region" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (tmp_path / "data").iterdir()} == before
    assert main(["regions", str(tmp_path / "0.csv"), "--data", str(tmp_path / "data"), "--force"]) == 2
    (tmp_path / "0.csv").write_text(AMAZON, encoding="utf-8")
    assert main(["regions", str(tmp_path / "0.csv"), "--data", str(tmp_path / "data"), "--force"]) == 0


def test_a_second_run_changes_no_byte(tmp_path: Path) -> None:
    run(tmp_path, AMAZON, OTHER)
    first = (tmp_path / "data" / "regions.csv").read_bytes()
    run(tmp_path, AMAZON, OTHER)
    assert first == (tmp_path / "data" / "regions.csv").read_bytes()


def test_a_changed_shape_is_named_and_nothing_is_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, AMAZON.replace("partition", "part")) == 2
    assert "column partition is missing" in capsys.readouterr().err
    wheel = a_wheel(tmp_path, "1.44.5", {"clouds": []})
    assert run(tmp_path, wheels=(wheel,)) == 2
    assert "partitions: 'partitions' is missing" in capsys.readouterr().err
    assert list((tmp_path / "data").iterdir()) == []


def test_a_region_we_cannot_place_has_no_country() -> None:
    assert country_of("amazon", "eu-isoe-west-1") == ""
