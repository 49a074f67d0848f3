"""Check tables on a cluster and print what was found: on_cluster.py MASTER CASES ROWS.

Cases are JSON of table and paths; relations are asked of observations in Parquet, ROWS rows of a family together.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from canonical.reading.encodings import UnreadableError
from canonical.table_schema import load_schema
from validation.cluster.check import check_on_cluster
from validation.cluster.relations import relations_on_cluster
from validation.cluster.report import named_files
from validation.engines.spark.session import session_on
from validation.engines.spark.tables import is_text, read_table_on
from validation.package import Checker
from validation.row_keys import key_columns


def main(master: str, cases: list[tuple[str, list[str]]], of_part: int) -> None:
    """Print a list for each case: of each file its name, rows and findings, or the line where it cannot be read.

    Last comes what relations say of the last case of observations in Parquet.
    """
    told: list[object] = []
    related: object = None
    with session_on(master) as spark:
        for table, paths in cases:
            checker = Checker()
            keys = key_columns(load_schema(table))
            try:
                files = check_on_cluster(spark, paths, table, checker.reference, checker.references, keys)
                told.append([asdict(file) for file in files])
                if table == "observations" and not is_text(paths):
                    rows, named = read_table_on(spark, paths), named_files(files)
                    done = relations_on_cluster(spark, rows, table, named, checker.reference, of_part)
                    related = [done.read, done.too_many, [asdict(finding) for finding in done.findings]]
            except UnreadableError as error:
                told.append(str(error))
            print(f"done {table}", file=sys.stderr, flush=True)
    print(json.dumps([*told, related], ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]))
