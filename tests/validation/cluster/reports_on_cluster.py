"""Check sets of files, each in one go, and print what was found: reports_on_cluster.py MASTER SETS ADDED.

SETS and ADDED are JSON of table and paths; each set gives a report, with the tables added to those of the package.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from canonical.places import DATA
from canonical.reference import OwnTable
from validation.cluster.report import report_on
from validation.engines.spark.session import session_on
from validation.package import Checker
from validation.row_keys import key_columns


def main(master: str, sets: list[tuple[str, list[str]]], added: list[tuple[str, str]]) -> None:
    """Print one list of reports."""
    told: list[object] = []
    own = tuple(OwnTable(table, Path(path)) for table, path in added)
    checker = Checker(DATA, own, keys_of=key_columns)
    with session_on(master, own) as spark:
        for table, paths in sets:
            start = time.monotonic()
            told.append(asdict(report_on(spark, paths, table, checker)))
            print(f"done {table} {len(paths)} {time.monotonic() - start:.1f} s", file=sys.stderr, flush=True)
    print(json.dumps(told, ensure_ascii=True))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3]))
