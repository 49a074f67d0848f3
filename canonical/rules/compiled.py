"""The intermediate form: every constraint of a Table Schema and every row rule of ours as one small value.

A `Rule` says what must hold in words an engine can translate: a kind, the columns it reads and its
arguments. The engines of `validation.structure` turn rules into polars expressions, and into a pandera schema
that people import; both must give the same verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from canonical.rules.rule import Kind, Rule
from canonical.rules.text_rules import TEXT_RULES
from canonical.table_schema import Field, TableSchema

__all__ = ["compile_schema", "is_portable", "package_rules"]

TYPE_WORDS = {
    "integer": "a whole number such as 12",
    "number": "a number such as -9 or 36.00, without separators",
    "boolean": "true or false",
    "date": "a date YYYY-MM-DD",
    "string": "text",
}
TYPE_NAMES = {"integer": "a whole number", "number": "a number", "boolean": "true or false", "date": "a date"}
TYPE_FIX = {
    "date": "write the day as YYYY-MM-DD; a spreadsheet must hold the column as text",
    "boolean": "write true or false in lower case",
}
NOT_SHARED = re.compile(r"\(\?|\\[a-zA-Z0-9]|&&|--|~~|\[\[|\{,|[*+?}]\+")
ORDERED = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
CONSTRAINTS = {
    "string": frozenset({"pattern", "minLength", "maxLength", "enum"}),
    "integer": ORDERED | {"enum"},
    "number": ORDERED | {"enum"},
    "date": ORDERED | {"enum"},
    "boolean": frozenset({"enum"}),
}
"""The constraints that mean something for each type, beside `required` and `unique`."""


def is_portable(pattern: str) -> bool:
    """Whether a pattern means the same to Python, RE2 and Rust.

    Left out are groups with a question mark (look-around, flags), every backslash before a letter or digit
    (`\\d` takes Chinese digits in two of the three), set operations, `{,n}` and possessive repetition.
    """
    return NOT_SHARED.search(pattern) is None


def compile_schema(schema: TableSchema) -> tuple[Rule, ...]:
    """All rules that a Table Schema states, in the order of its fields, then its keys.

    Raises ValueError where a pattern uses syntax that the engines read differently, or a constraint does not
    go with the type of its field: nothing that a schema states is passed over.
    """
    rules = [rule for field in schema.fields for rule in _field_rules(field, schema)]
    if schema.primary_key:
        rules.append(_unique(schema.primary_key, "primary key"))
    rules += [_unique(key, "unique key") for key in schema.unique_keys]
    for key in schema.foreign_keys:
        target = f"{key.resource}.{','.join(key.reference_fields)}"
        rules.append(
            Rule(
                "S.foreign_key",
                "foreign_key",
                key.fields,
                (key.resource, key.reference_fields, key.many),
                message=f"no such row in {key.resource}",
                expected=f"a value of {target}",
                fix=f"correct the spelling or add the row to {key.resource}",
            )
        )
    return tuple(rules) + tuple(_of_two_columns(schema))


def _of_two_columns(schema: TableSchema) -> Iterator[Rule]:
    """Rules for keys that mean two columns: a perimeter and its entity, an id and its source."""
    for key in schema.matching_keys:
        name, mate = key.fields
        yield Rule(
            "S.foreign_key",
            "matching_key",
            key.fields,
            (key.resource, key.reference_fields),
            message=f"the row of {key.resource} that the cell names is of another {mate}",
            expected=f"a row of {key.resource} that is of this {mate}, or of all",
            fix=f"type a {name} of this {mate}, or correct {mate}",
        )
    for prefixed in schema.prefixed_keys:
        yield Rule(
            "S.begins_with",
            "begins_with",
            (prefixed.field, prefixed.prefix),
            message=f"the id does not begin with the {prefixed.prefix} of its row",
            expected=f"the {prefixed.prefix} of the row, a point and a number",
            fix=f"empty the cell and run make fill, or correct {prefixed.prefix}",
        )


def package_rules(schema: TableSchema) -> Iterator[Rule]:
    """What holds of every table of the package and no schema states: no row above itself, no text that runs or hides.

    Schemas of others, which give no `kind`, have none of these: the standard lets a row refer to itself.
    """
    if "kind" in schema.descriptor:
        yield from _no_circles(schema)
        for field in schema.fields:
            if field.type == "string" and not field.enum and "pattern" not in field.constraints:
                yield from (replace(rule, columns=(field.name,)) for rule in TEXT_RULES)


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


def _unique(columns: tuple[str, ...], what: str) -> Rule:
    return Rule(
        "S.unique",
        "unique",
        columns,
        (),
        message=f"{what} {', '.join(columns)} stands in more than one row",
        expected="one row per key",
        fix="delete the repeated row or give it a key of its own",
    )


def _field_rules(field: Field, schema: TableSchema) -> list[Rule]:
    name, constraints = field.name, field.constraints
    for word in sorted(constraints.keys() - CONSTRAINTS[field.type] - {"required", "unique"}):
        raise ValueError(f"constraint {word} of {name} does not go with type {field.type}")
    rules: list[Rule] = []
    if field.type != "string":
        rules.append(
            Rule(
                "S.type",
                "type",
                (name,),
                (field.type,),
                message=f"not {TYPE_NAMES[field.type]}",
                expected=TYPE_WORDS[field.type],
                fix=TYPE_FIX.get(field.type, "write plain digits, a point for decimals and no separators"),
            )
        )
    if field.required or name in schema.primary_key:
        rules.append(_present(field))
    if field.enum:
        rules.append(
            Rule(
                "S.enum",
                "one_of",
                (name,),
                field.enum,
                message="not in the code list",
                expected="one of " + ", ".join(field.enum),
                fix="use a code of the list",
            )
        )
    if "pattern" in constraints:
        rules.append(_pattern(name, constraints["pattern"]))
    if field.type == "string" and field.format == "uri":
        rules.append(
            Rule(
                "S.format",
                "uri",
                (name,),
                message="not an address",
                expected="an absolute address such as https://host/path",
                fix="write the full address, spaces as %20",
            )
        )
    rules += [_limit(field, word, value) for word, value in constraints.items() if word in LIMITS]
    if constraints.get("unique") and schema.primary_key != (name,):
        rules.append(_unique((name,), "value of"))
    return rules


def _present(field: Field) -> Rule:
    unfilled = field.filled in ("default", "fill", "generated")
    return Rule(
        "S.not_filled" if unfilled else "S.required",
        "present",
        (field.name,),
        message="the cell is empty; the row is not filled" if unfilled else "the cell is empty",
        expected="a value",
        fix="run make fill" if unfilled else "type the value",
    )


def _pattern(name: str, pattern: str) -> Rule:
    if not is_portable(pattern):
        raise ValueError(f"pattern of {name} uses syntax that engines read differently: {pattern}")
    return Rule(
        "S.pattern",
        "pattern",
        (name,),
        (pattern,),
        message="not in the form of the column",
        expected=f"the form {pattern}",
        fix="write the value in the form of the column",
    )


LIMITS: dict[str, tuple[Kind, str]] = {
    "minimum": ("at_least", "at least"),
    "maximum": ("at_most", "at most"),
    "exclusiveMinimum": ("above", "more than"),
    "exclusiveMaximum": ("below", "less than"),
    "minLength": ("min_length", "a text of at least this many characters:"),
    "maxLength": ("max_length", "a text of at most this many characters:"),
}


def _limit(field: Field, word: str, value: Any) -> Rule:
    kind, words = LIMITS[word]
    return Rule(
        f"S.{kind}",
        kind,
        (field.name,),
        (value,),
        message="outside the limits of the column",
        expected=f"{words} {value}",
        fix="check the value against its source",
    )
