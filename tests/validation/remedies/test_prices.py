"""What a finding on prices says is to be done is done here, clause by clause, and then the finding is gone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from canonical.findings import Finding
from tests.validation.prices.worlds import Row, findings_of
from tests.validation.remedies.of_prices import OF_PRICES, Done

CLAUSES = [(rule, done) for rule, listed in OF_PRICES.items() for done in listed.remedies]


def found(rule: str, rows: Sequence[Row]) -> list[Finding]:
    """What is found in rows of the table that a rule is over."""
    return findings_of(machines=tuple(rows)) if OF_PRICES[rule].of_machines else findings_of(*rows)


@pytest.mark.parametrize(("rule", "done"), CLAUSES, ids=[f"{rule}: {done.says}" for rule, done in CLAUSES])
def test_a_finding_is_gone_once_its_remedy_is_carried_out(rule: str, done: Done) -> None:
    before = found(rule, OF_PRICES[rule].rows)
    assert [f for f in before if f.rule == rule and done.says in f.fix], before
    after = found(rule, done.of(OF_PRICES[rule].rows))
    assert rule not in {f.rule for f in after}
    assert {f.rule for f in after if f.severity == "error"} <= {f.rule for f in before if f.severity == "error"}
