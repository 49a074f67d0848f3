"""The built site, once for all tests, and a real browser that looks at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.docs.snippets import ROOT, run
from tests.once import made_once

WRITE = """
import gc, pathlib, sys
from release.pages import write_pages
gc.disable()  # as the command does
write_pages(pathlib.Path(sys.argv[1]))
"""
LINKED = ("release", "CHANGELOG.md", "README.md")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, from a copy of the pages."""
    return made_once(tmp_path_factory, "site", build_site) / "site"


def build_site(folder: Path) -> None:
    """Build the site below a folder."""
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("reference"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    # In a process of its own: a test of a page may have filled what the pages remember with rows of its own.
    paths = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "clients" / "python")))}
    command = [sys.executable, "-c", WRITE, str(folder / "docs" / "reference")]
    written = subprocess.run(command, cwd=ROOT, env=paths, check=False)
    assert written.returncode == 0
    done = run([sys.executable, "-m", "mkdocs", "build", "--strict"], folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; nothing is downloaded."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not on the PATH")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield started
        started.close()
