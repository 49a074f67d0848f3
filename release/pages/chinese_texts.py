"""What typed tables say in English alone, in Chinese: why a correction or an exception is right, notes on numbers.

`chinese_texts.csv` has a row for each text, the same words once however many rows say them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from canonical.text_tables import rows_with
from release.pages.language import Language

__all__ = ["CHINESE", "text_in"]

CHINESE = Path(__file__).with_name("chinese_texts.csv")


def text_in(language: Language, english: str) -> str:
    """The text in the language; one without a translation stays as it is, and a test names it."""
    return english if language == "en" else _chinese().get(english, english)


@cache
def _chinese() -> dict[str, str]:
    rows = rows_with(CHINESE, ("english", "chinese"), "git checkout release/pages/chinese_texts.csv")
    return {row["english"]: row["chinese"] for row in rows}
