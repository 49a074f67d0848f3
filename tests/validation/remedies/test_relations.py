"""What a finding of a relation says is to be done is done here, clause by clause, and then the finding is gone."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import WORLDS
from tests.validation.remedies.of_relations import OF_RELATIONS
from tests.validation.remedies.remedy import Remedy
from validation.consistency import check_facts

CLAUSES = [(rule, remedy) for rule, remedies in OF_RELATIONS.items() for remedy in remedies]


def errors(world: World) -> set[tuple[str, str]]:
    """Rule and row of every error in a world."""
    return {(f.rule, f.row_id) for f in check_facts(world.facts()) if f.severity == "error"}


@pytest.mark.parametrize(("rule", "remedy"), CLAUSES, ids=[f"{rule}: {remedy.says}" for rule, remedy in CLAUSES])
def test_a_finding_is_gone_once_its_remedy_is_carried_out(rule: str, remedy: Remedy) -> None:
    bad = WORLDS[rule].bad
    (finding,) = (f for f in bad.findings(rule) if f.row_id == WORLDS[rule].row)
    assert remedy.says in finding.fix
    mended = remedy.of(bad)
    assert mended.findings(rule) == []
    assert errors(mended) <= errors(bad)
