"""Write a report of findings to a file, and never over what the checks read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from canonical.file_writing import replace_file
from canonical.reading.content import real_path
from canonical.reading.encodings import UnreadableError
from canonical.table_schema import ROOT, table_names
from canonical.text_tables import DATA

__all__ = ["refuse_input", "write_report"]

KEPT = frozenset({
    "package.yaml", "datapackage.json", "README.md", "CITATION.cff", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md",
    "LICENSE", "LICENSE-DATA", "Makefile", "mkdocs.yml", "pyproject.toml", "requirements.lock", "requirements-dev.lock",
})  # fmt: skip
FOLDERS = frozenset({
    "data", "schemas", "canonical", "validation", "ingest", "release", "clients", "docs", "tests", "benchmarks", ".git",
    ".github", ".venv",
})  # fmt: skip
"""Files of the checkout's top level, and its folders, that no report is written over or into."""


def refuse_input(output: Path, inputs: Iterable[Path]) -> None:
    """Raise `UnreadableError` where a report would replace an input of the run, a table or a file of the package.

    `inputs` are the files and folders of the call; links count as the files they lead to.
    """
    place = real_path(output)
    if output.is_dir():
        raise UnreadableError(f"--output {output}: cannot be written (a folder); fix: name a file in it")
    for given in inputs:
        if place == real_path(given) or _same_file(output, given):
            raise UnreadableError(f"--output {output}: the file is an input; fix: name another file for the report")
        if given.is_dir() and place.parent == real_path(given) and _is_table(place):
            raise UnreadableError(f"--output {output}: the file is a table; fix: name another file for the report")
    if place.is_relative_to(real_path(DATA)) or _is_of_checkout(place):
        raise UnreadableError(f"--output {output}: a file of the package; fix: name another file for the report")


def write_report(text: str, output: Path) -> None:
    """Write a report beside its place and then over it; a pipe or a device such as /dev/null is written to.

    Raises `UnreadableError` where the system does not let it.
    """
    try:
        if output.exists() and not output.is_file():
            output.write_text(text, encoding="utf-8")
        else:
            replace_file(output, text.encode("utf-8"))
    except OSError as error:
        raise UnreadableError(f"--output {output}: cannot be written ({error.strerror})") from None


def _is_table(place: Path) -> bool:
    return place.stem in table_names() and place.suffix in (".csv", ".parquet")


def _is_of_checkout(place: Path) -> bool:
    if not place.is_relative_to(real_path(ROOT)):
        return False
    top, *below = place.relative_to(real_path(ROOT)).parts
    return top in (FOLDERS if below else KEPT)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
