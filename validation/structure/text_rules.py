"""Rules on what no text may hold, whatever its column: signs nobody sees, lost letters, formulas of spreadsheets."""

from __future__ import annotations

from canonical.rules.rule import Rule
from canonical.text_faults import BLANK, CONTROL, EDGE_BLANK, FORMULA, HIDDEN, LINE_END, LOST

__all__ = ["TEXT_RULES"]

TEXT_RULES = (
    Rule(
        "S.control", "without", (), (CONTROL,),
        message="the text holds a control character",
        expected="letters, digits and signs that are printed", fix="delete the character",
    ),
    Rule(
        "S.hidden", "without", (), (f"{HIDDEN}|{BLANK}",),
        message="the text holds a character that nobody sees",
        expected="a text that is what it looks like", fix="type the text anew",
    ),
    Rule(
        "S.lost_letter", "without", (), (LOST,),
        message="the text holds U+FFFD, which stands for a letter lost in a wrong encoding",
        expected="the letter of the source", fix="type the letter as the source prints it",
    ),
    Rule(
        "S.formula", "without", (), (FORMULA,),
        message="a spreadsheet that opens the file would run the text as a formula",
        expected="a text that begins with a letter, a digit or a plain signed number",
        fix="write the value itself, or put a word before it",
    ),
    Rule(
        "S.edge_blank", "without", (), (EDGE_BLANK,), severity="warning",
        message="the text begins or ends with a blank",
        expected="a text without blanks at its edges", fix="delete the blank",
    ),
    Rule(
        "S.line_end", "without", (), (LINE_END,), severity="warning",
        message="the text holds a line end or a tab",
        expected="a text of one line", fix="put a space in its place",
    ),
)  # fmt: skip
"""Each as a template: the column is put in where the schema of a table is compiled."""
