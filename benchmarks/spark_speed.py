"""Compare the check of a cluster with Spark's own read: `python -m benchmarks.spark_speed --rows 1000000`.

A table of the real variety (`scale_tables`), cut into files, lies before a standalone cluster on this machine, a master
and two workers of one core each, started and ended by the benchmark. Each side (`spark_sides`) is a session of its own.
Measured is from the moment when its executors are there until the work is done: wall time, the processor time of all
processes of the cluster and of the session, and the most memory that the executors and their Pythons held at once, and
that the session did, its Java and its Python.
`ratio` is the processor time over that of Spark's bare read of the same files in the same run, as wall time says little
beside other programs; the load of the machine is printed with each line. `--kill` ends one of the two workers one
second after the work has begun. `--compare` says whether the findings are those of one machine, to the letter.

`--world` takes a made world (`scale_world`), one print in a thousand wrong, and asks relations too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from benchmarks.made_folder import made_folder
from benchmarks.process_cost import family, held
from benchmarks.scale_tables import BAD, varied_rows, write_table
from benchmarks.scale_world import write_world
from benchmarks.spark_sides import BESIDE, added_to, hash_of
from canonical.cells import typed_frame
from canonical.places import DATA
from canonical.table_schema import ROOT, load_schema
from tests.validation.cluster.standalone import READERS, Cluster, started
from validation.feed_cut import Large
from validation.feed_findings import capped
from validation.feed_parts import check_in_parts
from validation.feed_rows import label_of
from validation.package import Checker
from validation.row_keys import key_columns

__all__ = ["Measured", "main", "of_world", "written"]

SIDES = ("spark read", "ours")
WITH_RELATIONS = "relations"
TICK = os.sysconf("SC_CLK_TCK")
BETWEEN = 0.2


@dataclass(frozen=True)
class Measured:
    """One side: seconds of wall and processor time, MiB of executors and of the session, what it found, the load."""

    wall: float
    processor: float
    memory: float
    session: float
    rows: int
    findings: int
    load: float
    hash: str


@dataclass
class _Watched:
    """The processor seconds of a session and workers with all that they start, and the most memory of both.

    That of workers is the memory of their executors.
    """

    session: int
    workers: Sequence[int]
    seconds: dict[int, float] = field(default_factory=dict[int, float])
    peak: float = 0.0
    peak_of_session: float = 0.0
    is_over: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> None:
        while not self.is_over.wait(BETWEEN):
            self.look()

    def look(self) -> float:
        """All seconds so far."""
        for root in (*self.workers, self.session):
            for process in family(root):
                self.seconds[process] = max(self.seconds.get(process, 0.0), _seconds(process))
        executors = [p for worker in self.workers for p in family(worker) if p != worker]
        self.peak = max(self.peak, sum(map(held, executors)))
        self.peak_of_session = max(self.peak_of_session, sum(map(held, family(self.session))))
        return sum(self.seconds.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the tables, measure both sides, print a line each."""
    options = _parser().parse_args(arguments)
    varied = None if options.world else varied_rows(max(options.rows))
    sides = options.sides or ((*SIDES, WITH_RELATIONS) if options.world else SIDES)
    for rows in options.rows:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            if varied is None:
                paths = of_world(Path(folder), rows, options.form, options.files)
            else:
                paths = written(Path(folder), varied, rows, options.kind, options.form, options.files)
            floor = 0.0
            for side in sides:
                one = _measured(Path(folder), side, options.form, paths, options.kill)
                floor = floor or one.processor
                print(
                    f"{options.form:<8}{rows:>12,} {options.kind:<7} {side:<11} {one.wall:>7.1f} s "
                    f"{one.processor:>7.1f} s {one.memory:>7,.0f} MiB {one.session:>7,.0f} MiB {one.findings:>9,} "
                    f"{one.processor / floor:>6.2f}  load {one.load:.1f}",
                    flush=True,
                )
                if options.compare and side != SIDES[0]:
                    is_same = _is_same(paths, one, side == WITH_RELATIONS)
                    print("findings of one machine:", "the same" if is_same else "others", flush=True)
    return 0


