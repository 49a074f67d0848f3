"""What a text cell is worth: each field type as a polars expression that gives its value, or null where it has none.

A regular expression guards every cast: readers otherwise repair ` 2021-2-3` or `yes` silently.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from canonical.field import Field, parse_field
from canonical.json_cells import is_geojson, is_geopoint, is_json, json_length

if TYPE_CHECKING:
    from canonical.table_schema import TableSchema

__all__ = ["DTYPES", "FALSE", "FORMS", "TRUE", "UTC", "length_of", "type_guard", "typed", "typed_frame", "value_of"]

UTC = pl.Datetime("us", "UTC")
DTYPES: dict[str, Any] = {
    "string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date,
    "time": pl.Time, "datetime": UTC, "year": pl.Int64, "yearmonth": pl.String, "duration": pl.String,
    "list": pl.String, "array": pl.String, "object": pl.String, "geopoint": pl.String, "geojson": pl.String,
    "any": pl.String,
}  # fmt: skip
"""The polars type of each field type; what has no type of its own there stays text and is held to its form."""

DAY = r"([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-[0-9]{2}-[0-9]{2}"
CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}"
GUARDS = {
    "integer": r"^-?[0-9]{1,18}$",
    "number": r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$",
    "date": f"^{DAY}$",
    "time": f"^{CLOCK}$",
    "datetime": rf"^{DAY}T{CLOCK}(\.[0-9]{{1,9}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?$",
    "year": r"^-?[0-9]{4}$",
    "yearmonth": r"^[0-9]{4}-(0[1-9]|1[0-2])$",
    "duration": r"^-?P([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?$",
}
"""What a text of each type looks like; years count from 0001, as in every calendar users load dates into."""

HEX = "[0-9a-fA-F]"
FORMS = {
    "uri": r"^[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/?#]+[^\s]*$",
    "email": r"^[^\s@,;<>\"]+@[^\s@,;<>\".]+(\.[^\s@,;<>\".]+)+$",
    "binary": r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    "uuid": f"^{HEX}{{8}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{12}}$",
}
"""What a text of each format of strings looks like."""

MOMENTS = ("date", "time", "datetime")
TRUE, FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
"""How the standard writes truth values where a field does not say otherwise."""


def typed(field: Field, text: pl.Expr) -> pl.Expr:
    """The value of a text expression in the type of a field; null where the text is no value of it."""
    if field.type in ("integer", "number"):
        return _number(field, _bare(field, text))
    if field.type == "boolean":
        true = text.is_in(list(field.descriptor.get("trueValues", TRUE)))
        false = text.is_in(list(field.descriptor.get("falseValues", FALSE)))
        return pl.when(true).then(True).when(false).then(False)
    if field.type in MOMENTS:
        return _moment(field, text)
    if field.type == "year":
        return pl.when(text.str.contains(GUARDS["year"])).then(text).cast(pl.Int64, strict=False)
    is_value = _is_form(field, text)
    return text if is_value is None else pl.when(is_value).then(text)


def type_guard(field: Field) -> pl.Expr:
    """True where a text cell of this field is not empty and yet no value of its type."""
    text = pl.col(field.name)
    return (text.is_not_null() & typed(field, text).is_null()).fill_null(False)


def typed_frame(schema: TableSchema, text: pl.DataFrame) -> pl.DataFrame:
    """A frame of texts as a frame of typed columns; cells that are not of their type become null."""
    present = set(text.columns)
    return text.select(
        typed(field, pl.col(field.name)).alias(field.name) for field in schema.fields if field.name in present
    )


def value_of(field: Field, constant: Any) -> Any:
    """The value that a constraint states in the type of its field, None where it is no such value.

    A constraint may be written as JSON has it or as a text of the column.
    """
    if field.type == "boolean" and str(constant).lower() in ("true", "false"):
        return str(constant).lower() == "true"
    if isinstance(constant, bool):
        return None
    text = str(constant)
    is_plain = field.type in PLAIN and (field.type not in MOMENTS or field.format == "default")
    value = _plain_value(field.type, text) if is_plain else None
    is_read = value is not None or (is_plain and not field.descriptor.keys() & MARKS)
    return value if is_read else _read(field, text)


MARKS = {"decimalChar", "groupChar", "bareNumber"}
"""The properties of a field whose numbers are written otherwise than by default."""
PLAIN: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "date": date.fromisoformat}
"""How Python reads a text that has the form of its type."""


def _plain_value(kind: str, text: str) -> Any:
    """The value of a text in a type, as the standard writes it where a field does not say otherwise."""
    if not re.fullmatch(GUARDS[kind], text):
        return None
    try:
        value = PLAIN[kind](text)
    except ValueError:
        return None
    return value if kind != "number" or math.isfinite(value) else None


def _read(field: Field, text: str) -> Any:
    """The value of a text in the type of a field, None where it is no such value."""
    return pl.select(typed(field, pl.lit(pl.Series([text], dtype=pl.String)))).item()


def length_of(field: Field, column: pl.Expr) -> pl.Expr:
    """What a limit of length counts: characters of a text, items of a list, an array or an object."""
    if field.type == "list":
        return column.str.split(field.descriptor.get("delimiter", ",")).list.len()
    if field.type in ("array", "object"):
        return column.map_batches(json_length, return_dtype=pl.Int64)
    return column.str.len_chars()


def _bare(field: Field, text: pl.Expr) -> pl.Expr:
    """The digits of a number as plain text: without what stands around it, group marks, with a decimal point."""
    point, group = field.descriptor.get("decimalChar", "."), field.descriptor.get("groupChar", "")
    if field.descriptor.get("bareNumber", True) is False:
        of_number = f"0-9{re.escape(point + group)}"
        text = text.str.replace(f"^[^{of_number}+-]*", "").str.replace(f"[^{of_number}]*$", "")
    if group:
        text = text.str.replace_all(group, "", literal=True)
    if point != ".":
        text = pl.when(~text.str.contains(".", literal=True)).then(text)
    return text.str.replace_all(point, ".", literal=True) if point != "." else text


def _number(field: Field, text: pl.Expr) -> pl.Expr:
    number = pl.when(text.str.contains(GUARDS[field.type])).then(text).cast(DTYPES[field.type], strict=False)
    return pl.when(number.is_finite()).then(number) if field.type == "number" else number


def _moment(field: Field, text: pl.Expr) -> pl.Expr:
    """The date, time or datetime of a text; a time without zone counts as universal time."""
    if field.format != "default":
        parse = {"date": text.str.to_date, "time": text.str.to_time}.get(field.type)
        if parse is not None:
            return parse(field.format, strict=False)
        has_zone = "%z" in field.format
        moment = text.str.to_datetime(field.format, strict=False, time_unit="us", time_zone="UTC" if has_zone else None)
        return moment if has_zone else moment.dt.replace_time_zone("UTC")
    guarded = pl.when(text.str.contains(GUARDS[field.type])).then(text)
    if field.type == "date":
        return guarded.str.to_date("%Y-%m-%d", strict=False)
    if field.type == "time":
        return guarded.str.to_time("%H:%M:%S", strict=False)
    zoned = pl.when(guarded.str.contains(r"(Z|[+-][0-9]{2}:[0-9]{2})$")).then(guarded).otherwise(guarded + "Z")
    return zoned.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%#z", strict=False, time_unit="us", time_zone="UTC")


def _is_form(field: Field, text: pl.Expr) -> pl.Expr | None:
    """Whether a text has the form of a type that stays text; None where every text has."""
    if field.type == "duration":
        return text.str.contains(GUARDS["duration"]) & ~text.str.contains("[PT]$")
    if field.type == "yearmonth":
        return text.str.contains(GUARDS["yearmonth"])
    if field.type == "list":
        item = parse_field({"name": field.name, "type": field.descriptor.get("itemType", "string")})
        items = text.str.split(field.descriptor.get("delimiter", ","))
        return items.list.eval(typed(item, pl.element()).is_not_null()).list.all()
    if field.type in ("array", "object"):
        return text.map_batches(is_json(field.type), return_dtype=pl.Boolean)
    if field.type == "geopoint":
        return text.map_batches(is_geopoint(field.format), return_dtype=pl.Boolean)
    if field.type == "geojson":
        return text.map_batches(is_geojson(field.format), return_dtype=pl.Boolean)
    return None
