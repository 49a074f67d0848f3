"""Whatever stands in a cell, a schema, a file: a value, a finding or one line, and never another exception."""

from __future__ import annotations

import json
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canonical.bound_words import bound_of_text
from canonical.calendars import calendar_of
from canonical.descriptor import described
from canonical.intervals import EXACT, Print, decimal_text, interval_of
from canonical.labels import periods_of_label
from canonical.printed_text import currency_of_text, figures_of_text
from canonical.reading.encodings import UnreadableError
from canonical.reading.json_files import json_value
from canonical.reading.reader import read_table
from canonical.reference import exact_factor
from canonical.rules.compiled import compile_schema
from canonical.schema_faults import schema_faults
from canonical.table_schema import load_schema, own_schema, parse_schema
from canonical.text_tables import csv_text
from canonical.typed_rows import typed_rows

BOUNDS = ("eq", "lt", "gt", "le", "ge", "range", "range_up", "spread", "")
WORDS = ("none", "approximately", "order_of_magnitude", "truncated", "nearly", "")
TRIES = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
PIECES = [*"FYQH财年季度半月上下第至-–~/ 0123456789.", "2025", "FY", "截至", "Q1", "12 months"]
LABELS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
)  # fmt: skip
NUMBERS = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"\A-?[0-9]{1,40}(\.[0-9]{0,40})?\Z"),
    st.sampled_from(
        ["NaN", "1e400", "1e99999999", "-0", "00", "0.0", "٣", "１２", "1_0", "+1", ".5", "5.", "", "9" * 400]
    ),
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = (
    "name", "type", "format", "constraints", "fields", "primaryKey", "foreignKeys", "missingValues", "required",
    "minimum", "pattern", "enum", "minLength", "reference", "resource", "uniqueKeys", "matchingKeys", "itemReference",
    "decimalChar", "groupChar", "delimiter", "itemType", "categories", "trueValues", "fieldsMatch", "kind", "bytes",
    "path", "hash", "row_count", "resources",
)  # fmt: skip
WORDED = st.sampled_from(
    [
        "a",
        "b",
        "string",
        "integer",
        "date",
        "list",
        "%Y",
        "(",
        "[a-z]+",
        "",
        "exact",
        "own",
        0,
        -1,
        1e308,
        None,
        True,
        ["a"],
        {},
    ]
)
STATED = st.recursive(
    WORDED,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)
FIELDS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["a", "b", "c"])},
        optional=dict.fromkeys(("type", "format", "constraints", "missingValues", "categories", "delimiter"), STATED),
    ),
    min_size=1, max_size=3, unique_by=lambda field: field["name"],
)  # fmt: skip
SCHEMAS = st.fixed_dictionaries(
    {"fields": FIELDS},
    optional=dict.fromkeys(
        ("primaryKey", "foreignKeys", "uniqueKeys", "missingValues", "name", "matchingKeys"), STATED
    ),
)
CELLS = st.text(alphabet=st.sampled_from([*'ab,;"\n\r\t =+-@x1.é云\u2028\x0b\x1c\x85\u200b\ufeff\x00']), max_size=8)


@TRIES
@given(NUMBERS, NUMBERS, st.none() | st.integers(-40, 40), st.sampled_from(BOUNDS), st.sampled_from(WORDS), NUMBERS)
def test_a_print_is_an_interval_in_exact_arithmetic_or_refused_in_words(
    value: str, value_to: str, decimals: int | None, bound: str, word: str, factor: str
) -> None:
    exact = exact_factor(factor) or Decimal("0.000001")
    try:
        found = interval_of(Print(value, value_to, decimals, bound, word, exact))
    except ValueError as error:
        assert len(str(error).splitlines()) <= 1
        return
    ends = [end for end in (found.low, found.value, found.high) if end is not None]
    assert ends == sorted(ends) and all(Decimal(decimal_text(end)) == end for end in ends)
    if bound == "eq" and found.value is not None and word != "order_of_magnitude":
        assert Fraction(found.value) == Fraction(value) * Fraction(exact), "the value was rounded"
    with localcontext(EXACT):
        assert all(end + 0 == end for end in ends), "more digits than exact arithmetic holds"


@TRIES
@given(LABELS, st.sampled_from(["", "3", "12", "5", "13", "x"]))
def test_a_label_is_read_or_not_understood(label: str, month: str) -> None:
    periods_of_label(label, calendar_of(month, "", ""))


@TRIES
@given(st.one_of(st.text(max_size=60), LABELS, NUMBERS))
def test_a_printed_text_is_read_or_not_understood(text: str) -> None:
    figures_of_text(text)
    bound_of_text(text)
    currency_of_text(text)


@TRIES
@given(st.one_of(JSON, STATED, SCHEMAS))
def test_a_schema_is_read_or_refused_fault_by_fault(descriptor: Any) -> None:
    faults = schema_faults(descriptor)
    assert all(isinstance(fault, str) and len(fault.splitlines()) <= 1 for fault in faults)
    if not faults:
        parse_schema(descriptor)


@TRIES
@given(SCHEMAS, st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=4))
def test_a_file_under_any_schema_is_read_or_refused(tmp_path: Path, descriptor: Any, rows: list[list[str]]) -> None:
    (tmp_path / "own.json").write_text(json.dumps(descriptor), encoding="utf-8")
    try:
        schema = own_schema(tmp_path / "own.json")
    except ValueError:
        return
    compile_schema(schema)
    path = tmp_path / "own.csv"
    path.write_bytes("\n".join([",".join(schema.columns), *(",".join(row) for row in rows)]).encode("utf-8"))
    try:
        read_table(path, schema)
    except UnreadableError as error:
        assert str(error)


@TRIES
@given(st.one_of(st.binary(max_size=200), st.lists(CELLS, max_size=30).map(lambda cells: "".join(cells).encode())))
def test_bytes_are_a_table_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vendors.csv"
    for head in (b"", b"vendor_id,name_en\n"):
        path.write_bytes(head + content)
        try:
            read_table(path, load_schema("vendors"))
        except UnreadableError as error:
            assert str(error).startswith(str(path))


@TRIES
@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=5))
def test_what_filling_writes_is_what_was_typed(rows: list[list[str]]) -> None:
    schema = load_schema("vendors")
    text = csv_text(schema, [dict(zip(schema.columns, row, strict=False)) for row in rows])
    try:
        again = typed_rows(text.encode("utf-8"), schema, "data/vendors.csv")
    except UnreadableError:
        assert "\x00" in text
        return
    assert csv_text(schema, again) == csv_text(
        schema, [row for row in (dict(zip(schema.columns, row, strict=False)) for row in rows) if any(row.values())]
    )


@TRIES
@given(st.one_of(JSON, STATED, st.fixed_dictionaries({"resources": st.lists(STATED, max_size=3)})))
def test_a_descriptor_is_read_or_refused(tmp_path: Path, descriptor: Any) -> None:
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    try:
        described(tmp_path / "datapackage.json")
    except UnreadableError as error:
        assert str(error).startswith("datapackage.json")


@TRIES
@given(st.binary(max_size=120))
def test_bytes_are_json_or_refused_in_words(content: bytes) -> None:
    try:
        json_value(content)
    except ValueError as error:
        assert len(str(error).splitlines()) == 1


KEPT = ["1e99999999", "9" * 400, "NaN", "0", "-1", "1" * 31, "1e400", "1e-400", "", "１"]
"""Factors that once broke the arithmetic."""


@pytest.mark.parametrize("text", KEPT)
def test_a_factor_beyond_exact_arithmetic_is_none(text: str) -> None:
    assert exact_factor(text) is None
