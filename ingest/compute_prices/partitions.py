"""Keep `compute_prices` as Parquet, one file a vendor: the table is too long for text that people edit.

The files carry units and descriptions, but no version of the package: they change with their upstream only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from canonical.table_schema import Field, load_schema
from ingest.compute_prices.lists import MachinePrice

__all__ = ["partition_path", "read_partition", "replace_partition"]

TABLE = "compute_prices"
ORDER = ["source_id", "region", "instance_type", "operating_system", "purchase_option", "valid_from"]
TYPES = {
    "string": (pl.String, pa.string()),
    "number": (pl.Float64, pa.float64()),
    "boolean": (pl.Boolean, pa.bool_()),
    "date": (pl.Date, pa.date32()),
}


def partition_path(folder: Path, vendor_id: str) -> Path:
    """Where the prices of a vendor are kept."""
    return folder / TABLE / f"vendor={vendor_id}.parquet"


def read_partition(path: Path) -> pl.DataFrame:
    """The rows kept for a vendor; none where there is no file yet."""
    schema = load_schema(TABLE)
    types = {field.name: TYPES[field.type][0] for field in schema.fields}
    return pl.read_parquet(path).select(list(types)) if path.exists() else pl.DataFrame(schema=types)


def replace_partition(
    folder: Path, vendor_id: str, rows: Iterable[MachinePrice], sources: Collection[str]
) -> tuple[int, int]:
    """Replace the rows of `sources` among those of a vendor; gives the rows in all and the file's bytes.

    Equal rows give equal bytes for one pyarrow version; the file is written beside its place and then over it.
    """
    path = partition_path(folder, vendor_id)
    old = read_partition(path)
    new = pl.DataFrame(list(rows), schema=old.schema, orient="row")
    frame = pl.concat([old.filter(~pl.col("source_id").is_in(list(sources))), new]).sort(ORDER)
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(frame, part)
    part.replace(path)
    return frame.height, path.stat().st_size


def _write(frame: pl.DataFrame, path: Path) -> None:
    schema = load_schema(TABLE)
    plain = pa.schema([pa.field(field.name, TYPES[field.type][1]) for field in schema.fields])
    arrow = frame.to_arrow().cast(plain).combine_chunks()
    described = pa.schema(
        [pa.field(f.name, TYPES[f.type][1], nullable=not f.required, metadata=_field_texts(f)) for f in schema.fields],
        metadata={"name": schema.name, "title": schema.descriptor["title"]},
    )
    pq.write_table(
        pa.Table.from_arrays(arrow.columns, schema=described),
        path,
        version="2.6",
        compression="zstd",
        compression_level=19,
        use_dictionary=True,
        data_page_version="1.0",
        row_group_size=1_048_576,
    )


def _field_texts(field: Field) -> dict[str, str]:
    words = {
        "title": field.descriptor["title"],
        "description": field.descriptor["description"],
        "unit": field.unit,
    }
    return {key: text for key, text in words.items() if text}
