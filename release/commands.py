"""The commands around a release: make, diff, version, revise and verify."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from canonical.safe_text import safe_line
from canonical.table_schema import ROOT

__all__ = ["COMMANDS", "add_commands"]


def add_commands(commands: Any) -> None:
    """Add the parsers of these commands to those of `python -m release`."""
    make = commands.add_parser("make", help="make a release: a folder, a zip and its sum below dist/")
    make.add_argument("version", metavar="VERSION", help="the version, as package.yaml has it")
    make.add_argument("--into", type=Path, default=ROOT / "dist", metavar="FOLDER", help="where to (dist/)")
    diff = commands.add_parser("diff", help="what changed between two releases: folders, zips or released versions")
    diff.add_argument("old", metavar="OLD")
    diff.add_argument("new", metavar="NEW", nargs="?", default=str(ROOT), help="the checkout where none is named")
    diff.add_argument("--format", choices=("text", "json", "html"), default="text")
    commands.add_parser("version", help="the least version that the changes since the last release ask for, and why")
    revise = commands.add_parser("revise", help="write into data/revisions.csv what the next release owes it")
    revise.add_argument("--tombstones", action="store_true", help="rows that went, went on purpose: bury them")
    verify = commands.add_parser("verify", help="whether a downloaded release is whole; nothing is unpacked")
    verify.add_argument("place", type=Path, metavar="FOLDER_OR_ZIP")
    verify.add_argument("--tier", choices=("fast", "full"), default="full", help="bytes alone, or tables too (full)")


def _make(options: argparse.Namespace) -> int:
    from release.making.made import ReleaseRefusedError, make_release

    try:
        release = make_release(options.version, options.into)
    except ReleaseRefusedError as refusal:
        print("release: refused", *map(safe_line, str(refusal).splitlines()), sep="\n", file=sys.stderr)
        return 1
    size = len(release.archive) / 1e6
    print(safe_line(f"{options.into / release.name}: {len(release.contents)} files; {release.name}.zip: {size:.1f} MB"))
    return 0


def _diff(options: argparse.Namespace) -> int:
    from release.versions.comparison import compared
    from release.versions.report import comparison_report

    sys.stdout.write(comparison_report(compared(options.old, options.new), options.format))
    return 0


def _version(options: argparse.Namespace) -> int:
    from release.versions.comparison import compared
    from release.versions.files import last_release

    comparison = compared(last_release(), str(ROOT))
    print(comparison.least_version)
    for reason in comparison.reasons:
        print(safe_line(f"  {reason.level}: {reason.what}"))
    return 0


def _revise(options: argparse.Namespace) -> int:
    from release.making.revised import revise

    count, left = revise(options.tombstones)
    print(f"data/revisions.csv: {count} rows of this release")
    for table, row in left:
        print(f"{table}: row {row} went; fix: restore it, or run python -m release revise --tombstones")
    return int(bool(left))


def _verify(options: argparse.Namespace) -> int:
    from release.verifying.verified import verified

    faults = verified(options.place, options.tier)
    for fault in faults:
        print(safe_line(fault))
    if not faults:
        print(safe_line(f"{options.place}: whole ({options.tier})"))
    return int(bool(faults))


COMMANDS = {"make": _make, "diff": _diff, "version": _version, "revise": _revise, "verify": _verify}
"""What each of these commands runs."""
