"""The sides of the benchmark of scale, each a process of its own: `python -m benchmarks.scale_sides SIDE FILE`.

A side reads or checks one file and prints how many findings or failing checks it reports. Sides of other people's
that need an environment of their own stand in `scale_peers`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from canonical.table_schema import Field

__all__ = ["FORMS", "MOST_ROWS", "SIDES"]


def polars_read(path: Path) -> int:
    """Polars reads every column in its type, streaming, and keeps the largest cell."""
    import polars as pl

    from benchmarks.scale_tables import SCHEMA
    from canonical.cells import DTYPES

    types = {field.name: DTYPES[field.type] for field in SCHEMA.fields}
    scan = pl.scan_csv(path, schema=types, ignore_errors=True) if path.suffix == ".csv" else pl.scan_parquet(path)
    scan.select(pl.all().max()).collect(engine="streaming")
    return 0


def duckdb_read(path: Path) -> int:
    """DuckDB reads every column in its type and keeps the largest cell."""
    import duckdb

    from benchmarks.scale_tables import SCHEMA

    names = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
    types = {field.name: names[field.type] for field in SCHEMA.fields}
    dialect = """header=true, delim=',', quote='"', escape='"'"""  # which it does not find out of texts such as these
    read = f"read_csv('{path}', columns={types}, {dialect}, store_rejects=true)"
    duckdb.sql(f"SELECT max(COLUMNS(*)) FROM {read if path.suffix == '.csv' else repr(str(path))}").fetchall()
    return 0


def ours(path: Path) -> int:
    """This package's layers S, P and U: cells, rows, keys, foreign keys, and each value against its print."""
    return _checked(path, "polars")


def ours_same_rules(path: Path) -> int:
    """This package's engine by `--schema`, with the rules given to data-dict: types, codes, limits, primary key."""
    from benchmarks.scale_tables import SCHEMA

    fields = [{"name": field.name, "type": field.type, "constraints": _stated(field)} for field in SCHEMA.fields]
    described = {"name": SCHEMA.name, "fields": fields, "primaryKey": list(SCHEMA.primary_key)}
    return _checked_by(path, described)


def _checked_by(path: Path, described: Mapping[str, Any]) -> int:
    from validation.own_schema import check_by_schema

    with TemporaryDirectory() as folder:
        schema = Path(folder) / "schema.json"
        schema.write_text(json.dumps(described), encoding="utf-8")
        return len(check_by_schema(schema, [path], None).findings)


def _stated(field: Field) -> dict[str, Any]:
    """The constraints of a field that `tests.data_dictionary` states for data-dict."""
    limits = () if field.type == "date" else ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    return {word: found for word in ("required", "unique", "enum", *limits) if (found := field.constraints.get(word))}


def ours_pandera(path: Path) -> int:
    """The same by the engine of pandera."""
    return _checked(path, "pandera")


def _checked(path: Path, engine: str) -> int:
    from validation.package import Checker

    return len(Checker(engine=engine).checked(path, "observations").findings)


def pandera_polars(path: Path) -> int:
    """The pandera schema of the table over a whole frame of polars."""
    import polars as pl

    from benchmarks.scale_tables import SCHEMA
    from canonical.cells import DTYPES

    types = {field.name: DTYPES[field.type] for field in SCHEMA.fields}
    frame = pl.read_csv(path, schema=types, ignore_errors=True) if path.suffix == ".csv" else pl.read_parquet(path)
    return _by_pandera(frame)


def pandera_pandas(path: Path) -> int:
    """The same schema, made for polars, over a frame that pandas has read."""
    import pandas as pd
    import polars as pl

    frame = pd.read_csv(path, dtype=str) if path.suffix == ".csv" else pd.read_parquet(path)
    if path.suffix == ".csv":
        from benchmarks.scale_tables import SCHEMA
        from canonical.cells import typed_frame

        return _by_pandera(typed_frame(SCHEMA, pl.from_pandas(frame)))
    return _by_pandera(pl.from_pandas(frame))


def _by_pandera(frame: Any) -> int:
    from pandera.errors import SchemaErrors

    from validation import schema

    try:
        schema("observations", references=True).validate(frame, lazy=True)
    except SchemaErrors as error:
        return error.failure_cases.height
    return 0


def frictionless(path: Path) -> int:
    """frictionless validates the file against the schema of the table; its keys to other tables are left out."""
    from frictionless import Resource, Schema, system

    with system.use_context(trusted=True):
        schema = Schema.from_descriptor(_of_one_table())
        report = Resource(path=str(path), schema=schema).validate(limit_errors=1000)
    return sum(len(task.errors) for task in report.tasks)


def ours_as_frictionless(path: Path) -> int:
    """This package's engine by `--schema`, with the very schema that frictionless is given."""
    return _checked_by(path, _of_one_table())


def _of_one_table() -> dict[str, Any]:
    """The schema of the table as the standard has it: types, required, codes, patterns, limits and the primary key."""
    from benchmarks.scale_tables import SCHEMA

    known = {"name", "type", "format", "constraints", "missingValues"}
    fields = [{key: value for key, value in field.descriptor.items() if key in known} for field in SCHEMA.fields]
    return {"fields": fields, "primaryKey": list(SCHEMA.primary_key)}


def data_dict(path: Path) -> int:
    """data-dict of the tidyverse checks types, codes, what is required, limits and the primary key in Parquet."""
    from benchmarks.scale_tables import SCHEMA
    from tests.data_dictionary import dictionary_of
    from tests.referees import REFEREES

    with TemporaryDirectory() as folder:
        dictionary = Path(folder) / "data-dict.yaml"
        dictionary.write_text(json.dumps(dictionary_of({SCHEMA.name: SCHEMA}, {SCHEMA.name: str(path.resolve())})))
        command = [str(REFEREES / "bin" / "data-dict"), "validate-data", str(dictionary), "--json"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        return len(json.loads(ran.stdout)["problems"])


SIDES: Mapping[str, Callable[[Path], int]] = {
    "polars read": polars_read, "duckdb read": duckdb_read, "ours": ours, "ours, pandera": ours_pandera,
    "data-dict": data_dict, "ours, same rules": ours_same_rules, "pandera on polars": pandera_polars,
    "pandera on pandas": pandera_pandas, "frictionless": frictionless,
    "ours, frictionless' rules": ours_as_frictionless,
}  # fmt: skip
FORMS: Mapping[str, tuple[str, ...]] = {
    "data-dict": ("parquet",),
    "ours, same rules": ("parquet",),
    "frictionless": ("csv",),
    "ours, frictionless' rules": ("csv",),
}
"""The forms of files that a side is asked for, where not both."""
MOST_ROWS: Mapping[str, int] = {"frictionless": 1_000_000, "ours, pandera": 1_000_000, "pandera on pandas": 1_000_000,
                                "pandera on polars": 1_000_000, "great expectations": 1_000_000}  # fmt: skip
"""The largest table that a side is asked for: more takes longer than anybody waits, or the memory of the machine."""

if __name__ == "__main__":
    print(SIDES[sys.argv[1]](Path(sys.argv[2])))
