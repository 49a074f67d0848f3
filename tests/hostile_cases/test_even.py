"""The hostile cases with even numbers."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.robustness import Ended
from tests.hostile_cases.halves import ends_as_expected, half


@half(0)
def test_a_hostile_case_ends_as_expected(
    number: int, run: Callable[[int], Ended], record_property: Callable[[str, object], None]
) -> None:
    ends_as_expected(number, run, record_property)
