"""Tables on a real cluster: the findings of one machine, row by row, also where a worker dies half-way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from canonical.reference import OwnTable
from canonical.table_schema import ROOT
from tests.builders import write_csv
from tests.validation.cluster.standalone import BRIEF, READERS, Cluster, started
from tests.validation.test_feed_prices import SLIPS
from validation import feed_cut
from validation.engines.spark.whole_files import WHOLE
from validation.feed_cut import Large
from validation.feed_findings import capped
from validation.feed_parts import check_in_parts
from validation.feed_rows import label_of
from validation.own_files import check_own, own_files
from validation.package import Checker
from validation.row_keys import key_columns
from validation.structure.table_files import shown_path

pytestmark = pytest.mark.skipif(
    not (READERS / "installed").exists() or not shutil.which("java"),
    reason="Spark is not in .venv/readers, or there is no Java: make .venv/readers/installed",
)
HERE = Path(__file__).parent
Case = tuple[str, list[str], int, bool]
OF_PART = 200
"""So few rows of observations that several groups are asked."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master and two workers."""
    with started(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def command(cluster: Cluster, cases: Sequence[Case]) -> tuple[list[str], dict[str, str]]:
    """What checks cases on a cluster, and its environment."""
    # What a dead worker held is asked for again at once.
    settings = {"spark.shuffle.io.maxRetries": 1, "spark.shuffle.io.retryWait": "200ms"}
    line = [str(HERE / "on_cluster.py"), cluster.address, json.dumps(cases), str(OF_PART)]
    return [str(READERS / "bin" / "python"), *line], submitted(settings)


def submitted(more: Mapping[str, object]) -> dict[str, str]:
    """The environment of a session of Spark that runs a minute or less, with more settings."""
    python = str(READERS / "bin" / "python")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": python}
    settings = {
        "spark.sql.shuffle.partitions": 2,
        "spark.ui.enabled": "false",
        "spark.driver.extraJavaOptions": BRIEF,
        "spark.executor.extraJavaOptions": BRIEF,
        **more,
    }
    conf = " ".join(f"--conf '{name}={value}'" for name, value in settings.items())
    return environment | {"PYSPARK_SUBMIT_ARGS": f"{conf} pyspark-shell"}


def on_cluster(cluster: Cluster, cases: Sequence[Case]) -> list[Any]:
    """What a cluster says of cases, two things of each; one of its workers dies in the midst of the second."""
    line, environment = command(cluster, cases)
    running = subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    while not running.stderr.readline().startswith("done"):
        assert running.poll() is None
    time.sleep(0.5)
    cluster.kill_worker()
    out, errors = running.communicate(timeout=600)
    assert running.returncode == 0, errors[-3000:]
    return json.loads(out.splitlines()[-1])


def on_one_machine(table: str, paths: Sequence[str]) -> list[Any]:
    """What the stream says of the same files, in the same form."""
    told: list[Any] = []
    for file in own_files(list(map(Path, paths)), table):
        checked = Checker(keys_of=key_columns).checked(file.path, table, cells=file.cells)
        found = [asdict(finding) for finding in checked.findings]
        told.append({"name": shown_path(file.path), "rows": checked.rows, "findings": found})
    return json.loads(json.dumps(told))


def spoilt(rows: int, seed: int) -> pl.DataFrame:
    """Observations of the package with faults of many kinds, and with keys that stand twice."""
    frame = pl.read_parquet(ROOT / "data" / "observations.parquet").sample(rows, seed=seed, with_replacement=False)
    place = pl.int_range(pl.len())
    # A tenth of the numbers typed with a digit too many, known to the same last digit: relations are to name these.
    tenfold = pl.col("printed_value").str.contains("^[1-9][0-9]*$") & (place % 10 == 6)
    tenfold &= (pl.col("bound") == "eq") & (pl.col("precision_word") == "none")
    value = pl.col("value")
    frame = frame.with_columns(
        pl.when(tenfold).then(cells).otherwise(pl.col(name)).alias(name)
        for name, cells in (
            ("printed_value", pl.col("printed_value") + "0"), ("printed_text", None), ("value", value * 10),
            ("value_low", value * 9 + pl.col("value_low")), ("value_high", value * 9 + pl.col("value_high")),
        )
    )  # fmt: skip
    frame = frame.with_columns(
        pl.when(place % 97 == 5).then(pl.lit("nowhere")).otherwise(pl.col("entity_id")).alias("entity_id"),
        pl.when(place % 89 == 3).then(pl.lit("usd-mm")).otherwise(pl.col("unit_id")).alias("unit_id"),
        pl.when(place % 83 == 7).then(pl.col("value") * 10).otherwise(pl.col("value")).alias("value"),
        pl.when(place % 79 == 2).then(None).otherwise(pl.col("metric_id")).alias("metric_id"),
        pl.when(place % 73 == 1).then(pl.lit("12\u200b,3")).otherwise(pl.col("printed_value")).alias("printed_value"),
        pl.when(place % 7 == 4).then(pl.lit("in two\nlines")).otherwise(pl.col("note")).alias("note"),
    )
    return pl.concat([frame, frame.slice(3, 4)])


def written(folder: Path) -> list[Case]:
    """Files that are good and bad, of both forms."""
    parts = [str(folder / "parts")]
    for part in range(3):
        name = folder / "parts" / f"year=202{part}" / f"note=of%20part%20{part}" / "part-0.parquet"
        name.parent.mkdir(parents=True)
        rows = spoilt(160, part).with_columns(observation_id=pl.col("observation_id") + f"-{part}")
        rows.drop("note").write_parquet(name)
    text = folder / "observations.csv"
    spoilt(160, 9).write_csv(text)
    circle = pl.read_csv(ROOT / "data" / "entities.csv", infer_schema=False)
    key = pl.col("entity_id")
    circle.with_columns(
        parent_entity_id=pl.when(key == "aws").then(pl.lit("amazon")).when(key == "amazon").then(pl.lit("aws"))
        .when(key == "azure").then(pl.lit("nowhere")).otherwise(pl.col("parent_entity_id"))
    ).write_csv(folder / "entities.csv")  # fmt: skip
    odd = folder / "odd.csv"
    odd.write_text(text.read_text(encoding="utf-8") + "a,b,c\n", encoding="utf-8")
    prices = write_csv(folder / "prices.csv", SLIPS)
    return [
        ("entities", [str(folder / "entities.csv")], WHOLE, False),
        ("observations", parts, WHOLE, True),
        ("observations", parts, 0, True),
        ("observations", [str(text)], WHOLE, True),
        ("observations", [str(text)], 0, True),
        ("observations", [str(odd)], WHOLE, False),
        ("observations", [str(odd)], 0, False),
        ("model_prices", [str(prices)], WHOLE, True),
    ]


def related_on_one_machine(paths: Sequence[str]) -> Any:
    """What relations say of files, in parts, in the form of `on_cluster.py`."""
    checker = Checker(keys_of=key_columns)
    large: list[Large] = []
    for file in own_files(list(map(Path, paths)), "observations"):
        checked = checker.checked(file.path, "observations", cells=file.cells)
        large.append(Large(checked, label_of(checked.path, [file.label for file in large])))
    done = check_in_parts(large, [], checker.reference)
    return json.loads(json.dumps([done.read, done.too_many, [asdict(finding) for finding in capped(done.findings)]]))


def priced_on_one_machine(path: str) -> Any:
    """What is said of a file of prices, whose rows alone have no fault."""
    found = [asdict(finding) for finding in check_own([OwnTable("model_prices", Path(path))]).findings]
    return json.loads(json.dumps(sorted(found, key=str)))


def test_a_cluster_finds_what_one_machine_finds_though_a_worker_dies(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = written(tmp_path)
    told = on_cluster(cluster, cases)
    checked, together = told[::2], told[1::2]
    monkeypatch.setattr(feed_cut, "ROWS", OF_PART)
    # Files that are handed over whole, then rows that Spark has read.
    for place, by_rows in ((0, 0), (1, 2), (3, 4), (5, 5)):
        expected = [(file["rows"], file["findings"]) for file in on_one_machine(*cases[place][:2])]
        for told in (checked[place], checked[by_rows]):
            assert [(file["rows"], file["findings"]) for file in told] == expected
        assert all(found for _, found in expected)
    assert [file["findings"] for file in checked[2]] == [file["findings"] for file in checked[1]]
    assert {"S.unique", "S.foreign_key", "S.required", "U.value"} <= {f["rule"] for f in checked[1][0]["findings"]}
    assert all(finding["line_number"] for finding in checked[3][0]["findings"] if finding["row_number"])
    assert {f["rule"] for f in checked[0][0]["findings"]} >= {"S.circle", "S.foreign_key"}
    (row,) = checked[6][0]["findings"]
    assert (row["rule"], row["found"]) == ("S.row_shape", "a,b,c")
    for place, by_rows in ((1, 2), (3, 4)):
        assert together[place] == together[by_rows] == related_on_one_machine(cases[place][1])
        assert "C.agreement" in {finding["rule"] for finding in together[place][2]}
    read, _, found = together[7]
    assert read == len(SLIPS) == checked[7][0]["rows"] and not checked[7][0]["findings"]
    assert sorted(found, key=str) == priced_on_one_machine(cases[7][1][0]) != []


def test_without_pyspark_one_line_says_what_to_install() -> None:
    line = [sys.executable, "-m", "validation", "--engine", "spark", "--table", "units", "data/units.parquet"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "pip install" in done.stderr


def test_where_no_java_is_found_the_last_line_says_what_to_install() -> None:
    line = [str(READERS / "bin" / "python"), "-m", "validation", "--engine", "spark", "--table", "units"]
    environment = os.environ | {"JAVA_HOME": "/nonexistent", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*line, "data/units.parquet"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "install Java 17 or newer" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "options", [("data/units.parquet",), ("--table", "units"), ("--table", "units", "--changed", "x")]
)
def test_other_choices_of_tables_are_refused(options: tuple[str, ...]) -> None:
    line = [sys.executable, "-m", "validation", "--engine", "spark", *options]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "--table NAME and a PATH" in done.stderr
