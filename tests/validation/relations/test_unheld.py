"""What is borne out: what a document says twice is held once for all of its prints, and bears others out once."""

from __future__ import annotations

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, at, now
from validation.relations.agreement import confirmations
from validation.relations.unheld import unheld

LEVELS = [now("408"), at("2024-12-31", "300")]
RATE = now("36", **GROWTH)


def test_a_print_is_held_by_the_equation_that_holds_on_another_print_of_the_same_number():
    once, twice = (World([*LEVELS, RATE, *more]).facts() for more in ([], [now("408")]))
    assert unheld(once) == unheld(twice) == frozenset()
    other = World([*LEVELS, RATE, now("508")]).facts()
    assert unheld(other) == {"p4"}


def test_a_rate_that_a_document_says_twice_bears_the_levels_out_once_and_one_of_another_document_once_more():
    counts = [confirmations(World([*LEVELS, *rates]).facts())["p1"] for rates in ([RATE], [RATE, RATE])]
    assert counts == [1, 1]
    assert confirmations(World([*LEVELS, RATE, {**RATE, "source_id": "news"}]).facts())["p1"] == 2
