"""What relations see of the cells of a row: views of columns, in which rows are alike more often than in the cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from canonical.locators import columns
from canonical.printed_text import currency_of_text
from canonical.reference import Reference
from canonical.text_tables import Row

__all__ = ["VIEWS", "View", "figure"]

ONE_FIGURE = re.compile(r"([^0-9]*)([0-9]+(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)([^0-9]*)")
"""A text in which one number stands, as it is or in thousands."""
DIGITS = re.compile(r"[0-9]+")


class View(NamedTuple):
    """What a relation sees of some columns: rows in which it is the same are judged alike, whatever else they say."""

    columns: tuple[str, ...]
    text: Callable[[Row, Reference], str]


def figure(row: Row, reference: Reference) -> str:
    """The printed text with the typed number left out where no other stands there, and its sign; else both as they are.

    What is read of such a text, magnitude, currency, mark and words of bound, are the words around the number.

    >>> figure({"printed_text": "up to $1,084 million", "printed_value": "1084"}, Reference())
    'up to $\\x00 million'
    """
    text, typed = row["printed_text"], row["printed_value"]
    digits = typed.removeprefix("-")
    found = ONE_FIGURE.fullmatch(text)
    if found and found[2].replace(",", "") == digits and found[1][-1:] != "." and found[3][:1] not in (".", ","):
        sign = "-" if digits != typed else "" if digits.strip("0.") else "0"
        return f"{sign}{found[1]}\0{found[3]}"
    return f"{typed}\0{text}\0"


def _words(row: Row, reference: Reference) -> str:
    return DIGITS.sub("0", f"{row['printed_label']} {row['printed_text']}")


def _currency(row: Row, reference: Reference) -> str:
    return currency_of_text(row["printed_label"])


def _calendar(row: Row, reference: Reference) -> str:
    entity = reference.entities.get(row["entity_id"], {})
    return "|".join([entity.get(column, "") for column in CALENDAR])


def _vendor(row: Row, reference: Reference) -> str:
    return reference.entities.get(row["entity_id"], {}).get("vendor_id", "")


def _place(row: Row, reference: Reference) -> str:
    return row["locator"].partition(":")[0]


def _column(row: Row, reference: Reference) -> str:
    return DIGITS.sub("0", columns(row["locator"]))


CALENDAR = ("fiscal_year_end_month", "fiscal_year_end_rule", "fiscal_quarter_weeks")
VIEWS: dict[str, View] = {
    "figure": View(("printed_text", "printed_value"), figure),
    "words": View(("printed_label", "printed_text"), _words),
    "label_currency": View(("printed_label",), _currency),
    "column": View(("locator",), _column),
    "place": View(("locator",), _place),
    "calendar": View(("entity_id",), _calendar),
    "vendor": View(("entity_id",), _vendor),
}
"""Views by the names under which relations say that they read them."""
