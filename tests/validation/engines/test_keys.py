"""Keys that mean two columns: the row that one names must be of the other, and an id begins with its source."""

from __future__ import annotations

import polars as pl
import pytest

from canonical.reading.reader import Table
from canonical.rules.compiled import compile_schema
from canonical.table_schema import TableSchema
from tests.builders import a_field, a_schema
from validation.engines.pandera.schema import failures, pandera_schema
from validation.structure.checks import check_structure

BREAKS = pl.DataFrame(
    {"perimeter": ["original", "acme.1", "rival.1"], "entity": [None, "acme", "rival"], "metrics": [None, "a b", None]}
)


def a_table_of_facts() -> TableSchema:
    """Facts of an entity in a perimeter, with an id that begins with the entity."""
    keys = [
        {"fields": ["perimeter", own], "reference": {"resource": "breaks", "fields": ["perimeter", other]}}
        for own, other in (("entity", "entity"), ("metric", "metrics"))
    ]
    prefixed = [{"field": "id", "prefix": "entity"}]
    fields = [a_field(name) for name in ("id", "entity", "perimeter", "metric")]
    return a_schema(*fields, matchingKeys=keys, prefixedKeys=prefixed)


GOOD = ("acme.1", "acme", "acme.1", "a")


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (GOOD, []),
        (("acme.1", "acme", "original", "c"), []),
        (("acme.1", "acme", None, "a"), []),
        (("acme.1", "acme", "unknown", "a"), []),
        (("acme.1", "acme", "rival.1", "a"), ["perimeter"]),
        (("acme.1", "acme", "acme.1", "c"), ["perimeter"]),
        (("acme2.1", "acme", "acme.1", "a"), ["id"]),
        (("rival.1", "acme", "rival.1", "a"), ["perimeter", "id"]),
        ((None, "acme", "acme.1", "a"), []),
    ],
)
def test_a_key_of_two_columns_is_asked_for_both(row: tuple[str | None, ...], columns: list[str]) -> None:
    schema = a_table_of_facts()
    frame = pl.DataFrame([GOOD, row], schema=dict.fromkeys(schema.columns, pl.String), orient="row")
    found = check_structure(Table(schema, "facts.csv", frame, is_text=True), {"breaks": BREAKS}.get)[1]
    assert sorted(f.column for f in found) == sorted(columns) and {f.row_number for f in found} <= {2}
    in_notebook = failures(pandera_schema(schema, compile_schema(schema), {"breaks": BREAKS}), frame)
    assert [position for _, position in in_notebook] == [1] * len(columns)


def test_both_cells_are_shown_with_what_is_expected() -> None:
    schema = a_table_of_facts()
    row = {"id": "acme.1", "entity": "acme", "perimeter": "rival.1", "metric": "a"}
    table = Table(schema, "facts.csv", pl.DataFrame([row]), is_text=True)
    (finding,) = check_structure(table, {"breaks": BREAKS}.get)[1]
    assert (finding.rule, finding.found) == ("S.foreign_key", "rival.1 acme")
    assert finding.expected == "a row of breaks that is of this entity, or of all"
