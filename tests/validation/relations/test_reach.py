"""How far relations look: cut into parts along what each says of itself, the facts give the same cases as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from zlib import crc32

import pytest

from tests.validation.relations.worlds import WORLDS
from validation.consistency import Folder
from validation.relations import RELATIONS, relation_of
from validation.relations.facts import Facts, Observation
from validation.relations.reach import AROUND, WIDEST, Part, family_of, touched_by_rows
from validation.relations.relation import Case, Reach, Remark, evaluated, remark_on

PARTS = 7
CUT = [relation.id for relation in RELATIONS if relation.reach not in WIDEST]
SURROUNDED = [relation.id for relation in RELATIONS if relation.reach in AROUND]


@pytest.mark.parametrize("rule", CUT)
def test_a_relation_looks_no_further_than_it_says(rule: str):
    relation = relation_of(rule)
    worlds = [(facts, parts(facts, relation.reach)) for facts in (WORLDS[rule].bad.facts(), WORLDS[rule].good.facts())]
    for facts, cut in ((package().printed, parts_of_package(relation.reach)), *worlds):
        of_parts = {said(case) for part in cut for case in evaluated(relation, part)}
        assert of_parts == set(map(said, evaluated(relation, facts)))


@cache
def package() -> Folder:
    """The tables of the package."""
    return Folder()


@cache
def parts_of_package(reach: Reach) -> list[Facts]:
    """Its prints in parts, which all relations of one reach share as they share those of an edit."""
    return list(parts(package().printed, reach))


def parts(facts: Facts, reach: Reach) -> Iterator[Facts]:
    """The facts in some parts, rows that a relation may hold together in one part."""
    group: dict[str, Callable[[Observation], str]] = {
        "row": lambda o: o.row_id,
        "document": lambda o: o.source_id,
        "family": lambda o: family_of(o.series.entity_id, facts.parents),
        "part": lambda o: o.series.breakdown_id,
    }
    of = {o.row_id: crc32(group[reach](o).encode()) % PARTS for o in facts.observations}
    for part in range(PARTS):
        yield facts.only(o for o in facts.observations if of[o.row_id] == part)


def said(case: Case | Remark) -> tuple[str, ...]:
    """What a case says: its row, the verdict, what it is held against."""
    if isinstance(case, Remark):
        others = (*(o.row_id for o in case.observations), *case.related)
        return case.row_id, case.column, str(case.holds), case.expected, case.message, *others
    options = (text for o in case.options for text in (str(o.implied), *(i.row_id for i in o.inputs)))
    return case.row_id, case.note, str(case.holds), str(case.severity), *options


def test_a_part_has_the_cases_of_the_rows_that_it_covers():
    facts, relation = package().printed, relation_of("C.growth_yoy")
    one = next(o for o in facts.observations if o.series.measure == "growth_yoy")
    part = Part(facts, touched_by_rows([one.row], facts.parents))
    covered = [case for case in evaluated(relation, facts) if part.covers(relation, case)]
    assert list(map(said, part.cases(relation))) == list(map(said, covered))
    assert 0 < len(covered) < len(evaluated(relation, facts))


@pytest.mark.parametrize("rule", SURROUNDED)
def test_a_case_rests_on_rows_around_it_alone(rule: str):
    relation, found = relation_of(rule), 0
    for facts in (package().printed, WORLDS[rule].bad.facts()):
        cases = evaluated(relation, facts)
        named = [facts.by_row_id[case.row_id] for case in cases][:5]
        for touched in (*named, *facts.observations[:: len(facts.observations) // 5 + 1]):
            part = Part(facts, touched_by_rows([touched.row], facts.parents))
            covered = [said(case) for case in cases if part.covers(relation, case)]
            assert list(map(said, part.cases(relation))) == covered
            found += len(covered)
    assert found > 0


def test_a_part_reads_what_lies_around_the_rows_that_an_edit_touches_and_covers_these_alone():
    facts, relation = package().printed, relation_of("V.own_period")
    one = next(o for o in facts.observations if o.series.entity_id == "sap-iaas")
    part = Part(facts, touched_by_rows([one.row], facts.parents))
    beside = {o.row_id for o in facts.observations if part.covers(relation, remark_on(o, "basis", False, "", ""))}
    assert beside == {
        o.row_id
        for o in facts.observations
        if o.source_id == one.source_id or family_of(o.series.entity_id, facts.parents) == "sap"
    }
    assert not any(case.row_id not in beside for case in part.cases(relation))


def test_shares_are_asked_again_where_an_edit_touches_the_family_of_the_part_or_of_the_whole():
    facts, relation = package().printed, relation_of("C.share_of_entity")
    share = next(o for o in facts.observations if o.series.measure == "share" and o.series.of_entity_id)
    case = remark_on(share, "printed_value", False, "", "")
    of_part = next(o for o in facts.observations if o.series.entity_id == share.series.entity_id)
    of_whole = next(o for o in facts.observations if o.series.entity_id == share.series.of_entity_id)
    elsewhere = next(o for o in facts.observations if o.series.entity_id == "sap-iaas")
    touched = (of_part, of_whole, elsewhere)
    parts = [Part(facts, touched_by_rows([o.row], facts.parents)) for o in touched]
    assert [part.covers(relation, case) for part in parts] == [True, True, False]


def test_entities_in_a_circle_are_one_family():
    parents = {"a": "b", "b": "a", "c": "a", "d": "", "e": "d"}
    assert {name: family_of(name, parents) for name in "abcdef"} == {
        "a": "", "b": "", "c": "", "d": "d", "e": "d", "f": "f",
    }  # fmt: skip
