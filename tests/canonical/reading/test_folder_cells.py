"""What the names of folders tell of the rows below them, as Hive, Spark and pyarrow read them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import dataset

from canonical.reading.coded import Block, coded
from canonical.reading.folder_cells import cells_below, cells_beside, cells_of, with_cells
from canonical.reading.reader import read_table
from canonical.table_schema import load_schema
from tests.builders import a_field, a_schema


def test_names_are_read_as_pyarrow_reads_them() -> None:
    folders = ["year=2025", "plain", "name=a%2Fb%20c=d", "b%C3%A9=%E4%BA%91", "none=__HIVE_DEFAULT_PARTITION__", "=x"]
    told = cells_of(folders)
    assert told == {"year": "2025", "name": "a/b c=d", "bé": "云", "none": None}
    names = pa.schema([(name, pa.string()) for name in ("year", "name", "none")])
    read = dataset.HivePartitioning(names).parse("/".join((*folders[:1], folders[2], folders[4], "part.parquet")))
    assert dataset.get_partition_keys(read) == {name: told[name] for name in names.names}


def test_only_folders_below_the_one_given_tell_something() -> None:
    path = Path("/feeds/year=2024/day=1/part=x.csv")
    assert cells_below(Path("/feeds/year=2024"), path) == {"day": "1"}
    assert cells_below(None, path) == cells_below(path.parent, path) == {}


def test_a_column_of_the_file_rules_and_a_name_that_no_table_has_is_left_out() -> None:
    schema = a_schema(a_field("id"), a_field("new") | {"formerly": "old"}, a_field("other"))
    assert cells_beside(["id"], {"old": "1", "id": "2", "year": "3", "other": None}, schema) == {
        "new": "1",
        "other": None,
    }


def test_a_block_has_a_column_of_its_folders_and_missing_texts_are_empty_cells() -> None:
    block = Block({"id": coded(pl.Series(["a", "b"]))}, 2, missing=("", "n/a"))
    assert with_cells(block, {"x": "n/a", "y": "1"}).frame().rows() == [("a", None, "1"), ("b", None, "1")]
    assert with_cells(block, {}) is block


def test_a_table_that_is_read_at_once_has_the_columns_of_its_folders(tmp_path: Path) -> None:
    frame = pl.DataFrame({"vendor_id": ["maker"], "name_en": ["Maker"]})
    frame.write_csv(tmp_path / "part.csv")
    frame.write_parquet(tmp_path / "part.parquet")
    for name in ("part.csv", "part.parquet"):
        table, _ = read_table(tmp_path / name, load_schema("vendors"), cells={"country": "US", "year": "1"})
        assert table is not None
        assert table.frame.rows(named=True) == [{"vendor_id": "maker", "name_en": "Maker", "country": "US"}]
