"""`python -m release`: build the package, check that what is generated is current, make and verify releases."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

from canonical.findings import render
from canonical.guard import guarded
from release.build import BuildRefusedError, build, stale_files, summary, write_built
from release.commands import COMMANDS, add_commands
from release.coverage_report import coverage_lines
from release.series.tables import Tables

__all__ = ["main"]


@guarded("release")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Exit codes: 0 done; 1 refused or stale; 2 input unreadable or call wrong."""
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    builder = commands.add_parser("build", help="check everything, then write Parquet, derived tables and descriptor")
    builder.add_argument("--check", action="store_true", help="write nothing; exit 1 where a generated file is stale")
    commands.add_parser("docs", help="write the generated pages of the site")
    commands.add_parser("coverage", help="print what is expected, what is here, and what is missing")
    add_commands(commands)
    options = parser.parse_args(arguments)
    try:
        if options.command in COMMANDS:
            return COMMANDS[options.command](options)
        if options.command == "coverage":
            print("\n".join(coverage_lines(Tables())))
            return 0
        return _docs() if options.command == "docs" else _build(options.check)
    except BuildRefusedError as refusal:
        sys.stdout.write(render(refusal.findings, "text"))
        print(f"release: refused, {refusal}; nothing was written", file=sys.stderr)
        return 1


def _build(check: bool) -> int:
    built, findings, rows = build()
    if not check:
        print(summary(findings, rows, write_built(built)))
        return 0
    stale = stale_files(built)
    for path in stale:
        print(f"{path}: stale; fix: run make dataset and commit the file")
    return int(bool(stale))


def _docs() -> int:
    from release.pages import write_pages
    from validation.descriptor_check import check_descriptor

    stale = check_descriptor()
    if stale:
        # Pages are made of tables that were checked, and give the row counts of the same build.
        sys.stdout.write(render(stale, "text"))
        print("release: the tables are not those of the last build; fix: run make dataset first", file=sys.stderr)
        return 1
    for path in write_pages():
        print(path)
    return 0


if __name__ == "__main__":
    gc.disable()  # a run is short and leaves few cycles: looking for them would take an eighth of its time
    sys.exit(main())
