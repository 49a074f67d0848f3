"""`python -m validation`: check the package, or any CSV or Parquet file as one of its tables."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from canonical.findings import FORMATS
from canonical.guard import INTERRUPTED, UNREADABLE, guarded
from canonical.interrupt import interrupted_later
from canonical.places import DATA
from canonical.reading.encodings import UnreadableError
from canonical.safe_text import safe_line
from validation.apart import relations_apart
from validation.engines.contract import ENGINES
from validation.progress import Progress, progress_on
from validation.related import related, related_to_edits

if TYPE_CHECKING:
    from canonical.reference import OwnTable
    from validation.report import Report

__all__ = ["main"]

EXIT_CODES = "exit codes: 0 no unaccepted error; 1 errors found; 2 input unreadable or call wrong; 130 interrupted"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UnreadableError(f"{message}; see python -m validation --help")


@guarded("validation")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    started = time.monotonic()
    options = _parser().parse_args(arguments)
    if options.output:
        from validation.report_file import refuse_input

        refuse_input(options.output, [*options.paths, *filter(None, [options.reference])])
    progress = progress_on()
    report = _run(options, progress)
    progress.clear()
    return _tell(report, options, started)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m validation", description=__doc__, epilog=EXIT_CODES)
    parser.add_argument("paths", nargs="*", metavar="PATH", type=_path,
                        help="CSV, gzipped or not, Parquet, or folders; without any, the package")  # fmt: skip
    parser.add_argument("--table", type=_table, metavar="NAME",
                        help="the table that PATH is checked as; without PATH, that table of the package")  # fmt: skip
    parser.add_argument("--schema", type=_path, metavar="FILE",
                        help="a Table Schema of your own as JSON that PATH is held to, and nothing else")  # fmt: skip
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0],
                        help="what reads cells and keys: polars (default), pandera as in a notebook, or spark on a "
                        "cluster, for which PATH is as the cluster names it")  # fmt: skip
    parser.add_argument("--master", default="local[*]", metavar="URL",
                        help="the cluster of --engine spark, as spark://HOST:7077; else this machine")  # fmt: skip
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


def _table(text: str) -> str:
    """The name of a table of the package; not as `choices`, as the schemas are looked at where a name is given."""
    from canonical.table_schema import table_names

    if text not in table_names():
        names = ", ".join(map(repr, table_names()))
        raise argparse.ArgumentTypeError(f"invalid choice: {text!r} (choose from {names})")
    return text


def _run(options: argparse.Namespace, progress: Progress) -> Report:
    if options.reference and not options.reference.is_dir():
        raise UnreadableError(f"--reference {options.reference}: no such folder")
    if options.engine == "spark":
        return _check_on_cluster(options)
    if options.schema:
        return _check_by_schema(options, progress)
    if options.paths or options.reference:
        return _check_own(options, progress)
    if options.table:
        with interrupted_later():
            from validation.folder import check_one_table

        return check_one_table(options.table, options.engine)
    with relations_apart(
        DATA, related_to_edits if options.changed else related
    ) as relations:  # begun before this process imports what its own checks need
        with interrupted_later():
            from validation import folder

        check = folder.check_changed_tables if options.changed else folder.check_whole_package
        return check(relations, options.engine)


def _check_on_cluster(options: argparse.Namespace) -> Report:
    """Files that a cluster of Spark reads, as one table."""
    if not options.table or not options.paths or options.schema or options.changed:
        raise UnreadableError("--engine spark goes with --table NAME and a PATH, and with no other choice of tables")
    with interrupted_later():
        from validation.cluster.report import check_by_spark
        from validation.own_files import tables_of

    added = tables_of(options.reference) if options.reference else []
    return check_by_spark([str(path) for path in options.paths], options.table, options.master, added)


def _check_by_schema(options: argparse.Namespace, progress: Progress) -> Report:
    """Files of somebody's own by a schema of their own: their structure alone is asked for."""
    if options.table or options.changed or not options.paths:
        raise UnreadableError("--schema FILE goes with a PATH, and not with --table or --changed")
    with interrupted_later():
        from validation.own_schema import check_by_schema

    return check_by_schema(options.schema, options.paths, options.reference, options.engine, progress.of)


def _check_own(options: argparse.Namespace, progress: Progress) -> Report:
    """Files of somebody's own, or all tables of a folder of theirs, against it and the package."""
    with interrupted_later():
        from validation.own_files import check_own, own_files, tables_of

    added = tables_of(options.reference) if options.reference else []
    files = own_files(options.paths, options.table) if options.paths else _of_folder(options, added)
    return check_own(files, added, options.engine, progress.of)


def _of_folder(options: argparse.Namespace, added: Sequence[OwnTable]) -> list[OwnTable]:
    """The tables of the folder of --reference that are checked where no PATH is given."""
    found = [own for own in added if options.table in (None, own.table)]
    if not found:
        from validation.structure.table_files import shown_path

        table = f"table {options.table}" if options.table else "a table"
        raise UnreadableError(f"{shown_path(options.reference)}: holds no file of {table}")
    return found


def _tell(report: Report, options: argparse.Namespace, started: float) -> int:
    """Print or write a report; returns the exit code."""
    from validation.report import report_text, step_lines, summary

    for line in report.unreadable:
        print(safe_line(f"validation: {line}"), file=sys.stderr)
    if report.was_stopped:
        print("validation: interrupted; the findings are those of the rows that were read", file=sys.stderr)
    if not report.checked:
        return INTERRUPTED if report.was_stopped else UNREADABLE
    open_only = options.format == "text" and not options.output
    shown = [finding for finding in report.findings if finding.status == "open" or not open_only]
    text = report_text(replace(report, findings=shown), options.format, time.monotonic() - started)
    _write(text, options.output)
    if open_only:
        lines = [*step_lines(report.steps), f"checked {report.checked}: {summary(report.findings)}"]
        print("\n".join(map(safe_line, lines)), file=sys.stderr)
    if report.was_stopped:
        return INTERRUPTED
    if report.unreadable:
        return UNREADABLE
    return int(any(finding.severity == "error" and finding.status == "open" for finding in report.findings))


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from validation.report_file import write_report

    write_report(text, output)


if __name__ == "__main__":
    gc.disable()  # a run is short and leaves few cycles: looking for them would take an eighth of its time
    code = main()
    gc.freeze()  # the system takes all back as the process ends: to look for cycles before takes longer than the rest
    sys.exit(code)
