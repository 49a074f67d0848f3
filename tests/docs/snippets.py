"""The fenced blocks of a page, and a folder that looks like a checkout to run them in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = ("canonical", "data", "schemas", "validation", "release", "clients", "datapackage.json", "package.yaml")


@dataclass(frozen=True)
class Snippet:
    """One fenced block: the page it stands on, its place among the blocks from 1, its language and text."""

    page: str
    number: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}-{self.number}-{self.language}"


def snippets(page: str, *languages: str) -> list[Snippet]:
    """The blocks of a page in the languages named, all where none is named."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = [Snippet(page, n, m["language"], m["text"]) for n, m in enumerate(FENCE.finditer(text), start=1)]
    return [snippet for snippet in found if not languages or snippet.language in languages]


def checkout(folder: Path) -> Path:
    """A folder with the package as a reader of the README has it, where a snippet may write files of its own."""
    for name in SHOWN:
        if (ROOT / name).exists():
            (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def run(command: list[str], folder: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder as a reader would: nothing on the path but what the folder holds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"MPLBACKEND": "Agg", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, input=text, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
