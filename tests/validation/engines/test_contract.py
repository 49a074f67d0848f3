"""Every engine answers every kind of rule, and finds the same rows; it imports its own library alone."""

from __future__ import annotations

import ast
import sys
from typing import Any

import polars as pl
import pytest

from canonical.reading.coded import Block, coded
from canonical.reading.reader import Table
from canonical.rules.rule import Rule
from canonical.table_schema import ROOT, TableSchema
from tests.builders import a_field, a_schema
from validation.engines.contract import ENGINES, KINDS, Engine
from validation.engines.polars.typed import typed_block
from validation.engines.support import support_table
from validation.structure.checks import check_structure

FOLDER = ROOT / "validation" / "engines"
LIBRARIES = {
    "polars": {"polars"}, "pandera": {"pandera", "polars"}, "spark": {"polars", "pyarrow"}, "contract": set[str](),
}  # fmt: skip
"""Besides Python's own, what the modules of an engine may import; pandera's checks are over frames of polars, and
executors of Spark give batches of Arrow. pyspark itself is imported where it is used, since few have it."""
KNOWN = pl.DataFrame({"word": ["a", "b"]})
SELF = {"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}}
AWAY = {"fields": ["word"], "reference": {"resource": "words", "fields": ["word"]}}

BROKEN: list[tuple[str, list[dict[str, Any]], dict[str, Any], list[list[str]], list[int]]] = [
    ("type", [a_field("n", "integer")], {}, [["1"], ["x"], [""]], [2]),
    ("present", [a_field("n", required=True), a_field("m")], {}, [["a", ""], ["", "b"]], [2]),
    ("one_of", [a_field("n", enum=["a"])], {}, [["a"], ["b"], [""]], [2]),
    ("pattern", [a_field("n", pattern="[a-z]+")], {}, [["a"], ["A"]], [2]),
    ("form", [{"name": "n", "type": "string", "format": "email"}], {}, [["a@b.org"], ["a"]], [2]),
    ("at_least", [a_field("n", "integer", minimum=2)], {}, [["1"], ["2"]], [1]),
    ("at_most", [a_field("n", "date", maximum="2020-01-01")], {}, [["2020-01-01"], ["2020-01-02"]], [2]),
    ("above", [a_field("n", "number", exclusiveMinimum=2)], {}, [["2.5"], ["2"]], [2]),
    ("below", [a_field("n", "number", exclusiveMaximum=2)], {}, [["2"], ["1"]], [1]),
    ("min_length", [a_field("n", minLength=2)], {}, [["a"], ["云端"]], [1]),
    ("max_length", [a_field("n", maxLength=2)], {}, [["abc"], ["云端"]], [1]),
    ("unique", [a_field("n", "integer")], {"uniqueKeys": [["n"]]}, [["1"], ["2"], ["01"], [""], [""]], [1, 3]),
    ("foreign_key", [a_field("word")], {"foreignKeys": [AWAY]}, [["a"], ["x"], [""]], [2]),
    ("foreign_key", [a_field("id"), a_field("parent")], {"foreignKeys": [SELF]}, [["a", ""], ["b", "c"]], [2]),
]  # fmt: skip


def a_table(schema: TableSchema, rows: list[list[str]]) -> Table:
    """A table of texts."""
    frame = pl.DataFrame(rows, schema=list(schema.columns), orient="row").select(pl.all().replace("", None))
    return Table(schema, "things.csv", frame, is_text=True)


@pytest.mark.parametrize(("kind", "fields", "more", "rows", "broken"), BROKEN)
def test_an_engine_finds_the_rows_that_break_a_rule_of_each_kind(
    engine: Engine,
    kind: str,
    fields: list[dict[str, Any]],
    more: dict[str, Any],
    rows: list[list[str]],
    broken: list[int],
) -> None:
    schema = a_schema(*fields, **more)
    found = check_structure(a_table(schema, rows), {"words": KNOWN}.get, engine.name)[1]
    assert [finding.row_number for finding in found] == broken


OF_TWO = (
    Rule("S.a", "present_when", ("a", "b"), ("x",)), Rule("S.b", "absent_when", ("a", "b"), ("y",)),
    Rule("S.c", "value_when", ("a", "b"), ("v", "x")), Rule("S.d", "begins_with", ("a", "b")),
    Rule("S.e", "not_after", ("a", "b")), Rule("S.f", "equals", ("a", "b")),
    Rule("S.g", "without", ("a",), ("[!]",)),
)  # fmt: skip


def test_an_engine_answers_rules_over_several_cells(engine: Engine) -> None:
    cells = {"a": [None, "q", "q", "v", "x.1", "z!"], "b": ["x", "y", "x", "x", "x", None]}
    block = Block({name: coded(pl.Series(column)) for name, column in cells.items()}, 6)
    typed = typed_block(block, a_schema(a_field("a"), a_field("b")), "things.csv")
    marks = engine.row_faults(typed, OF_TWO)
    found = {rule.id: marks[rule].arg_true().to_list() for rule in OF_TWO}
    assert found == {
        "S.a": [0], "S.b": [1], "S.c": [2, 4], "S.d": [1, 2, 3], "S.e": [4], "S.f": [0, 1, 2, 3, 4, 5], "S.g": [5],
    }  # fmt: skip


def test_an_engine_says_of_every_kind_how_it_answers(engine: Engine) -> None:
    assert set(engine.answers) == set(KINDS) and all(engine.answers.values())


def test_the_engines_have_the_same_modules() -> None:
    assert all((FOLDER / name / "engine.py").is_file() for name in ENGINES)


@pytest.mark.parametrize("name", LIBRARIES)
def test_an_engine_imports_its_own_library_alone(name: str) -> None:
    modules = sorted((FOLDER / name).glob("*.py")) if name in ENGINES else [FOLDER / f"{name}.py"]
    assert modules
    for module in modules:
        assert imported(module.read_text(encoding="utf-8")) <= LIBRARIES[name]


def imported(source: str) -> set[str]:
    """The libraries of others that a module imports when it is loaded."""
    found: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    own = {"__future__", "canonical", "validation", *sys.stdlib_module_names}
    return found - own


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_documentation_shows_what_each_engine_answers(language: str) -> None:
    page = ROOT / "docs" / "method" / ("engines.md" if language == "en" else "engines.zh.md")
    assert support_table(language) in page.read_text(encoding="utf-8")
