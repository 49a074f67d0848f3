"""What all tests share: a small package of reference tables, quick property tests, and no skips in CI."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

from tests import one_thread as one_thread

# isort: split
from canonical.guard import TRACEBACK
from canonical.reference import Reference
from tests.builders import write_reference
from tests.once import made_once
from tests.two_machines import PLACES, make_twice

FIRST = (
    "tests/whole_release/test_whole_release.py",
    "tests/hostile_cases",
    "tests/whole_release",
    "tests/validation/cluster",
    "tests/docs",
    "tests/clients",
    "tests/readers",
    "tests/benchmarks",
    "tests/release",
    "tests/validation",
    "tests/schemas",
)
"""What takes minutes, or makes what others wait for, is begun first, so that no worker ends long after the other."""
SELDOM = 10_000
"""So many new objects until Python looks for circles among them: a worker takes no more memory than with 700."""
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# Two shared cores make single examples slow now and then; that is no fault of the code under test.
SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# The same examples each time, so that a run is good or bad for everybody; HYPOTHESIS_PROFILE=explore tries new ones.
settings.register_profile("package", derandomize=True, database=None, **SLOW)
settings.register_profile("explore", **SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "package"))
# A fault of the program shows where it came from; users are told in one line.
os.environ.setdefault(TRACEBACK, "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of `FIRST` before the others, in that order; workers are given files as they stand."""
    items.sort(key=lambda item: next((n for n, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST)))


def pytest_collection_finish() -> None:
    """Take what was imported and collected out of what Python looks through for circles, and look seldom.

    Tests make facts of thousands of rows again and again: looking as often as Python does takes a fifth of their time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)


@pytest.fixture(autouse=True, scope="module")
def nothing_kept(request: pytest.FixtureRequest) -> Generator[None]:
    """Give back after each file what it and checks keep of facts and of what these were asked: gigabytes in a run."""
    yield
    for name, module in list(sys.modules.items()):
        if name.startswith("validation.") or module is request.module:
            for one in [one for one in vars(module).values() if hasattr(one, "cache_clear")]:
                one.cache_clear()


def in_ci() -> bool:
    """Whether every tool must be there, so that a test that skips has failed."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure in CI."""
    return _without_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole module into a failure in CI."""
    return _without_skip((yield))


def _without_skip(report: Report) -> Report:
    if in_ci() and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped, and CI has every tool: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many hostile cases were tried and how much was compared, as a pass alone does not tell a skip."""
    tried = [
        dict(report.user_properties)["comparisons"]
        for reports in (terminalreporter.getreports("passed"), terminalreporter.getreports("failed"))
        for report in reports
        if "comparisons" in dict(report.user_properties)
    ]
    if tried:
        terminalreporter.write_line(f"{len(tried):,} hostile cases, {sum(tried):,} comparisons of files and outputs")


@pytest.fixture(scope="session")
def reference_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small reference tables of `tests.builders`."""
    return write_reference(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="session")
def reference(reference_folder: Path) -> Reference:
    """Those tables, looked up by identifier."""
    return Reference(reference_folder)


@pytest.fixture(scope="session")
def made_twice(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders, each with the release and the build as one of two machines makes them."""
    made = made_once(tmp_path_factory, "whole-release", make_twice)
    return [made / place["folder"] for place in PLACES]
