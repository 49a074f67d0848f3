"""The sides of the benchmark of Spark, each a session of its own: `spark_sides SIDE MASTER FORM PATH…`.

It is run by the Python that has pyspark. It prints `begin` once the executors are there and have done some work, and
`end ROWS FINDINGS` when the work is done; the one who reads this takes the time. Then comes a hash of all findings.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from canonical.findings import Finding
from canonical.places import DATA
from canonical.reference import OwnTable
from canonical.table_schema import load_schema
from validation.cluster.check import check_on_cluster
from validation.cluster.report import related_on
from validation.engines.spark.session import session_on
from validation.own_files import tables_of
from validation.package import Checker
from validation.row_keys import key_columns

__all__ = ["BESIDE", "SIDES", "added_to", "hash_of"]

TYPES = {"string": "string", "integer": "bigint", "number": "double", "date": "date"}
PATIENCE = 60
BESIDE = "world"
"""The folder beside the files of observations with the other tables of a made world."""


def bare_read(spark: Any, form: str, paths: Sequence[str]) -> tuple[int, list[Finding]]:
    """Spark reads every column of every row in its type and hands the rows to a sink that keeps none."""
    typed = ", ".join(f"`{field.name}` {TYPES[field.type]}" for field in load_schema("observations").fields)
    read = spark.read.parquet if form == "parquet" else spark.read.schema(typed).option("header", True).csv
    read(*paths).write.format("noop").mode("overwrite").save()
    return 0, []


def added_to(paths: Sequence[str]) -> tuple[OwnTable, ...]:
    """The tables that a made world has beside its observations; none where there is none."""
    beside = Path(paths[0]).parent / BESIDE
    return tuple(tables_of(beside)) if beside.is_dir() else ()


def ours(spark: Any, form: str, paths: Sequence[str]) -> tuple[int, list[Finding]]:
    """This package's layers S, P and U on the cluster: rows, keys, foreign keys, and each value against its print."""
    checker = Checker(DATA, added_to(paths))
    keys = key_columns(load_schema("observations"))
    files = check_on_cluster(spark, paths, "observations", checker.reference, checker.references, keys)
    return sum(file.rows for file in files), [finding for file in files for finding in file.findings]


def with_relations(spark: Any, form: str, paths: Sequence[str]) -> tuple[int, list[Finding]]:
    """The same, and layer C: a shuffle brings the rows of a family together, and each group is asked where it is."""
    checker = Checker(DATA, added_to(paths))
    keys = key_columns(load_schema("observations"))
    files = check_on_cluster(spark, paths, "observations", checker.reference, checker.references, keys)
    related, _ = related_on(spark, paths, "observations", files, checker)
    return sum(file.rows for file in files), [finding for file in files for finding in file.findings] + related


SIDES: Mapping[str, Callable[[Any, str, Sequence[str]], tuple[int, list[Finding]]]] = {
    "spark read": bare_read,
    "ours": ours,
    "relations": with_relations,
}


def hash_of(findings: Sequence[Finding]) -> str:
    """A hash of findings, whatever their order."""
    texts = sorted(json.dumps(asdict(finding), sort_keys=True) for finding in findings)
    return sha256("\n".join(texts).encode()).hexdigest()


def main(side: str, master: str, form: str, *paths: str) -> None:
    """Wait for both executors, then do the work of a side."""
    with session_on(master, added_to(paths)) as spark:
        end = time.monotonic() + PATIENCE
        while spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() < 3 and time.monotonic() < end:
            time.sleep(0.2)
        spark.range(100_000, numPartitions=4).selectExpr("sum(id)").collect()
        print("begin", flush=True)
        rows, findings = SIDES[side](spark, form, paths)
        print(f"end {rows} {len(findings)}", flush=True)
        print(f"hash {hash_of(findings)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
