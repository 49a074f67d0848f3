"""What columns leave out of a rule is not odd: asked of all facts or rows one by one, it finds the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canonical.titles import ends_in_title
from tests.prints import World
from tests.validation.relations.worlds import WORLDS, Cells
from validation.consistency import Folder
from validation.relations import (
    companions,
    near_rates,
    own_periods,
    provenance,
    relation_of,
    repeats,
    same_places,
    segment_years,
    signs,
    usual_currencies,
)
from validation.relations.facts import Facts, Observation, Series
from validation.relations.lines import Asked
from validation.relations.neighbours import out_of_one_series, out_of_series
from validation.relations.numbers import Truths
from validation.relations.questions import answered
from validation.relations.shares import SHARE_OF_ENTITY
from validation.relations.usual_bounds import counted
from validation.relations.views import VIEWS


def every_row(facts: Facts) -> Truths:
    return np.ones(len(facts.observations), np.bool_)


def every_fact(accepts: Callable[[Series, Facts], bool]) -> Callable[[Facts], Asked]:
    """All facts of the series of which a rule speaks."""
    return lambda facts: {s: set(periods) for s, periods in facts.by_series.items() if accepts(s, facts)}


def every_page(facts: Facts) -> set[Any]:
    return {(o.source_id, o.period) for o in facts.observations}


def every_row_of_two_years(facts: Facts) -> Iterator[tuple[Observation, bool]]:
    """The rows of the period of their own document's title or of the year before, read one by one in all documents."""
    for o in facts.observations:
        title = facts.reference.sources.get(o.source_id, {}).get("title", "")
        own = max(ends_in_title(title, facts.reference.calendar(o.series.entity_id)), default=None)
        if o.is_own_word and own is not None and o.period is not None:
            weeks = round((own - o.period.end).days / 7)
            if weeks in (0, *own_periods.WEEKS):
                yield o, weeks in own_periods.WEEKS


LEFT_OUT: dict[str, tuple[ModuleType, str, Callable[[Facts], Any]]] = {
    "U.sign_of_series": (signs, "_perhaps_odd", every_fact(signs.may_be_negative)),
    "U.near_rates": (near_rates, "_perhaps_odd", every_fact(lambda series, facts: near_rates.is_steady(series))),
    "C.repeated_number": (repeats, "_with_a_number_told_again", every_fact(repeats.may_be_repeated)),
    "C.companion": (companions, "_in_documents_of_several_days", every_row),
    "V.repeated_row": (provenance, "_perhaps_again", every_row),
    "V.own_period": (own_periods, "_told_of_two_years", every_row_of_two_years),
    "V.same_place": (same_places, "_in_lines_with_an_odd_row", every_row),
    "C.segments_of_another_year": (segment_years, "_with_sums_that_may_miss", every_page),
    "V.usual_currency": (usual_currencies, "_in_mixed_families", every_row),
}
"""Rules with what tells in columns of which facts or rows they are asked, and what names all of them."""
UNCOUNTED = (every_page, every_row_of_two_years)
"""What names neither facts nor rows of the package alone, so that none can be counted as left out."""


@pytest.mark.parametrize("rule", LEFT_OUT)
def test_the_package_and_small_worlds_have_the_same_findings_asked_of_all(rule: str):
    for facts in (package(), WORLDS[rule].bad.facts(), WORLDS[rule].good.facts()):
        assert_same(rule, facts)
    assert list(relation_of(rule).cases(WORLDS[rule].bad.facts()))


@pytest.mark.parametrize("rule", [rule for rule, (*_, every) in LEFT_OUT.items() if every not in UNCOUNTED])
def test_columns_leave_most_of_the_package_out(rule: str):
    module, name, every = LEFT_OUT[rule]
    some, whole = getattr(module, name)(package()), every(package())
    few, all_ = (
        np.sum(told) if isinstance(told, np.ndarray) else sum(map(len, told.values())) for told in (some, whole)
    )
    assert few < all_


