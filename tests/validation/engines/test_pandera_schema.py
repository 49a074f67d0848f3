"""What pandera enforces is what the polars scan finds, and a notebook can import it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import polars as pl
import pytest
from hypothesis import given, settings

from canonical.reference import Reference
from canonical.table_schema import parse_schema, table_names
from canonical.text_tables import DATA
from tests.builders import Row, a_field, a_model_price, a_schema, a_typed_frame, an_observation, write_csv
from tests.tables import TextTable, text_tables
from tests.verdicts import our_verdict
from validation import schema, value_frame, value_schema
from validation.engines.pandera.schema import failures, pandera_schema
from validation.engines.polars.row_rules import ROW_KINDS, breaks
from validation.package import Checker
from validation.structure.checks import rules_of


@given(text_tables())
@settings(max_examples=50)
def test_both_engines_find_the_same_faults(tmp_path_factory: pytest.TempPathFactory, table: TextTable) -> None:
    folder = tmp_path_factory.mktemp("table")
    assert our_verdict(table, folder, "pandera")[1] == our_verdict(table, folder, "polars")[1]


@given(text_tables())
@settings(max_examples=50)
def test_the_schema_people_import_enforces_every_row_rule(
    tmp_path_factory: pytest.TempPathFactory, table: TextTable
) -> None:
    typed, _ = our_verdict(table, tmp_path_factory.mktemp("table"))
    compiled = parse_schema(table.descriptor, "things")
    rules = [rule for rule in rules_of(compiled) if rule.kind in ROW_KINDS]
    expected = {
        (rule.key, row)
        for rule in rules
        for row in typed.select(breaks(rule, compiled).arg_true()).to_series().to_list()
    }
    assert set(failures(pandera_schema(compiled, rules), typed)) == expected


def test_keys_are_enforced_too() -> None:
    things = a_schema(
        a_field("id"), a_field("up"),
        primaryKey=["id"],
        foreignKeys=[{"fields": ["up"], "reference": {"resource": "ups", "fields": ["up"]}}],
    )  # fmt: skip
    compiled = pandera_schema(things, rules_of(things), {"ups": pl.DataFrame({"up": ["x"]})})
    frame = pl.DataFrame({"id": ["a", "a", "b"], "up": ["x", None, "y"]})
    assert {(key.split(":")[0], row) for key, row in failures(compiled, frame)} == {
        ("S.unique", 0),
        ("S.unique", 1),
        ("S.foreign_key", 2),
    }


@pytest.mark.parametrize("name", table_names())
def test_every_table_has_a_schema_that_takes_a_table_without_rows(name: str) -> None:
    compiled = schema(name)
    assert compiled.validate(a_typed_frame(name, []), lazy=True).is_empty()


def test_a_good_observation_passes_in_a_notebook(reference: Reference) -> None:
    frame = a_typed_frame("observations", [an_observation(reference)])
    assert schema("observations").validate(frame, lazy=True).height == 1


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"bound": "circa"}, "S.enum"),
        ({"printed_value": "1,072"}, "S.pattern"),
        ({"period_end": ""}, "S.needs"),
        ({"printed_value_to": "400"}, "S.excludes"),
        ({"period_start": "2025-12-01"}, "P.order"),
        ({"entity_id": ""}, "S.required"),
    ],
)
def test_a_bad_observation_fails_in_a_notebook(reference: Reference, cells: Row, rule: str) -> None:
    frame = a_typed_frame("observations", [an_observation(reference) | cells])
    with pytest.raises(pandera.errors.SchemaErrors) as failed:
        schema("observations").validate(frame, lazy=True)
    assert any(str(check).startswith(rule) for check in failed.value.failure_cases["check"])


def test_foreign_keys_are_enforced_on_demand(reference: Reference) -> None:
    frame = a_typed_frame("observations", [an_observation(reference)])
    with pytest.raises(pandera.errors.SchemaErrors, match=r"S.foreign_key"):
        schema("observations", references=True).validate(frame, lazy=True)


def test_a_pandas_frame_is_checked_as_a_polars_one(reference: Reference) -> None:
    frame = a_typed_frame("observations", [an_observation(reference)])
    pandas = pd.DataFrame(frame.to_dict(as_series=False)).convert_dtypes(dtype_backend="pyarrow")
    back = pl.from_pandas(pandas).cast(dict(frame.schema))
    assert schema("observations").validate(back, lazy=True).equals(frame)


def test_a_pandas_frame_is_refused_with_the_remedy(reference: Reference) -> None:
    frame = a_typed_frame("observations", [an_observation(reference)])
    pandas = pd.DataFrame(frame.to_dict(as_series=False))
    arrow, rows = frame.to_arrow(), frame.to_dict(as_series=False)
    others: list[tuple[Any, Any]] = [(pandas, pl.from_pandas), (arrow, pl.from_arrow), (rows, pl.DataFrame)]
    for other, maker in others:
        with pytest.raises(TypeError, match=rf"found .*, expected a polars frame; fix: give pl\.{maker.__name__}\(…\)"):
            schema("observations").validate(other, lazy=True)
        assert isinstance(maker(other), pl.DataFrame)


def test_a_frame_of_texts_fails_by_its_types_alone(reference: Reference) -> None:
    frame = a_typed_frame("observations", [an_observation(reference)]).cast(pl.String)
    with pytest.raises(pandera.errors.SchemaErrors) as failed:
        schema("observations", references=True).validate(frame.drop("bound", "entity_id"), lazy=True)
    cases = failed.value.failure_cases
    types = cases.filter(pl.col("check").str.starts_with("dtype("))
    assert set(types["column"]) >= {"period_end", "value", "decimals"}
    (absent,) = cases.filter(pl.col("check") == "S.columns")["failure_case"]
    assert "the frame lacks entity_id" in absent
    others = set(cases["check"]) - set(types["check"]) - {"S.columns"}
    assert all(str(check).startswith("S.foreign_key:") for check in others)


@pytest.mark.parametrize(
    ("name", "words"), [("nosuch", "no table nosuch$"), ("observation", "nearest is observations")]
)
def test_a_table_without_schema_has_none(name: str, words: str) -> None:
    with pytest.raises(FileNotFoundError, match=words):
        schema(name)


def broken_values(table: str, frame: pl.DataFrame) -> set[tuple[str, int]]:
    """The rules of layer U that rows of a frame break, each with the place of the row."""
    return {(key.split(":")[0], row) for key, row in failures(value_schema(table), value_frame(table, frame))}


@pytest.mark.parametrize("table", ["observations", "sources"])
def test_the_values_of_the_package_are_what_their_prints_give(table: str) -> None:
    assert broken_values(table, pl.read_parquet(DATA / f"{table}.parquet").head(500)) == set()
    assert broken_values(table, pl.read_csv(DATA / f"{table}.csv", infer_schema=False).head(500)) == set()


def test_doubled_values_pass_the_schema_of_the_table_and_fail_that_of_values() -> None:
    frame = pl.read_parquet(DATA / "observations.parquet").filter(pl.col("value") != 0).head(20)
    doubled = frame.with_columns(pl.col("value") * 2)
    assert failures(schema("observations"), doubled) == []
    assert broken_values("observations", doubled) == {("U.value", row) for row in range(20)}


def test_a_lazy_frame_and_values_that_are_no_numbers_are_held_against_their_prints() -> None:
    frame = pl.scan_parquet(DATA / "observations.parquet").filter(pl.col("value") != 0).head(2)
    assert broken_values("observations", frame) == set()  # pyright: ignore[reportArgumentType]
    odd = frame.with_columns(value=pl.Series([float("nan"), float("inf")]))
    assert broken_values("observations", odd) == {("U.value", 0), ("U.value", 1)}  # pyright: ignore[reportArgumentType]


def test_a_price_that_its_print_does_not_give_is_named(reference: Reference) -> None:
    rows = [a_model_price(reference), a_model_price(reference, amount="8")]
    assert broken_values("model_prices", a_typed_frame("model_prices", rows)) == {("U.amount", 1)}


def test_values_are_framed_for_their_tables_alone(reference: Reference) -> None:
    frame = a_typed_frame("observations", [an_observation(reference)])
    with pytest.raises(KeyError, match="nearest is observations"):
        value_schema("observation")
    with pytest.raises(KeyError, match="no table with generated values metrics"):
        value_frame("metrics", frame)
    with pytest.raises(ValueError, match="no column value, value_low"):
        value_frame("observations", frame.drop("value", "value_low"))
    with pytest.raises(TypeError, match=r"pl\.from_pandas"):
        value_frame("observations", pd.DataFrame({"value": [1]}))  # pyright: ignore[reportArgumentType]


def test_both_engines_word_their_findings_alike(reference_folder: Path, reference: Reference, tmp_path: Path) -> None:
    rows = [an_observation(reference) | {"bound": "circa"}, an_observation(reference, value="1", locator="")]
    path = write_csv(tmp_path / "observations.csv", rows)
    found = [
        Checker(reference_folder, engine=engine).check_file(path, "observations") for engine in ("polars", "pandera")
    ]
    assert found[0] == found[1] != []


@pytest.mark.parametrize(
    ("tag", "is_good"),
    [("zh", True), ("zh-Hant", True), ("zh-TW", True), ("zh-Hant-HK", True), ("ZH", False), ("zh-tw", False),
     ("zh_TW", False), ("Chinese", False), ("zh-", False)],
)  # fmt: skip
def test_the_language_of_a_source_may_carry_its_script_and_region(tag: str, is_good: bool) -> None:
    frame = a_typed_frame("sources", [{"source_id": "acme-results", "language": tag}])
    with pytest.raises(pandera.errors.SchemaErrors) as failed:
        schema("sources").validate(frame, lazy=True)
    broken = any(str(check).startswith("S.pattern:language") for check in failed.value.failure_cases["check"])
    assert broken is not is_good
