"""The intermediate form: every constraint of a Table Schema and every row rule of ours as one small value.

A `Rule` says what must hold in words an engine can translate: a kind, the columns it reads and its
arguments. The engines of `validation.structure` turn rules into polars expressions, and into a pandera schema
that people import; both must give the same verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from canonical.cells import FALSE, TRUE
from canonical.field import Field
from canonical.field_types import FIELD_TYPES
from canonical.rules.rule import Kind, Rule
from canonical.table_schema import TableSchema

__all__ = ["compile_schema", "is_portable"]

NOT_SHARED = re.compile(r"\(\?|\\[a-zA-Z0-9]|&&|--|~~|\[\[|\{,|[*+?}]\+")


def is_portable(pattern: str) -> bool:
    """Whether a pattern means the same to Python, RE2 and Rust.

    Left out are groups with a question mark (look-around, flags), every backslash before a letter or digit
    (`\\d` takes Chinese digits in two of the three), set operations, `{,n}` and possessive repetition.
    """
    return NOT_SHARED.search(pattern) is None


def compile_schema(schema: TableSchema) -> tuple[Rule, ...]:
    """All rules that a Table Schema states, in the order of its fields, then its keys.

    Raises ValueError where a pattern of a table of this package uses syntax that the engines read differently.
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
    name, constraints, words = field.name, field.constraints, FIELD_TYPES[field.type]
    rules: list[Rule] = []
    if field.type not in ("string", "any"):
        rules.append(
            Rule(
                "S.type",
                "type",
                (name,),
                (field.type,),
                message=f"not {words.words}",
                expected=_in_form(field, words.example),
                fix=_remedy(field, words.fix),
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
        rules.append(_pattern(name, constraints["pattern"], schema))
    if field.type == "string" and field.format in FORM_WORDS:
        message, expected, fix = FORM_WORDS[field.format]
        rules.append(Rule("S.format", "form", (name,), (field.format,), message=message, expected=expected, fix=fix))
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
        expected=f"a value, {field.default} where nothing else is known" if field.filled == "default" else "a value",
        fix="run make fill" if unfilled else "type the value",
    )


def _remedy(field: Field, words: str) -> str:
    """What to do with a cell that has not the type of its field."""
    text = _in_form(field, words)
    return text if text.startswith("write ") else f"write {'it in ' * text.startswith('the form ')}{text}"


def _in_form(field: Field, words: str) -> str:
    """The words for a type, those of a field that is read otherwise than by default with how it is read."""
    if field.format not in ("default", *FIELD_TYPES[field.type].formats):
        return f"the form {field.format}"
    if field.type == "boolean" and field.descriptor.keys() & {"trueValues", "falseValues"}:
        true = field.descriptor.get("trueValues", TRUE)
        return words if list(true) == ["true"] else " or ".join([*true, *field.descriptor.get("falseValues", FALSE)])
    odd = {word: field.descriptor[word] for word in ("decimalChar", "groupChar") if word in field.descriptor}
    return words + "".join(f"; {word} is {mark!r}" for word, mark in odd.items())


FORM_WORDS = {
    "uri": (
        "not an address",
        "an absolute address such as https://host/path",
        "write the full address, spaces as %20",
    ),
    "email": ("not a mail address", "a mail address such as name@host.org", "write the full address"),
    "binary": ("not base64", "bytes in base64", "encode the bytes in base64"),
    "uuid": ("not a uuid", "32 hexadecimal digits in groups of 8-4-4-4-12", "write the uuid with its four hyphens"),
}
"""By format of a text: what is wrong, what is expected, and the remedy."""


def _pattern(name: str, pattern: str, schema: TableSchema) -> Rule:
    if schema.kind != "own" and not is_portable(pattern):
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
