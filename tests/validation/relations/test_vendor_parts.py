"""Which parts are those of one vendor, and when a row of another one under them is named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from canonical.findings import Finding
from tests.prints import World
from tests.validation.relations.worlds import OF_ACME, OF_RIVAL, Cells, now, quarters

OURS = now("7", breakdown_id="ai-services")


def found(*rows: Cells, **known: Sequence[Cells]) -> list[Finding]:
    """What the rule says of some rows."""
    return World(list(rows), known=known).findings("V.vendor_part")


def test_a_part_that_its_definition_gives_to_a_vendor_is_not_told_of_another():
    (named,) = found(now("5", **OF_RIVAL), OURS, **OF_ACME)
    assert (named.row_id, named.column, named.severity) == ("p1", "breakdown_id", "warning")
    assert "its definition and all other rows of it are of acme" in named.message


def test_two_rows_of_a_vendor_or_rows_of_a_third_one_make_a_part_that_of_several():
    assert found(now("5", **OF_RIVAL), now("6", **OF_RIVAL, source_id="news"), OURS, **OF_ACME) == []
    third = [{"entity_id": "other", "vendor_id": "other", "scope": "group"}]
    theirs = now("6", entity_id="other", breakdown_id="ai-services")
    assert found(now("5", **OF_RIVAL), OURS, theirs, entities=third, **OF_ACME) == []


def test_a_part_whose_definition_names_nobody_is_free_to_all():
    ours = quarters("1", "2", "3", breakdown_id="ai-services")
    assert found(now("5", **OF_RIVAL), *ours, {**OURS, "source_id": "news"}) == []


@pytest.mark.parametrize(
    "cells", [{"printed_label": "Model services"}, {"printed_text": "AI 模型 5"}, {"note": "models"}]
)
def test_a_page_that_calls_the_part_by_a_word_of_its_name_is_right(cells: dict[str, str]):
    assert found(now("5", **OF_RIVAL, **cells), OURS, **OF_ACME) == []
