"""Every hostile case, each a test of its own: input, command, exit code and line are as a careful user expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from benchmarks.robustness import Ended, worker
from benchmarks.robustness_cases import CASES


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Ended]]:
    """What runs a case, in a small checkout that all share and that is put back after each."""
    with worker(tmp_path_factory.mktemp("hostile") / "checkout") as run_case:
        yield run_case


@pytest.mark.parametrize("number", range(len(CASES)), ids=[ascii(case.name)[1:-1] for case in CASES])
def test_a_hostile_case_ends_as_expected(
    number: int, run: Callable[[int], Ended], record_property: Callable[[str, object], None]
) -> None:
    ended = run(number)
    record_property("comparisons", ended["asserts"])
    assert ended["name"] == CASES[number].name
    assert ended["faults"] == [], ended["output"]
