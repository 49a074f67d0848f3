"""Compare checks of large tables, all sides in one run: `python -m benchmarks.scale --rows 1000000`.

Tables of the given numbers of rows are made from the package's own observations (`scale_tables`): good ones, one row in
a thousand wrong, every value wrong, every cell wrong, as CSV and as Parquet. Each side (`scale_sides`; `scale_peers`
too after `make .venv/peers/installed`) is a process of its own, imports included, of which wall and processor time and
the most memory that it held are measured. `ratio` is the wall time over that of polars' bare streaming read of the same
file in the same run; of several runs the median counts.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from benchmarks.made_folder import made_folder
from benchmarks.process_cost import Taken, run
from benchmarks.scale_peers import PEERS
from benchmarks.scale_plot import drawn
from benchmarks.scale_sides import FORMS, MOST_ROWS, SIDES
from benchmarks.scale_tables import BAD, varied_rows, write_table

__all__ = ["Measured", "main", "markdown"]

FLOOR = "polars read"
ROOT = Path(__file__).resolve().parents[1]
PEERS_PYTHON = ROOT / ".venv" / "peers" / "bin" / "python"
ALL = (*SIDES, *(PEERS if PEERS_PYTHON.exists() else ()))
"""The sides of this machine: those of other people's environment where it is installed."""


@dataclass(frozen=True)
class Measured:
    """One side on one file: seconds of wall and processor time, peak MiB, findings, ratio to the bare read."""

    form: str
    rows: int
    kind: str
    side: str
    wall: float
    processor: float
    memory: float
    findings: int
    ratio: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the tables, measure every side, print a line each; write them as CSV, Markdown and a plot on demand."""
    options = _parser().parse_args(arguments)
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        varied = varied_rows(max(options.rows))
        for rows in options.rows:
            for path, kind in _tables(Path(folder), varied, rows, options.kinds, options.forms):
                for one in _sides(path, rows, kind, options.sides, options.runs):
                    print(_line(one), flush=True)
                    measured.append(one)
                path.unlink()
    if options.output:
        _write(options.output, measured)
    if options.plot:
        options.plot.write_text(drawn([asdict(one) for one in measured]), encoding="utf-8")
    return 0


def _line(one: Measured) -> str:
    measured = (
        f"{one.wall:>8.2f} s {one.processor:>8.2f} s {one.memory:>7,.0f} MiB {one.findings:>9,} {one.ratio:>6.1f}"
    )
    return f"{one.form:<8}{one.rows:>12,} {one.kind:<7} {one.side:<18} {measured}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--kinds", nargs="+", choices=BAD, default=list(BAD))
    parser.add_argument("--forms", nargs="+", choices=("csv", "parquet"), default=["csv", "parquet"])
    parser.add_argument("--sides", nargs="+", choices=ALL, default=list(ALL))
    parser.add_argument("--runs", type=int, default=1, help="runs of each measurement, of which the median counts")
    parser.add_argument("--folder", type=made_folder, help="where the tables are made; needs some 300 bytes a row")
    parser.add_argument("--output", type=Path, help="a CSV file for what was measured")
    parser.add_argument("--plot", type=Path, help="a picture of what was measured, as SVG")
    return parser


def _tables(
    folder: Path, varied: pl.DataFrame, rows: int, kinds: Sequence[str], forms: Sequence[str]
) -> Iterator[tuple[Path, str]]:  # fmt: skip
    for form in forms:
        for kind in kinds:
            if form == "parquet" and kind == "cells":
                continue
            path = folder / f"observations-{kind}-{rows}.{form}"
            write_table(path, varied, rows, kind)
            yield path, kind


def _sides(path: Path, rows: int, kind: str, sides: Sequence[str], runs: int) -> Iterator[Measured]:
    """What each side takes for a file; the bare read comes first, as the others are held against it."""
    form, floor = path.suffix[1:], 0.0
    for side in [FLOOR, *(side for side in sides if side != FLOOR)]:
        if form not in FORMS.get(side, (form,)) or rows > MOST_ROWS.get(side, rows):
            continue
        taken = [one for _ in range(runs) if (one := _run(side, path))]
        if len(taken) < runs:
            print(f"{form:<8}{rows:>12,} {kind:<7} {side:<18} did not end well", flush=True)
            continue
        wall = statistics.median_low(one.wall for one in taken)
        one = next(one for one in taken if one.wall == wall)
        floor = floor or wall
        found = int(one.printed.split()[-1])
        yield Measured(form, rows, kind, side, wall, one.processor, one.peak, found, wall / floor)


def _run(side: str, path: Path) -> Taken | None:
    """What a side takes, None where it fails."""
    python, module = (str(PEERS_PYTHON), "scale_peers") if side in PEERS else (sys.executable, "scale_sides")
    try:
        return run([python, "-m", f"benchmarks.{module}", side, str(path)])
    except SystemExit:
        return None


def markdown(measured: Sequence[Measured]) -> str:
    """What was measured as a table of Markdown."""
    head = "| file | rows | bad | side | wall | processor | peak memory | ratio |\n|---|---|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| {m.form} | {m.rows:,} | {m.kind} | {m.side} | {m.wall:.1f} s | {m.processor:.1f} s | {m.memory:,.0f} MiB | "
        f"{m.ratio:.1f} |\n"
        for m in measured
    )


def _write(path: Path, measured: Sequence[Measured]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(asdict(measured[0])), lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(one) for one in measured)
    path.with_suffix(".md").write_text(markdown(measured), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
