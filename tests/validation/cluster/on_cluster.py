"""Check tables on a cluster and print what was found: on_cluster.py MASTER CASES, cases as JSON of table and paths."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from canonical.reading.encodings import UnreadableError
from canonical.table_schema import load_schema
from validation.cluster.check import check_on_cluster
from validation.engines.spark.session import session_on
from validation.package import Checker
from validation.row_keys import key_columns


def main(master: str, cases: list[tuple[str, list[str]]]) -> None:
    """Print a list for each case: of each file its name, rows and findings, or the line where it cannot be read."""
    told: list[object] = []
    with session_on(master) as spark:
        for table, paths in cases:
            checker = Checker()
            keys = key_columns(load_schema(table))
            try:
                files = check_on_cluster(spark, paths, table, checker.reference, checker.references, keys)
                told.append([asdict(file) for file in files])
            except UnreadableError as error:
                told.append(str(error))
            print(f"done {table}", file=sys.stderr, flush=True)
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
