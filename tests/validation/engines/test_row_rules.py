"""Texts become typed values under guard, and each kind of rule finds the rows that break it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.cells import type_guard, typed_frame
from canonical.cells import value_of as constant
from canonical.reading.coded import Block, Coded, coded
from canonical.rules.compiled import compile_schema
from canonical.rules.rule import Rule
from canonical.table_schema import load_schema
from tests.builders import a_field, a_schema
from validation.engines.polars.row_rules import breaks, broken_rows
from validation.engines.polars.set_rules import duplicated, missing_keys
from validation.engines.polars.typed import typed_block
from validation.structure.checks import rules_of


def value_of(kind: str, text: str | None) -> object:
    """The typed value of one text."""
    return typed_frame(a_schema(a_field("a", kind)), pl.DataFrame({"a": [text]}, schema={"a": pl.String})).item()


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", " a ", " a "),
        ("integer", "007", 7),
        ("integer", "-3", -3),
        ("number", "36.00", 36.0),
        ("number", "1E-2", 0.01),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date", "0001-01-01", date(1, 1, 1)),
        ("date", "0100-01-01", date(100, 1, 1)),
        ("date", "9999-12-31", date(9999, 12, 31)),
    ],
)
def test_a_text_of_its_type_becomes_the_value(kind: str, text: str, value: object) -> None:
    assert value_of(kind, text) == value
    assert constant(a_schema(a_field("a", kind)).field("a"), text) == value


def test_a_constant_is_read_as_its_field_writes_numbers() -> None:
    field = a_schema(a_field("a", "number") | {"decimalChar": ",", "groupChar": "."}).field("a")
    assert constant(field, "1.000,5") == 1000.5
    assert constant(field, 2.5) == 2.5
    assert constant(field, "x") is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "1.0"), ("integer", "1e3"), ("integer", " 1"), ("integer", "1\n"), ("integer", "9" * 19),
        ("number", "1,072"), ("number", "1_0"), ("number", ".5"), ("number", "1e999"), ("number", "NaN"),
        ("number", "inf"), ("boolean", "tRUE"), ("boolean", "yes"), ("boolean", "2"),
        ("date", "2021-02-31"), ("date", "2021-2-3"), ("date", " 2021-02-03"), ("date", "0000-01-01"),
        ("date", "2021-02-03T00:00:00"), ("date", "45000"), ("date", "2021/02/03"),
    ],
)  # fmt: skip
def test_a_text_that_is_not_of_its_type_is_guarded(kind: str, text: str) -> None:
    schema = a_schema(a_field("a", kind))
    assert kind == "boolean" or constant(schema.field("a"), text) is None
    assert value_of(kind, text) is None
    assert pl.DataFrame({"a": [text]}).select(type_guard(schema.field("a"))).item() is True


@pytest.mark.parametrize("kind", ["string", "integer", "number", "boolean", "date"])
def test_an_empty_cell_is_of_every_type(kind: str) -> None:
    schema = a_schema(a_field("a", kind))
    frame = pl.DataFrame({"a": [None]}, schema={"a": pl.String})
    assert value_of(kind, None) is None
    assert not frame.select(type_guard(schema.field("a"))).item()


@given(st.dates())
def test_every_day_of_the_calendar_survives(day: date) -> None:
    assert value_of("date", day.isoformat()) == day


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_every_whole_number_of_eighteen_digits_survives(number: int) -> None:
    assert value_of("integer", str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_survives(number: float) -> None:
    assert value_of("number", repr(number)) == number


def broken(kind: str, constraint: str, value: object, cells: list[Any]) -> list[int]:
    """Rows of a typed column that break one constraint."""
    schema = a_schema(a_field("a", kind, **{constraint: value}))
    (rule,) = [rule for rule in compile_schema(schema) if rule.kind != "type"]
    frame = typed_frame(schema, pl.DataFrame({"a": cells}, schema={"a": pl.String}))
    return frame.select(breaks(rule, schema).arg_true()).to_series().to_list()


@pytest.mark.parametrize(
    ("kind", "constraint", "value", "cells", "rows"),
    [
        ("string", "required", True, ["x", None], [1]),
        ("string", "enum", ["a", "b"], ["a", "c", None], [1]),
        ("number", "enum", [1.5, 2], ["1.50", "2.0", "3", None], [2]),
        ("integer", "enum", ["1"], ["01", "2"], [1]),
        ("boolean", "enum", [True], ["true", "false"], [1]),
        ("date", "enum", ["2021-01-01"], ["2021-01-01", "2021-01-02"], [1]),
        ("string", "pattern", "a|b", ["a", "b", "ax", "xb", "a\n", None], [2, 3, 4]),
        ("integer", "minimum", 1, ["0", "1", "2", None], [0]),
        ("integer", "maximum", "1", ["0", "1", "2"], [2]),
        ("number", "exclusiveMinimum", 1.5, ["1.5", "1.6"], [0]),
        ("date", "exclusiveMaximum", "2021-01-01", ["2020-12-31", "2021-01-01"], [1]),
        ("string", "minLength", 2, ["云", "云端", "", None], [0, 2]),
        ("string", "maxLength", 2, ["云端", "云端算", None], [1]),
    ],
)
def test_a_rule_finds_the_rows_that_break_it_and_no_empty_cell(
    kind: str, constraint: str, value: object, cells: list[Any], rows: list[int]
) -> None:
    assert broken(kind, constraint, value, cells) == rows


PAIR = a_schema(a_field("a"), a_field("b"))


@pytest.mark.parametrize(
    ("kind", "arguments", "rows"),
    [
        ("present_when", ("x", "y"), [2]),
        ("absent_when", ("x",), [0]),
        ("value_when", ("p", "x"), [1]),
        ("equals", (), [0, 1, 2, 3]),
    ],
)
def test_a_rule_over_two_columns_finds_the_rows_that_break_it(
    kind: Any, arguments: tuple[str, ...], rows: list[int]
) -> None:
    frame = pl.DataFrame({"a": ["p", "q", None, "p", None], "b": ["x", "x", "y", None, None]})
    if kind == "absent_when":
        frame = frame.with_columns(b=pl.when(pl.col("a") == "q").then(None).otherwise("b"))
    rule = Rule("T.rule", kind, ("a", "b"), arguments)
    assert frame.select(breaks(rule, PAIR).arg_true()).to_series().to_list() == rows


def test_a_first_day_may_be_the_last_and_either_may_be_empty() -> None:
    schema = a_schema(a_field("a", "date"), a_field("b", "date"))
    days = {
        "a": ["2021-01-02", "2021-01-01", "2021-01-01", None],
        "b": ["2021-01-01", "2021-01-01", None, "2021-01-01"],
    }
    rule = Rule("P.order", "not_after", ("a", "b"))
    frame = typed_frame(schema, pl.DataFrame(days))
    assert frame.select(breaks(rule, schema).arg_true()).to_series().to_list() == [0]


def test_every_row_of_a_repeated_key_is_found_and_no_half_key() -> None:
    frame = pl.DataFrame({"a": ["k", "k", "k", None, None], "b": [1, 2, 1, 1, 1]})
    rule = Rule("S.unique", "unique", ("a", "b"))
    assert frame.select(duplicated(rule).arg_true()).to_series().to_list() == [0, 2]


@pytest.mark.parametrize(
    ("columns", "many", "rows"), [(("a",), False, [1]), (("a", "b"), False, [1, 2]), (("a",), True, [1])]
)
def test_a_key_that_names_no_row_is_found(columns: tuple[str, ...], many: bool, rows: list[int]) -> None:
    frame = pl.DataFrame({"a": ["k", "x", "k", None, "k"], "b": [1, 1, 2, 9, None]})
    reference = pl.DataFrame({"ka": ["k", "l", None], "kb": [1, 2, None]})
    rule = Rule("S.foreign_key", "foreign_key", columns, ("others", ("ka", "kb")[: len(columns)], many))
    assert missing_keys(rule, frame, reference).arg_true().to_list() == rows


def test_keys_are_looked_up_in_a_table_without_rows() -> None:
    rule = Rule("S.foreign_key", "foreign_key", ("a",), ("others", ("a",), False))
    empty = pl.DataFrame(schema={"a": pl.String})
    assert missing_keys(rule, pl.DataFrame({"a": ["x", None]}), empty).to_list() == [True, False]
    assert missing_keys(rule, empty, empty).to_list() == []


def test_columns_asked_together_tell_what_each_tells_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = load_schema("units")
    texts: dict[str, list[str | None]] = {name: [None] * 4 for name in schema.columns}
    texts["unit_id"] = ["usd", "US D", "a", "b"]
    texts["symbol"] = ["=x", "$", "$", None]
    texts["quantity"] = ["money", "honey", "money", "money"]
    texts["factor"] = ["1", "-1", "x", "1e30"]
    cells = {name: coded(pl.Series(name, column, dtype=pl.String)) for name, column in texts.items()}

    def broken() -> dict[Rule, list[int]]:
        block = typed_block(Block(dict(cells), 4, missing=schema.missing_values), schema, "units.csv")
        rules = [rule for rule in rules_of(schema) if rule.kind not in ("unique", "foreign_key", "no_circle")]
        return {rule: mark.arg_true().to_list() for rule, mark in broken_rows(block, rules).items()}

    together = broken()
    found = {(rule.id, rule.columns[0]): rows for rule, rows in together.items()}
    assert found["S.formula", "symbol"] == [0]
    assert found["S.enum", "quantity"] == [1]
    assert found["S.type", "factor"] == [2]
    assert found["S.required", "symbol"] == [3]
    monkeypatch.setattr("validation.engines.polars.row_rules.FEW", 0)
    monkeypatch.setattr("validation.engines.polars.typed.FEW", 0)
    cells = {name: Coded(column.values, column.codes) for name, column in cells.items()}
    assert broken() == together
