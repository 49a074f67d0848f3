"""Keys that stand in more than one file of a folder: of the parts of one table, or of tables with printed rows."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

import polars as pl

from canonical.findings import Finding
from canonical.reading.content import shown_path
from canonical.reading.reader import read_columns
from canonical.row_ids import numbered_tables
from canonical.table_schema import TableSchema, load_schema
from validation.structure.checks import row_ids

__all__ = ["repeated_keys", "shared_ids"]


def repeated_keys(parts: Mapping[Path, pl.DataFrame], schema: TableSchema) -> list[Finding]:
    """Keys that stand in more than one part of a table, given by their frames; each by itself is checked as a table."""
    key = list(schema.primary_key)
    firsts = pl.concat([frame.get_column(key[0]).unique().cast(pl.String) for frame in parts.values()])
    shared = pl.col(key[0]).cast(pl.String).is_in(firsts.filter(firsts.is_duplicated()).implode(), nulls_equal=True)
    frames = [
        frame.select(key).with_row_index("_row", 1).filter(shared).with_columns(pl.lit(shown_path(path)).alias("_file"))
        for path, frame in parts.items()
    ]
    rows = pl.concat([frame.cast({pl.Categorical: pl.String}) for frame in frames]).filter(
        pl.struct(key).is_duplicated()
    )
    repeated = rows.filter(pl.struct(*key, "_file").is_first_distinct() & ~pl.struct(key).is_first_distinct())
    ids = row_ids(schema, repeated)
    firsts = rows.unique(key, keep="first").select(*key, pl.col("_file").alias("_first"))
    return [
        Finding(
            "S.unique", "error", schema.name, row_id=row_id, row_number=row["_row"], column=key[0],
            found=row_id.replace("|", " "), expected="one row per key",
            message=f"primary key {', '.join(key)} stands in {row['_first']} too",
            fix="delete the repeated row or give it a key of its own", file=row["_file"],
        )
        for row_id, row in zip(ids, repeated.join(firsts, on=key, how="left").iter_rows(named=True), strict=True)
    ]  # fmt: skip


def shared_ids(folder: Path, edited: Set[str]) -> list[Finding]:
    """Ids of printed rows that stand in two tables of a folder, found at the later one: an id names one row.

    Nothing is read where none of the tables that have such ids was `edited`.
    """
    if not edited & set(numbered_tables()):
        return []
    frames = [
        read_columns(path, [key]).select(pl.col(key).alias("_id"), _table=pl.lit(name), _column=pl.lit(key))
        for name in sorted(numbered_tables(), key=lambda name: (name != "observations", name))  # those cited most first
        if (path := folder / f"{name}.csv").is_file()
        for key in load_schema(name).primary_key
    ]
    if not frames:
        return []
    rows = pl.concat([frame.with_row_index("_row", 1) for frame in frames]).drop_nulls("_id")
    firsts = rows.unique("_id", keep="first").select("_id", _first="_table")
    repeated = rows.join(firsts, on="_id", maintain_order="left").filter(pl.col("_table") != pl.col("_first"))
    return [
        Finding(
            "S.unique", "error", row["_table"], row_id=row["_id"], row_number=row["_row"], column=row["_column"],
            found=row["_id"], expected="an id that no other table has",
            message=f"the id is that of a row of {row['_first']}", fix="empty the id and run make fill",
            file=shown_path(folder / f"{row['_table']}.csv"),
        )
        for row in repeated.iter_rows(named=True)
    ]  # fmt: skip
