"""In CI a skipped test has failed: every tool is there, and nothing is passed over unseen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from canonical.table_schema import ROOT
from tests.one_thread import THREADS

pytest_plugins = ["pytester"]

SKIPPING = """
import pytest

def test_one_tool_is_missing():
    pytest.skip("no Rscript")

@pytest.mark.xfail(reason="known")
def test_a_known_failure():
    assert False
"""


@pytest.fixture
def a_suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite with our conftest, a test that skips, and a module that skips as a whole."""
    shutil.copy(Path(__file__).with_name("conftest.py"), pytester.path / "conftest.py")
    pytester.makepyfile(test_skipping=SKIPPING, test_module='import pytest\npytest.importorskip("no_such_module")')
    monkeypatch.syspath_prepend(ROOT)
    return pytester


@pytest.mark.parametrize("ci", ["", "false"])
def test_a_missing_tool_skips_on_a_desk(a_suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str) -> None:
    monkeypatch.setenv("CI", ci)
    a_suite.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(skipped=2, xfailed=1)


def test_a_missing_tool_fails_in_ci(a_suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    a_suite.runpytest_inprocess("-p", "no:cacheprovider", "test_module.py").assert_outcomes(errors=1)
    result = a_suite.runpytest_inprocess("-p", "no:cacheprovider", "test_skipping.py")
    result.assert_outcomes(failed=1, xfailed=1)
    result.stdout.fnmatch_lines(["*skipped, and CI has every tool: *no Rscript*"])


def test_polars_works_in_one_thread_in_a_worker_and_in_all_of_them_in_what_it_starts() -> None:
    told = "import os, tests.one_thread as first, polars; print(polars.thread_pool_size(), first.THREADS in os.environ)"
    environment = {name: value for name, value in os.environ.items() if name != THREADS}
    environment |= {"PYTEST_XDIST_WORKER": "gw0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]
