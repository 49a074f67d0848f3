"""`python -m validation`: check the package, or any CSV or Parquet file as one of its tables."""

from __future__ import annotations

import argparse
import gc
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from canonical.findings import FORMATS, Finding, render
from canonical.guard import guarded
from canonical.reading.reader import UnreadableError
from canonical.reference import OwnTable
from canonical.safe_text import safe_line
from canonical.table_schema import table_names
from canonical.text_tables import DATA
from validation.changed import edited_tables, not_published
from validation.descriptor_check import check_descriptor, check_generated
from validation.known_issues import accept, mark_accepted
from validation.own_files import check_own, own_files, tables_of
from validation.own_schema import check_by_schema
from validation.package import Checker
from validation.report_file import refuse_input, write_report
from validation.structure.table_files import shown_path, table_files

__all__ = ["main"]

EXIT_CODES = "exit codes: 0 no unaccepted error; 1 errors found; 2 input unreadable or call wrong"


@dataclass(frozen=True)
class _Report:
    """What was checked, in words, empty where nothing could be read; what was found; lines on unreadable files."""

    checked: str
    findings: list[Finding]
    unreadable: list[str]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UnreadableError(f"{message}; see python -m validation --help")


@guarded("validation")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    if options.output:
        refuse_input(options.output, [*options.paths, *filter(None, [options.reference])])
    report = _run(options)
    for line in report.unreadable:
        print(safe_line(f"validation: {line}"), file=sys.stderr)
    if not report.checked:
        return 2
    open_only = options.format == "text" and not options.output
    shown = [finding for finding in report.findings if finding.status == "open" or not open_only]
    _write(render(shown, options.format), options.output)
    if open_only:
        print(f"checked {report.checked}: {summary(report.findings)}", file=sys.stderr)
    if report.unreadable:
        return 2
    return int(any(finding.severity == "error" and finding.status == "open" for finding in report.findings))


def summary(findings: Sequence[Finding]) -> str:
    """One line that counts findings by severity, accepted ones apart."""
    counts = Counter(f.severity if f.status == "open" else f.status for f in findings)
    kinds = ("error", "warning", "notice", "accepted", "corrected")
    return ", ".join(
        f"{counts[kind]} {kind}" + ("s" if kind in kinds[:3] and counts[kind] != 1 else "") for kind in kinds
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m validation", description=__doc__, epilog=EXIT_CODES)
    parser.add_argument("paths", nargs="*", metavar="PATH", type=_path,
                        help="CSV or Parquet files, or folders of them; without any, the package")  # fmt: skip
    parser.add_argument("--table", choices=table_names(), metavar="NAME",
                        help="the table that PATH is checked as; without PATH, that table of the package")  # fmt: skip
    parser.add_argument("--schema", type=_path, metavar="FILE",
                        help="a Table Schema of your own as JSON that PATH is held to, and nothing else")  # fmt: skip
    parser.add_argument("--engine", choices=("polars", "pandera"), default="polars",
                        help="polars scans and pandera decides on candidates (default), or pandera alone")  # fmt: skip
    parser.add_argument("--reference", type=_path, metavar="DIR",
                        help="a folder of tables added to the package's; without PATH, they are checked")  # fmt: skip
    parser.add_argument("--format", choices=tuple(FORMATS), default="text",
                        help="text is a line for each finding, on the terminal open ones alone (default); json, jsonl "
                        "and csv give all findings with all their fields")  # fmt: skip
    parser.add_argument("--output", type=_path, metavar="FILE", help="write the findings there, not to the terminal")
    parser.add_argument(
        "--changed", action="store_true", help="only tables changed since the last build, and what is newly found"
    )
    return parser


def _path(text: str) -> Path:
    """A path of the command line; an empty text, which a path takes for the current folder, names none."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def _run(options: argparse.Namespace) -> _Report:
    if options.reference and not options.reference.is_dir():
        raise UnreadableError(f"--reference {options.reference}: no such folder")
    if options.schema:
        return _check_by_schema(options)
    if options.paths or options.reference:
        return _check_own(options)
    checker = Checker(engine=options.engine)
    if options.table:
        files = table_files(DATA, options.table)
        if not files:
            raise UnreadableError(f"{shown_path(DATA)}: holds no file of table {options.table}")
        findings = mark_accepted(checker.check_tables([options.table]))
        return _Report(_named(files), findings, checker.unreadable(findings))
    if options.changed:
        edited = edited_tables()
        findings = not_published(mark_accepted(checker.check_changed(edited))) + check_generated()
        checked = f"changed tables ({', '.join(sorted(edited)) or 'none'})"
        return _Report(checked, findings, checker.unreadable(findings))
    found = checker.check_package()
    # Where a table was not read, its accepted findings cannot fire, and no entry is in vain for that.
    findings = (mark_accepted if checker.not_read else accept)(found) + checker.check_derived() + check_descriptor()
    return _Report(f"all tables of {shown_path(DATA)}", findings, checker.unreadable(findings))


def _check_by_schema(options: argparse.Namespace) -> _Report:
    """Files of somebody's own by a schema of their own."""
    if options.table or options.changed or not options.paths:
        raise UnreadableError("--schema FILE goes with a PATH, and not with --table or --changed")
    checked = check_by_schema(options.schema, options.paths, options.reference, options.engine)
    return _Report(_named(checked.paths), checked.findings, checked.unreadable)


def _check_own(options: argparse.Namespace) -> _Report:
    """Files of somebody's own, or all tables of a folder of theirs, against it and the package."""
    added = tables_of(options.reference) if options.reference else []
    files = own_files(options.paths, options.table) if options.paths else _of_folder(options, added)
    checked = check_own(files, added, options.engine)
    return _Report(_named(checked.paths), checked.findings, checked.unreadable)


def _of_folder(options: argparse.Namespace, added: Sequence[OwnTable]) -> list[OwnTable]:
    """The tables of the folder of --reference that are checked where no PATH is given."""
    found = [own for own in added if options.table in (None, own.table)]
    if not found:
        table = f"table {options.table}" if options.table else "a table"
        raise UnreadableError(f"{shown_path(options.reference)}: holds no file of {table}")
    return found


def _named(files: Sequence[Path]) -> str:
    """A file by its path, several by their number, none as nothing."""
    if len(files) > 1:
        return f"{len(files)} files"
    return "".join(map(shown_path, files))


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    write_report(text, output)


if __name__ == "__main__":
    gc.disable()  # a run is short and leaves few cycles: looking for them would take an eighth of its time
    sys.exit(main())
