"""`python -m release.package.clients`: build the wheel and the R package of the package as it stands into `dist/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from canonical.file_writing import replace_file
from canonical.guard import guarded
from canonical.table_schema import ROOT
from release.package.metadata import version
from release.package.r_client import archive_name, r_archive

__all__ = ["build_clients", "wheel_in"]

PYTHON = ROOT / "clients" / "python"
BACKEND = "import sys; sys.path.insert(0, '.'); import build_backend; print(build_backend.build_wheel(sys.argv[1]))"


def wheel_in(folder: Path) -> Path:
    """Build the wheel into a folder with the pinned backend, without network; returned: its path."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", BACKEND, str(folder.resolve())]
    done = subprocess.run(command, cwd=PYTHON, capture_output=True, text=True, check=True)
    return folder / done.stdout.split()[-1]


def build_clients(folder: Path) -> list[Path]:
    """Build both clients into a folder; returned: their paths."""
    archive = folder / archive_name(version())
    wheel = wheel_in(folder)
    replace_file(archive, r_archive(version()))
    return [wheel, archive]


@guarded("release")
def main() -> int:
    """Build both and say where they lie."""
    for path in build_clients(ROOT / "dist"):
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
