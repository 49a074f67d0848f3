"""Row rules that a Table Schema cannot state: which columns go together, and in which order dates stand."""

from __future__ import annotations

from dataclasses import replace

from canonical.rules.rule import Rule

__all__ = ["TABLE_RULES"]


def _needs(column: str, other: str, *codes: str, why: str) -> Rule:
    return Rule(
        "S.needs",
        "present_when",
        (column, other),
        codes,
        message=f"empty although {other} is {' or '.join(codes)}: {why}",
        expected="a value",
        fix=f"type the value or correct {other}",
    )


def _excludes(column: str, other: str, *codes: str, why: str) -> Rule:
    return Rule(
        "S.excludes",
        "absent_when",
        (column, other),
        codes,
        message=f"filled although {other} is {' or '.join(codes)}: {why}",
        expected="an empty cell",
        fix=f"empty the cell or correct {other}",
    )


def _not_after(first: str, last: str) -> Rule:
    return Rule(
        "P.order",
        "not_after",
        (first, last),
        message=f"{first} lies after {last}",
        expected=f"a day not after {last}",
        fix="put the two dates in order",
    )


def _at_most(first: str, last: str) -> Rule:
    rule = _not_after(first, last)
    return replace(rule, message=f"{first} is above {last}", expected=f"at most {last}", fix="put the two in order")


ONE_END = ("eq", "lt", "gt", "le", "ge")
QUANTITIES = (
    "ratio", "points", "count", "multiple", "token_volume", "token_rate", "call_rate", "power", "price", "time",
    "compute_rate", "energy", "mass", "data_volume", "water_intensity",
)  # fmt: skip

IN_PLACE_OF_PRINT = tuple(
    Rule(
        "S.required",
        "present",
        (column,),
        message="the cell is empty, and the file gives no print",
        expected=expected,
        fix=f"type the {what}, or give printed_value and printed_unit_id in place of value and unit_id",
    )
    for column, expected, what in (("value", "a number", "value"), ("unit_id", "a unit", "unit"))
)
"""What each row needs in a file of observations that gives no prints."""

TABLE_RULES: dict[str, tuple[Rule, ...]] = {
    "observations": (
        _needs("printed_value_to", "bound", "range", "spread", why="two ends are printed"),
        _excludes("printed_value_to", "bound", *ONE_END, why="one end is printed"),
        _needs(
            "period_end",
            "period_precision",
            "day",
            "month",
            "quarter",
            "year",
            why="only undated rows lack it",
        ),
        _excludes("period_end", "period_precision", "undated", why="nothing is guessed"),
        _needs("period_start", "period_type", "window", why="a window has no length of its own"),
        _excludes("period_start", "period_type", "instant", "cumulative", why="it has no start of its own"),
        _not_after("period_start", "period_end"),
        *IN_PLACE_OF_PRINT,
    ),
    "statements": (_not_after("period_start", "period_end"),),
    "sources": (
        _needs("published_on", "published_precision", "day", "month", "quarter", "year", why="the date is known"),
        _excludes("published_on", "published_precision", "unknown", why="the date is unknown"),
        _needs("retrieved_on", "published_precision", "unknown", why="it stands in for an unknown date"),
        _not_after("published_on", "retrieved_on"),
    ),
    "metrics": (
        _needs("unit_id", "quantity", *(q for q in QUANTITIES if q != "price"), why="values are kept in one unit"),
        _excludes("unit_id", "quantity", "money", why="money is kept in its own currency"),
        _at_most("plausible_min", "plausible_max"),
    ),
    "units": (
        _needs("currency", "quantity", "money", why="money has a currency"),
        _excludes("currency", "quantity", *QUANTITIES, why="only money has a currency"),
    ),
    "reporting": (_not_after("first_period_end", "last_period_end"),),
    "rating_scales": (_at_most("lower", "upper"), _at_most("horizon_months_from", "horizon_months_to")),
    "regions": (_not_after("first_seen_on", "last_seen_on"),),
    "fiscal_periods": (_not_after("period_start", "period_end"),),
    "model_prices": (
        _needs("printed_amount", "price_state", "priced", "free", why="a price is stated"),
        _excludes("printed_amount", "price_state", "unknown", why="no price is known"),
        _needs("printed_amount_to", "bound", "range", "spread", why="two ends are printed"),
        _excludes("printed_amount_to", "bound", *ONE_END, why="one end is printed"),
        _not_after("valid_from", "valid_to"),
        _at_most("tier_from_tokens", "tier_to_tokens"),
    ),
    "compute_prices": (_not_after("valid_from", "valid_to"), _not_after("changed_after", "valid_from")),
}
"""Rules by table, beside those its schema states."""
