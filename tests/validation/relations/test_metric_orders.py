"""Which of two metrics of one thing is at most the other, whatever the entity."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import now
from validation.relations.metric_orders import ALWAYS


@pytest.mark.parametrize(("small", "large"), ALWAYS)
def test_the_smaller_metric_is_at_most_the_larger(small: str, large: str):
    known = {"metrics": [{"metric_id": metric} for metric in (small, large)]}

    def found(one: str, other: str) -> list[str]:
        prints = [now(one, metric_id=small), now(other, metric_id=large)]
        return [finding.row_id for finding in World(prints, known=known).findings("C.metric_order")]

    assert found("43", "50") == found("50", "50") == []
    assert found("50", "43") == ["p1", "p2"]
