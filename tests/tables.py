"""Small tables, good and bad, with a schema each: what property tests hold two verdicts against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

__all__ = ["TextTable", "text_tables"]

Descriptor = dict[str, Any]

CELLS = {
    "string": ["a", "b", "ab", "abc", "云", "云端算力", " a", "a ", "A", "a,b", 'say "a"', "-", "NA", ""],
    "integer": ["0", "1", "2", "7", "12", "-3", "007", "x", "1.5", "1e3", "--1", "1,0", "NA", ""],
    "number": ["0", "1.5", "1.50", "-2", "12", "1e3", "1E-2", "abc", "1,5", "--1", "1.2.3", "0x10", "NA", ""],
    "date": ["2021-03-01", "2020-02-29", "2021-02-29", "2021-13-01", "01/03/2021", "45000", "20210301", "NA", ""],
    "boolean": ["true", "false", "yes", "no", "t", "x", "NA", ""],
}
"""Texts on whose type both readers agree; the others are listed one by one in `test_frictionless.py`."""

CONSTRAINTS = {
    "string": {
        "enum": [["a", "b"], ["ab", "云"]],
        "pattern": ["[a-z]+", "(a|b)", "(a|ab|云).*", "[^ ]*"],
        "minLength": [1, 2],
        "maxLength": [1, 3],
    },
    "integer": {"enum": [[1, 7], ["2"]], "minimum": [0, 2], "maximum": [7], "exclusiveMinimum": [1]},
    "number": {"enum": [[1.5, 12]], "minimum": [0], "maximum": [12, 999.5], "exclusiveMaximum": [12]},
    "date": {
        "enum": [["2021-03-01"]],
        "minimum": ["2021-01-01"],
        "maximum": ["2020-12-31"],
        "exclusiveMaximum": ["2021-03-01"],
    },
    "boolean": {"enum": [[True]]},
}


@dataclass(frozen=True)
class TextTable:
    """A table descriptor, its rows as texts, and the tables its foreign keys refer to."""

    descriptor: Descriptor
    rows: list[list[str]]
    references: dict[str, tuple[Descriptor, list[list[str]]]] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [entry["name"] for entry in self.descriptor["fields"]]


@st.composite
def text_tables(draw: st.DrawFn) -> TextTable:
    """Tables of up to six rows over a column of each type, keys within and to another table included."""
    names = {"word": "string", "count": "integer", "size": "number", "day": "date", "flag": "boolean"}
    fields = [_field(draw, name, kind) for name, kind in names.items()]
    fields += [{"name": "n", "type": "integer"}, {"name": "parent", "type": "integer"}]
    descriptor: Descriptor = {
        "fields": fields,
        "primaryKey": draw(st.sampled_from([["n"], ["word", "count"], "n"])),
        "missingValues": draw(st.sampled_from([[""], ["", "NA"], ["", "-", "NA"]])),
        "foreignKeys": [
            {"fields": ["word"], "reference": {"resource": "words", "fields": ["word"]}},
            {"fields": ["count", "day"], "reference": {"resource": "days", "fields": ["count", "day"]}},
            {"fields": "parent", "reference": {"resource": "", "fields": "n"}},
        ],
    }
    for entry in fields:
        if entry["name"] in descriptor["primaryKey"]:
            entry.setdefault("constraints", {})["required"] = True
    cells = [st.sampled_from(CELLS[kind]) for kind in names.values()]
    parents = st.sampled_from(["", "1", "2", "9", "x"])
    bodies = draw(st.lists(st.tuples(*cells, parents), min_size=1, max_size=6))
    rows = [[*body[:-1], draw(st.sampled_from([str(n), str(n), "1"])), body[-1]] for n, body in enumerate(bodies, 1)]
    words = ({"fields": [{"name": "word", "type": "string"}]}, [["a"], ["ab"], ["云"], ["-"]])
    days = (
        {"fields": [{"name": "count", "type": "integer"}, {"name": "day", "type": "date"}]},
        [["1", "2021-03-01"], ["7", "2020-02-29"], ["", ""]],
    )
    return TextTable(descriptor, rows, {"words": words, "days": days})


def _field(draw: st.DrawFn, name: str, kind: str) -> Descriptor:
    constraints: Descriptor = {word: draw(st.sampled_from(pool)) for word, pool in CONSTRAINTS[kind].items()}
    kept = draw(st.sets(st.sampled_from(sorted(constraints))))
    chosen = {word: value for word, value in constraints.items() if word in kept}
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength")):
        if low in chosen and high in chosen and chosen[low] > chosen[high]:
            del chosen[high]  # no schema may leave no value
    chosen |= {word: True for word in ("required", "unique") if draw(st.booleans())}
    return {"name": name, "type": kind, "constraints": chosen}
