"""A feed asked in parts gets the findings that it gets as a whole: a made world with faults of every reach."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.scale_world import write_world
from canonical.findings import Finding
from canonical.reference import Reference
from canonical.table_schema import ROOT
from canonical.text_tables import Row, read_rows
from tests.builders import write_csv
from validation import feed_cut, feed_parts
from validation.checked import Checked
from validation.feed import check_feed
from validation.feed_asked import ACROSS, KNOWN, OF_ALL, Asked, Asker
from validation.feed_cut import Large, Part, cut
from validation.feed_parts import InParts, check_in_parts
from validation.feed_rows import FeedFile
from validation.own_files import tables_of
from validation.package import Checker
from validation.relations import RELATIONS
from validation.relations.facts import Facts

YEARS = (2023, 2024, 2025)
SHARED = {"source_id": "shared", "title": "Clouds of the quarter", "publisher": "Shared", "published_on": "2025-05-20",
          "published_precision": "day", "language": "en", "kind": "news"}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of three groups in which one print in twelve is wrong, and rows that name other families."""
    folder = tmp_path_factory.mktemp("world")
    assert write_world(folder, 1_100, one_in=12, years=YEARS) > 50
    rows = read_rows(folder / "observations.csv")
    write_csv(folder / "sources.csv", [*read_rows(folder / "sources.csv"), SHARED])
    write_csv(folder / "observations.csv", [*rows, *_across(rows)])
    (folder / "beside").mkdir()
    return folder


def _across(rows: list[Row]) -> Iterator[Row]:
    """Rows of one document on several families, twice in it, of one number, and a share of another family."""
    likes = {"metric_id": "revenue", "measure": "level", "period_end": "2025-03-31", "breakdown_id": "total"}
    first = {row["entity_id"]: row for row in rows if likes.items() <= row.items()}
    for place, entity in enumerate(("maker00001-cloud", "maker00002-cloud", "maker00002-cloud", "maker00003-media")):
        number = {"printed_value": "48151.5", "printed_unit_id": "usd-m", "decimals": "1", "printed_text": ""}
        told = {"observation_id": f"shared.{place:03}", "source_id": "shared", "value": "48151.5"}
        yield first[entity] | number | told | {"unit_id": "usd-m", "value_low": "48151.45", "value_high": "48151.55"}
    share = {"measure": "share", "printed_value": "3.5", "printed_unit_id": "percent", "of_entity_id": "maker00003"}
    told = {"observation_id": "shared.900", "source_id": "", "unit_id": "percent", "value": "3.5", "decimals": "1"}
    yield first["maker00001-cloud"] | share | told | {"value_low": "3.45", "value_high": "3.55", "printed_text": ""}


@pytest.fixture(scope="module")
def files(world: Path) -> tuple[Reference, Checked, list[FeedFile]]:
    """What is at hand, the observations, and the other files that relations read."""
    own = tuple(tables_of(world))
    checker = Checker(own=own)
    checked = {one.table: checker.checked(one.path, one.table) for one in own}
    sources = checked["sources"]
    assert sources.table is not None
    others = [FeedFile("sources", sources.path, sources.table, sources.findings)]
    return Reference(world / "beside", own), checked["observations"], others


@pytest.fixture(scope="module")
def whole(files: tuple[Reference, Checked, list[FeedFile]]) -> tuple[list[Finding], int]:
    """What is found where all rows are held together, by relations that do not hold each row against all."""
    reference, observations, others = files
    assert observations.table is not None
    feed = FeedFile("observations", observations.path, observations.table, observations.findings)
    found, read = check_feed([feed, *others], reference)
    return [finding for finding in found if finding.rule not in {relation.id for relation in OF_ALL}], read


def _in_parts(files: tuple[Reference, Checked, list[FeedFile]]) -> InParts:
    reference, observations, others = files
    return check_in_parts([Large(observations, "observations")], others, reference)


def _said(findings: list[Finding]) -> list[tuple[object, ...]]:
    """What findings say, but for the rows of other families that explain one."""
    return sorted(
        (f.file, f.row_number or 0, f.line_number or 0, f.rule, f.column, f.severity, f.found, f.expected, f.row_id,
         f.related, f.rows, f.fix, f.message.partition("; likely: ")[0]) for f in findings
    )  # fmt: skip


