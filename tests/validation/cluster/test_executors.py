"""What an executor does with files that it is given, without a cluster around it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import polars as pl
import pyarrow as pa
import pytest

from canonical.table_schema import ROOT, load_schema
from validation.cluster import fetched as cluster_fetched
from validation.cluster import sources
from validation.cluster.asking import COLUMNS, HEADER, UNREAD, WIDTH, Asking, Files, Reading, Rows, asking_of
from validation.cluster.check import ClusterFile
from validation.cluster.executors import ROWS, Again, Found, hash_probe, repeats_of
from validation.cluster.families import Cut, NamedFile
from validation.cluster.fetched import MOST_FETCHED
from validation.cluster.marks import Keys, Meeting, Observations, keys_that_meet, marks_of, unpacked
from validation.cluster.report import priced_on
from validation.cluster.texts import finding_of
from validation.engines.spark.session import UNREAD as UNSENT
from validation.engines.spark.session import cause_of
from validation.engines.spark.tables import FILE, PLACE, RAGGED, located, numbered
from validation.engines.spark.whole_files import Given, Listed
from validation.feed_keys import NAMES, across, keys_of, parts_of_entities
from validation.package import Checker
from validation.related import READ
from validation.structure.keys import Repeated

UNITS = (ROOT / "data" / "units.csv").read_text(encoding="utf-8")
HEAD, FIRST, SECOND, *_ = UNITS.splitlines()


@pytest.fixture(scope="module")
def asking() -> Asking:
    """What is asked of the table of units."""
    checker = Checker()
    return asking_of("units", checker.reference, checker.references, ())


def handed_over(*texts: str, folder: str = "") -> list[Any]:
    """Files as Spark hands them over, all in one batch."""
    addresses = [f"file:/{folder}{n}.csv" for n in range(len(texts))]
    return [pa.record_batch({"_file": addresses, "content": [text.encode() for text in texts]})]


def rows_of(batches: Iterable[Any]) -> list[dict[str, Any]]:
    """The rows of batches of Arrow."""
    return [row for batch in batches for row in batch.to_pylist()]


def found(asking: Asking, batches: list[Any]) -> list[dict[str, Any]]:
    """What an executor finds in files of CSV."""
    return rows_of(Found(asking, Files(is_text=True), 1, hash_probe())(batches))


def test_what_is_no_table_is_told_by_the_words_of_one_machine(asking: Asking) -> None:
    told = found(asking, handed_over(UNITS, f"{HEAD}\n{FIRST}\na,b\n", "name;of\n1;2\n", "\x00\x01PNG", HEAD + "\n"))
    by_file = {n: {row["rule"]: row for row in told if row["file"] == f"file:/{n}.csv"} for n in range(5)}
    assert by_file[0][ROWS]["rows"] == len(UNITS.splitlines()) - 1
    assert by_file[1][WIDTH]["rows"] == 1 and '"line_number": 3' in by_file[1][WIDTH]["findings"][0]
    assert {UNREAD, HEADER} & by_file[2].keys()
    assert "file:/3.csv" in by_file[3][UNREAD]["findings"][0]
    assert COLUMNS in by_file[4] and ROWS not in by_file[4]


def test_the_cells_of_a_folder_are_a_column_of_its_rows(asking: Asking) -> None:
    without = "\n".join(line.rpartition(",")[0] for line in (HEAD, FIRST))
    last, cell = HEAD.rpartition(",")[2], FIRST.rpartition(",")[2]
    given = handed_over(without, folder=f"feeds/year=2025/{last}={quote(cell)}/")
    told = rows_of(Found(asking, Files(is_text=True, roots=("/feeds",)), 1, hash_probe())(given))
    (columns,) = [finding_of(row["findings"][0]) for row in told if row["rule"] == COLUMNS]
    assert json.loads(columns.found) == HEAD.split(",")
    assert [row["rows"] for row in told if row["rule"] == ROWS] == [1]


def test_the_cells_of_folders_are_a_column_of_rows_that_spark_has_read() -> None:
    rows = pa.record_batch({
        FILE: ["file:/feeds/unit_id=a%2520b/p.parquet", "file:/feeds/unit_id=c/unit_id=d/year=2025/q.parquet"],
        PLACE: [0, 4], "name_en": ["one", "two"],
    })  # fmt: skip
    parts = list(Rows(roots=("/feeds", "/feeds/unit_id=c"))([rows], Reading("units"), lambda *told: None))
    assert [part.block.frame().rows() for part in parts] == [[("one", "a b")], [("two", "d")]]
    assert [part.places for part in parts] == [[0], [4]]
    (own,) = Rows(roots=("/feeds",))([rows.slice(0, 1).append_column("unit_id", pa.array(["own"]))], Reading("units"),
                                     lambda *told: None)  # fmt: skip
    assert own.block.frame().rows() == [("one", "own")]


def test_a_key_in_two_files_is_found_by_its_hash_and_told_in_both(asking: Asking) -> None:
    files = [handed_over(f"{HEAD}\n{FIRST}\n"), handed_over(f"{HEAD}\n{SECOND}\n{FIRST}\n")]
    hashes = [row for batches in files for row in found(asking, batches) if row["hashes"] is not None]
    rule = hashes[0]["rule"]
    repeated = Repeated(pa.array([], pa.uint64()).to_numpy(zero_copy_only=False), 0)
    for bucket in {row["bucket"] for row in hashes if row["rule"] == rule}:
        blobs = pa.table({"hashes": pa.array(
            [row["hashes"] for row in hashes if (row["rule"], row["bucket"]) == (rule, bucket)], pa.binary()
        )})  # fmt: skip
        (row,) = repeats_of((pa.scalar(rule), pa.scalar(bucket)), blobs).to_pylist()
        if row["rows"]:
            repeated = Repeated(pa.array([int.from_bytes(row["hashes"], "little")], pa.uint64()).to_numpy(), 2)
            assert row["rows"] == 2
    for known in (repeated, None):  # None: too many to be sent along, so that every key is asked
        again = [rows_of(Again(asking, Files(is_text=True), {rule: known})(batches)) for batches in files]
        key = FIRST.partition(",")[0]
        assert [row["place"] for rows in again for row in rows if row["key"] == key] == [0, 1]
        assert all(row["finding"] for rows in again for row in rows)
    assert [len(rows) for rows in again] == [1, 2]


def test_the_rows_and_lines_of_a_file_are_counted_over_batches_as_spark_gives_them() -> None:
    files = [["a", "a", "b"], ["b", "b", "c"], ["c"]]
    cells = [["two\nlines", "", "x"], ["y", "three\r\n\nlines", None], ["z"]]
    batches = [
        pa.record_batch({
            FILE: names, PLACE: pa.array([None] * len(names), pa.int64()),
            RAGGED: pa.array([None] * len(names), pa.string()), "note": texts,
        })
        for names, texts in zip(files, cells, strict=True)
    ]  # fmt: skip
    told = list(numbered(batches, ["a", "b"]))
    assert [batch.column(PLACE).to_pylist() for batch in told] == [[0, 1, 0], [1, 2, 0], [1]]
    assert [batch.column("_line").to_pylist() for batch in told] == [[2, 4, 2], [3, 4, None], [None]]
    assert [(part.file, part.has_lines) for part in located(told[1:2])] == [("b", True), ("c", False)]
    after = pa.record_batch({FILE: ["b"], PLACE: pa.array([None], pa.int64()), RAGGED: ["odd"], "note": ["x"]})
    assert list(numbered([*batches, after], ["b"]))[-1].column("_line").to_pylist() == [7]
    without = [batch.drop_columns([RAGGED]) for batch in batches]  # of Parquet, whose places Spark gives
    assert list(numbered(without)) == without


def test_an_executor_that_hashes_otherwise_is_refused(asking: Asking) -> None:
    with pytest.raises(ValueError, match="another polars"):
        list(Found(asking, Files(is_text=True), 1, hash_probe() + 1)([]))


def test_more_prices_than_are_held_together_are_said_not_to_be_asked(tmp_path: Path) -> None:
    file = ClusterFile(str(tmp_path), ("amount",), MOST_FETCHED + 1, [])
    found, steps = priced_on(None, [str(tmp_path)], "model_prices", [file], Checker())
    assert not found and all(step.not_run for step in steps)
    assert f"{MOST_FETCHED:,} rows" in steps[0].not_run


def test_every_table_that_relations_read_is_sent_however_large_it_is() -> None:
    assert not {*READ, "units", "metrics", "entities", "breakdowns"} & set(UNSENT)


def test_numbers_that_stand_under_two_names_are_found_among_the_keys_of_a_bucket() -> None:
    like = {"period_type": "quarter", "period_end": "2025-03-31", "printed_unit_id": "usd-m", "bound": "eq"}
    rows = [
        (name, metric, part, number)
        for number, names in {
            "48151.5": (("aws", "revenue", "total"), ("azure", "revenue", "total")),
            "3121.7": (("aws", "revenue", "total"), ("aws", "revenue", "ai"), ("aws", "revenue", "ai")),
            "9127.1": (("aws", "revenue", "total"), ("aws", "capex", "total")),
            "7771.3": (("aws", "revenue", "total"), ("azure", "capex", "total"), ("aws", "revenue", "total")),
        }.items()
        for name, metric, part in names
    ]
    frame = pl.DataFrame([dict(zip((*NAMES, "printed_value"), row, strict=True)) | like for row in rows])
    keys = keys_of(frame, {}, Checker().reference)
    met = keys_that_meet("number", keys.filter(pl.col("number").is_not_null()))
    marks = marks_of([(kind, hashes.to_numpy().tobytes()) for kind, hashes in met.items()], ())
    told = across(keys, ())
    assert told.arg_true().to_list() == [0, 1, 2, 3, 4, 5, 6, 7, 9]
    assert marks.of(keys)[1].to_list() == told.to_list()
    azure = marks_of([], ["azure"]).of(keys)[1]
    assert (
        azure.to_list()
        == (frame["entity_id"] == "azure").to_list()
        == across(keys.with_columns(number=None), ["azure"]).to_list()
    )


def test_documents_with_rows_in_several_parts_are_mixed() -> None:
    keys = pl.DataFrame(
        {"document": [1, 1, 2, 2, 3], "part": [0, 1, 1, 1, 0]}, {"document": pl.UInt64, "part": pl.UInt32}
    )
    assert keys_that_meet("document", keys)["mixed"].to_list() == [1]


def test_rows_are_cut_into_families_and_what_looks_beyond_them_as_on_one_machine() -> None:
    reference = Checker().reference
    parts = parts_of_entities(3, reference)
    rows = pl.read_parquet(ROOT / "data" / "observations.parquet").sample(600, seed=4)
    named = {"file:/0.csv": "one", "file:/1.csv": "two"}
    read = Observations(Reading("observations"), Files(is_text=True), named, parts, reference)
    batches = handed_over(rows[:200].write_csv(), rows[200:].write_csv())
    kept = pl.DataFrame(pl.from_arrow(pa.Table.from_batches(Keys(read, 2)(batches))))
    at_hand, met = keys_of(rows.head(0), parts, reference), list[tuple[str, bytes]]()
    for (kind, bucket), few in kept.partition_by("kind", "bucket", as_dict=True).items():
        found = Meeting(at_hand, 2)((pa.scalar(kind), pa.scalar(bucket)), few.to_arrow())
        met += [(row["kind"], row["content"]) for row in found.to_pylist()]
    cut = rows_of(Cut(read, marks_of(met, ()), 3)(batches))
    keys = keys_of(rows, parts, reference)
    spoken = set(rows["of_entity_id"].drop_nulls())
    assert sum(row["rows"] for row in cut if row["kind"] == "across") == across(keys, spoken).sum() > 0
    mixed = keys.filter(pl.col("part").n_unique().over("document") > 1)
    assert sum(row["rows"] for row in cut if row["kind"] == "document") == mixed.height > 0
    for address, height in (("file:/0.csv", 200), ("file:/1.csv", 400)):
        families = [unpacked(row["content"]) for row in cut if row["kind"] == "family" and row["file"] == address]
        whole = pl.concat(families).sort("#number")
        assert whole["#number"].to_list() == list(range(1, height + 1)) and whole["#line"].to_list()[0] == 2
    for row in cut:
        if row["kind"] == "family":
            assert {parts[name] for name in unpacked(row["content"])["entity_id"]} == {row["part"]}


@pytest.mark.parametrize(("name", "is_csv"), [("p.csv", True), ("p.csv.gz", True), ("p.parquet", False)])
def test_files_of_a_folder_are_text_where_their_own_names_say_so(
    monkeypatch: pytest.MonkeyPatch, name: str, is_csv: bool
) -> None:
    frame = SimpleNamespace(where=lambda condition: None)
    monkeypatch.setattr(sources, "files_on", lambda spark, paths: frame)
    monkeypatch.setattr(sources, "listed", lambda files: [Listed(f"file:/feeds/year=2025/{name}", 9)])
    monkeypatch.setattr(sources, "empty_files", lambda files, known: [])
    monkeypatch.setattr(sources, "roots_of", lambda spark, paths, addresses: tuple(paths))
    found, _ = sources.sources_on(None, ["/feeds"], load_schema("observations"))
    assert [(source.is_text, source.reader) for source in found] == [(is_csv, Files(is_csv, ("/feeds",)))]


def test_a_file_that_is_brought_has_the_cells_that_its_folders_name(monkeypatch: pytest.MonkeyPatch) -> None:
    address, columns = "file:/feeds/country=US/p.csv", ("vendor_id", "country")
    monkeypatch.setattr(cluster_fetched, "files_on", lambda spark, paths: None)
    monkeypatch.setattr(cluster_fetched, "roots_of", lambda spark, paths, addresses: tuple(paths))
    given = Given(address, b"vendor_id\nmaker\n")
    monkeypatch.setattr(cluster_fetched, "brought", lambda files, asked: given)
    named = NamedFile(address, "p.csv", "p", (), columns)
    (file,) = cluster_fetched.fetched(None, ["/feeds"], "vendors", [named])
    assert file.table.frame.rows(named=True) == [{"vendor_id": "maker", "country": "US"}]


def test_executors_that_lack_a_wheel_are_told_which_python_to_name() -> None:
    said = (
        "Job aborted\n  File worker.py, line 3\nModuleNotFoundError: No module named 'polars'\n\tat org.apache.Spark\n"
    )
    assert cause_of(ValueError(said)) == (
        "the executors have no polars; "
        "fix: let PYSPARK_PYTHON name a Python there that has the wheels of numpy, polars and pyarrow"
    )
    assert cause_of(ValueError("Job aborted\nof another cause\n\tat org.apache.Spark")) == "of another cause"
