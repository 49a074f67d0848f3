"""Checks of Cloud Vendor Metrics in a notebook: tables by schema, values by their print, relations by their cases.

from validation import findings, relation_frame, relation_schema, schema, value_frame, value_schema
findings("observations", frame)
schema("observations", references=True).validate(frame, lazy=True)
value_schema("observations").validate(value_frame("observations", frame), lazy=True)
relation_schema("C.growth_yoy").validate(relation_frame("C.growth_yoy"), lazy=True)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from canonical.interrupt import quiet_start

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandera.polars as pa
    import polars as pl

    from validation.relations import Relation

__all__ = ["findings", "relation_frame", "relation_schema", "schema", "value_frame", "value_schema"]

quiet_start()


def findings(table: str, frame: pl.DataFrame | pl.LazyFrame, folder: Path | None = None) -> pl.DataFrame:
    """Every finding that `python -m validation` has on a frame given as a file of `table`: all layers, one row each.

    Parameters: identifiers resolve in `folder`, else in the package. Returned: the columns of the command's CSV form,
    the most important `rule`, `severity`, `row_number` (from 1), `column`, `found`, `expected` and `fix`; no row where
    nothing is found. FileNotFoundError where there is no such table, TypeError where it is no polars frame, ValueError
    in the command's words where nothing could be checked.
    """
    from tempfile import TemporaryDirectory

    import polars as pl

    from validation.engines.pandera.frame_schema import FrameSchema

    _known_table(table)
    FrameSchema.get_backend(frame)
    with TemporaryDirectory() as scratch:
        # By way of a file, so that there is one door only.
        path = Path(scratch) / f"{table}.parquet"
        frame.lazy().collect().write_parquet(path)
        return _found_in(path, table, folder).with_columns(pl.lit("").alias("file"))


def schema(table: str, references: bool = False, folder: Path | None = None) -> pa.DataFrameSchema:
    """The pandera schema of a table, over a polars frame with its typed columns: each cell by itself, and keys.

    `references` adds the foreign keys, resolved in the tables of `folder`, then in the package's own. Whether a value
    is what its print gives is held by `value_schema`. FileNotFoundError where there is no such table. A pandas frame is
    checked as `polars.from_pandas(frame)`.
    """
    from canonical.reading.header import needed_columns
    from canonical.table_schema import load_schema
    from validation.engines.pandera.schema import pandera_schema
    from validation.own_files import tables_of
    from validation.package import Checker
    from validation.structure.checks import rules_of

    _known_table(table)
    loaded = load_schema(table)
    checker = Checker(own=tuple(tables_of(folder)) if folder else ())
    frames = {key.resource: checker.references(key.resource) for key in loaded.foreign_keys} if references else {}
    known = {name: frame for name, frame in frames.items() if frame is not None}
    return pandera_schema(loaded, rules_of(loaded), known, lambda columns: needed_columns(loaded, columns))


def value_schema(table: str) -> pa.DataFrameSchema:
    """The pandera schema of layer U: each generated cell is what its print gives, and its unit fits the metric.

    KeyError for a table other than observations, model_prices and sources, which has no such cells.
    """
    from canonical.reference import Reference
    from canonical.table_schema import load_schema
    from validation.engines.pandera.schema import pandera_schema
    from validation.units.frame import CHECKED, unit_frame

    _known_values(table)
    loaded = load_schema(table)
    blank = dict.fromkeys(loaded.columns, "")
    _, compared, rules = unit_frame(loaded, [blank], list(CHECKED[table]), Reference(), exact=True)
    return pandera_schema(compared, rules)


def value_frame(table: str, frame: pl.DataFrame | pl.LazyFrame, folder: Path | None = None) -> pl.DataFrame:
    """The frame of layer U: the key of each row, and each generated cell beside the one that its print gives.

    Parameters: `frame` has the columns of the table, all of texts or typed; units and metrics are those of `folder`,
    else of the package. Returned: texts, COLUMN beside `expected:COLUMN`, rows in the order of `frame`. In the column
    printed_unit_id stands what the unit counts. KeyError for a table without such cells, ValueError for a frame
    without a column that they follow from, TypeError where it is no polars frame.
    """
    import polars as pl

    from canonical.reference import Reference
    from canonical.table_schema import load_schema
    from canonical.text_tables import DATA, text_rows
    from validation.engines.pandera.frame_schema import FrameSchema
    from validation.units.checks import READ
    from validation.units.frame import CHECKED, unit_frame

    _known_values(table)
    FrameSchema.get_backend(frame)
    frame = frame.lazy().collect()
    needed = [column for columns in READ[table] for column in columns]
    missing = [column for column in needed if column not in frame.columns]
    if missing:
        raise ValueError(
            f"the frame has no column {', '.join(missing)}; fix: python -m validation checks a feed of few"
        )
    is_text = set(frame.select(needed).dtypes) == {pl.String}
    reference = Reference(folder or DATA)
    return unit_frame(load_schema(table), text_rows(frame), list(CHECKED[table]), reference, is_text)[0]


def relation_schema(rule: str) -> pa.DataFrameSchema:
    """The pandera schema of a relation: each printed interval meets the implied one. KeyError for an unknown rule."""
    from validation.relations.frame import relation_schema as schema_of

    return schema_of(_relation(rule))


def relation_frame(rule: str, folder: Path | None = None, corrected: bool = False) -> pl.DataFrame:
    """Every case of a relation over the tables of a folder: both intervals in exact decimals, and the rows held.

    The package's own tables where no folder is given; `corrected` applies the corrections that hold.
    KeyError for an unknown rule.
    """
    from canonical.text_tables import DATA
    from validation.consistency import Folder
    from validation.relations.frame import case_frame
    from validation.relations.relation import evaluated

    relation, tables = _relation(rule), Folder(folder or DATA)
    return case_frame(evaluated(relation, tables.corrected if corrected else tables.printed))


def _found_in(path: Path, table: str, folder: Path | None) -> pl.DataFrame:
    """What the command finds in a file."""
    from contextlib import redirect_stderr
    from io import StringIO

    import polars as pl

    from validation.__main__ import main

    report, said = path.with_name("findings.csv"), StringIO()
    reference = ["--reference", str(folder)] if folder else []
    with redirect_stderr(said):
        code = main(["--table", table, "--format", "csv", "--output", str(report), *reference, str(path)])
    if code == 2:
        raise ValueError(said.getvalue().removeprefix("validation: ").strip())
    return pl.read_csv(report, schema_overrides={"row_number": pl.Int64, "line_number": pl.Int64}, infer_schema=False)


def _known_table(table: str) -> None:
    from canonical.table_schema import table_names

    if table not in table_names():
        raise FileNotFoundError(_unknown("table", table, table_names()))


def _known_values(table: str) -> None:
    from validation.units.frame import CHECKED

    if table not in CHECKED:
        raise KeyError(f"{_unknown('table with generated values', table, CHECKED)}; there are {', '.join(CHECKED)}")


def _relation(rule: str) -> Relation:
    from validation.relations import RELATIONS, relation_of

    ids = [relation.id for relation in RELATIONS]
    if rule not in ids:
        raise KeyError(
            f"{_unknown('relation', rule, ids)}; relations hold over observations, statements, sources and "
            "supply-chain links: [r.id for r in validation.relations.RELATIONS]; rules over prices, "
            "cells and files are asked by python -m validation"
        )
    return relation_of(rule)


def _unknown(what: str, name: str, names: Collection[str]) -> str:
    """That there is no such name, and which is nearest."""
    from validation.structure.nearest import nearest_of

    near = nearest_of(name, list(names))
    return f"no {what} {name}" + (f"; nearest is {near}" if near else "")
