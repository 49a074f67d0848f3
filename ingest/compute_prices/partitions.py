"""Keep `compute_prices` as Parquet, a folder a vendor: the table is too long for text that people edit.

The folders are called as Hive calls partitions. The vendor stands in the rows too, for who reads one file, as a
dictionary of texts: that is the type that pyarrow gives a partition, and it refuses a folder where the two differ.

The files carry units and descriptions, but no version of the package: they change with their upstream only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from canonical.reading.parquet_files import parquet_frame, refuse_damaged
from canonical.table_schema import Field, load_schema
from ingest.compute_prices.lists import MachinePrice

__all__ = ["frame_of", "partition_path", "read_partition", "replace_partition"]

TABLE = "compute_prices"
AT_A_TIME = 20_000
ROW_GROUP = 65_536
"""Rows that are put in order, turned into text and written at a time."""
COMPACT = pl.col(pl.String).exclude("printed_amount").cast(pl.Categorical)
ORDER = ["source_id", "region", "instance_type", "operating_system", "purchase_option", "valid_from"]
TYPES = {
    "string": (pl.String, pa.string()),
    "number": (pl.Float64, pa.float64()),
    "boolean": (pl.Boolean, pa.bool_()),
    "date": (pl.Date, pa.date32()),
}

PARTITION = {"vendor_id": pa.dictionary(pa.int32(), pa.string())}
"""The column that the folders are called by."""


def partition_path(folder: Path, vendor_id: str) -> Path:
    """Where the prices of a vendor are kept."""
    return folder / TABLE / f"vendor_id={vendor_id}" / "part-0.parquet"


def read_partition(path: Path) -> pl.DataFrame:
    """The rows kept for a vendor; none where there is no file yet."""
    empty = _empty()
    if not path.exists():
        return empty
    return parquet_frame(path, path.as_posix()).select(empty.columns).cast(empty.schema)


def _kept(path: Path, sources: Collection[str]) -> pl.DataFrame:
    """The rows of a vendor that are not of `sources`, compact as they are read: texts need ten times the room."""
    empty = _empty()
    if not path.exists():
        return _compact(empty)
    refuse_damaged(path, path.as_posix())
    rows = pl.scan_parquet(path, hive_partitioning=False).filter(~pl.col("source_id").is_in(list(sources)))
    return rows.select(empty.columns).with_columns(COMPACT).collect(engine="streaming")


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={field.name: TYPES[field.type][0] for field in load_schema(TABLE).fields})


def frame_of(rows: Iterable[MachinePrice]) -> pl.DataFrame:
    """Rows as a frame, taken from their reader some at a time: a list of them all would need ten times the room."""
    waiting = iter(rows)
    frames = [_compact(_empty())]
    while some := list(islice(waiting, AT_A_TIME)):
        frames.append(_compact(pl.DataFrame(some, schema=_empty().schema, orient="row")))
    return pl.concat(frames)


def _compact(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with names that come again and again kept once."""
    return frame.with_columns(COMPACT)


def replace_partition(
    folder: Path, vendor_id: str, new: list[pl.DataFrame], sources: Collection[str]
) -> tuple[int, int]:
    """Replace the rows of `sources` among those of a vendor; gives the rows in all and the file's bytes.

    `new` is emptied, so that its rows need not be held while they are written.

    Equal rows give equal bytes for one pyarrow version; the file is written beside its place and then over it.
    """
    path = partition_path(folder, vendor_id)
    frame = pl.concat([_kept(path, sources), *new])
    new.clear()
    height = frame.height
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(frame, part)
    part.replace(path)
    return height, path.stat().st_size


def _write(frame: pl.DataFrame, path: Path) -> None:
    """Write the rows in `ORDER`, some at a time: all of them sorted and as text would need three times the room."""
    schema = load_schema(TABLE)
    arrow_types = {field.name: TYPES[field.type][1] for field in schema.fields} | PARTITION
    described = pa.schema(
        [
            pa.field(f.name, arrow_types[f.name], nullable=not f.required, metadata=_field_texts(f))
            for f in schema.fields
        ],
        metadata={"name": schema.name, "title": schema.descriptor["title"]},
    )
    order = pl.DataFrame([_ranks(frame.get_column(name)) for name in ORDER]).select(pl.arg_sort_by(ORDER)).to_series()
    with pq.ParquetWriter(
        path,
        described,
        version="2.6",
        compression="zstd",
        compression_level=19,
        use_dictionary=True,
        data_page_version="1.0",
        write_page_checksum=True,
    ) as writer:
        for start in range(0, frame.height, ROW_GROUP):
            rows = frame[order.slice(start, ROW_GROUP)]
            columns = [rows.get_column(field.name).to_arrow().cast(field.type) for field in described]
            writer.write_table(pa.Table.from_arrays(columns, schema=described))


def _ranks(column: pl.Series) -> pl.Series:
    """Numbers in the order of a column's values; of names that come again only the different ones are sorted."""
    if column.dtype != pl.Categorical:
        return column
    return column.cast(pl.Enum(column.unique().cast(pl.String).sort())).to_physical()


def _field_texts(field: Field) -> dict[str, str]:
    words = {
        "title": field.descriptor["title"],
        "description": field.descriptor["description"],
        "unit": field.unit,
    }
    return {key: text for key, text in words.items() if text}
