"""Crowds of prints: the same answers as pair by pair, and in a time that does not grow with the square."""

from __future__ import annotations

import time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from canonical.arithmetic import contains, meets
from canonical.intervals import Interval
from tests.prints import World
from tests.validation.relations.worlds import now
from validation.relations import relation_of
from validation.relations.crowds import Crowd, met_by_others, narrowest
from validation.relations.relation import evaluated

END = st.one_of(st.none(), st.integers(0, 6).map(Decimal))
ANY = st.builds(Interval, st.none(), END, END, st.booleans(), st.booleans())
INTERVAL = ANY.filter(lambda i: i.low is None or i.high is None or i.low < i.high)


@given(st.lists(INTERVAL, max_size=12))
def test_the_narrowest_are_those_that_hold_no_other(intervals: list[Interval]):
    def holds_another(place: int) -> bool:
        mine = intervals[place]
        others = [(at, i) for at, i in enumerate(intervals) if at != place and contains(mine, i)]
        return any(not contains(i, mine) or at < place for at, i in others)

    assert narrowest(intervals) == [place for place in range(len(intervals)) if not holds_another(place)]


STATED = st.lists(st.tuples(st.sampled_from("abc"), INTERVAL), max_size=12)


@given(STATED, st.lists(INTERVAL, max_size=5))
def test_a_crowd_counts_who_states_what_meets_each_interval(stated: list[tuple[str, Interval]], asked: list[Interval]):
    counts = [len({name for name, interval in stated if meets(interval, other)}) for other in asked]
    assert Crowd(stated).meeting(asked) == counts


@given(STATED)
def test_an_interval_is_met_by_others_where_somebody_else_states_one_that_meets_it(stated: list[tuple[str, Interval]]):
    found = [any(name != other and meets(mine, theirs) for other, theirs in stated) for name, mine in stated]
    assert met_by_others(stated) == found


def test_thousands_of_prints_of_one_fact_are_held_together_in_seconds():
    facts = World([now(str(1000 + place)) for place in range(3000)]).facts()
    assert len(facts.observations) == 3000
    started = time.process_time()
    for rule in ("C.agreement_in_source", "C.agreement", "C.restatement", "V.repeated_row", "C.sum_of_periods"):
        assert len(evaluated(relation_of(rule), facts)) < 9000
    assert sum(not case.holds for case in evaluated(relation_of("C.agreement_in_source"), facts)) > 2900
    assert time.process_time() - started < 10
