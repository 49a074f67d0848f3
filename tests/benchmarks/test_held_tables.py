"""Mistakes in tables beside observations are named, harmless edits are not; the page tells the figures kept."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from benchmarks.held_kind import Edit, HeldKind
from benchmarks.held_page import FIGURES, PAGES, with_section
from benchmarks.held_tables import HARMLESS, KINDS, Trial, outcome_of
from canonical.findings import Finding

OF_RATES = ("swapped", "stale_day")
SEED = 7


@pytest.mark.parametrize("table", ["regions", "fiscal_periods", "instruments", "ratings", "supply_chain_links"])
def test_a_mistake_of_each_kind_that_is_always_named_is_named_and_no_harmless_edit_is(
    table: str, tmp_path: Path
) -> None:
    trial = Trial(table, tmp_path)
    sure = {row["kind"] for row in _figures() if row["table_name"] == table and row["found"] == row["trials"]}
    assert len(sure) > 4
    for kind in (kind for kind in KINDS if kind.table == table and kind.name in sure):
        assert outcome_of(kind, trial, 1, SEED).found == 1, kind.name
    for kind in (kind for kind in HARMLESS if kind.table == table):
        outcome = outcome_of(kind, trial, 1, SEED)
        assert (outcome.trials > 0, outcome.found) == (True, 0), (kind.name, outcome.rules)


def test_a_slip_in_a_rate_is_named_by_its_like_and_a_rate_of_the_next_day_is_not(tmp_path: Path) -> None:
    trial = Trial("exchange_rates", tmp_path)
    for kind in (kind for kind in KINDS if kind.table == "exchange_rates" and kind.name in OF_RATES):
        outcome = outcome_of(kind, trial, 1, SEED)
        assert outcome.found == 1, kind.name
    (next_day,) = [kind for kind in HARMLESS if kind.table == "exchange_rates"]
    assert outcome_of(next_day, trial, 1, SEED).found == 0


def test_rules_of_one_finding_each_are_told_in_one_order() -> None:
    kind = HeldKind("regions", "any", "any", "any", lambda rows, at, rng: Edit(list(rows), frozenset((at,))))
    found = [Finding(rule, "error", "regions") for rule in ("U.b", "S.a", "U.a", "C.b")]
    trial = SimpleNamespace(rows=[{}], found=lambda edit: found)
    assert list(outcome_of(kind, cast(Trial, trial), 1, SEED).rules) == ["C.b", "S.a", "U.a", "U.b"]


def test_at_least_fifteen_edits_of_each_kind_are_kept_and_the_page_tells_them() -> None:
    rows = _figures()
    assert {(row["table_name"], row["kind"]) for row in rows} == {(k.table, k.name) for k in (*KINDS, *HARMLESS)}
    assert all(int(row["trials"]) >= 15 for row in rows)
    assert sum(int(row["trials"]) for row in rows if row["is_harmless"] == "true") >= 150
    assert sum(int(row["found"]) for row in rows if row["is_harmless"] == "true") == 0
    for language, page in PAGES.items():
        text = page.read_text(encoding="utf-8")
        assert with_section(text, language) == text


def _figures() -> list[dict[str, str]]:
    with FIGURES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
