"""Show a text on one line that no terminal takes for a command."""

from __future__ import annotations

import unicodedata

__all__ = ["safe"]

KINDS = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Kinds of signs that drive a terminal, turn a text, hide, or end a line."""
LONGEST = 1_000


def safe(text: str) -> str:
    """The text with escapes such as \\x1b in place of such signs, cut off where it is longer than a line may be."""
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(ascii(sign)[1:-1] if unicodedata.category(sign) in KINDS else sign for sign in shown)
