"""A schema becomes rules: every constraint one, each with words a contributor understands."""

from __future__ import annotations

from typing import Any

import pytest

from canonical.rules.compiled import compile_schema, is_portable
from canonical.table_schema import load_schema, table_names
from tests.builders import a_field, a_schema
from validation.structure.checks import rules_of
from validation.structure.table_rules import TABLE_RULES


def kinds(*fields: dict[str, Any], **properties: Any) -> list[tuple[str, tuple[str, ...], tuple[Any, ...]]]:
    """Kind, columns and arguments of the rules of a schema."""
    return [(rule.kind, rule.columns, rule.arguments) for rule in compile_schema(a_schema(*fields, **properties))]


@pytest.mark.parametrize(
    ("kind", "constraint", "value", "expected"),
    [
        ("string", "required", True, ("present", ("a",), ())),
        ("string", "unique", True, ("unique", ("a",), ())),
        ("string", "enum", ["x", "y"], ("one_of", ("a",), ("x", "y"))),
        ("string", "pattern", "[a-z]+", ("pattern", ("a",), ("[a-z]+",))),
        ("string", "minLength", 2, ("min_length", ("a",), (2,))),
        ("string", "maxLength", 3, ("max_length", ("a",), (3,))),
        ("integer", "minimum", 1, ("at_least", ("a",), (1,))),
        ("integer", "maximum", 2, ("at_most", ("a",), (2,))),
        ("number", "exclusiveMinimum", 1.5, ("above", ("a",), (1.5,))),
        ("date", "exclusiveMaximum", "2021-01-01", ("below", ("a",), ("2021-01-01",))),
    ],
)
def test_a_constraint_becomes_a_rule(
    kind: str, constraint: str, value: object, expected: tuple[str, tuple[str, ...], tuple[Any, ...]]
) -> None:
    assert [rule for rule in kinds(a_field("a", kind, **{constraint: value})) if rule[0] != "type"] == [expected]


def test_a_constraint_that_is_switched_off_is_no_rule() -> None:
    assert kinds(a_field("a", required=False, unique=False)) == []


def test_a_primary_key_is_unique_and_each_part_present() -> None:
    assert kinds(a_field("a"), a_field("b", required=True), primaryKey=["a", "b"]) == [
        ("present", ("a",), ()),
        ("present", ("b",), ()),
        ("unique", ("a", "b"), ()),
    ]


def test_a_unique_column_that_is_the_primary_key_is_one_rule() -> None:
    assert [rule[0] for rule in kinds(a_field("a", unique=True), primaryKey="a")] == ["present", "unique"]


@pytest.mark.parametrize(
    ("kind", "constraint"),
    [("integer", "pattern"), ("number", "maxLength"), ("string", "minimum"), ("boolean", "maximum"), ("date", "color")],
)
def test_a_constraint_that_does_not_go_with_its_type_is_refused(kind: str, constraint: str) -> None:
    with pytest.raises(ValueError, match=f"field a: constraint {constraint} does not go with type {kind}"):
        kinds(a_field("a", kind, **{constraint: "1"}))


@pytest.mark.parametrize(
    "pattern", ["[a-z0-9]+([._-][a-z0-9]+)*", r"-?[0-9]+(\.[0-9]+)?", "a{2,3}", "[A-Z]{3}", "云|端"]
)
def test_a_pattern_of_shared_syntax_is_portable(pattern: str) -> None:
    assert is_portable(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(?=a)", "(?i)a", r"\d+", r"\w", r"\bword\b", r"(a)\1", r"\p{Han}", "[a&&b]", "[[a]]", "[a--b]", "a{,3}", "a++"],
)
def test_a_pattern_that_engines_read_differently_is_refused(pattern: str) -> None:
    assert not is_portable(pattern)
    with pytest.raises(ValueError, match="engines read differently"):
        kinds(a_field("a", pattern=pattern))


@pytest.mark.parametrize("name", table_names())
def test_every_rule_says_what_is_wrong_what_is_expected_and_how_to_fix_it(name: str) -> None:
    for rule in rules_of(load_schema(name)):
        assert rule.message and rule.expected and rule.fix, rule.key
        assert "\n" not in rule.message + rule.expected + rule.fix


@pytest.mark.parametrize("name", table_names())
def test_every_rule_of_a_table_has_a_key_of_its_own(name: str) -> None:
    keys = [rule.key for rule in rules_of(load_schema(name))]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", TABLE_RULES)
def test_row_rules_read_columns_and_codes_that_exist(name: str) -> None:
    schema = load_schema(name)
    for rule in TABLE_RULES[name]:
        fields = [schema.field(column) for column in rule.columns]
        if rule.kind in ("present_when", "absent_when"):
            assert set(rule.arguments) <= set(fields[1].enum), rule.key


@pytest.mark.parametrize("name", table_names())
def test_what_make_fill_writes_is_reported_as_not_filled(name: str) -> None:
    schema = load_schema(name)
    for rule in compile_schema(schema):
        if rule.kind == "present":
            typed = schema.field(rule.columns[0]).filled == "typed"
            assert rule.id == ("S.required" if typed else "S.not_filled")
