"""What is to be written in place of a cell that has not the form of its column, and that it then has it."""

from __future__ import annotations

import re

import pytest

from canonical.field import parse_field
from canonical.rules.compiled import compile_schema
from canonical.rules.rule import Rule
from canonical.table_schema import load_schema
from validation.structure.rewritten import remedy_of

NUMBER, CODE, CURRENCY = "printed_value", "seller", "currency"


def rule_of(table: str, column: str, kind: str) -> Rule:
    """The rule of a kind on a column of a table of ours."""
    (rule,) = (r for r in compile_schema(load_schema(table)) if (r.kind, r.columns) == (kind, (column,)))
    return rule


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("33,006", "33006"), ("33.006,5", "33006.5"), ("1,234,567.8", "1234567.8"), ("33 006", "33006"),
        ("1,25", "1.25"), ("$1.25", "1.25"), ("US$ 1.25", "1.25"), ("20%", "20"), ("(33006)", "-33006"),
        ("−33006", "-33006"), ("-$5", "-5"), ("３３００６", "33006"), ("33006.", "33006"), (".5", "0.5"),
        ("3.3006e4", "33006"), ("1e-6", "0.000001"), ("n/a", ""), ("33.0bn", ""), ("约33006", ""),
        ("1,2,3", ""), ("-", ""),
    ],
)  # fmt: skip
def test_a_number_is_written_in_digits(cell: str, written: str) -> None:
    rule = rule_of("observations", NUMBER, "pattern")
    remedy = remedy_of(cell, rule, load_schema("observations").field(NUMBER))
    if not written:
        assert remedy == rule.fix
        return
    first = remedy.removeprefix("write ").split(", or ")[0]
    assert first == written and re.fullmatch(rule.arguments[0], first)


def test_a_comma_before_three_digits_may_be_a_decimal_sign() -> None:
    rule = rule_of("observations", NUMBER, "pattern")
    remedy = remedy_of("33,006", rule, load_schema("observations").field(NUMBER))
    assert remedy == "write 33006, or 33.006 where the comma is the decimal sign"


@pytest.mark.parametrize(
    ("column", "cell", "written"),
    [(CODE, "OpenAI", "openai"), (CODE, "Open AI", "open-ai"), (CURRENCY, "usd", "USD"), (CURRENCY, "U.S.", ""),
     (CODE, "，", "")],
)  # fmt: skip
def test_a_code_is_written_in_its_letters(column: str, cell: str, written: str) -> None:
    rule = rule_of("model_prices", column, "pattern")
    remedy = remedy_of(cell, rule, load_schema("model_prices").field(column))
    assert remedy == (f"write {written}" if written else rule.fix)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("30/09/2025", "2025-09-30"), ("2025-9-30", "2025-09-30"), ("2025/09/30", "2025-09-30"),
        ("20250930", "2025-09-30"), ("2025-09-30T00:00:00", "2025-09-30"), ("30 Sep 2025", "2025-09-30"),
        ("2025年9月30日", "2025-09-30"), ("03/04/2025", ""), ("2025-09-31", ""), ("Sep 2025", ""), ("2025", ""),
        ("45930", "2025-09-30 where the number is a spreadsheet's day"),
    ],
)  # fmt: skip
def test_a_day_is_written_as_iso_8601_has_it(cell: str, written: str) -> None:
    rule = rule_of("observations", "period_end", "type")
    remedy = remedy_of(cell, rule, load_schema("observations").field("period_end"))
    assert remedy == (f"write {written}" if written else rule.fix)


@pytest.mark.parametrize(
    ("type_", "cell", "written"),
    [("integer", "1,200", "1200"), ("integer", "2.0", "2"), ("integer", "2.5", ""),
     ("number", "1,5", "1.5"), ("boolean", "Yes", "true"),
     ("boolean", "0", "false"), ("boolean", "maybe", "")],
)  # fmt: skip
def test_a_value_is_written_in_its_type(type_: str, cell: str, written: str) -> None:
    rule = Rule("S.type", "type", ("a",), (type_,), fix="correct it")
    assert remedy_of(cell, rule, parse_field({"name": "a", "type": type_})) == (
        f"write {written}" if written else rule.fix
    )
