"""The cells that say what holds a value: those of the number that is held least."""

from __future__ import annotations

from release.series.corroborated import Corroborated
from validation.corroboration import Held

STRONG = Held("a.001", 2, 1, 3, 3, 2, ("C.growth_yoy", "U.scale_slip"), ())
TWICE = Held("a.002", 1, 0, 0, 0, 0, (), ("no_whole",))
BOUNDED = Held("a.003", 0, 0, 2, 1, 0, ("U.scale_slip",), ("no_second_print", "no_whole"))
ALONE = Held("a.004", 0, 0, 0, 0, 0, (), ("no_second_print", "no_neighbour", "no_whole"))
CORROBORATED = Corroborated({held.observation_id: held for held in (STRONG, TWICE, BOUNDED, ALONE)})


def test_a_value_of_several_numbers_is_held_as_the_least_of_them() -> None:
    assert CORROBORATED.level(["a.001", "a.002"]) == "print"
    assert CORROBORATED.level(["a.003", "a.004", "a.001"]) == "none"
    cells = CORROBORATED.cells(["a.001", "a.003"])
    assert (cells["corroboration"], cells["relations_evaluated"], cells["relations_holding"]) == ("limit", 2, 1)
    assert cells["relation_ids"] == "U.scale_slip" and cells["corroboration_lacks"] == "no_second_print no_whole"


def test_what_nothing_holds_has_empty_lists_of_relations() -> None:
    assert CORROBORATED.cells(["a.004"])["relation_ids"] is None
    assert CORROBORATED.cells(["a.001"])["corroboration_lacks"] is None
