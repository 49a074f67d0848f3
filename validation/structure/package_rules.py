"""What holds of every table of the package and no schema states: no circle, sane days and numbers, plain texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from canonical.field import Field
from canonical.periods import FIRST_DAY, LAST_DAY
from canonical.rules.rule import Kind, Rule
from canonical.table_schema import TableSchema
from validation.structure.text_rules import TEXT_RULES

__all__ = ["MOST", "package_rules"]

MOST = "1e24"
"""The largest number of the package, on either side of zero: ten million times all tokens ever counted."""
ENDS: tuple[tuple[Kind, str], ...] = (("at_least", f"-{MOST}"), ("at_most", MOST))
DAYS: tuple[tuple[Kind, str], ...] = (("at_least", FIRST_DAY.isoformat()), ("at_most", LAST_DAY.isoformat()))


def package_rules(schema: TableSchema) -> Iterator[Rule]:
    """The rules of a table beside those that its schema states, none for a schema of others, which gives no `kind`.

    The standard lets a row refer to itself, a day lie in the year 1 and a text hold anything; the package does not.
    In derived tables alone the last day there is stands for an end that nobody knows.
    """
    if "kind" in schema.descriptor and schema.kind != "own":
        yield from _no_circles(schema)
        for field in schema.fields:
            if field.type == "string" and not field.enum and "pattern" not in field.constraints:
                yield from (replace(rule, columns=(field.name,)) for rule in TEXT_RULES)
            elif field.type == "date" and schema.kind != "derived":
                yield from _of_calendar(field)
            elif field.type in ("number", "integer"):
                yield from _of_size(field)


def _no_circles(schema: TableSchema) -> Iterator[Rule]:
    """A rule for each key of a table to itself: nothing is a part of itself, by whatever way.

    Where the column is never empty, the rows at the top name themselves, as canonical units do.
    """
    for key in schema.foreign_keys:
        if key.resource == schema.name and len(key.fields) == 1:
            yield Rule(
                "S.circle",
                "no_circle",
                (*key.fields, *key.reference_fields),
                (key.many, schema.field(key.fields[0]).required),
                message=f"following {key.fields[0]} from row to row leads back to the row",
                expected="rows that lead to one without a circle",
                fix=f"correct {key.fields[0]} in one of the rows of the circle",
            )


def _of_calendar(field: Field) -> Iterator[Rule]:
    """No report is about the year 1 or 9999, and half of the programs that load the package have no such day."""
    for kind, day in DAYS:
        yield Rule(
            "P.calendar",
            kind,
            (field.name,),
            (day,),
            message="no day that a report can be about",
            expected=f"a day from {FIRST_DAY} to {LAST_DAY}",
            fix="check the year",
        )


def _of_size(field: Field) -> Iterator[Rule]:
    """A number so large is a slip of the exponent; what is computed with it runs over."""
    stated = {"at_least": "minimum", "at_most": "maximum"}
    for kind, end in ENDS:
        if stated[kind] not in field.constraints:
            yield Rule(
                f"S.{kind}",
                kind,
                (field.name,),
                (end,),
                message="outside the limits of any column",
                expected=f"a number from -{MOST} to {MOST}",
                fix="check the value against its source",
            )
