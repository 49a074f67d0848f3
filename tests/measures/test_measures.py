"""The client is quick enough to be asked without a thought.

What is measured is the time of the processors: a machine with nothing else to do, its disk read before, takes no longer
by the clock, and what others do on a shared one does not count.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import cloud_vendor_metrics as cvm
import pytest

from canonical.table_schema import ROOT

SMALL = 100_000
"""Rows up to which a table is small."""


def best(table: str, tries: int = 5) -> float:
    """The least seconds of the processors in which a table was loaded."""
    taken: list[float] = []
    for _ in range(tries):
        start = process_time()
        cvm.load(table)
        taken.append(process_time() - start)
    return min(taken)


def test_the_import_takes_less_than_three_tenths_of_a_second() -> None:
    script = "import time; start = time.process_time(); import cloud_vendor_metrics; print(time.process_time() - start)"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "clients" / "python")}
    command = [sys.executable, "-c", script]
    taken = [
        float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(taken) <= 0.3


def test_nothing_heavy_is_imported_before_a_verb_is_used() -> None:
    script = "import sys, cloud_vendor_metrics; print({'pandas', 'pyarrow', 'numpy'} & set(sys.modules))"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "clients" / "python")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "table", [name for name, rows in cvm.tables()[["table_name", "rows"]].itertuples(index=False) if rows <= SMALL]
)
def test_a_small_table_takes_less_than_two_tenths_of_a_second(table: str) -> None:
    assert best(table) <= 0.2


def test_machine_prices_take_less_than_a_second() -> None:
    assert best("compute_prices") <= 1.0


def test_a_load_looks_at_the_folder_of_its_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    walk, walked = os.walk, list[str]()

    def noted(top: Path, onerror: object = None) -> Iterator[tuple[str, list[str], list[str]]]:
        walked.append(os.path.relpath(top, ROOT))
        return walk(str(top))

    monkeypatch.setattr(os, "walk", noted)
    cvm.load("compute_prices")
    cvm.load("vendors")
    assert walked == ["data/compute_prices"]
