"""The two languages of the site, and how a page says one thing in either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

__all__ = ["LANGUAGES", "Language", "in_language", "page_path", "text_of"]

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def in_language(language: Language, english: str, chinese: str) -> str:
    """The one of two texts that belongs to the language; both stand side by side where they are used."""
    return english if language == "en" else chinese


def text_of(described: Mapping[str, Any], key: str, language: Language) -> str:
    """The `title` or `description` of a schema or field, or a `name` of a row, in the language.

    Schemas write English under the bare key and Chinese under `_zh`; rows write `_en` and `_zh`. Where the
    Chinese text is empty the English one stands in.
    """
    english = described.get(key) or described.get(f"{key}_en") or ""
    return english if language == "en" else described.get(f"{key}_zh") or english


def page_path(stem: str, language: Language) -> str:
    """The file of a page: English without a suffix, Chinese with `.zh`."""
    return f"{stem}.md" if language == "en" else f"{stem}.zh.md"
