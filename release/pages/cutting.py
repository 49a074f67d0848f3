"""Pages that grow with the data, cut before one is too large for a phone, in the same places in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from release.pages.language import LANGUAGES, Language

__all__ = ["LARGEST", "cut"]

Part = TypeVar("Part")

LARGEST = 40_000
"""Bytes of Markdown that a page of many parts holds: as HTML, with the menus around them, less than 150,000 bytes."""


def cut(stem: str, parts: Iterable[Part], written: Callable[[Part, Language], str]) -> list[tuple[str, list[Part]]]:
    """Consecutive parts as pages, each with its stem: `news`, `news-2`, `news-3`.

    `written` gives the Markdown of a part in a language; the longer of both counts, so that every page stands in
    both. A part that is larger than a page alone has a page of its own.
    """
    pages: list[tuple[str, list[Part]]] = []
    held = 0
    for part in parts:
        size = max(len(written(part, language).encode("utf-8")) for language in LANGUAGES)
        if not pages or held + size > LARGEST:
            pages.append((f"{stem}-{len(pages) + 1}" if pages else stem, []))
            held = 0
        pages[-1][1].append(part)
        held += size
    return pages