def test_parts_find_what_the_whole_finds(
    files: tuple[Reference, Checked, list[FeedFile]], whole: tuple[list[Finding], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_cut, "ROWS", 300)
    monkeypatch.setattr(feed_parts, "ALONE", 100)
    parts = _in_parts(files)
    assert _said(parts.findings) == _said(whole[0])
    assert parts.read == whole[1] and not parts.too_many
    assert {"C.twofold_number", "V.repeated_row", "C.growth_yoy", "C.sum_of_periods", "U.text_digits"} <= {
        finding.rule for finding in parts.findings
    }
    assert all(dict(f.key)["observation_id"] for f in parts.findings if f.table == "observations")


def test_the_files_of_a_part_stand_in_their_order(world: Path, tmp_path: Path) -> None:
    own = tuple(own for own in tables_of(world) if own.table != "observations")
    rows, checker, large = read_rows(world / "observations.csv"), Checker(own=own), list[Large]()
    for number in range(11):
        path = write_csv(tmp_path / f"feed-{number}.csv", rows[number : number + 1])
        large.append(Large(checker.checked(path, "observations"), path.stem))
    (tmp_path / "cut").mkdir()
    feed = cut(large, [], Reference(world / "beside", own), tmp_path / "cut")
    (family,) = [part for part in feed.parts if part.kind == "family"]
    assert [int(folder.name) for folder in sorted(family.folder.glob("*"))] == list(range(11))


def test_several_processes_find_what_one_finds(
    files: tuple[Reference, Checked, list[FeedFile]], whole: tuple[list[Finding], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_cut, "ROWS", 600)
    assert feed_cut.count_of_parts([Large(files[1], "observations")]) > feed_parts.ALONE
    monkeypatch.setattr(feed_parts, "processors", lambda: 2)
    monkeypatch.setattr(Asker, "ask", _not_asked)  # in this process alone
    assert _said(_in_parts(files).findings) == _said(whole[0])


def _not_asked(self: Asker, part: Part) -> Asked:
    raise AssertionError(f"{part.folder} was asked in the process that has cut it")


def test_no_facts_of_a_part_outlive_it(
    files: tuple[Reference, Checked, list[FeedFile]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The processes of a check do not look for objects that refer to one another: these would stay to the end."""
    monkeypatch.setattr(feed_cut, "ROWS", 300)
    monkeypatch.setattr(feed_parts, "ALONE", 100)
    before = _facts_in_memory()
    gc.disable()
    try:
        assert _in_parts(files).findings
        assert _facts_in_memory() <= before
    finally:
        gc.enable()


def _facts_in_memory() -> set[int]:
    return {id(one) for one in gc.get_objects() if isinstance(one, Facts)}


def test_too_many_rows_that_name_other_families_are_counted(
    files: tuple[Reference, Checked, list[FeedFile]], whole: tuple[list[Finding], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_cut, "MOST_ACROSS", 1)
    parts = _in_parts(files)
    assert parts.too_many > 1
    rules = {finding.rule for finding in whole[0]} - {finding.rule for finding in parts.findings}
    assert rules <= {"C.twofold_number", "C.share_of_entity"} and "C.twofold_number" in rules


def test_a_program_of_others_is_not_run_again_by_new_processes() -> None:
    """A new process begins with the main module once more: only the command's own is known to bear that."""
    assert feed_parts.processors() == 1
    said = "import sys; from validation import feed_parts; main = sys.modules['__main__']; "
    asked = "main.__spec__ = __import__('importlib.util').util.find_spec('validation.__main__'); "
    count = "print(feed_parts.processors() == len(__import__('os').sched_getaffinity(0)))"
    assert subprocess.check_output([sys.executable, "-c", said + asked + count], cwd=ROOT, text=True) == "True\n"


def test_every_relation_that_looks_at_the_whole_package_is_asked_across_families_or_named() -> None:
    assert {relation.id for relation in ACROSS} == KNOWN
    wide = ("part", "surroundings", "wholes", "package")
    assert {*ACROSS, *OF_ALL} == {relation for relation in RELATIONS if relation.reach in wide}
