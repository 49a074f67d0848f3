"""What runs a hostile case."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from benchmarks.robustness import Ended, worker


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Ended]]:
    """What runs a case, in a small checkout that all of a file share and that is put back after each."""
    with worker(tmp_path_factory.mktemp("hostile") / "checkout") as run_case:
        yield run_case
