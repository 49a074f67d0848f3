"""What is made once for all workers of a run, by the one that asks first; the others wait for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from canonical.file_writing import only_writer

__all__ = ["made_once"]


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` of this run, which all workers share, after `make` has filled it once."""
    shared = factory.getbasetemp()
    folder = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / name
    folder.mkdir(exist_ok=True)
    made = folder.with_name(f"{name}.made")
    with only_writer(folder, patience=1200):
        if not made.exists():
            make(folder)
            made.touch()
    return folder
