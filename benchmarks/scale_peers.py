"""Other people's checks as sides of the benchmark of scale: `PYTHON -m benchmarks.scale_peers SIDE FILE`.

They live in an environment of their own (`make .venv/peers/installed`), whose Python is `PYTHON`. Each states the rules
of the table's schema on single columns: types, what is required, patterns, codes, limits, and the primary key. Each
prints how many failures it counts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from canonical.cells import DTYPES
from canonical.table_schema import Field, load_schema

__all__ = ["PEERS", "SCHEMA"]

SCHEMA = load_schema("observations")
LIMITS = ("minimum", "maximum")


def _frame(path: Path) -> Any:
    """The file as a frame of polars in the types of the schema; a cell that is of no type is empty."""
    import polars as pl

    types = {field.name: DTYPES[field.type] for field in SCHEMA.fields}
    return pl.read_csv(path, schema=types, ignore_errors=True) if path.suffix == ".csv" else pl.read_parquet(path)


def _pattern(field: Field) -> str | None:
    """The pattern of a field as one that the whole text must match, None where it has none."""
    return f"^(?:{field.constraints['pattern']})$" if "pattern" in field.constraints else None


def _limits(field: Field) -> dict[str, float]:
    """The limits of a field of numbers."""
    is_number = field.type in ("number", "integer")
    return {word: float(field.constraints[word]) for word in LIMITS if is_number and word in field.constraints}


def _is_one_of(codes: list[str]) -> Callable[[Any], Any]:
    def is_one(column: Any) -> Any:
        return column.is_in(codes)

    return is_one


def dataframely(path: Path) -> int:
    """dataframely keeps the good rows apart from the bad ones and counts these by rule."""
    import dataframely as dy

    made: Mapping[str, Callable[..., Any]] = {
        "string": dy.String, "number": dy.Float64, "integer": dy.Int64, "date": dy.Date, "boolean": dy.Bool,
    }  # fmt: skip
    columns: dict[str, Any] = {}
    for field in SCHEMA.fields:
        of_type: dict[str, Any] = {"regex": _pattern(field)} if field.type == "string" else {}
        if limits := _limits(field):
            of_type |= {{"minimum": "min", "maximum": "max"}[word]: limit for word, limit in limits.items()}
        if field.enum:
            of_type["check"] = _is_one_of(list(field.enum))
        key = field.name in SCHEMA.primary_key
        columns[field.name] = made[field.type](nullable=not field.required and not key, primary_key=key, **of_type)
    schema = type("Observations", (dy.Schema,), columns)
    _, failed = schema.filter(_frame(path))
    return sum(failed.counts().values())


def pointblank(path: Path) -> int:
    """pointblank interrogates the table step by step and counts what fails in each."""
    import pointblank as pb

    plan = pb.Validate(_frame(path))
    for field in SCHEMA.fields:
        if field.required:
            plan = plan.col_vals_not_null(field.name)
        if pattern := _pattern(field):
            plan = plan.col_vals_regex(field.name, pattern, na_pass=True)
        if field.enum:
            # A set that holds the empty cell lets it pass, as this step knows no na_pass.
            plan = plan.col_vals_in_set(field.name, [*field.enum, *([] if field.required else [None])])
        for word, limit in _limits(field).items():
            asked = plan.col_vals_ge if word == "minimum" else plan.col_vals_le
            plan = asked(field.name, limit, na_pass=True)
    plan = plan.rows_distinct(list(SCHEMA.primary_key))
    failed = plan.interrogate(collect_extracts=False).n_failed()
    return int(sum(count or 0 for count in failed.values()))


def great_expectations(path: Path) -> int:
    """Great Expectations holds a suite of expectations against a frame of pandas and counts what is unexpected."""
    import great_expectations as gx
    from great_expectations import expectations as of

    expected: list[Any] = [of.ExpectColumnValuesToBeUnique(column=name) for name in SCHEMA.primary_key]
    for field in SCHEMA.fields:
        if field.required:
            expected.append(of.ExpectColumnValuesToNotBeNull(column=field.name))
        if pattern := _pattern(field):
            expected.append(of.ExpectColumnValuesToMatchRegex(column=field.name, regex=pattern))
        if field.enum:
            expected.append(of.ExpectColumnValuesToBeInSet(column=field.name, value_set=list(field.enum)))
        if limits := _limits(field):
            least, most = limits.get("minimum"), limits.get("maximum")
            expected.append(of.ExpectColumnValuesToBeBetween(column=field.name, min_value=least, max_value=most))
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # pyright: ignore[reportAttributeAccessIssue]
    asset = context.data_sources.add_pandas("files").add_dataframe_asset(SCHEMA.name)
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": _frame(path).to_pandas()})
    result = batch.validate(gx.ExpectationSuite(name=SCHEMA.name, expectations=expected), result_format="BASIC")
    return sum(one.result.get("unexpected_count", 0) for one in result.results)


PEERS: Mapping[str, Callable[[Path], int]] = {
    "dataframely": dataframely, "pointblank": pointblank, "great expectations": great_expectations,
}  # fmt: skip

if __name__ == "__main__":
    print(PEERS[sys.argv[1]](Path(sys.argv[2])))
