"""A feed of many files asked by what executors do, without a cluster around it: the findings of one machine."""

from __future__ import annotations

import gc
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from benchmarks.scale_world import write_world
from canonical.clock import today
from canonical.findings import Finding
from canonical.reference import OwnTable
from canonical.text_tables import read_rows
from tests.builders import write_csv
from validation import feed_cut, feed_findings
from validation.cluster import families
from validation.cluster.asking import Files, Reading, Shipped
from validation.cluster.families import Cut, NamedFile, RelationsOf
from validation.cluster.marks import Keys, Meeting, Observations, marks_of
from validation.cluster.sources import in_order
from validation.cluster.texts import finding_of
from validation.engines.spark.session import ADDED
from validation.engines.spark.tables import FILE
from validation.feed import AtHand, feed_reference
from validation.feed_cut import Large, keys_at_hand, spoken_of
from validation.feed_findings import Kind, capped
from validation.feed_keys import parts_of_entities
from validation.feed_parts import check_in_parts
from validation.own_files import tables_of
from validation.package import Checker
from validation.row_keys import key_columns

FILES, OF_PART, CAP = 12, 300, 3
"""More than ten files, so few rows of a part that there are several, and a cap that some kinds reach."""
TABLE = "observations"


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[Large], tuple[OwnTable, ...]]]:
    """A world of which one print in six is wrong, its rows dealt out to files, and its other tables, sent along."""
    write_world(tmp_path, 1_100, one_in=6, years=(2023, 2024, 2025))
    own = tuple(one for one in tables_of(tmp_path) if one.table != TABLE)
    (tmp_path / ADDED).mkdir()
    for number, one in enumerate(own):
        shutil.copy(one.path, tmp_path / ADDED / f"{number:05}-{one.table}.csv")
    monkeypatch.setattr(families, "ROOT", tmp_path)
    for name in ("_hand", "_sent_rows"):  # what an executor reads once
        monkeypatch.setattr(families, name, cache(getattr(families, name).__wrapped__))
    monkeypatch.setattr(feed_cut, "ROWS", OF_PART)
    monkeypatch.setattr(feed_findings, "CAP", CAP)
    rows, checker, large = read_rows(tmp_path / f"{TABLE}.csv"), Checker(own=own, keys_of=key_columns), list[Large]()
    for number in range(FILES):
        path = write_csv(tmp_path / f"part-{number:02}.csv", rows[number::FILES])
        large.append(Large(checker.checked(path, TABLE), path.stem))
    yield large, own
    gc.enable()


def groups(rows: Iterable[dict[str, Any]], *by: str) -> Iterator[tuple[list[Any], Any]]:
    """The rows of each group, as Spark gives them to work: the key and a table of Arrow."""
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in by)].append(row)
    for key, few in found.items():
        yield [pa.scalar(cell) for cell in key], pa.Table.from_pylist(few)


def by_executors(large: Sequence[Large], own: tuple[OwnTable, ...]) -> tuple[list[Finding], int]:
    """What executors find, each file read by one and each part asked by one, and how many rows they read."""
    named = tuple(
        NamedFile(str(file.one.path), str(file.one.path), file.label, tuple(file.one.findings)) for file in large
    )
    reference = Checker(own=own).reference
    hand, rows = AtHand.of((), feed_reference((), reference)), sum(file.one.rows for file in large)
    count, buckets = rows // OF_PART, 2
    parts, units = parts_of_entities(count, reference), Shipped(tables={"units": reference.rows("units")})
    labels = {file.address: file.label for file in named}
    read = Observations(Reading(TABLE), Files(is_text=True), labels, parts, units)
    given = [[pa.record_batch({FILE: [file.address], "content": [Path(file.address).read_bytes()]})] for file in named]
    keys = (row for batches in given for batch in Keys(read, buckets)(batches) for row in batch.to_pylist())
    meeting = Meeting(keys_at_hand(hand, parts), buckets)
    met = [row for key, few in groups(keys, "kind", "bucket") for row in meeting(key, few).to_pylist()]
    marks = marks_of([(row["kind"], row["content"]) for row in met], spoken_of((), hand))
    cut = [row for batches in given for batch in Cut(read, marks, count)(batches) for row in batch.to_pylist()]
    found, counts, asked = list[Finding](), Counter[Kind](), 0
    work = RelationsOf(named, TABLE, today(), is_text=True)
    for key, few in groups(reversed(cut), "kind", "part"):  # a shuffle keeps no order
        (told,) = work(key, few).to_pylist()
        found += map(finding_of, told["findings"])
        counts.update({tuple(kind): number for kind, number in json.loads(told["counts"])})
        asked += told["rows"]
    return capped(sorted(found, key=lambda finding: (finding.file, *finding.sort_key)), counts), asked


def test_executors_find_in_many_files_what_one_machine_finds(
    feed: tuple[list[Large], tuple[OwnTable, ...]],
) -> None:
    large, own = feed
    found, read = by_executors(large, own)
    one = check_in_parts(large, [], Checker(own=own).reference)
    assert read == one.read == sum(file.one.rows for file in large)
    assert len(found) < len(one.findings)  # the cap is reached
    assert found == capped(one.findings)


def test_files_stand_in_the_order_in_which_one_machine_reads_them() -> None:
    names = ["file:///feed/a%20b/2.csv", "file:///feed/a-1/1.csv", "file:///feed/a/3.csv", "hdfs://host/a.csv"]
    assert in_order(names) == [names[2], names[0], names[1], names[3]]
