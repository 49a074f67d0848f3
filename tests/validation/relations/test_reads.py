"""Relations that say which columns they read: rows that fill them alike have one verdict, which one row tells."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validation.relations.worlds import WORLDS
from validation.consistency import Folder
from validation.relations import RELATIONS, relation_of
from validation.relations.broken import broken_cases
from validation.relations.doubtful import doubtful
from validation.relations.facts import Facts
from validation.relations.relation import Relation, evaluated
from validation.relations.views import figure

READS = [relation.id for relation in RELATIONS if relation.reads]
QUICK = [relation.id for relation in RELATIONS if relation.reads or relation.surely or relation.doubts]
SOME, FEW = 3000, 10


@pytest.mark.parametrize("rule", READS)
def test_no_other_column_decides(rule: str):
    relation, facts = relation_of(rule), package()
    rows = [o.row for o in facts.observations][:SOME]
    own = ("observation_id", *relation.reads)
    mixed = [other | {name: row[name] for name in own} for row, other in zip(rows, rows[7:] + rows[:7], strict=True)]
    changed = Facts.of(mixed, facts.reference, facts.tables)
    as_printed = verdicts(relation, facts.only(o for o in facts.observations if o.row_id in changed.by_row_id))
    assert verdicts(relation, changed) == as_printed != {}


@pytest.mark.parametrize("rule", QUICK)
def test_what_is_broken_is_found_without_asking_what_surely_holds(rule: str):
    relation = relation_of(rule)
    for facts in (package(), WORLDS[rule].bad.facts(), WORLDS[rule].good.facts()):
        found, cases = doubtful(relation, facts), evaluated(relation, facts)
        assert broken_cases(found) == broken_cases(cases)
        rows = {case.row_id for case in found}
        assert [case for case in cases if case.row_id in rows] == list(found)
    assert len(doubtful(relation, package())) < max(len(evaluated(relation, package())) / 2, FEW)


@pytest.mark.parametrize("rule", QUICK)
def test_all_cases_of_a_row_that_is_named_are_told(rule: str):
    relation, facts = relation_of(rule), WORLDS[rule].good.facts()
    cases = evaluated(relation, facts)
    assert list(doubtful(relation, facts, {case.row_id for case in cases})) == list(cases)


def test_a_word_beside_the_same_number_is_another_kind():
    facts = package()
    one, other = ({"printed_text": text, "printed_value": "5"} for text in ("up to 5 billion", "more than 5 billion"))
    assert figure(one, facts.reference) != figure(other, facts.reference)


NOT_LEFT_OUT = {
    "two numbers": ("from 5 to 7", "5"),
    "another number": ("7 billion", "5"),
    "decimals parted by a comma": ("5,3 Milliarden", "5.3"),
    "thousands parted by blanks": ("5 300 million", "5300"),
    "a point before the number": ("about .5", "5"),
    "a point behind the number": ("5.", "5"),
    "groups of two": ("5,30", "530"),
    "no number": ("tripled", "200"),
}


@pytest.mark.parametrize(("text", "value"), NOT_LEFT_OUT.values(), ids=NOT_LEFT_OUT)
def test_a_text_of_which_the_number_is_not_sure_is_seen_as_it_is(text: str, value: str):
    assert figure({"printed_text": text, "printed_value": value}, package().reference) == f"{value}\0{text}\0"


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(("", "up to ", "$", "RMB ", "down ", "a loss of $(", "more than ", "下降", "-", "(", "约")),
    st.sampled_from(("", " million", "bn", "%", " 亿元", ")", " percent", "多", " users", ", a record", " per day")),
    st.lists(st.sampled_from(("7", "12.5", "1084", "1,084", "20,300.5", "0", "0.0")), min_size=2, max_size=2),
    st.sampled_from(("percent", "usd-m", "usd-bn", "cny-100m")),
    st.sampled_from(("level", "growth_yoy")),
    st.sampled_from(("", "-")),
)
def test_rows_that_differ_in_their_number_alone_are_judged_alike(
    before: str, behind: str, numbers: list[str], unit: str, measure: str, sign: str
):  # fmt: skip
    facts = package()
    row = facts.observations[0].row | {
        "printed_unit_id": unit,
        "measure": measure,
        "bound": "eq",
        "precision_word": "none",
    }
    rows = [
        row
        | {"observation_id": f"p{place}", "metric_id": "operating-income", "printed_text": f"{before}{number}{behind}"}
        | {"printed_value": sign + number.replace(",", ""), "decimals": str(len(number.partition(".")[2]))}
        for place, number in enumerate(numbers)
    ]
    made = Facts.of(rows, facts.reference, facts.tables)
    if len({figure(row, facts.reference) for row in rows}) == 1:
        assert len(made.observations) == 2
        for rule in ("U.text_digits", "U.text_unit", "U.text_sign", "U.text_bound", "C.label_words"):
            one, other = (verdicts(relation_of(rule), made.only([o])).values() for o in made.observations)
            assert list(one) == list(other)


def test_all_rows_that_say_the_same_wrong_thing_are_doubtful():
    bad = WORLDS["P.month_end"].bad
    facts = type(bad)([*bad.prints, *bad.prints, *WORLDS["P.month_end"].good.prints]).facts()
    assert [case.row_id for case in doubtful(relation_of("P.month_end"), facts)] == ["p1", "p2"]


def test_a_relation_that_says_nothing_of_it_has_all_its_cases():
    facts = WORLDS["C.conversion"].good.facts()
    relation = relation_of("C.conversion")
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
