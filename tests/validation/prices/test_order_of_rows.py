"""What the rules find of prices does not depend on the order of their rows, not even which other row they name."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from canonical.findings import Finding
from tests.validation.prices.worlds import AUTUMN, BEFORE, SPRING, SUMMER, Row, a_machine, a_price, findings_of

METERS = ("input", "output", "cache_read")


def an_offer(model: str, *amounts: float, **cells: Any) -> list[Row]:
    return [a_price(amount, model=model, meter=meter, **cells) for meter, amount in zip(METERS, amounts, strict=True)]


MODELS = [
    *(row for n in range(1, 5) for row in an_offer(f"acme-{n}", n, n * 5, n / 10)),
    *an_offer("acme-9", 3, 18, 0.3),
    *an_offer("acme-9", 3, 15, 3, region="eu"),
    *(a_price(amount, seller="best", model="best-1") for amount in (2.5, 3.5, 4.5)),
    a_price(4.0, SPRING, BEFORE, model="jump"), a_price(0.04, SUMMER, BEFORE.replace(month=8), model="jump"),
    a_price(4.0, AUTUMN, model="jump"),
]  # fmt: skip
"""Slips that several rows tell of as well as each other, and two prices that each may be the mistaken one."""
KEYED = [row | {"model_price_id": f"registry.{n:03}"} for n, row in enumerate(MODELS, 998)]
MACHINES = [
    a_machine(amount, since, until, region=region, instance_type=f"n1-standard-{size}")
    for region in ("east", "west")
    for size, *spans in (
        (2, (0.1, SPRING, None)), (4, (0.2, SPRING, None)), (8, (3.9, SPRING, BEFORE), (0.4, SUMMER, None)),
        (16, (0.8, SPRING, None)), (32, (16.0, SPRING, None)),
    )
    for amount, since, until in spans
]  # fmt: skip


def without_numbers(found: list[Finding]) -> list[Finding]:
    return sorted((replace(finding, row_number=None) for finding in found), key=lambda finding: finding.sort_key)


@pytest.mark.parametrize("seed", range(2))
def test_rows_in_another_order_have_the_same_findings(seed: int) -> None:
    expected = findings_of(*KEYED, machines=tuple(MACHINES))
    assert {f.rule for f in expected} >= {"C.price_ratio", "P.price_overlap", "U.price_jump", "U.price_size"}
    models, machines = (random.Random(seed).sample(rows, len(rows)) for rows in (KEYED, MACHINES))
    assert models != KEYED
    found = findings_of(*models, machines=tuple(machines))
    assert without_numbers(found) == without_numbers(expected)
    ids = [row["model_price_id"] for row in models]
    numbers = {f.row_id: f.row_number for f in found if f.table == "model_prices"}
    assert numbers == {name: ids.index(name) + 1 for name in numbers}
    assert len(numbers) > 3
