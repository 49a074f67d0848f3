"""One table, one verdict: as text, as Parquet, as a frame of polars or pandas, lazy or not, and by the command line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandera.errors
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canonical.cells import DTYPES
from canonical.reading.reader import read_table
from canonical.reference import Reference
from canonical.table_schema import TableSchema, load_schema
from canonical.text_tables import DATA
from tests.builders import Row, a_field, a_schema, a_typed_frame, an_observation, write_csv
from validation import findings, schema
from validation.__main__ import main
from validation.engines.pandera.schema import pandera_schema
from validation.package import Checker
from validation.structure.checks import check_structure, rules_of

Verdict = set[tuple[str, int | None, str]]
"""Rule, row from 1 (None for a whole column) and column of each finding."""

NAN, INFINITE = float("nan"), float("inf")
CELLS: dict[str, list[Any]] = {
    "string": ["a", "b", "云", "", None],
    "integer": [1, 2, -3, None],
    "number": [0.5, 12.0, -1.0, NAN, INFINITE, -INFINITE, None],
    "date": [date(2021, 3, 1), date(2020, 2, 29), date(1999, 1, 1), None],
    "boolean": [True, False, None],
}
CONSTRAINTS: dict[str, dict[str, list[Any]]] = {
    "string": {"enum": [["a", "云"]], "pattern": ["[a-z]+"], "minLength": [1], "required": [True]},
    "integer": {"minimum": [0], "maximum": [1], "required": [True], "enum": [[1, 2]]},
    "number": {"minimum": [0], "exclusiveMaximum": [12], "required": [True], "unique": [True]},
    "date": {"minimum": ["2020-01-01"], "required": [True]},
    "boolean": {"enum": [[True]], "required": [True]},
}
KEYS = (["integer"], ["number", "string"])
REFERENCE = pl.DataFrame({"word": ["a", "云"]})


@st.composite
def typed_tables(draw: st.DrawFn) -> tuple[TableSchema, pl.DataFrame]:
    """A schema with a column of each type, and a frame of its types, numbers that are none among them."""
    fields = []
    for kind, pool in CONSTRAINTS.items():
        kept = draw(st.sets(st.sampled_from(sorted(pool))))
        fields.append(a_field(kind, kind, **{word: draw(st.sampled_from(pool[word])) for word in sorted(kept)}))
    keys = [{"fields": ["string"], "reference": {"resource": "words", "fields": ["word"]}}]
    schema = a_schema(*fields, **draw(st.sampled_from([{}, *({"primaryKey": key} for key in KEYS)])),
                      foreignKeys=keys, missingValues=draw(st.sampled_from([[""], ["", "b"]])))  # fmt: skip
    rows = draw(st.lists(st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())), min_size=1, max_size=5))
    frame = pl.DataFrame(rows, schema={kind: DTYPES[kind] for kind in CELLS}, orient="row")
    return schema, frame


def by_file(path: Path, schema: TableSchema) -> Verdict:
    """What layer S finds in a file."""
    table, faults = read_table(path, schema)
    assert table is not None and not faults
    found = check_structure(table, lambda name: REFERENCE)[1]
    return {(f.rule, f.row_number, f.column) for f in found}


def by_frame(frame: Any, compiled: Any) -> Verdict:
    """What a pandera schema finds in a frame."""
    try:
        compiled.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.select("check", "index", "column").iter_rows()
        return {named(str(check), index, column) for check, index, column in cases}
    return set()


def named(check: str, index: int | None, column: str | None) -> tuple[str, int | None, str]:
    """The rule, row and column of a failure of pandera."""
    if check.startswith("dtype("):
        return ("S.type", None, column or "")
    rule, _, rest = check.partition(":")
    return (rule, None if index is None else index + 1, rest.partition(":")[0])


def as_text(frame: pl.DataFrame, path: Path) -> Path:
    """The frame as the CSV file that polars writes of it."""
    frame.with_columns(pl.col(pl.Boolean).cast(pl.String).str.to_lowercase()).write_csv(path, quote_style="necessary")
    return path


@given(typed_tables())
@settings(max_examples=60)
def test_every_door_gives_the_same_verdict(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[TableSchema, pl.DataFrame]
) -> None:
    schema, frame = table
    folder = tmp_path_factory.mktemp("doors")
    frame.write_parquet(folder / "things.parquet")
    compiled = pandera_schema(schema, rules_of(schema), {"words": REFERENCE})
    verdict = by_file(as_text(frame, folder / "things.csv"), schema)
    assert by_file(folder / "things.parquet", schema) == verdict
    assert by_frame(frame, compiled) == verdict
    assert by_frame(frame.lazy(), compiled) == verdict
    assert by_frame(pl.from_pandas(frame.to_pandas(use_pyarrow_extension_array=True)), compiled) == verdict


class Doors:
    """A frame of observations through the layers of a file, as Parquet and as text, the schema of a notebook, and the
    command: what the last finds in relations to the package is left out."""

    def __init__(self, reference_folder: Path, folder: Path) -> None:
        self.reference_folder, self.folder = reference_folder, folder

    def __call__(self, frame: pl.DataFrame) -> Verdict:
        """The verdict on a Parquet file, which that of the schema of a notebook goes with."""
        frame.write_parquet(self.folder / "feed.parquet")
        verdict = self.of_file(self.folder / "feed.parquet")
        of_structure = {finding for finding in verdict if finding[0][:2] in ("S.", "P.")}
        cells = {(row, column) for _, row, column in of_structure}
        by_schema = by_frame(frame, schema("observations"))
        assert of_structure - {f for f in of_structure if f[0] == "S.foreign_key"} <= by_schema
        assert {(row, column) for _, row, column in by_schema if row is not None} <= cells
        return verdict

    def of_file(self, path: Path) -> Verdict:
        """What layers S and U find in a file."""
        found = Checker(self.reference_folder).check_file(path, "observations")
        return {(f.rule, f.row_number, f.column) for f in found}

    def of_text(self, frame: pl.DataFrame) -> Verdict:
        """The same of the frame as text."""
        return self.of_file(as_text(frame, self.folder / "feed.csv"))

    def of_command(self, path: Path) -> Verdict:
        """What the command finds in a file."""
        output = self.folder / "found.csv"
        arguments = ["--reference", str(self.reference_folder), "--table", "observations", "--format", "csv"]
        assert main([*arguments, "--output", str(output), str(path)]) in (0, 1)
        rows = pl.read_csv(output, infer_schema=False).with_columns(pl.col("row_number").cast(pl.Int64))
        return set(told(rows).iter_rows())

    def of_notebook(self, frame: pl.DataFrame | pl.LazyFrame) -> Verdict:
        """What a notebook is told of a frame."""
        return set(told(findings("observations", frame, self.reference_folder)).iter_rows())


@pytest.fixture
def doors(reference_folder: Path, tmp_path: Path) -> Doors:
    """The doors of one test."""
    return Doors(reference_folder, tmp_path)


def told(rows: pl.DataFrame) -> pl.DataFrame:
    """Rule, row and column of findings, which come as texts."""
    return rows.select("rule", "row_number", pl.col("column").fill_null(""))


def observations(reference: Reference, *cells: Row) -> pl.DataFrame:
    """Observations as a typed frame, each good but for the cells given."""
    # A number that nobody in the package has: relations find nothing in it.
    good = an_observation(reference, printed_value="713.79")
    rows = [good | {"observation_id": f"acme-results-2025.{n:03d}", "locator": f"p:{n + 1}"} for n in range(len(cells))]
    return a_typed_frame("observations", [row | more for row, more in zip(rows, cells, strict=True)])


def test_a_good_frame_is_good_through_every_door(doors: Doors, reference: Reference) -> None:
    frame = observations(reference, {})
    assert doors(frame) == doors.of_text(frame) == set()


def test_a_notebook_has_the_findings_of_the_command(doors: Doors, reference: Reference) -> None:
    frame = observations(reference, {}, {"bound": "circa"}, {"value": "1"}).with_columns(
        pl.Series("value_low", [NAN, 1.0, 713.785])
    )
    verdict = doors(frame)
    assert verdict and verdict <= doors.of_command(doors.folder / "feed.parquet")
    assert doors.of_command(doors.folder / "feed.parquet") == doors.of_notebook(frame.lazy())


SLIPS: list[Row] = [
    {"bound": "circa"}, {"entity_id": ""}, {"entity_id": "acme-clowd"}, {"printed_value": "1,072"}, {"value": "1"},
    {"period_start": "2025-12-01"}, {"printed_value_to": "400"}, {"period_end": ""}, {"decimals": ""},
]  # fmt: skip


def test_slips_are_found_through_every_door(doors: Doors, reference: Reference) -> None:
    frame = observations(reference, {}, *SLIPS)
    verdict = doors(frame)
    assert verdict == doors.of_text(frame)
    assert {row for _, row, _ in verdict} == set(range(2, len(SLIPS) + 2))


def test_numbers_that_are_none_are_found_through_every_door(doors: Doors, reference: Reference) -> None:
    odd = [NAN, INFINITE, -INFINITE, None]
    columns = ["value", "value_low", "value_high"]
    frame = observations(reference, *({} for _ in odd)).with_columns(pl.Series(column, odd) for column in columns)
    verdict = doors(frame)
    assert verdict == doors.of_text(frame)
    assert {(row, column) for rule, row, column in verdict if rule == "S.type"} == {
        (row, column) for row in (1, 2, 3) for column in columns
    }


def test_decimals_that_are_no_whole_number_are_found_through_every_door(doors: Doors, reference: Reference) -> None:
    frame = observations(reference, {}, {}, {}, {}).with_columns(pl.Series("decimals", [2.5, NAN, 1e30, 2.0]))
    assert doors(frame) == {("S.type", row, "decimals") for row in (1, 2, 3)}


def test_a_moment_of_a_day_is_no_day_through_every_door(doors: Doors, reference: Reference) -> None:
    days = pl.Series("period_end", [datetime(2025, 9, 30, 12), datetime(2025, 9, 30)])
    frame = observations(reference, {}, {}).with_columns(days)
    assert doors(frame) == {("S.type", 1, "period_end")}


@pytest.mark.parametrize(
    ("column", "kind"),
    [("period_end", pl.String), ("printed_value", pl.Float64), ("decimals", pl.String), ("value", pl.String)],
)
def test_a_column_of_another_type_is_named_once_through_every_door(
    doors: Doors, reference: Reference, column: str, kind: Any
) -> None:
    frame = observations(reference, {}, {}, {}).with_columns(pl.col(column).cast(kind))
    assert doors(frame) == {("S.type", None, column)}


def test_a_feed_of_six_columns_is_good_through_every_door(doors: Doors, reference: Reference) -> None:
    columns = ["entity_id", "metric_id", "period_type", "period_end", "printed_value", "printed_unit_id"]
    frame = observations(reference, {}).select(columns)
    assert doors(frame) == doors.of_text(frame) == set()
    values = observations(reference, {}, {"value": ""}).select([*columns[:4], "value", "unit_id"])
    assert doors(values) == doors.of_text(values) == {("S.required", 2, "value")}
    with pytest.raises(pandera.errors.SchemaErrors, match=r"S\.columns"):
        schema("observations").validate(frame.drop("printed_unit_id"), lazy=True)


def test_a_table_of_the_package_is_good_through_every_door() -> None:
    frame = pl.read_parquet(DATA / "sources.parquet")
    assert findings("sources", frame).filter(pl.col("severity") == "error").is_empty()
    assert by_frame(frame, schema("sources", references=True)) == set()
    assert by_frame(pl.scan_parquet(DATA / "sources.parquet"), schema("sources", references=True)) == set()


def test_a_frame_that_is_none_and_a_table_that_is_none_are_refused() -> None:
    with pytest.raises(FileNotFoundError, match="nearest is observations"):
        findings("observation", pl.DataFrame())
    with pytest.raises(TypeError, match=r"pl\.from_pandas"):
        findings("observations", pl.DataFrame().to_pandas())
    with pytest.raises(ValueError, match="no such folder"):
        findings("vendors", pl.DataFrame({"vendor_id": ["a"]}), Path("nowhere"))


def test_findings_of_a_frame_have_the_columns_of_the_command(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "vendors.csv", [{"vendor_id": "Acme", "name_en": "Acme"}])
    main(["--format", "csv", "--output", str(tmp_path / "found.csv"), str(path)])
    frame = pl.read_csv(path, infer_schema=False)
    assert findings("vendors", frame).columns == pl.read_csv(tmp_path / "found.csv").columns
    assert set(frame.columns) <= set(load_schema("vendors").columns)
