"""The R client as built and installed into a library of its own, once for a run of tests."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from release.package.metadata import version
from release.package.r_client import r_package, unpack

__all__ = ["R_MISSING", "installed", "run_r"]

R_MISSING = not shutil.which("Rscript")


@cache
def installed() -> Path:
    """The library that holds the package of this checkout; other processes of the run share it."""
    files = r_package(version())
    digest = hashlib.sha256(b"".join(name.encode() + content for name, content in sorted(files.items()))).hexdigest()
    library = Path(tempfile.gettempdir()) / f"cvm-r-{digest[:16]}"
    if library.is_dir():
        return library
    with tempfile.TemporaryDirectory() as folder:
        source, made = unpack(Path(folder), version()), Path(folder) / "library"
        made.mkdir()
        command = ["R", "CMD", "INSTALL", "--no-docs", "--no-test-load", f"--library={made}", str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        aside = library.with_name(f"{library.name}-{os.getpid()}")
        shutil.move(made, aside)
        try:
            aside.rename(library)
        except OSError:  # another process was first
            shutil.rmtree(aside)
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
