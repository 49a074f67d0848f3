"""Markdown from plain texts: nothing in a table of the package can break the page it is shown on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["code", "heading", "link", "plain", "prose", "section", "table"]

SPECIAL = re.compile(r"([\\`*_{}\[\]#+!|])")


def plain(text: str) -> str:
    """A text shown letter for letter: every sign that Markdown or HTML would read is escaped."""
    return _escaped(_one_line(text))


def prose(text: str) -> str:
    """A text of ours, in which backticks mark names; all else is shown letter for letter."""
    parts = re.split(r"(`[^`]*`)", _one_line(text))
    return "".join(code(part[1:-1]) if part.startswith("`") and len(part) > 1 else _escaped(part) for part in parts)


def code(text: str) -> str:
    """A name or value in the fixed font; the empty text stays empty."""
    if not text:
        return ""
    return f"<code>{_escaped(_one_line(text))}</code>"


def link(text: str, address: str) -> str:
    """A link; `text` is Markdown already."""
    return f"[{text}]({address.replace(' ', '%20').replace('(', '%28').replace(')', '%29').replace('|', '%7C')})"


def heading(meaning: str, value: str) -> str:
    """The words of a heading about a code: what it means, as Markdown, then the code itself."""
    return f"{meaning[:1].upper()}{meaning[1:]} {code(value)}"


def section(level: int, title: str, anchor: str = "") -> str:
    """A heading with an anchor that stays when its words change; `title` is Markdown already."""
    return f"{'#' * level} {title}" + (f" {{ #{anchor} }}" if anchor else "")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A table of cells that are Markdown already; columns numbered in `right` (from 0) stand to the right."""
    aligned = set(right)
    rule = [("---:" if position in aligned else "---") for position in range(len(headers))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [headers, rule, *rows])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
