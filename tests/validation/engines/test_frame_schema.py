"""A pandera schema of ours checks every row of what it is given, whatever the frame and the settings."""

from __future__ import annotations

from typing import Any

import pandera.errors
import pandera.polars as pa
import polars as pl
import pytest
from pandera.config import ValidationDepth, config_context

from tests.builders import a_field, a_schema
from validation import relation_schema, schema, value_schema
from validation.engines.pandera.frame_schema import FrameSchema
from validation.engines.pandera.schema import pandera_schema
from validation.relations import RELATIONS
from validation.relations.frame import COLUMNS
from validation.structure.checks import rules_of

THINGS = a_schema(a_field("id", required=True), a_field("size", "number", minimum=0), primaryKey=["id"])
GOOD = pl.DataFrame({"id": ["a", "b"], "size": [1.0, None]})
BAD = pl.DataFrame({"id": ["a", "b"], "size": [1.0, -1.0]})


def things(*checks: Any) -> Any:
    """The schema of things with further checks of a user."""
    compiled = pandera_schema(THINGS, rules_of(THINGS))
    compiled.checks.extend(checks)
    return compiled


def cases_of(compiled: Any, frame: Any) -> pl.DataFrame:
    """The failure cases of a frame that fails."""
    with pytest.raises(pandera.errors.SchemaErrors) as failed:
        compiled.validate(frame, lazy=True)
    return failed.value.failure_cases


def test_a_lazy_frame_is_checked_row_by_row_and_given_back_lazy() -> None:
    good = things().validate(GOOD.lazy(), lazy=True)
    assert isinstance(good, pl.LazyFrame) and good.collect().equals(GOOD)
    assert cases_of(things(), BAD.lazy())["index"].to_list() == [1]
    with pytest.raises(pandera.errors.SchemaError):
        things().validate(BAD.lazy())
    with pytest.raises(pandera.errors.SchemaErrors):
        things()(BAD.lazy(), lazy=True)


@pytest.mark.parametrize(
    "settings", [{"validation_enabled": False}, {"validation_depth": ValidationDepth.SCHEMA_ONLY}], ids=str
)
def test_settings_that_switch_pandera_off_do_not_reach_our_schemas(settings: dict[str, Any]) -> None:
    with config_context(**settings):
        assert cases_of(things(), BAD)["index"].to_list() == [1]


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_fails_at_its_row_and_breaks_nothing_else(odd: float) -> None:
    schema_of = a_schema(a_field("id"), a_field("size", "number", required=True, minimum=0, maximum=9))
    frame = pl.DataFrame({"id": ["a", "b"], "size": [1.0, odd]})
    cases = cases_of(pandera_schema(schema_of, rules_of(schema_of)), frame)
    assert cases.select("check", "index").rows() == [("S.type:size:number", 1)]


def test_a_frame_is_given_the_types_of_its_schema_where_no_value_changes() -> None:
    frame = pl.DataFrame({"id": ["a"], "size": [1]}, schema={"id": pl.Categorical, "size": pl.Int8})
    assert dict(things().validate(frame).schema) == {"id": pl.String, "size": pl.Float64}


WHOLE = (
    pa.Check(lambda data: data.lazyframe.select(pl.len() > 5), name="whole"),
    pa.Check(lambda data: False, name="whole"),
    pa.Check(lambda data: data.lazyframe.select(pl.col("size").is_not_null().sum() > 5), name="whole"),
)


@pytest.mark.parametrize("check", WHOLE)
@pytest.mark.parametrize("frame", [GOOD, BAD, GOOD.clear(), BAD.lazy()])
def test_a_check_that_answers_once_for_a_frame_fails_as_one_of_no_row(check: Any, frame: Any) -> None:
    cases = cases_of(things(check), frame)
    of_whole = cases.filter(pl.col("check") == "whole")
    assert of_whole["index"].to_list() == [None]
    assert cases.height == of_whole.height + (1 if frame is not GOOD and frame.lazy().collect().height else 0)


@pytest.mark.parametrize("check", WHOLE)
def test_such_a_check_of_a_column_fails_likewise(check: Any) -> None:
    compiled = things()
    compiled.columns["size"].checks.append(check)
    assert cases_of(compiled, GOOD)["check"].to_list() == ["whole"]


def test_a_check_that_answers_once_and_holds_is_good() -> None:
    assert things(pa.Check(lambda data: data.lazyframe.select(pl.len() > 1))).validate(GOOD, lazy=True).equals(GOOD)


def test_every_schema_that_people_import_is_such_a_schema() -> None:
    assert isinstance(schema("vendors"), FrameSchema) and isinstance(value_schema("sources"), FrameSchema)
    for relation in RELATIONS:
        assert isinstance(relation_schema(relation.id), FrameSchema)


def test_a_relation_that_fails_names_its_rows_in_a_lazy_frame_too() -> None:
    frame = pl.DataFrame({name: [None, None] for name in COLUMNS}, schema=COLUMNS).with_columns(
        pl.Series("holds", [True, False])
    )
    assert cases_of(relation_schema(RELATIONS[0].id), frame.lazy())["index"].to_list() == [1]
