"""`python -m validation`: check the package, or any CSV or Parquet file as one of its tables."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from validation.changed import edited_tables, not_published
from validation.descriptor_check import check_descriptor
from validation.findings import FORMATS, Finding, render
from validation.known_issues import accept, mark_accepted
from validation.package import Checker, table_of
from validation.reader import UnreadableError
from validation.table_schema import table_names
from validation.text_tables import DATA

__all__ = ["main"]

EXIT_CODES = "exit codes: 0 no unaccepted error; 1 errors found; 2 input unreadable or call wrong"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UnreadableError(f"{message}; see python -m validation --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    try:
        options = _parser().parse_args(arguments)
        findings = _run(options)
        open_only = options.format == "text" and not options.output
        _write(render([f for f in findings if f.status == "open" or not open_only], options.format), options.output)
    except UnreadableError as error:
        print(f"validation: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"validation: {str(error.filename)[:80]}: {error.strerror}", file=sys.stderr)
        return 2
    if options.format == "text" and not options.output:
        print(summary(findings), file=sys.stderr)
    return int(any(finding.severity == "error" and finding.status == "open" for finding in findings))


def summary(findings: Sequence[Finding]) -> str:
    """One line that counts findings by severity, accepted ones apart."""
    counts = Counter(f.severity if f.status == "open" else f.status for f in findings)
    kinds = ("error", "warning", "notice", "accepted", "corrected")
    return ", ".join(
        f"{counts[kind]} {kind}" + ("s" if kind in kinds[:3] and counts[kind] != 1 else "") for kind in kinds
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m validation", description=__doc__, epilog=EXIT_CODES)
    parser.add_argument("paths", nargs="*", metavar="PATH", type=Path, help="CSV or Parquet files, or folders of them")
    parser.add_argument("--table", choices=table_names(), metavar="NAME", help="the table that PATH is checked as")
    parser.add_argument("--engine", choices=("polars", "pandera"), default="polars",
                        help="polars scans and pandera decides on candidates (default), or pandera alone")  # fmt: skip
    parser.add_argument("--reference", type=Path, metavar="DIR", help="where foreign keys resolve first")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the findings there, not to the terminal")
    parser.add_argument(
        "--changed", action="store_true", help="only tables changed since the last build, and what is newly found"
    )
    return parser


def _run(options: argparse.Namespace) -> list[Finding]:
    if options.reference and not options.reference.is_dir():
        raise UnreadableError(f"--reference {options.reference}: no such folder")
    checker = Checker(options.reference or DATA, engine=options.engine)
    if options.paths:
        return [f for path, table in _files(options.paths, options.table) for f in checker.check_file(path, table)]
    if options.table:
        return mark_accepted(checker.check_tables([options.table]))
    if options.changed:
        return not_published(mark_accepted(checker.check_changed(edited_tables())))
    findings = accept(checker.check_package()) + checker.check_derived()
    return findings if options.reference else findings + check_descriptor()


def _files(paths: list[Path], table: str | None) -> list[tuple[Path, str]]:
    """Each file with the table it is checked as: the one named, else the one it is called after."""
    files: list[tuple[Path, str]] = []
    for path in paths:
        members = [path]
        if path.is_dir():
            members = sorted(p for p in path.iterdir() if p.suffix in (".csv", ".parquet") and (table or table_of(p)))
            if not members:
                raise UnreadableError(f"{path}: no CSV or Parquet file called after a table; name one, or give --table")
        for member in members:
            name = table or table_of(member)
            if name is None:
                raise UnreadableError(f"{member}: not called after a table; say which with --table NAME")
            files.append((member, name))
    return files


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        if output.exists() and not output.is_file():
            # A pipe or a device such as /dev/null is written to, never replaced by a file.
            output.write_text(text, encoding="utf-8")
            return
        part = output.with_name(output.name + ".part")
        part.write_text(text, encoding="utf-8")
        part.replace(output)
    except OSError as error:
        raise UnreadableError(f"--output {output}: cannot be written ({error.strerror})") from None


if __name__ == "__main__":
    sys.exit(main())
