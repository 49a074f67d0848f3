"""A session of Spark whose executors have our modules: they need the wheels of numpy, polars and pyarrow alone."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from canonical.reading.encodings import UnreadableError
from canonical.reference import OwnTable
from canonical.table_schema import ROOT, load_schema, table_names
from canonical.text_tables import csv_path

__all__ = ["ADDED", "BATCH", "SHIPPED", "UNREAD", "Work", "cause_of", "failures", "kept", "sent", "sent_by_group",
           "session_on", "shuffled_into"]  # fmt: skip

BATCH = 1 << 17
"""Rows of a batch that an executor checks at once."""
SHIPPED = ("canonical", "validation", "schemas")
"""The folders that executors have of ours."""
ADDED = "added"
"""The folder there of tables of somebody's own, each called after its number and table."""
UNREAD = ("model_prices", "compute_prices", "revisions")
"""Tables that are not sent along, as relations read none of them."""
ARCHIVE = "cloud_vendor_metrics_checks"
"""What they are called there."""
Work = Callable[[Iterable[Any]], Iterator[Any]]
MISSING = "pyspark is not installed; fix: pip install 'pyspark>=4.3,<5' where this command runs"
NO_JAVA = "install Java 17 or newer where this command runs, and let PATH or JAVA_HOME lead to it"
NO_MASTER = "start the master, and give its address as its own page shows it, such as spark://HOST:7077"
WHEELS = "fix: let PYSPARK_PYTHON name a Python there that has the wheels of numpy, polars and pyarrow"
LACKING = re.compile("ModuleNotFoundError: No module named '(numpy|polars|pyarrow)")
BRIEF = "-XX:TieredStopAtLevel=1"
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.mergeSchema": "true",
    "spark.ui.showConsoleProgress": "false",
    # Java plans and hands rows over, and Python does the work: to compile more would cost more than it saves.
    "spark.driver.defaultJavaOptions": BRIEF,
    "spark.executor.defaultJavaOptions": BRIEF,
    # A task has one core of its own.
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
}


@contextmanager
def session_on(master: str, added: Sequence[OwnTable] = ()) -> Generator[Any]:
    """A session on the cluster at an address such as `spark://host:7077`, or `local[*]`; it ends with the block.

    Parameters: `added` are tables of somebody's own whose rows stand before those of the package. Raises
    `UnreadableError` where pyspark is not installed or the cluster does not answer.
    """
    try:
        from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]
    except ImportError:
        raise UnreadableError(f"--engine spark: {MISSING}") from None
    builder = SparkSession.builder.appName("cloud-vendor-metrics checks").master(master)
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except Exception as error:  # whatever Java says of an address, as its own kinds of errors
        said = _first_line(error)
        fix = NO_JAVA if "JAVA_GATEWAY_EXITED" in said else NO_MASTER
        raise UnreadableError(f"--master {master}: no session of Spark can be had there ({said}); fix: {fix}") from None
    spark.sparkContext.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory(prefix="shipped-") as folder:
        spark.sparkContext.addArchive(f"{_archive(Path(folder) / f'{ARCHIVE}.zip', added)}#{ARCHIVE}")
        try:
            yield spark
        finally:
            spark.stop()


def sent(spark: Any, work: Work) -> Work:
    """Work as executors can take it: they find our modules in the archive, then do it.

    The function is sent as it stands, since an executor cannot import it before it knows where.
    """
    shared, archive = spark.sparkContext.broadcast(work), ARCHIVE

    def done(batches: Iterable[Any]) -> Iterator[Any]:
        import sys

        from pyspark import SparkFiles  # pyright: ignore[reportMissingImports]

        folder = SparkFiles.get(archive)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        return shared.value(batches)

    return done


def sent_by_group(spark: Any, work: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The same for work on the rows of one group, given as its key and a table of Arrow."""
    shared, archive = spark.sparkContext.broadcast(work), ARCHIVE

    def done(key: Any, rows: Any) -> Any:
        import sys

        from pyspark import SparkFiles  # pyright: ignore[reportMissingImports]

        folder = SparkFiles.get(archive)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        return shared.value(key, rows)

    return done


@contextmanager
def kept(frame: Any) -> Generator[Any]:
    """A frame that executors keep once they have made it, until the block ends."""
    try:
        yield frame.persist()
    finally:
        frame.unpersist()


@contextmanager
def shuffled_into(spark: Any, partitions: int) -> Generator[None]:
    """Within the block a shuffle makes so many partitions, at least one for each core; Spark would make 200 of few
    rows and of many.
    """
    name = "spark.sql.shuffle.partitions"
    before = spark.conf.get(name)
    spark.conf.set(name, max(partitions, spark.sparkContext.defaultParallelism))
    try:
        yield
    finally:
        spark.conf.set(name, before)


def _archive(path: Path, added: Sequence[OwnTable]) -> Path:
    """Our modules and schemas as one file, with the tables whose rows others are held against."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in table_names():
            table = csv_path(name)
            if table.is_file() and load_schema(name).kind != "derived" and name not in UNREAD:
                archive.write(table, table.relative_to(ROOT).as_posix())
        for number, own in enumerate(added):
            place = f"{number:05}-{own.table}"
            inside = f"/{own.path.relative_to(own.folder).as_posix()}" if own.folder and own.cells else ""
            archive.write(own.path, f"{ADDED}/{place}{inside or ''.join(own.path.suffixes[-2:])}")
        for room in SHIPPED:
            for file in sorted((ROOT / room).rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    archive.write(file, file.relative_to(ROOT).as_posix())
    return path


def failures() -> tuple[type[Exception], ...]:
    """The errors of Spark itself, as pyspark raises them."""
    from pyspark.errors import PySparkException  # pyright: ignore[reportMissingImports, reportUnknownVariableType]

    return (PySparkException,)


def cause_of(error: Exception) -> str:
    """The last line of an error of Spark that says something, without the places in its code.

    Of executors that lack a wheel it says which, and how they get it.
    """
    if lacking := LACKING.search(str(error)):
        return f"the executors have no {lacking[1]}; {WHEELS}"
    lines = [line.strip() for line in str(error).splitlines()]
    said = [line for line in lines if line and not line.startswith("at ")]
    return said[-1][:300] if said else type(error).__name__


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
