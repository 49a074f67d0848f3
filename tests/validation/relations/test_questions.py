"""Relations asked in columns have the same cases as asked of each print by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.prints import World
from tests.validation.relations.worlds import WORLDS, Cells
from validation.consistency import Folder
from validation.relations import (
    RELATIONS,
    Case,
    growth,
    margins,
    parts,
    period_sums,
    relation_of,
    scopes,
    shares,
    windows,
)
from validation.relations.columns import MANY, Columns, Places
from validation.relations.facts import Facts

IN_COLUMNS = [
    r.id for family in (growth, windows, period_sums, parts, shares, margins, scopes) for r in family.RELATIONS
]


@pytest.mark.parametrize("rule", IN_COLUMNS)
def test_the_package_has_the_same_cases_in_columns_as_one_by_one(rule: str):
    facts = package().corrected
    in_columns = list(map(said, relation_of(rule).cases(facts)))
    with one_by_one():
        assert in_columns == list(map(said, relation_of(rule).cases(facts)))


@pytest.mark.parametrize("rule", IN_COLUMNS)
def test_a_world_has_the_same_cases_in_columns_as_one_by_one(rule: str):
    for world in (WORLDS[rule].bad, WORLDS[rule].good):
        assert_same(rule, world.facts())


LEVEL = st.fixed_dictionaries({
    "printed_value": st.sampled_from(["100", "25.0", "50", "75", "24.6", "60", "9", "-9", "400", "0"]),
    "metric_id": st.sampled_from(["revenue", "revenue", "ebita", "capex", "capex-cash"]),
    "entity_id": st.sampled_from(["acme-cloud", "acme-cloud", "acme", "acme-media"]),
    "breakdown_id": st.sampled_from(["total", "total", "external", "internal", "ai"]),
})  # fmt: skip
RATE = st.one_of(
    st.fixed_dictionaries({
        "printed_value": st.sampled_from(["0", "100", "-50.0", "25", "33.3"]),
        "measure": st.sampled_from(["growth_yoy", "growth_prev"]),
    }),
    st.fixed_dictionaries({
        "printed_value": st.sampled_from(["25", "50.0", "75", "24.6"]), "measure": st.just("share"),
        "breakdown_id": st.sampled_from(["external", "internal", "ai"]),
    }),
    st.fixed_dictionaries({
        "printed_value": st.sampled_from(["9", "36", "25.0"]), "metric_id": st.just("ebita-margin"),
        "printed_unit_id": st.just("percent"),
    }),
    st.fixed_dictionaries({"printed_value": st.sampled_from(["100", "400"]), "measure": st.just("annualised")}),
)  # fmt: skip
PLACE = st.fixed_dictionaries({
    "period_type": st.sampled_from(["quarter", "quarter", "half_year", "year"]),
    "period_end": st.sampled_from(["2025-12-31", "2025-09-30", "2025-06-30", "2025-03-31", "2024-12-31"]),
    "source_id": st.sampled_from(["release", "older-release", "news", "wire"]),
    "bound": st.sampled_from(["eq", "eq", "eq", "gt"]),
    "claim_status": st.sampled_from(["actual", "actual", "actual", "estimate"]),
})  # fmt: skip
PRINT = st.builds(lambda what, where: where | what, st.one_of(LEVEL, LEVEL, RATE), PLACE)


@settings(max_examples=40)
@given(st.lists(PRINT, min_size=8, max_size=40))
def test_any_world_has_the_same_cases_in_columns_as_one_by_one(prints: list[Cells]):
    facts = World(prints).facts()
    for rule in IN_COLUMNS:
        assert_same(rule, facts)


def test_most_cases_of_the_package_are_cleared_in_columns():
    cases = [case for rule in IN_COLUMNS for case in relation_of(rule).cases(package().corrected)]
    assert sum(isinstance(case, Case) and case.is_cleared for case in cases) > 0.6 * len(cases)


def test_facts_without_prints_have_no_cases():
    facts = World([]).facts()
    assert not [case for relation in RELATIONS for case in relation.cases(facts)]


@cache
def package() -> Folder:
    """The tables of the package."""
    return Folder()


@contextmanager
def one_by_one() -> Iterator[None]:
    """A place in which every print takes a closer look, so that nothing is told in columns."""

    def readings(columns: Columns, series: Places, *where: Places) -> Places:
        return np.full(len(series), MANY, np.int64)

    with patch.object(Columns, "readings", readings):
        yield


def assert_same(rule: str, facts: Facts) -> None:
    """Hold what a relation says in columns against what it says one by one."""
    in_columns = list(map(said, relation_of(rule).cases(facts)))
    with one_by_one():
        assert in_columns == list(map(said, relation_of(rule).cases(facts)))


def said(case: object) -> object:
    """What a case says: its row, the verdict, the option that decides it; a remark as it is."""
    if not isinstance(case, Case):
        return case
    inputs = tuple(o.row_id for o in case.best.inputs)
    return case.row_id, case.note, case.severity, case.holds, inputs, case.best.implied
