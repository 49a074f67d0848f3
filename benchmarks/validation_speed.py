"""Compare our validation with a bare typed read of the same table, in one run: `python -m benchmarks.validation_speed`.

The table is synthetic: as many observations as wanted, good ones, every column filled. Each measurement is a process
of its own, so that peak memory is its own too; imports are left out of the time. `bare` is polars reading the columns
with the types of the schema and doing nothing else; `structure` adds shape, types, code lists, patterns, limits, keys
and foreign keys; `all` adds what a row's print must give. The ratio is the time over that of the bare read.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

import polars as pl

from canonical.cells import DTYPES
from canonical.fill import complete_row
from canonical.reading.reader import read_table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.package import Checker
from validation.structure.checks import check_structure

__all__ = ["main"]

SCHEMA = load_schema("observations")
MEASURED = ("bare", "structure", "all")
TYPED = {
    "source_id": "alibaba-results-2025-09", "locator": "p:3", "entity_id": "alibaba-cloud", "metric_id": "revenue",
    "period_type": "quarter", "period_label": "FY2026 Q2", "printed_unit_id": "cny-100m",
}  # fmt: skip
ENDS = [f"{year}-{day}" for year, day in product(range(2015, 2026), ("03-31", "06-30", "09-30", "12-31"))]


def a_table(rows: int, kinds: int) -> pl.DataFrame:
    """Good observations as texts: `kinds` prints over eleven years of quarters, repeated to `rows` rows."""
    reference = Reference()
    whole = [row for row in reference.rows("sources") if row["source_id"] == TYPED["source_id"]]
    source = TYPED["source_id"] if whole else reference.rows("sources")[0]["source_id"]
    prints = [(f"{100 + n // 100}.{n % 100:02d}", ENDS[n % len(ENDS)]) for n in range(min(rows, kinds))]
    filled = [
        complete_row(SCHEMA, TYPED | {"source_id": source, "printed_value": text, "period_end": end}, reference)
        for text, end in prints
    ]
    block = pl.DataFrame(filled, schema=dict.fromkeys(SCHEMA.columns, pl.String)).select(pl.all().replace("", None))
    repeated = pl.concat([block] * (rows // block.height + 1)).head(rows)
    return repeated.with_row_index("n", offset=1).select(
        pl.concat_str("source_id", pl.lit("."), pl.col("n").cast(pl.String).str.zfill(3)).alias("observation_id"),
        pl.exclude("n", "observation_id"),
    )


def measure(what: str, path: Path) -> None:
    """Do one measured thing and print seconds, peak memory in MiB and findings."""
    start, found = time.perf_counter(), 0
    if what == "bare":
        _bare_read(path)
    elif what == "structure":
        table, findings = read_table(path, SCHEMA)
        assert table is not None and findings == []
        found = len(check_structure(table, Checker().references)[1])
    else:
        found = len(Checker().check_file(path, SCHEMA.name))
    seconds = time.perf_counter() - start
    print(seconds, _peak_memory(), found)


def _peak_memory() -> float:
    """Peak memory of this process in MiB; Linux keeps it clean of the parent's, other systems do not tell it apart."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _bare_read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    return pl.read_csv(path, schema={field.name: DTYPES[field.type] for field in SCHEMA.fields})


def main(arguments: list[str] | None = None) -> int:
    """Write the table, measure each thing in a process of its own, print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument(
        "--kinds", type=int, default=20_000, help="different prints among the rows; equal ones cost less"
    )
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        measure(options.measure[0], Path(options.measure[1]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(a_table(options.rows, options.kinds), Path(folder))
        print(f"{options.rows:,} observations of {options.kinds:,} kinds, {len(SCHEMA.columns)} columns")
        print(f"{'form':<8} {'what':<10} {'seconds':>8} {'ratio':>6} {'peak MiB':>9} {'findings':>9}")
        for path in paths:
            _report(path)
    return 0


def _written(frame: pl.DataFrame, folder: Path) -> list[Path]:
    csv, parquet = folder / "observations.csv", folder / "observations.parquet"
    frame.write_csv(csv)
    pl.read_csv(csv, schema={field.name: DTYPES[field.type] for field in SCHEMA.fields}).write_parquet(parquet)
    return [csv, parquet]


def _report(path: Path) -> None:
    bare = 0.0
    for what in MEASURED:
        run = [sys.executable, __file__, "--measure", what, str(path)]
        ran = subprocess.run(run, capture_output=True, text=True, check=True)
        seconds, memory, found = map(float, ran.stdout.split())
        bare = bare or seconds
        form = path.suffix[1:]
        print(
            f"{form:<8} {what:<10} {seconds:>8.2f} {seconds / bare:>6.1f} {memory:>9,.0f} {int(found):>9}", flush=True
        )


if __name__ == "__main__":
    sys.exit(main())
