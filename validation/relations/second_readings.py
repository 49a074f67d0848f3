"""The typed cells of a print against a second reading of its text: digits, unit, sign, bound and ends of a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from canonical.bound_words import bound_of_text
from canonical.findings import Severity
from canonical.intervals import MIRRORED, decimal_text
from canonical.printed_text import Figure, currency_of_text, figures_of_text
from canonical.sign_words import MONEY
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.spoken import as_typed, is_growth, is_typed, power_of, shown, spoken_in

__all__ = ["RELATIONS"]

FIX = "type the cell as the text says it, or correct the text"


_figures = lru_cache(maxsize=1 << 15)(figures_of_text)
"""The numbers of a text, read once for all relations that ask for them."""
_currency_of_label = lru_cache(maxsize=1 << 13)(currency_of_text)
"""The currency that a label names, which many rows have in common."""


def _remark(o: Observation, column: str, holds: bool, expected: str, severity: Severity | None = None) -> Remark:
    message = f"the printed text {o.row['printed_text']!r} says otherwise"
    return remark_on(o, column, holds, expected, message, severity=severity)


@relation(
    "U.text_digits",
    "error",
    says="the digits typed are those of the printed text",
    rationale="The text is a second copy of the number: a digit mistyped in one of the two shows against the other.",
    fix=FIX,
    reach="row",
    reads="figure measure printed_unit_id printed_value_to",
    beside="observations.printed_text",
)
def text_digits(facts: Facts) -> Iterator[Remark]:
    """Each print whose text shows digits against all numbers in it."""
    powers = {unit_id: power_of(unit) for unit_id, unit in facts.reference.units.items()}
    for o in facts.observations:
        figures = [figure.digits for figure in _figures(o.row["printed_text"])]
        spoken = [as_typed(one, o, facts, powers) for one in spoken_in(o.row["printed_text"])]
        told = [one for one in spoken if one is not None]
        if figures:
            multiples = [one for one in told if one.counts in ("multiple", "increase")]
            holds = o.row["printed_value"].lstrip("-") in figures or any(is_typed(one, o) for one in multiples)
            said = dict.fromkeys((*figures, *map(shown, multiples if is_growth(o) else ())))
            yield _remark(o, "printed_value", holds, " or ".join(said))
        elif told:
            expected = " or ".join(dict.fromkeys(map(shown, told)))
            yield _remark(o, "printed_value", any(is_typed(one, o) for one in told), expected)


@relation(
    "U.text_unit",
    "error",
    says="the unit typed has the magnitude and currency of the printed text",
    rationale="Billion or million, 亿 or 万, dollars or yuan: the words behind the number say which.",
    fix=FIX,
    reach="row",
    reads="figure label_currency printed_unit_id",
    beside="observations.printed_label observations.printed_text",
)
def text_unit(facts: Facts) -> Iterator[Remark]:
    """Each print whose text names a magnitude, a percentage or a currency against its unit; prices have their own."""
    powers = {unit_id: power_of(unit) for unit_id, unit in facts.reference.units.items()}
    for o in facts.observations:
        text, unit = o.row["printed_text"], facts.reference.units[o.row["printed_unit_id"]]
        figure = _figure(o)
        if figure is None:
            continue
        # A label names the currency of an amount; beside a percentage it tells whose: customers above $100,000.
        currency = currency_of_text(text) or (_currency_of_label(o.row["printed_label"]) if unit.currency else None)
        if currency and unit.quantity != "price":
            yield _remark(o, "printed_unit_id", unit.currency == currency, f"a unit of {currency}")
        if figure.counts:
            quantities, expected = COUNTED[figure.counts]
            # What is counted twice, or three times, is told in words of times too.
            if figure.counts == "percent" or unit.quantity in OF_RATES:
                yield _remark(o, "printed_unit_id", unit.quantity in quantities, expected)
        power = powers[unit.unit_id]
        if figure.power is not None and power is not None:
            yield _remark(o, "printed_unit_id", figure.power == power, f"a unit of 10^{figure.power}")


OF_RATES = ("ratio", "points", "multiple")
COUNTED = {
    "percent": (("ratio", "points"), "percent or percentage points"),
    "points": (("points",), "percentage points"),
    "times": (("multiple",), "times"),
}
"""By what a number counts, the quantities of its unit, and their words."""


def _figure(o: Observation) -> Figure | None:
    """The number of the text that was typed."""
    typed = o.row["printed_value"].lstrip("-")
    return next((figure for figure in _figures(o.row["printed_text"]) if figure.digits == typed), None)


@relation(
    "U.text_sign",
    "error",
    says="the sign typed is that of the printed text",
    rationale="A loss in brackets, or a fall in words, is easily typed without its sign.",
    fix=FIX,
    reach="row",
    reads="figure words measure metric_id printed_unit_id",
    beside="observations.printed_label observations.printed_text",
)
def text_sign(facts: Facts) -> Iterator[Remark]:
    """Each growth rate and each level that may be negative, where the text shows that its number is negative.

    Outflows stand in brackets and are typed positive: what cannot be negative is left to `U.sign`.
    """
    for o in facts.observations:
        marks, typed = _marks(o, facts), o.row["printed_value"]
        figure = _figure(o) if marks else None
        is_negative = typed.startswith("-") or not Decimal(typed)
        if figure is not None and (figure.mark in marks or (figure.mark == "triangle" and _is_japanese(o, facts))):
            yield _remark(o, "printed_value", is_negative, f"-{typed}")
        elif figure is not None and figure.mark == (RISE if _is_change(o) else "gain"):
            yield _remark(o, "printed_value", not typed.startswith("-"), typed.removeprefix("-"))
        elif "loss" in marks and _is_told_as_loss(o):
            yield _remark(o, "printed_value", is_negative, f"-{typed}", "warning")


RISE = "rise"
JAPANESE = re.compile("[\u3041-\u30ff円営売]")


def _is_japanese(o: Observation, facts: Facts) -> bool:
    """Whether a print is of a Japanese table, in which a full triangle is a minus."""
    unit = facts.reference.units[o.row["printed_unit_id"]]
    return unit.currency == "JPY" or bool(JAPANESE.search(o.row["printed_label"] + o.row["printed_text"]))


LOSS_WORD = re.compile(
    r"\bloss(?:es)?\b|[亏虧][损損]|損失|赤字|\bn[ée]gati(?:f|ve)s?\b|\bpertes?\b|verlust", re.IGNORECASE
)
GAIN_WORD = re.compile(r"income|profit|earnings|gain|利润|盈|收益|扭亏|减亏", re.IGNORECASE)


def _is_told_as_loss(o: Observation) -> bool:
    """Whether text or label call a level a loss, and nothing else: operating income (loss) is a name of both."""
    said = f"{o.row['printed_label']} {o.row['printed_text']}"
    return o.series.measure == "level" and bool(LOSS_WORD.search(said)) and not GAIN_WORD.search(said)


def _marks(o: Observation, facts: Facts) -> tuple[str, ...]:
    """What makes a number of this kind negative: growth falls, a profit is a loss."""
    if _is_change(o):
        return ("minus", "fall")
    may_be_negative = facts.reference.metrics.get(o.series.metric_id, {}).get("sign") == "any"
    return ("minus", "loss") if may_be_negative else ()


def _is_change(o: Observation) -> bool:
    return o.series.measure.startswith(("growth", "difference"))


@relation(
    "U.text_bound",
    "warning",
    says="the bound typed is that of the words in the printed text",
    rationale="More than 5 is no 5: without its bound the number claims what the source does not say.",
    fix=FIX,
    reach="row",
    reads="figure bound precision_word",
    beside="observations.printed_text",
)
def text_bound(facts: Facts) -> Iterator[Remark]:
    """Each print whose text holds a word of the interval table against its bound and precision word.

    A cut of more than 20 % is typed as less than −20. A range says more than a word does.
    """
    for o in facts.observations:
        said = bound_of_text(o.row["printed_text"], o.row["printed_value"].lstrip("-"))
        if said is None and any(one.counts == "band" for one in spoken_in(o.row["printed_text"])):
            holds = (o.row["bound"], o.row["precision_word"]) != ("eq", "none")
            yield _remark(o, "bound", holds, "range, or eq and precision word approximately")
        elif said is not None and o.row["bound"] in MIRRORED:
            bounds = _bounds(o, said[0])
            holds = o.row["bound"] in bounds and o.row["precision_word"] == said[1]
            yield _remark(o, "bound", holds, f"{' or '.join(bounds)} and precision word {said[1]}")


def _bounds(o: Observation, said: str) -> tuple[str, ...]:
    """The bounds that a word may stand for: turned for a fall or loss, either way where the text shows the minus."""
    if not o.row["printed_value"].startswith("-"):
        return (said,)
    figure = _figure(o)
    shows_minus = figure is not None and figure.mark == "minus"
    return tuple(dict.fromkeys((MIRRORED[said], said))) if shows_minus else (MIRRORED[said],)


NUMBER = r"[0-9][0-9.,]*"
BEHIND = r"(?:%|[万亿萬億千百]+|[A-Z]{1,2}\b|[a-z]+\b)?"
TWO_ENDS = re.compile(
    rf"(?<![0-9.,]){NUMBER}\s?{BEHIND}\s?(?:\s[-–—]\s|[-–—~～]|\bto\b|\band\b|至|到)\s?(?:{MONEY})?{NUMBER}", re.I
)
"""Two numbers with a dash or `to` between them: a range, or two ends of a move."""
MOVED = re.compile(r"\bfrom\b|[从由自升降增减]", re.IGNORECASE)
"""Words of a move from one number to another."""


@relation(
    "U.text_range",
    "warning",
    says="a range in the printed text is typed with both of its ends",
    rationale="A range of 28.4 to 28.7 billion is one number with two ends: its middle was printed by nobody.",
    fix="type the ends in printed_value and printed_value_to with the bound range, or correct the text",
    reach="row",
    reads="printed_text printed_value_to",
    surely=lambda facts: _name_no_range(facts),
    beside="observations.printed_text",
)
def text_range(facts: Facts) -> Iterator[Remark]:
    """Each print of one number whose text shows a range, and each with two ends whose text shows only other ones."""
    for o in facts.observations:
        text, far = o.row["printed_text"], o.row["printed_value_to"]
        if not far:
            holds = not TWO_ENDS.search(text) or bool(MOVED.search(text))
            yield _remark(o, "printed_value_to", holds, "the other end of the range")
        elif read := {figure.digits for figure in _figures(text)}:
            typed = far.lstrip("-")
            holds = typed in read or decimal_text(Decimal(typed) / 1000) in read
            yield _remark(o, "printed_value_to", holds, " or ".join(sorted(read)))


def _name_no_range(facts: Facts) -> NDArray[np.bool_]:
    """Of which rows neither the words, whatever their digits, nor the cells hold two ends."""
    has_one = facts.cells.each("words", lambda words: not TWO_ENDS.search(words)) > 0
    return has_one & (facts.cells.each("printed_value_to", lambda far: not far) > 0)


RELATIONS = (text_digits, text_unit, text_sign, text_bound, text_range)
"""They judge what was typed: corrections change nothing in them."""
