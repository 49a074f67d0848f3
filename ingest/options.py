"""The options that several adapters share, and how a day and a folder are typed on a command line."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from canonical.text_tables import DATA

__all__ = ["CACHE", "add_cache", "add_data", "typed_day"]

CACHE = Path(".cache") / "ingest"

LEAST = 0.5
"""Share of its rows that a source is left with unless `--force` is given."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def add_data(parser: argparse.ArgumentParser) -> None:
    """`--data`: the folder whose tables are rewritten; `--force`: also where a source loses most of its rows."""
    parser.add_argument(
        "--data",
        type=_folder,
        default=DATA,
        metavar="DIR",
        help="folder of the tables (default: data/ of the checkout)",
    )
    parser.add_argument(
        "--force",
        dest="least",
        action="store_const",
        const=0.0,
        default=LEAST,
        help="take the rows up even where a source would be left with fewer than half of those it had",
    )


def add_cache(parser: argparse.ArgumentParser) -> None:
    """`--cache`: where packages are downloaded to."""
    parser.add_argument(
        "--cache",
        type=Path,
        default=CACHE,
        metavar="DIR",
        help=f"folder for downloaded wheels (default: {CACHE.as_posix()} in the current folder)",
    )


def typed_day(text: str) -> date:
    """A day of the command line, YYYY-MM-DD. Raises argparse.ArgumentTypeError for anything else."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a day of the calendar written YYYY-MM-DD")


def _folder(text: str) -> Path:
    # An empty text is the current folder to a path.
    if not text or not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is no folder")
    return Path(text)
