"""The table of hostile cases is as large as it says, each case is one of its own, and a fault in an end is told."""

from __future__ import annotations

import os
import re
import signal
from collections import Counter

import pytest

from benchmarks.forked import forked
from benchmarks.hostile_kind import Kind
from benchmarks.hostile_tables import table_kinds
from benchmarks.robustness import by_group
from benchmarks.robustness_cases import CASES, COMMANDS, Case
from benchmarks.robustness_page import GROUPS, page
from benchmarks.robustness_worker import faults_of
from canonical.table_schema import ROOT, load_schema, table_names
from ingest.__main__ import ADAPTERS

KIND = Kind("bytes", "a kind", "data/vendors.csv", lambda path: None, {"fill": (2,), "build": (0,)}, "quote")


def test_there_are_more_than_a_thousand_cases_each_of_its_own() -> None:
    assert len(CASES) > 1_000
    assert max(Counter(case.name for case in CASES).values()) == 1


def test_every_command_that_reads_files_is_tried() -> None:
    tried = {case.command for case in CASES}
    assert tried == set(COMMANDS)
    called_adapters = {COMMANDS[name][1] for name in tried if name.startswith("ingest ")}
    assert called_adapters == ADAPTERS.keys()


def test_a_circle_is_tried_in_every_key_of_a_table_to_itself() -> None:
    keys = {
        (name, key.fields[0])
        for name in table_names()
        for key in load_schema(name).foreign_keys
        if key.resource == name
    }
    circles = {(kind.file, kind.name) for kind in table_kinds() if kind.group == "circles"}
    assert len(keys) >= 9 and {f"data/{name}.csv" for name, _ in keys} == {file for file, _ in circles}
    # Of entities, two are tried: one row, and two rows that lead to one another.
    assert len(circles) == len(keys) + 1


def test_the_page_counts_every_case_and_shows_that_nothing_was_lost() -> None:
    tried = Counter(case.kind.group for case in CASES)
    text = (ROOT / "docs" / "method" / "robustness.md").read_text(encoding="utf-8")
    shown = {words: [int(cell.replace(",", "")) for cell in cells.split(" | ")]
             for words, cells in re.findall(r"^\| (.*?) \| ([0-9,| ]+) \|$", text, re.MULTILINE)}  # fmt: skip
    assert {group: shown[GROUPS[group][0]][0] for group in tried} == tried
    assert shown.keys() == {words for words, _ in GROUPS.values()} | {"Total"}, "every fault was tried"
    for words, (count, expected, lost) in shown.items():
        assert lost == 0 and expected >= 0.99 * count, words


def test_the_page_says_the_same_in_both_languages() -> None:
    rows = [(group, 7, 6, 1) for group in reversed(GROUPS)]
    english, chinese = page("en", rows, 1234), page("zh", rows, 1234)
    assert re.findall(r"\| (7 \| 6 \| 1) \|", english) == re.findall(r"\| (7 \| 6 \| 1) \|", chinese)
    assert english.count("| 7 | 6 | 1 |") == len(GROUPS)
    assert all(f"| {7 * len(GROUPS)} | {6 * len(GROUPS)} | {len(GROUPS)} |" in text for text in (english, chinese))


@pytest.mark.parametrize(
    ("command", "code", "output", "after", "fault"),
    [
        ("fill", 0, "", {"a": b"1"}, "exit code 0, expected 2"),
        ("fill", 2, "Traceback (most recent call last):\n quote", {"a": b"1"}, "a traceback"),
        ("fill", 2, "fill: the input is none that was foreseen, quote", {"a": b"1"}, "a fault of the program"),
        ("fill", 2, "a quote\x1b[2J", {"a": b"1"}, "raw signs on the terminal"),
        ("fill", 2, "", {"a": b"1"}, "no word"),
        ("fill", 2, "a quote", {}, "lost: a"),
        ("fill", 2, "a quote", {"a": b"2"}, "lost: a"),
        ("build", 0, "", {"a": b"1", "a.part": b""}, "left a.part"),
        ("fill", 2, "a quote", {"a": b"1"}, ""),
    ],
)
def test_what_nobody_would_expect_is_told(
    command: str, code: int, output: str, after: dict[str, bytes], fault: str
) -> None:
    found = faults_of(Case(KIND, command), code, 1, output, {"a": b"1"}, after)
    assert (fault in found) if fault else not found


def test_figures_are_counted_by_group() -> None:
    ended = [{"group": "a", "faults": []}, {"group": "a", "faults": ["lost: x"]}, {"group": "b", "faults": ["no word"]}]
    assert by_group(ended) == [("a", 2, 1, 1), ("b", 1, 0, 0)]


def said_and_ended() -> int:
    """A command that says a word and ends with 3."""
    print("a word")
    return 3


def test_a_forked_command_tells_its_code_and_its_output() -> None:
    ended = forked(said_and_ended)
    assert (ended.code, ended.output) == (3, "a word\n")


def test_a_command_that_is_killed_or_raises_is_told_apart() -> None:
    assert forked(lambda: os.kill(os.getpid(), signal.SIGKILL) or 0).code == -9
    assert "ZeroDivisionError" in forked(lambda: 1 // 0).output
