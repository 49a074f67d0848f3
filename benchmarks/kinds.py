"""The kinds of errors and changes that the detection benchmark injects into observations."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from benchmarks import contributor_errors as mistakes
from benchmarks.book import Book, Change, Kind
from benchmarks.harmless import coarser, in_other_unit, more_words, once_more
from benchmarks.name_errors import (
    calendar_for_fiscal,
    contradicting_row,
    group_for_part,
    growth_as_level,
    guidance_for_result,
    moved,
    neighbour_number,
    other_basis,
    other_breakdown,
    other_growth,
    other_metric,
    other_vendor,
    repeated_row,
    result_for_guidance,
    wrong_length,
)
from benchmarks.number_errors import (
    doubled_digit,
    lost_digit,
    lost_sign,
    lost_word,
    other_unit,
    padded_zeros,
    ratio_for_percent,
    swapped_digits,
    times,
    wrong_currency,
    wrong_digit,
)
from canonical.text_tables import Row

__all__ = ["CONTRIBUTIONS", "HARMLESS", "SOURCE_ERRORS", "TRANSCRIPTIONS"]

TRANSCRIPTIONS: tuple[Kind, ...] = (
    Kind("wrong_digit", "one digit replaced", wrong_digit),
    Kind("swapped_digits", "two digits exchanged", swapped_digits),
    Kind("lost_digit", "one digit left out", lost_digit),
    Kind("doubled_digit", "one digit typed twice", doubled_digit),
    Kind("times_10", "ten times too large", times("10")),
    Kind("over_10", "ten times too small", times("0.1")),
    Kind("times_100", "a hundred times too large", times("100")),
    Kind("thousandfold_unit", "million for billion, thousand for million", other_unit(Decimal(1000))),
    Kind("ten_thousandfold_unit", "万 for 亿, or the other way round", other_unit(Decimal(10000))),
    Kind("wrong_currency", "dollars for yuan, or yuan for dollars", wrong_currency),
    Kind("lost_sign", "the sign turned", lost_sign),
    Kind("ratio_for_percent", "0.36 for 36 %", ratio_for_percent),
    Kind("quarter_off", "the period a quarter off", moved(3)),
    Kind("year_off", "the period a year off", moved(12)),
    Kind("calendar_for_fiscal", "a fiscal label dated by the calendar year", calendar_for_fiscal),
    Kind("wrong_length", "a quarter entered as a year, or a year as a quarter", wrong_length),
    Kind("group_for_part", "the group's name on its part, or the part's on the group", group_for_part),
    Kind("other_vendor", "another vendor's name", other_vendor),
    Kind("other_metric", "another metric of the same quantity", other_metric),
    Kind("other_growth", "growth on the quarter for growth on the year", other_growth),
    Kind("growth_as_level", "a growth rate entered as a level", growth_as_level),
    Kind("other_breakdown", "a part for the total, or the total for a part", other_breakdown),
    Kind("other_basis", "constant currency entered as reported", other_basis),
    Kind("neighbour_number", "the number of the next period: one line off", neighbour_number),
    Kind("result_for_guidance", "guidance entered as a result", result_for_guidance),
    Kind("guidance_for_result", "a result entered as guidance", guidance_for_result),
    Kind("repeated_row", "a row entered twice", repeated_row, adds_row=True),
    Kind("contradicting_row", "a row entered twice, with a wrong digit", contradicting_row, adds_row=True),
    Kind("padded_zeros", "36.00 for 36", padded_zeros),
    Kind("lost_word", "`more than` left out", lost_word),
)  # fmt: skip


def _in_source(change: Callable[[Row, random.Random, Book], Change]) -> Callable[[Row, random.Random, Book], Change]:
    """The same error made by the source: nothing else of the print tells, neither its text nor its label."""

    def changed(row: Row, rng: random.Random, book: Book) -> Change:
        cells = change(row, rng, book)
        return None if cells is None else {**cells, "printed_text": "", "period_label": ""}

    return changed


SOURCE_ERRORS: tuple[Kind, ...] = tuple(
    Kind(f"source_{kind.name}", kind.words, _in_source(kind.change), "source")
    for kind in TRANSCRIPTIONS
    if kind.name in ("wrong_digit", "swapped_digits", "times_10", "over_10", "thousandfold_unit", "quarter_off",
                     "year_off", "neighbour_number", "group_for_part", "other_growth")
)  # fmt: skip

CONTRIBUTIONS: tuple[Kind, ...] = tuple(
    Kind(change.__name__, words, change, "contribution")
    for change, words in (
        (mistakes.other_definition, "one definition of capital expenditure for another"),
        (mistakes.year_growth_as_quarter, "growth on the year as growth on the quarter"),
        (mistakes.convenience_dollars, "the column of convenience dollars as yuan"),
        (mistakes.hong_kong_dollars, "Hong Kong dollars as yuan"),
        (mistakes.constant_as_reported, "constant currency as reported"),
        (mistakes.lost_minus, "a minus, brackets or a word of loss left out"),
        (mistakes.year_and_label_off, "the period and its label a year off"),
        (mistakes.column_before, "the column of the quarter or the year before"),
        (mistakes.year_to_date, "the year to date as the quarter that ends with it"),
        (mistakes.lost_breakdown, "a part as the whole"),
        (mistakes.peer_value, "the line of another vendor"),
        (mistakes.acceleration, "points of acceleration as growth"),
        (mistakes.thousands_for_millions, "thousands for millions, millions for billions"),
        (mistakes.run_rate_as_level, "a year's rate as the level of a quarter"),
        (mistakes.other_document, "another document of the same publisher"),
        (mistakes.lost_about, "`about` or `nearly` left out"),
        (mistakes.lost_bound, "`more than` or `at least` left out"),
        (mistakes.stale_number, "the number of an older document, restated since"),
    )
)

HARMLESS: tuple[Kind, ...] = (
    Kind("coarser", "the same number with one digit fewer", coarser, "harmless", adds_row=True),
    Kind("in_other_unit", "the same number in another unit", in_other_unit, "harmless"),
    Kind("more_words", "the same print quoted with more of its words", more_words, "harmless"),
    Kind("once_more", "the same print at another place", once_more, "harmless", adds_row=True),
)
