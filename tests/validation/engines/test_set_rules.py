"""Rules over one table as a whole: circles of rows, and texts that hold what no text may."""

from __future__ import annotations

from pathlib import Path

import pandera.errors
import polars as pl
import pytest

from canonical.findings import Finding
from canonical.reading.reader import read_table
from canonical.table_schema import TableSchema, load_schema, table_names
from tests.builders import a_field, a_schema, write_csv
from validation.engines.pandera.schema import pandera_schema
from validation.engines.polars.set_rules import SET_KINDS
from validation.structure.checks import check_structure, rules_of


def things(**key: object) -> TableSchema:
    """A table whose rows name others of it."""
    link = {**a_field("parent", **({"required": True} if key.pop("required", False) else {})), **key}
    own = {"fields": "parent", "reference": {"fields": "id"}}
    return a_schema(
        a_field("id"), link, primaryKey=["id"], kind="fact", foreignKeys=[] if "itemReference" in link else [own]
    )


LIST = {"itemReference": {"resource": "things", "field": "id"}}


def found_in(path: Path, schema: TableSchema) -> list[Finding]:
    """What breaks layer S in a file."""
    table, findings = read_table(path, schema, path.name)
    assert table is not None and findings == []
    return check_structure(table, lambda name: None)[1]


def circles(tmp_path: Path, schema: TableSchema, parents: dict[str, str]) -> list[str]:
    """The rows that are named as part of a circle."""
    path = write_csv(tmp_path / "things.csv", [{"id": name, "parent": up} for name, up in parents.items()])
    return [finding.row_id for finding in found_in(path, schema) if finding.rule == "S.circle"]


def test_a_row_above_itself_is_named_and_one_that_leads_there_is_not(tmp_path: Path) -> None:
    assert circles(tmp_path, things(), {"a": "b", "b": "c", "c": "a", "d": "a", "e": ""}) == ["a", "b", "c"]
    assert circles(tmp_path, things(), {"a": "a", "b": "a"}) == ["a"]
    assert circles(tmp_path, things(), {"a": "", "b": "a"}) == []


def test_a_list_of_rows_may_hold_a_circle_too(tmp_path: Path) -> None:
    assert circles(tmp_path, things(**LIST), {"a": "b c", "b": "", "c": "d a", "d": ""}) == ["a", "c"]


def test_a_row_may_name_itself_where_every_row_names_one(tmp_path: Path) -> None:
    assert circles(tmp_path, things(required=True), {"a": "a", "b": "a"}) == []
    assert circles(tmp_path, things(required=True), {"a": "b", "b": "a"}) == ["a", "b"]


def test_every_key_of_a_table_of_the_package_to_itself_is_held_against_circles() -> None:
    own = {(name, k.fields) for name in table_names() for k in load_schema(name).foreign_keys if k.resource == name}
    ruled = {
        (name, rule.columns[:1])
        for name in table_names()
        for rule in rules_of(load_schema(name))
        if rule.kind == "no_circle"
    }
    assert {pair for pair in own if len(pair[1]) == 1} == ruled
    assert len(ruled) >= 9


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("a\x00b", "S.control"), ("\x1b[31mred", "S.control"), ("a\x9bb", "S.control"), ("a\u2028b", "S.control"),
        ("a\u200bb", "S.hidden"), ("\u202eabc", "S.hidden"), ("\ufeffabc", "S.hidden"), ("a\U000e0041", "S.hidden"),
        ("\u4e91\ufffd", "S.lost_letter"), ("a\rb", "S.line_end"), ("a\nb", "S.line_end"), ("a\tb", "S.line_end"),
        ("=1+1", "S.formula"), ("@SUM(A1:A9)", "S.formula"), ("+cmd|' /C calc'!A0", "S.formula"), ("-2+3", "S.formula"),
        ("=HYPERLINK(\"http://x\",\"y\")", "S.formula"), ("+A1", "S.formula"), ("\t=1", "S.formula"),
        (" =1+1", "S.formula"), ("\u00a0=1+1", "S.formula"), ("\uff1d1+1", "S.formula"), ("\uff0d2+3", "S.formula"),
        ("\u00a0", "S.hidden"), ("  ", "S.hidden"), ("\u3000", "S.hidden"), ("a\u2800b", "S.hidden"),
        (" a", "S.edge_blank"), ("a ", "S.edge_blank"), ("a\u3000", "S.edge_blank"), ("\u00a0a", "S.edge_blank"),
    ],
)  # fmt: skip
def test_a_text_that_holds_what_no_text_may_is_named(tmp_path: Path, cell: str, rule: str) -> None:
    frame = pl.DataFrame({"id": ["a", "b", "c"], "text": ["x", cell, None]})
    frame.write_parquet(tmp_path / "things.parquet")
    found = found_in(tmp_path / "things.parquet", a_schema(a_field("id"), a_field("text"), kind="fact"))
    assert rule in {finding.rule for finding in found}
    assert {finding.row_number for finding in found} == {2}


@pytest.mark.parametrize(
    "cell",
    ["+6%", "-1,194", "+10,3 %", "@cf/meta/llama-3-8b", "-9 percent (-9.5 to -8.5)", "-5%-34%", "约 5 万亿", "2 = 2",
     "\U0001f469\ufe0f", "a – b", "(56,941)", "e\u0301", "€1.2bn", "-", "+", "+1B tokens", "－5.2%", "＋3 个百分点"],
)  # fmt: skip
def test_an_ordinary_print_is_not_named(tmp_path: Path, cell: str) -> None:
    path = write_csv(tmp_path / "things.csv", [{"id": "a", "text": cell}])
    assert found_in(path, a_schema(a_field("id"), a_field("text"), kind="fact")) == []


def test_a_notebook_refuses_what_the_command_names() -> None:
    schema = things()
    rules = rules_of(schema)
    assert {rule.kind for rule in rules} >= set(SET_KINDS)
    check = pandera_schema(schema, rules)
    for frame in ({"id": ["a"], "parent": ["a"]}, {"id": ["=1"], "parent": [None]}):
        with pytest.raises(pandera.errors.SchemaErrors, match=r"S\.(circle|formula)"):
            check.validate(pl.DataFrame(frame, schema={"id": pl.String, "parent": pl.String}), lazy=True)


def test_a_key_that_refers_to_itself_says_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    itself = {"fields": "id", "reference": {"fields": "id"}}
    schema = a_schema(a_field("id"), a_field("parent"), primaryKey=["id"], kind="fact", foreignKeys=[itself])
    assert circles(tmp_path, schema, {"a": "b", "b": ""}) == []
