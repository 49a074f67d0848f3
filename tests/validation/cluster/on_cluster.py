"""Check tables on a cluster and print what was found: on_cluster.py MASTER CASES ROWS.

Cases are JSON of table, paths, the bytes of the largest file that is handed over whole, and whether what takes all rows
together is asked too: relations, ROWS rows of a family together, or price rules.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from canonical.reading.encodings import UnreadableError
from canonical.table_schema import load_schema
from validation.cluster.check import ClusterFile, check_on_cluster
from validation.cluster.relations import relations_on_cluster
from validation.cluster.report import named_files, priced_on, rows_of_named
from validation.cluster.sources import sources_on
from validation.engines.spark.session import session_on
from validation.package import Checker
from validation.row_keys import key_columns


def main(master: str, cases: list[tuple[str, list[str], int, bool]], of_part: int) -> None:
    """Print two things for each case: of each file its name, rows and findings, or the line where it cannot be read;
    and what takes all rows together, null where it was not asked.
    """
    told: list[object] = []
    checker = Checker()
    with session_on(master) as spark:
        for table, paths, whole, is_together in cases:
            start = time.monotonic()
            keys = key_columns(load_schema(table))
            related: object = None
            try:
                files = check_on_cluster(spark, paths, table, checker.reference, checker.references, keys, whole)
                told.append([asdict(file) for file in files])
                related = together(spark, paths, table, files, checker, whole, of_part) if is_together else None
            except UnreadableError as error:
                told.append(str(error))
            told.append(related)
            print(f"done {table} {time.monotonic() - start:.1f} s", file=sys.stderr, flush=True)
    print(json.dumps(told, ensure_ascii=False))


def together(
    spark: Any, paths: list[str], table: str, files: Sequence[ClusterFile], checker: Checker, whole: int, of_part: int
) -> list[object]:  # fmt: skip
    """What relations, or price rules, find, and how many rows they read."""
    if table == "observations":
        sources, _ = sources_on(spark, paths, load_schema(table), whole)
        named = named_files(files)
        rows = rows_of_named(files, named)
        done = relations_on_cluster(spark, sources, table, named, rows, checker.reference, of_part)
        return [done.read, done.too_many, [asdict(finding) for finding in done.findings]]
    found, steps = priced_on(spark, paths, table, files, checker)
    return [sum(step.rows for step in steps), 0, [asdict(finding) for finding in found]]


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]))
