"""A table on a cluster: the columns of its files, and of each row the file and, of Parquet, the place in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from canonical.reading.arrow_columns import coded_of_arrow, series_of_arrow
from canonical.reading.coded import Block, Coded
from canonical.reading.encodings import UnreadableError
from canonical.reading.parquet_files import refuse_days
from validation.engines.spark.session import cause_of, failures

__all__ = ["FILE", "PLACE", "RAGGED", "Located", "is_text", "located", "numbered", "read_table_on", "with_lines"]

FILE, PLACE, LINE, RAGGED = "_file", "_place", "_line", "_ragged"
"""The columns beside those of the table: its file, the row's place from 0, its line in a CSV file, and a CSV record of
another width. Spark gives the places in Parquet; those in CSV are `numbered`, and so are lines."""
BELOW = ("recursiveFileLookup", "true")
"""Files in folders of folders are read too, and no folder is a column: what they tell is read off their addresses."""


@dataclass(frozen=True)
class Located:
    """A block of one file; `places` are the rows' places in it from 0.

    `has_lines` says that the lines of the block are those of the file.
    """

    block: Block
    file: str
    places: Sequence[int]
    has_lines: bool = False


def read_table_on(spark: Any, paths: Sequence[str], of_text: bool) -> Any:
    """The rows of files as a frame of Spark, with the columns `FILE` and `PLACE`; of CSV also `RAGGED`.

    Parameters: `paths` are files or folders as Spark names them, all CSV where they are `of_text`, gzipped or not, else
    all Parquet. A cell of CSV may hold ends of lines, so that a file is read from its first row to its last by one
    executor, a part at a time.
    """
    try:
        if not of_text:
            rows = spark.read.option(*BELOW).parquet(*paths)
            return rows.selectExpr("*", f"_metadata.file_path as {FILE}", f"_metadata.row_index as {PLACE}")
        header = spark.read.option(*BELOW).csv(list(paths), header=True).columns
        texts = ", ".join(f"`{name}` string" for name in (*header, RAGGED))
        rows = spark.read.option(*BELOW).schema(texts).csv(
            list(paths), header=True, enforceSchema=False, quote='"', escape='"', mode="PERMISSIVE",
            columnNameOfCorruptRecord=RAGGED, maxCharsPerColumn=-1, multiLine=True,
        )  # fmt: skip
        return rows.selectExpr("*", f"_metadata.file_path as {FILE}", f"cast(null as long) as {PLACE}")
    except failures() as error:
        raise UnreadableError(f"{' '.join(paths)}: Spark cannot read it ({cause_of(error)})") from None


def is_text(files: Sequence[str]) -> bool:
    """Whether files of one form are CSV, as their addresses show; a folder of them shows nothing."""
    return any(file.removesuffix(".gz").endswith(".csv") for file in files)


def with_lines(spark: Any, files: Sequence[str]) -> frozenset[str]:
    """Those of some CSV files of which cells tell the lines: none has a blank line, which Spark skips, nor a carriage
    return before anything but a line feed, which may end a line or not.
    """
    lines = spark.read.text(list(files), lineSep="\n").selectExpr("value", f"_metadata.file_path as {FILE}")
    is_odd = "value in ('', '\\r') or instr(value, '\\r') between 1 and length(value) - 1"
    odd = {name for (name,) in lines.where(is_odd).select(FILE).distinct().collect()}
    return frozenset(files) - odd


def numbered(batches: Iterable[Any], lined: Collection[str] = ()) -> Iterator[Any]:
    """Batches with the places of their rows: of CSV they are counted, as the rows of a file come in their order.

    So are the lines of the files `lined`, by the ends of lines in cells; of others they are null.
    """
    before: dict[str, int] = {}
    ends: dict[str, int] = {}
    for batch in batches:
        if RAGGED not in batch.schema.names:
            yield batch
            continue
        rows = pl.DataFrame({FILE: series_of_arrow(batch.column(FILE)), "ends": _ends_of_lines(batch)})
        place = _before(before) + pl.int_range(pl.len(), dtype=pl.Int64).over(FILE)
        line = place + 2 + _before(ends) + pl.col("ends").cum_sum().over(FILE) - pl.col("ends")
        is_lined = pl.col(FILE).is_in(list(lined))
        told = rows.select(place.alias(PLACE), pl.when(is_lined).then(line).alias(LINE))
        for file, count, inside in rows.group_by(FILE).agg(pl.len(), pl.col("ends").sum()).iter_rows():
            before[file], ends[file] = before.get(file, 0) + count, ends.get(file, 0) + inside
        at = batch.schema.names.index(PLACE)
        placed = batch.set_column(at, batch.schema.field(at), told.get_column(PLACE).to_arrow())
        yield placed.append_column(LINE, told.get_column(LINE).to_arrow())


def _before(counts: dict[str, int]) -> pl.Expr:
    """What was counted of the file of each row."""
    return pl.col(FILE).replace_strict(counts or {"": 0}, default=0, return_dtype=pl.Int64)


def _ends_of_lines(batch: Any) -> pl.Series:
    """How many ends of lines the cells of each row hold."""
    found = pl.zeros(batch.num_rows, pl.Int64, eager=True)
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        is_text = pa.types.is_string(column.type) and name != FILE
        if is_text and (content := column.buffers()[2]) is not None and b"\n" in content.to_pybytes():
            found += series_of_arrow(column).str.count_matches("\n", literal=True).fill_null(0)
    return found


def located(batches: Iterable[Any]) -> Iterator[Located]:
    """The blocks of Arrow batches, each of one file."""
    for batch in batches:
        files = series_of_arrow(batch.column(FILE))
        starts = pl.select(files.ne_missing(files.shift(1)).fill_null(True)).to_series().arg_true().to_list()
        if starts[:1] != [0]:
            starts = [0, *starts]
        for start, end in zip(starts, [*starts[1:], batch.num_rows], strict=True):
            if end > start:
                yield _located(batch.slice(start, end - start), files[start])


def _located(batch: Any, file: str) -> Located:
    columns: dict[str, Coded] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name in (FILE, PLACE, LINE, RAGGED):
            continue
        is_texts = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        columns[name] = coded_of_arrow(column.dictionary_encode()) if is_texts else Coded(series_of_arrow(column))
        refuse_days(name, columns[name].values, file)
    places = batch.column(PLACE).to_pylist()
    if RAGGED not in batch.schema.names:
        return Located(Block(columns, batch.num_rows, is_text=False), file, places)
    lines = batch.column(LINE).to_pylist()
    has_lines = lines[0] is not None
    block = Block(columns, batch.num_rows, lines=lines if has_lines else range(batch.num_rows))
    return Located(block, file, places, has_lines)
