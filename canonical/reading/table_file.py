"""A CSV or Parquet file of any size as blocks with a header."""

from __future__ import annotations

from pathlib import Path

from canonical.reading.column_names import former_names
from canonical.reading.csv_blocks import CsvFile
from canonical.reading.parquet_blocks import ParquetFile
from canonical.table_schema import TableSchema

__all__ = ["TableFile", "table_file"]

TableFile = CsvFile | ParquetFile


def table_file(path: Path, shown: str, schema: TableSchema) -> TableFile:
    """A file that should hold the table of a schema: Parquet where its name ends so, else CSV, plain or gzipped."""
    former = former_names(field.descriptor for field in schema.fields)
    if path.suffix == ".parquet":
        return ParquetFile(path, shown, f"table {schema.name}", former=former)
    # Where a column has missing values of its own, each column gets its own after reading.
    has_own = any("missingValues" in field.descriptor for field in schema.fields)
    return CsvFile(path, shown, () if has_own else schema.missing_values, former=former)
