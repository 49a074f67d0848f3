"""Which parts are those of one vendor, and when a row of another one under them is named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from canonical.findings import Finding
from tests.prints import World
from tests.validation.relations.worlds import OF_ACME, OF_RIVAL, Cells, now, quarters


def found(*rows: Cells, **known: Sequence[Cells]) -> list[Finding]:
    """What the rule says of some rows."""
    return World(list(rows), known=known).findings("V.vendor_part")


def test_a_part_that_its_definition_gives_to_a_vendor_is_not_told_of_another():
    (named,) = found(now("5", **OF_RIVAL), now("7", breakdown_id="ai-services"), **OF_ACME)
    assert (named.row_id, named.column, named.severity) == ("p1", "breakdown_id", "warning")
    assert "its definition gives it to acme" in named.message


def test_two_rows_of_a_vendor_or_rows_of_a_third_one_make_a_part_that_of_several():
    acme = now("7", breakdown_id="ai-services")
    assert found(now("5", **OF_RIVAL), now("6", **OF_RIVAL, source_id="news"), acme, **OF_ACME) == []
    third = [{"entity_id": "other", "vendor_id": "other", "scope": "group"}]
    assert found(now("5", **OF_RIVAL), acme, now("6", entity_id="other", breakdown_id="ai-services"),
                 entities=third, **OF_ACME) == []  # fmt: skip


@pytest.mark.parametrize(
    ("sources", "part", "severities"),
    [(("release", "news"), "ai-services", ["notice"]), (("release", "release"), "ai-services", []),
     (("release", "news"), "region", [])],
    ids=str,
)  # fmt: skip
def test_three_rows_of_two_documents_make_a_part_of_a_product_its_vendors_own(
    sources: tuple[str, str], part: str, severities: list[str]
):
    region = {"breakdowns": [{"breakdown_id": "region", "parent_breakdown_id": "total", "axis": "region"}]}
    ours = quarters("1", "2", breakdown_id=part, source_id=sources[0])
    rows = [now("5", entity_id="rival", breakdown_id=part), *ours, now("3", breakdown_id=part, source_id=sources[1])]
    assert [named.severity for named in found(*rows, **region)] == severities


@pytest.mark.parametrize(
    "cells", [{"printed_label": "Model services"}, {"printed_text": "AI 模型 5"}, {"note": "models"}]
)
def test_a_page_that_calls_the_part_by_a_word_of_its_name_is_right(cells: dict[str, str]):
    assert found(now("5", **OF_RIVAL, **cells), now("7", breakdown_id="ai-services"), **OF_ACME) == []
