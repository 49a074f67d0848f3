"""Where the records of a stretch of CSV begin and end, by counting its quotes: exact, and at the speed of memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any, cast

import numpy as np
from numpy.typing import NDArray

from canonical.reading.csv_shape import LONGEST_CELL

__all__ = ["Records", "last_end", "records_of", "with_more"]

LF, CR, QUOTE, COMMA = 10, 13, 34, 44
STRETCH = 1 << 18


@dataclass(frozen=True)
class Records:
    """What the line ends and quotes of a stretch of CSV say: lines in it, on which line each record begins (from 0).

    `is_plain` says that every quote opens or closes a cell or is doubled within one, that no line ends in CR alone, is
    blank or longer than a cell may be, so that every reader takes the text alike.
    """

    lines: int
    starts: Sequence[int]
    is_plain: bool


def with_more(file: IO[bytes], rest: bytes | bytearray, size: int) -> bytearray:
    """What is left of the bytes before, and so many of the next ones behind it."""
    content = bytearray(len(rest) + size)
    content[: len(rest)] = rest
    with memoryview(content) as whole, whole[len(rest) :] as room:
        read = cast(Any, file).readinto(room)
    del content[len(rest) + read :]
    return content


def last_end(content: bytes | bytearray) -> int:
    """The place behind the last line end outside quotes, 0 where there is none."""
    end, odd = len(content), content.count(b'"') % 2
    while True:
        if odd:  # within quotes no line end is one: on to where they open
            quote = content.rfind(b'"', 0, end)
            end, odd = quote, 0
        line_end = content.rfind(b"\n", 0, end)
        if line_end < 0:
            return 0
        odd = content.count(b'"', line_end, end) % 2
        if not odd:
            return line_end + 1
        end = line_end


def records_of(content: bytes | bytearray, end: int) -> Records:
    """The records of whole lines of CSV that begin outside quotes and stand before a place."""
    letters = np.frombuffer(content, dtype=np.uint8, count=end)
    ends = _places(letters, LF)
    lines = len(ends) + int(letters[-1] != LF)
    quotes = _places(letters, QUOTE) if content.find(b'"', 0, end) >= 0 else ends[:0]
    has_returns = content.find(b"\r", 0, end) >= 0
    is_plain = _are_paired(letters, quotes) and not (has_returns and _has_return_alone(letters, quotes))
    is_outside = np.searchsorted(quotes, ends) % 2 == 0 if len(quotes) else np.ones(len(ends), dtype=bool)
    is_plain = is_plain and not _has_odd_length(np.append(ends[is_outside], len(letters)), letters, has_returns)
    if is_outside.all():
        return Records(lines, range(lines), is_plain)
    starts = np.concatenate([[0], np.flatnonzero(is_outside) + 1])
    return Records(lines, starts[starts < lines].tolist(), is_plain)


def _places(letters: NDArray[np.uint8], letter: int) -> NDArray[np.int64]:
    """Where a letter stands; marks for a stretch at a time, which stay in the cache of the processor."""
    starts = range(0, len(letters), STRETCH)
    found = [np.flatnonzero(letters[start : start + STRETCH] == letter) + start for start in starts]
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _are_paired(letters: NDArray[np.uint8], quotes: NDArray[np.int64]) -> bool:
    """Whether each quote that opens follows a separator or a quote, and each that closes is followed by such."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = letters[opening - 1]
    is_begun = (before == COMMA) | (before == LF) | (before == QUOTE) | (opening == 0)
    behind = letters[np.minimum(closing + 1, len(letters) - 1)]
    at_end = closing == len(letters) - 1
    is_ended = (behind == COMMA) | (behind == LF) | (behind == CR) | (behind == QUOTE) | at_end
    return bool(is_begun.all() and is_ended.all())


def _has_return_alone(letters: NDArray[np.uint8], quotes: NDArray[np.int64]) -> bool:
    """Whether a CR outside quotes stands before something else than an LF."""
    returns = np.flatnonzero(letters == CR)
    outside = returns[np.searchsorted(quotes, returns) % 2 == 0]
    behind = letters[np.minimum(outside + 1, len(letters) - 1)]
    return bool((behind != LF).any())


def _has_odd_length(ends: NDArray[np.int64], letters: NDArray[np.uint8], has_returns: bool) -> bool:
    """Whether a record is blank or so long that one of its cells may be longer than is read."""
    lengths = np.diff(ends, prepend=-1) - 1
    blank = lengths == 0
    if has_returns:
        blank |= (lengths == 1) & (letters[ends - 1] == CR)
    return bool(blank[:-1].any()) or int(lengths.max()) >= LONGEST_CELL
