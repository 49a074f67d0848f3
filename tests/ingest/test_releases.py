"""Releases of packages: pinned by hash, in the order of their versions, each with a day that has come."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from canonical.text_tables import Row
from ingest import releases
from ingest.commits import known_revisions
from ingest.releases import Release, after_the_last, dated_wheel, fetch_wheel, in_order, known_releases
from ingest.tables import add_sources
from ingest.upstream import UpstreamError


def a_release(version: str, day: str) -> Release:
    return Release(date.fromisoformat(day), Path(f"litellm-{version}-py3-none-any.whl"))


def test_releases_stand_by_day_and_one_may_be_the_newest_on_two() -> None:
    given = [a_release("1.10.0", "2026-03-01"), a_release("1.9.0", "2026-01-01"), a_release("1.9.0", "2026-02-01")]
    assert [release.version for release in in_order(given)] == ["1.9.0", "1.9.0", "1.10.0"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ([("1.90.0", "2026-05-01"), ("1.80.0", "2026-06-01")], "litellm-1.80.0-py3-none-any.whl: given for 2026-06-01"),
        ([("1.10.0", "2026-05-01"), ("1.9.0", "2026-06-01")], "litellm-1.10.0-py3-none-any.whl, which is newer"),
        ([("2.0.0", "2026-05-01"), ("2.0.0rc1", "2026-06-01")], "which is newer"),
        ([("1.90.0", "2026-05-01"), ("1.91.0", "2026-05-01")], "both given for 2026-05-01"),
        ([("1.x", "2026-05-01"), ("1.91.0", "2026-05-02")], "1.x is no version"),
    ],
)
def test_an_older_wheel_with_a_later_day_is_refused(given: list[tuple[str, str]], named: str) -> None:
    with pytest.raises(UpstreamError) as refused:
        in_order([a_release(*pair) for pair in given])
    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("version", "day", "refused"),
    [
        ("0.1.9", "2026-11-20", True),
        ("0.1.9", "2026-10-01", False),
        ("0.2.3", "2026-11-20", False),
        ("0.2.4", "2026-11-20", False),
        ("0.2.4", "2026-10-01", True),
    ],
)
def test_a_release_has_no_later_day_than_a_newer_one_and_no_earlier_day_than_an_older_one(
    tmp_path: Path, version: str, day: str, refused: bool
) -> None:
    source = Row(source_id="genai-prices", title="genai-prices 0.2.3", published_on="2026-11-15", publisher="Pydantic")
    add_sources([source | {"language": "en", "kind": "package_data"}], tmp_path)
    release = a_release(version, day)
    if refused:
        with pytest.raises(
            UpstreamError, match=r"though genai-prices 0.2.3, which is (newer|older), stands with 2026-11-15"
        ):
            after_the_last(release, "genai-prices", tmp_path)
    else:
        assert after_the_last(release, "genai-prices", tmp_path) == release


@pytest.mark.parametrize("requirement", ["litellm", "litellm==", "--index-url==1", "litellm==../../1.0", "a b==1"])
def test_what_is_no_requirement_never_reaches_pip(tmp_path: Path, requirement: str) -> None:
    with pytest.raises(UpstreamError, match="a package is given as NAME==VERSION"):
        fetch_wheel(requirement, tmp_path)


def test_a_wheel_that_is_not_the_pinned_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pins = tmp_path / "releases.csv"
    pins.write_text(f"package,version,day,sha256\nmade-up,1.0,2026-01-01,{'0' * 64}\n", encoding="utf-8")
    monkeypatch.setattr(releases, "RELEASES", pins)
    (tmp_path / "made_up-1.0-py3-none-any.whl").write_bytes(b"other")
    with pytest.raises(UpstreamError, match=r"not the file that releases.csv pins for made_up 1.0"):
        fetch_wheel("made_up==1.0", tmp_path)


def test_a_wheel_of_another_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UpstreamError, match="not a wheel of litellm"):
        dated_wheel(f"{tmp_path}/botocore-1.0-py3-none-any.whl@2026-01-01", "litellm", tmp_path)


def test_a_wheel_of_a_day_to_come_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UpstreamError, match="still to come"):
        dated_wheel(f"{tmp_path}/litellm-1.0-py3-none-any.whl@2062-01-01", "litellm", tmp_path)


def test_the_releases_taken_up_leave_no_gap_of_more_than_two_weeks_and_stand_in_order() -> None:
    known = [text.partition("==")[2].rpartition("@") for text in known_releases("litellm")]
    wheels = [a_release(version, day) for version, _, day in known]
    ordered = in_order([*wheels, *known_revisions("litellm", Path("litellm.git"), "prices.json")])
    since = [release.day for release in ordered if release.day >= date(2024, 1, 1)]
    assert since[0] == date(2024, 1, 1) and since[-1] >= date(2026, 11, 26)
    assert [pair for pair in pairwise(since) if pair[1] - pair[0] > timedelta(days=14)] == []


def test_every_release_is_pinned_by_its_hash() -> None:
    with releases.RELEASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(len(row["sha256"]) == 64 and int(row["sha256"], 16) for row in rows)
