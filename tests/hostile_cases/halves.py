"""Every hostile case, each a test of its own: input, command, exit code and line are as a careful user expects.

They are tests of two files, which two workers run at once: together they take some four minutes of processor time.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.robustness import Ended
from benchmarks.robustness_cases import CASES

__all__ = ["ends_as_expected", "half"]


def half(first: int) -> pytest.MarkDecorator:
    """Every other case, from the one with the number `first`."""
    numbers = range(first, len(CASES), 2)
    return pytest.mark.parametrize("number", numbers, ids=[ascii(CASES[n].name)[1:-1] for n in numbers])


def ends_as_expected(number: int, run: Callable[[int], Ended], record: Callable[[str, object], None]) -> None:
    """Run a case and ask how it ended."""
    ended = run(number)
    record("comparisons", ended["asserts"])
    assert ended["name"] == CASES[number].name
    assert ended["faults"] == [], ended["output"]
