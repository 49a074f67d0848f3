"""The conformance files on Spark as a set: the findings, files and steps of one machine, to the letter."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.validation.cluster.conformance import added, cases_of, damaged_of, folders_of
from tests.validation.cluster.standalone import READERS
from tests.validation.cluster.test_cluster import pytestmark as pytestmark
from tests.validation.cluster.test_cluster import submitted
from validation.own_files import check_own, own_files

HERE = Path(__file__).parent
Told = Mapping[str, Any]
"""A report as JSON."""


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, list[str]]]:
    """Each set of files with its table, in the order in which Spark lists them."""
    folder = tmp_path_factory.mktemp("conformance")
    every = (cases_of(folder / "cases"), damaged_of(folder / "damaged"))
    files = [(key[0], sorted(map(str, paths))) for found in every for key, paths in found.items()]
    return [*files, *((table, [str(path)]) for table, path in folders_of(folder / "folders"))]


def on_both(sets: Sequence[tuple[str, list[str]]]) -> tuple[list[Told], list[Told]]:
    """What Spark says of every set, in one session on this machine, and meanwhile this process without it."""
    python = str(READERS / "bin" / "python")
    line = [python, str(HERE / "reports_on_cluster.py"), "local[2]", json.dumps(sets)]
    line.append(json.dumps([(own.table, str(own.path)) for own in added()]))
    with subprocess.Popen(
        line, env=submitted({}), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        ours = [on_one_machine(table, paths) for table, paths in sets]
        out, _ = running.communicate()
    assert running.returncode == 0
    return json.loads(out.splitlines()[-1]), ours


def on_one_machine(table: str, paths: Sequence[str]) -> Told:
    """What the command says of the same files, given together."""
    return json.loads(json.dumps(asdict(check_own(own_files([Path(path) for path in paths], table), added()))))


def counted(told: Told) -> Counter[str]:
    """The findings of a report, each as one text."""
    return Counter(json.dumps(finding, sort_keys=True) for finding in told["findings"])


def without_counts(told: Told) -> list[Told]:
    """The steps of a report without how much they found."""
    return [step | {"findings": 0} for step in told["steps"]]


def test_spark_says_of_every_conformance_file_what_one_machine_says(sets: list[tuple[str, list[str]]]) -> None:
    assert sum(len(paths) for _, paths in sets) > 140 and len({table for table, _ in sets}) > 10
    for (_, paths), told, ours in zip(sets, *on_both(sets), strict=True):
        assert told["unreadable"] == ours["unreadable"]
        assert told["files"] == ours["files"]
        assert without_counts(told) == without_counts(ours)
        assert counted(ours) - counted(told) == Counter()
        # On Spark a key stands once over all files, on one machine in each of those that are no parts of one folder.
        more = [json.loads(text) for text in (counted(told) - counted(ours)).elements()]
        assert not (more and Path(paths[0]).is_dir())
        assert {finding["rule"] for finding in more} <= {"S.unique"}
        keys = Counter(json.dumps(f["key"]) + f["found"] for f in told["findings"] if f["rule"] == "S.unique")
        assert all(keys[json.dumps(finding["key"]) + finding["found"]] > 1 for finding in more)
