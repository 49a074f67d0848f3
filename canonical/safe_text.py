"""Show a text on one line that no terminal, editor or reader of JSON lines takes for anything else."""

from __future__ import annotations

import re

from canonical.text_faults import CONTROL, HIDDEN, LINE_END

__all__ = ["safe_cell", "safe_json", "safe_line"]

BREAKS = re.compile(f"{LINE_END}+")
UNSAFE = re.compile(f"{CONTROL}|{HIDDEN}|[\ud800-\udfff]")


def safe_line(text: str) -> str:
    """The text on one line: a blank in place of line ends and tabs, escapes such as \\x1b in place of what hides."""
    return safe_cell(BREAKS.sub(" ", text))


def safe_cell(text: str) -> str:
    """The text with its line ends, and escapes in place of what hides or drives a terminal."""
    return UNSAFE.sub(lambda sign: ascii(sign[0])[1:-1], text)


def safe_json(text: str) -> str:
    """JSON with escapes in place of signs that a terminal acts on or a reader of lines takes for a line end."""
    return UNSAFE.sub(lambda sign: _escaped(sign[0]), text)


def _escaped(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
