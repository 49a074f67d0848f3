"""The R client as built and installed into a library of its own, once for a run of tests."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from canonical.file_writing import only_writer
from canonical.reading.folders import files_below
from canonical.table_schema import ROOT
from release.package.metadata import version
from release.package.r_client import archive_name, r_archive

__all__ = ["R_MISSING", "archive", "installed", "run_r"]

R_MISSING = not shutil.which("Rscript")
MADE_FROM = ("canonical", "release/package", "clients/r", "schemas", "data", "datapackage.json", "package.yaml")


@cache
def archive() -> Path:
    """The archive of the package of this checkout; other processes of the run share it, and what is made from it."""
    digest = hashlib.sha256()
    for name in MADE_FROM:
        for path in sorted(path for path in (ROOT / name, *files_below(ROOT / name)) if path.is_file()):
            if path.suffix != ".pyc":
                digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size} ".encode() + path.read_bytes())
    made = Path(tempfile.gettempdir()) / f"cvm-r-{digest.hexdigest()[:16]}" / archive_name(version())
    made.parent.mkdir(exist_ok=True)
    with only_writer(made.parent, patience=1200):
        if not made.exists():
            aside = made.with_suffix(".part")
            aside.write_bytes(r_archive(version()))
            aside.rename(made)
    return made


@cache
def installed() -> Path:
    """The library that holds the package of this checkout, installed from its archive."""
    source = archive()
    library, aside = source.with_name("library"), source.with_name("library.part")
    with only_writer(source.parent, patience=1200):
        if not library.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir()
            command = ["R", "CMD", "INSTALL", "--no-docs", "--no-test-load", f"--library={aside}", str(source)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            aside.rename(library)
    return library


def run_r(script: str, folder: Path, strict: bool = True) -> subprocess.CompletedProcess[str]:
    """Run lines of R in a folder, with the client and what comes with R on the path; warnings are errors."""
    lines = f"{'options(warn = 2); ' if strict else ''}library(cloudvendormetrics)\n{script}\n"
    environment = {key: value for key, value in os.environ.items() if key not in ("CVM_DATA", "R_LIBS")}
    environment |= {"R_LIBS": str(installed()), "LC_ALL": "C.UTF-8"}
    (folder / "script.R").write_text(lines, encoding="utf-8")
    return subprocess.run(
        ["Rscript", "--vanilla", "script.R"], cwd=folder, env=environment, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