VALUE = st.sampled_from(["100", "100", "25.0", "50", "-75", "24.6", "-60", "9", "-9", "400", "0", "1" + "0" * 200])
PRINT = st.fixed_dictionaries({
    "printed_value": VALUE,
    "metric_id": st.sampled_from(["revenue", "revenue", "ebita", "capex", "capex-cash", "operating-income"]),
    "entity_id": st.sampled_from(["acme-cloud", "acme-cloud", "acme", "acme-media"]),
    "measure": st.sampled_from(["level", "level", "growth_yoy", "share"]),
    "printed_unit_id": st.sampled_from(["cny-m", "cny-m", "usd-m", "percent"]),
    "locator": st.sampled_from(["", "table:1 row:", "table:1 row:Revenue of the cloud", "page:3"]),
    "printed_label": st.sampled_from(["", "Revenue of the cloud", "Purchases of equipment"]),
    "period_type": st.sampled_from(["quarter", "quarter", "quarter", "year"]),
    "period_end": st.sampled_from(["2025-12-31", "2025-09-30", "2025-06-30", "2025-03-31", "2024-12-31", "2024-09-30"]),
    "source_id": st.sampled_from(["release", "older-release", "news", "wire"]),
})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PRINT, min_size=8, max_size=40))
def test_any_world_has_the_same_findings_asked_of_all(prints: list[Cells]):
    facts = World(prints).facts()
    for rule in LEFT_OUT:
        assert_same(rule, facts)


def test_one_series_alone_tells_of_its_slips_what_all_facts_tell():
    for facts in (package(), WORLDS["U.scale_slip"].bad.facts()):
        alone = [out_of_one_series(series, facts) for series in facts.by_series]
        assert {row: near for told in alone for row, near in told.items()} == out_of_series(facts)
    assert out_of_series(WORLDS["U.scale_slip"].bad.facts())


def test_shares_in_another_entity_are_held_against_the_levels_of_two_families_as_against_all_facts():
    for facts in (package(), WORLDS["C.share_of_entity"].bad.facts()):
        told = list(SHARE_OF_ENTITY.cases(facts))
        assert told == list(answered(facts, SHARE_OF_ENTITY.questions))
        assert told


@pytest.mark.parametrize(
    ("said", "words", "others"),
    [([0, 1, 2, 3, 4, 5, 6], 3, 4), ([0, 1, 2, 3, 3, 5, 6], 3, 4), ([0, 1, 1, 3, 4, 5, 6], 2, 3)],
)
def test_what_a_document_says_again_counts_once_among_round_numbers(said: list[int], words: int, others: int):
    group, plain = np.array([0, 0, 0, 0, 0, -1, -1]), np.array([False, False, False, True, True, False, True])
    counts = counted(group, np.array(said), plain, np.array([3, 6]))
    assert [told.tolist() for told in counts] == [[words, 0], [others, 0]]


def test_cells_of_rows_of_which_some_changed_say_what_cells_read_anew_say():
    rows = [o.row for o in package().observations]
    rows[7] = rows[7] | {"printed_value": "987654", "source_id": "no-such-source", "printed_label": rows[3]["locator"]}
    changed = package().with_rows(rows)
    anew = changed.only(changed.observations)
    for name in ("printed_value", "source_id", "bound", *VIEWS):
        (codes, texts), (expected, known) = changed.cells.codes(name), anew.cells.codes(name)
        assert [texts[code] for code in codes.tolist()] == [known[code] for code in expected.tolist()]
    assert np.array_equal(changed.cells.ends, anew.cells.ends, equal_nan=True)
    assert changed.cells.codes("source_id")[1][changed.cells.codes("source_id")[0][7]] == "no-such-source"


def assert_same(rule: str, facts: Facts) -> None:
    """Hold what a rule says against what it says where columns leave nothing out."""
    module, name, every = LEFT_OUT[rule]
    found = list(relation_of(rule).cases(facts))
    with patch.object(module, name, every):
        assert found == list(relation_of(rule).cases(facts))


@cache
def package() -> Facts:
    """The facts of the package."""
    return Folder().printed
