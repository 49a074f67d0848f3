"""Relations that say which columns they read: rows that fill them alike have one verdict, which one row tells."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from tests.validation.relations.worlds import WORLDS
from validation.consistency import Folder
from validation.relations import RELATIONS, relation_of
from validation.relations.broken import broken_cases
from validation.relations.facts import Facts
from validation.relations.relation import Relation, doubtful, evaluated

READS = [relation.id for relation in RELATIONS if relation.reads]
SOME = 3000


@pytest.mark.parametrize("rule", READS)
def test_no_other_column_decides(rule: str):
    relation, facts = relation_of(rule), package()
    rows = [o.row for o in facts.observations][:SOME]
    own = ("observation_id", *relation.reads)
    mixed = [other | {name: row[name] for name in own} for row, other in zip(rows, rows[7:] + rows[:7], strict=True)]
    changed = Facts.of(mixed, facts.reference, facts.tables)
    as_printed = verdicts(relation, facts.only(o for o in facts.observations if o.row_id in changed.by_row_id))
    assert verdicts(relation, changed) == as_printed != {}


@pytest.mark.parametrize("rule", READS)
def test_what_is_broken_is_found_by_one_row_of_each_kind(rule: str):
    relation = relation_of(rule)
    for facts in (package(), WORLDS[rule].bad.facts(), WORLDS[rule].good.facts()):
        assert broken_cases(doubtful(relation, facts)) == broken_cases(evaluated(relation, facts))
    assert len(doubtful(relation, package())) < len(evaluated(relation, package())) / 2


def test_all_rows_that_say_the_same_wrong_thing_are_doubtful():
    bad = WORLDS["P.month_end"].bad
    facts = type(bad)([*bad.prints, *bad.prints, *WORLDS["P.month_end"].good.prints]).facts()
    assert [case.row_id for case in doubtful(relation_of("P.month_end"), facts)] == ["p1", "p2"]


def test_a_relation_that_says_nothing_of_it_has_all_its_cases():
    facts = WORLDS["C.growth_yoy"].good.facts()
    relation = relation_of("C.growth_yoy")
    assert doubtful(relation, facts) == evaluated(relation, facts) != ()


@cache
def package() -> Facts:
    """The facts of the package."""
    return Folder().printed


def verdicts(relation: Relation, facts: Facts) -> dict[str, list[bool]]:
    """Whether each case on each row of observations holds."""
    found: dict[str, list[bool]] = defaultdict(list)
    for case in relation.cases(facts):
        if case.table == "observations":
            found[case.row_id].append(case.holds)
    return dict(found)
