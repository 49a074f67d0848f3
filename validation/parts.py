"""Files that are parts of one table: each is checked as it is read, and the keys of all once they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from canonical.reading.encodings import UnreadableError
from canonical.reference import OwnTable
from validation.checked import Checked
from validation.engines.contract import References
from validation.structure.checks import with_keys
from validation.structure.second_pass import TableKeys
from validation.structure.table_files import shown_path

__all__ = ["checked_tables"]


def checked_tables(
    files: Sequence[OwnTable],
    check: Callable[[OwnTable, TableKeys | None], Checked],
    references: References,
    unreadable: list[str],
) -> Iterator[Checked]:
    """Each file after the checks of its own rows, and of its keys over all parts of its table.

    Parameters: `check` checks a file, whose keys are told by themselves where none of a table are given; `references`
    as for `check_source`; `unreadable` takes in a line for each file that is no readable table. Ctrl-C ends it: the
    last file was stopped then.
    """
    for parts in _tables(files):
        keys = TableKeys() if len(parts) > 1 else None
        checked: list[Checked] = []
        for file in parts:
            try:
                checked.append(check(file, keys))
            except UnreadableError as error:
                unreadable.append(str(error))
                continue
            if checked[-1].was_stopped:
                yield from checked
                return
        try:
            told = with_keys(keys, references) if keys and checked else {}
        except KeyboardInterrupt:
            yield from (*checked[:-1], replace(checked[-1], was_stopped=True))
            return
        for one in checked:
            found = told.get(shown_path(one.path))
            yield one if found is None else replace(one, findings=sorted(found, key=lambda finding: finding.sort_key))


def _tables(files: Sequence[OwnTable]) -> Iterator[list[OwnTable]]:
    """The files of each table: the parts in one folder together, all Parquet or all CSV; any other file is one."""
    parts: dict[tuple[str, Path, bool], list[OwnTable]] = defaultdict(list)
    for number, file in enumerate(files):
        place = file.folder or Path(str(number))
        parts[file.table, place, file.path.suffix == ".parquet"].append(file)
    yield from parts.values()
