"""Read the periods that the title of a document names: the quarter of a release, the day a filing's period ended."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from canonical.calendars import Calendar
from canonical.label_words import words_of_label
from canonical.labels import periods_of_label

__all__ = ["ends_in_title"]

PIECES = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]")
WRITTEN = frozenset("0123456789-/.'’ 年月日号季度半上下前第全财報报财季個个一二三四五六七八九十首两止至到截中期")
"""What the labels of periods are written with, words apart."""
PARTS = frozenset(("q", "h", "fq", "m", "st", "nd", "rd", "th"))
"""Letters that say nothing without the number they stand at."""
LONGEST = 9
"""So many pieces has `fiscal year ended September 30, 2025`, and none of the titles names a period in more."""
YEAR = re.compile(r"20[0-9]{2}|fy ?'?[0-9]{2}|[1-4][qh] ?'?[0-9]{2}|[qh][1-4][ '-]*[0-9]{2}|[0-9]{2}[qh][1-4]")


@lru_cache(maxsize=1 << 13)
def ends_in_title(title: str, calendar: Calendar | None) -> frozenset[date]:
    """The last days of all periods that a title names; a bare year, month or day may be that of publication.

    >>> sorted(map(str, ends_in_title("Acme Announces Fourth Quarter and Fiscal Year 2023 Results", Calendar(12))))
    ['2023-12-31']
    >>> sorted(map(str, ends_in_title("Form 10-Q for the quarter ended 2022-11-30", Calendar(5))))
    ['2022-11-30']
    """
    text = title.lower().replace("_", " ")
    ends: set[date] = set()
    for pieces in _runs(text):
        at = 0
        while at < len(pieces):
            at, found = _longest_label(text, pieces, at, calendar)
            ends |= found
    return frozenset(ends)


def _runs(text: str) -> list[list[tuple[int, int]]]:
    """The pieces of a title that may stand in a label, run by run between other words and signs."""
    runs: list[list[tuple[int, int]]] = [[]]
    for match in PIECES.finditer(text):
        if _may_stand_in_label(match.group()):
            runs[-1].append(match.span())
        else:
            runs.append([])
    return runs


@lru_cache(maxsize=1 << 12)
def _may_stand_in_label(piece: str) -> bool:
    if piece.isascii() and piece.isalpha():
        return piece in PARTS or words_of_label(piece) is not None
    return piece.isdecimal() or piece in WRITTEN or piece == ","


def _longest_label(
    text: str, pieces: list[tuple[int, int]], at: int, calendar: Calendar | None
) -> tuple[int, set[date]]:
    """The ends that the longest label from a piece on stands for, and the piece after it; the next where none is."""
    for after in range(min(at + LONGEST, len(pieces)), at, -1):
        start, end = pieces[at][0], pieces[after - 1][1]
        label = text[start:end]
        if YEAR.search(label) is None:
            break
        if not _is_cut(text, start, end) and {word.kind for word in words_of_label(label) or ()} != {"year"}:
            ends = {period.end for period in periods_of_label(label, calendar) or () if period.types}
            if ends:
                return after, ends
    return at + 1, set()


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a label begins or ends inside a number or a word, such as the 10 of a 10-K."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return _joins(before, text[start]) or _joins(after, text[end - 1])


def _joins(one: str, other: str) -> bool:
    return one.isascii() and other.isascii() and one.isalnum() and other.isalnum()