def _is_same(paths: Sequence[str], one: Measured, is_related: bool) -> bool:
    """Whether one machine finds in the files, each by itself, what the cluster found; their keys stand once.

    Relations are asked of the files together, by all processors; their processor seconds are printed.
    """
    checker, start = Checker(DATA, added_to(paths), keys_of=key_columns), os.times()
    large: list[Large] = []
    for path in paths:
        checked = checker.checked(Path(path), "observations")
        large.append(Large(checked, label_of(checked.path, [file.label for file in large])))
    findings = [finding for file in large for finding in file.one.findings]
    if is_related:
        findings += capped(check_in_parts(large, [], checker.reference).findings)
    print(f"one machine: {sum(os.times()[:4]) - sum(start[:4]):.1f} s of processors, {len(findings):,} findings")
    return (len(findings), hash_of(findings)) == (one.findings, one.hash)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--kind", choices=BAD, default="clean")
    parser.add_argument("--form", choices=("csv", "parquet"), default="parquet")
    parser.add_argument("--files", type=int, default=8, help="files that the table is cut into")
    parser.add_argument("--sides", nargs="+", choices=(*SIDES, WITH_RELATIONS))
    parser.add_argument("--world", action="store_true", help="take a made world, and ask its relations too")
    parser.add_argument("--folder", type=made_folder, help="where the tables are made")
    parser.add_argument("--kill", action="store_true", help="end a worker one second after the work has begun")
    parser.add_argument("--compare", action="store_true", help="ask one machine too, and compare the findings")
    return parser


def written(folder: Path, varied: pl.DataFrame, rows: int, kind: str, form: str, files: int) -> list[str]:
    """A table of a number of rows cut into files, the paths of these."""
    of_file = -(-rows // files)
    paths: list[str] = []
    for number in range(files):
        path = folder / f"part-{number:04}.{form}"
        write_table(path, varied, min(of_file, rows - number * of_file), kind, number * of_file)
        paths.append(str(path))
    return paths


def of_world(folder: Path, rows: int, form: str, files: int) -> list[str]:
    """The observations of a made world cut into files, the paths of these; its other tables lie in a folder beside."""
    world = folder / BESIDE
    world.mkdir()
    write_world(world, rows)
    frame = typed_frame(load_schema("observations"), pl.read_csv(world / "observations.csv", infer_schema=False))
    (world / "observations.csv").unlink()
    of_file = -(-frame.height // files)
    paths = [folder / f"part-{number:04}.{form}" for number in range(files)]
    for number, path in enumerate(paths):
        part = frame.slice(number * of_file, of_file)
        part.write_parquet(path) if form == "parquet" else part.write_csv(path)
    return [str(path) for path in paths]


def _measured(folder: Path, side: str, form: str, paths: Sequence[str], kills: bool) -> Measured:
    """What a side takes on a cluster of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as own, started(Path(own)) as cluster:
        python = str(READERS / "bin" / "python")
        environment = os.environ | {"PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": python}
        line = [python, "-m", "benchmarks.spark_sides", side, cluster.address, form, *paths]
        with (
            (Path(own) / "errors").open("w+") as errors,
            subprocess.Popen(line, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True) as run,
        ):
            try:
                return _watched(cluster, run, kills)
            except EOFError:
                errors.seek(0)
                raise SystemExit(f"{side} failed: {errors.read()[-3000:]}") from None


def _watched(cluster: Cluster, run: subprocess.Popen[str], kills: bool) -> Measured:
    lines = iter(run.stdout or ())
    _until(lines, "begin")
    workers = [worker.pid for worker in cluster.workers]
    watched = _Watched(run.pid, workers)
    before, start = watched.look(), time.monotonic()
    thread = threading.Thread(target=watched)
    thread.start()
    try:
        if kills:
            time.sleep(1)
            cluster.kill_worker()
        _, rows, findings = _until(lines, "end")
        wall, load, processor = time.monotonic() - start, os.getloadavg()[0], watched.look() - before
        memory = watched.peak, watched.peak_of_session
        return Measured(wall, processor, *memory, int(rows), int(findings), load, _until(lines, "hash")[1])
    finally:
        watched.is_over.set()
        thread.join()


def _until(lines: Iterator[str], word: str) -> list[str]:
    for line in lines:
        if line.startswith(word):
            return line.split()
    raise EOFError


def _seconds(process: int) -> float:
    """The processor seconds of a process, 0 where it has ended."""
    try:
        cells = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(cells[11]) + int(cells[12])) / TICK


if __name__ == "__main__":
    sys.exit(main())
