"""What no text of a table may hold: signs nobody sees, letters that were lost, cells that a spreadsheet would run."""

from __future__ import annotations

import re

__all__ = ["BLANK", "CONTROL", "EDGE_BLANK", "FORMULA", "HIDDEN", "LINE_END", "LOST", "RUNS"]

LOST = "\ufffd"
"""What stands for letters that were lost when a text was read in a wrong encoding."""
CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]"
"""NUL, escape sequences of terminals, separators that some readers take for line ends."""
EDGE_BLANK = r"^\s|\s$"
"""A blank before or behind a text: readers that trim and readers that do not then disagree on what is equal."""
BLANK = r"^\s+$"
"""Blanks and nothing else: a cell that looks empty and is not."""
LINE_END = "[\t\n\r]"
"""What a quoted cell may hold and no line of a report shows."""
HIDDEN = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Signs without a shape: zero-width blanks, byte order marks, turns of the writing direction, tags."""
FORMULA = (
    r"^\s*(?:[=\uff1d\t\r]|[+@\uff0b\uff20\uff0d-](?:.*(?:[A-Za-z][A-Za-z0-9.]*\(|\||!)|\$?[A-Za-z]{1,3}\$?[0-9]+$"
    r"|[0-9., ]*[0-9] ?[*/^+-] ?[0-9(]))"
)
"""A text that a spreadsheet takes for a formula: `=…`, a function, another program, a cell, a sum behind a sign.

Some spreadsheets skip blanks before it, and take the wide signs of Chinese and Japanese keyboards for the narrow ones.
"""
RUNS = re.compile(FORMULA)
