"""One way to damage one file, and the changes that cases are made of."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "DAMAGED", "MISSHAPEN", "OBSERVATIONS", "UNREADABLE", "VENDORS", "WRONG", "Change", "Codes", "Kind",
    "a_circle_of_links", "a_folder", "a_pipe", "a_sparse_file", "bytes_changed", "cell_changed", "cell_set",
    "json_changed", "removed", "text_changed",
]  # fmt: skip

Change = Callable[[Path], None]
"""Does something to the one file of a case."""

Codes = dict[str, tuple[int, ...]]
"""The exit codes that each command may end with."""


@dataclass(frozen=True)
class Kind:
    """One way to damage one file, the exit codes of each command that reads it, and a word that its output holds.

    `codes` has for each command the exit codes that a careful user expects; `words` are looked for where the code
    is not 0, in every command but `docs`, which refuses whatever differs from the last build. `within` is called in
    the process of the command before it begins, in the checkout.
    """

    group: str
    name: str
    file: str
    change: Change
    codes: Codes
    words: str = ""
    within: Callable[[], object] | None = None


def bytes_changed(change: Callable[[bytes], bytes]) -> Change:
    def write(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return write


def text_changed(change: Callable[[str], str]) -> Change:
    return bytes_changed(lambda content: change(content.decode("utf-8")).encode("utf-8"))


def cell_changed(old: str, new: str) -> Change:
    def replace(text: str) -> str:
        assert old in text, f"{old!r} is not in the file"
        return text.replace(old, new, 1)

    return text_changed(replace)


def json_changed(change: Callable[[dict[str, object]], object]) -> Change:
    def rewrite(text: str) -> str:
        found = json.loads(text)
        changed = change(found)
        return json.dumps(found if changed is None else changed)

    return text_changed(rewrite)


def removed(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_circle_of_links(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_sparse_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def cell_set(column: str, value: str, row: int = -1) -> Change:
    """Put a cell into a row of a table."""

    def change(path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert column in rows[row], f"{column} is no column of {path.name}"
        rows[row][column] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return change


UNREADABLE: Codes = {
    "feed": (2,),
    "table": (2,),
    "check": (2,),
    "changed": (2,),
    "fill": (2,),
    "build": (2,),
    "docs": (1, 2),
}
MISSHAPEN: Codes = {
    "feed": (1,),
    "table": (1,),
    "check": (1,),
    "changed": (1,),
    "fill": (2,),
    "build": (1,),
    "docs": (1,),
}
WRONG: Codes = {
    "feed": (1,),
    "table": (1,),
    "check": (1,),
    "changed": (1,),
    "fill": (0, 1, 2),
    "build": (1,),
    "docs": (1,),
}
DAMAGED: Codes = {"check": (2,), "changed": (2,), "fill": (2,), "build": (2,), "docs": (2,)}
VENDORS, OBSERVATIONS = "data/vendors.csv", "data/observations.csv"
