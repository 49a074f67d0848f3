"""What a report says of relations over a feed in parts: which were asked, and which were not, and why."""

from __future__ import annotations

from collections.abc import Iterator

from validation.feed_asked import ACROSS, OF_ALL
from validation.relations import RELATIONS
from validation.report import Step
from validation.steps import relation_step

__all__ = ["AT_ONCE", "steps_in_parts"]

AT_ONCE = 20_000
"""Up to so many rows of observations are held together as a whole, more of them in parts."""


def steps_in_parts(read: int, rows: int, too_many: int, fix: str = "give the files in parts") -> Iterator[Step]:
    """The steps of a check of `rows` rows in parts, of which relations have read `read`.

    `too_many` rows look across families, 0 where these were asked as well.
    """
    not_run = {OF_ALL: f"they hold a row against all others, which is done up to {AT_ONCE:,} observations"}
    if too_many:
        not_run[ACROSS] = f"{too_many:,} rows of the files name, or are named by, other families"
    asked = [relation for relation in RELATIONS if not any(relation in left for left in not_run)]
    yield relation_step(read, rows - read, rules=[relation.id for relation in asked])
    for left, reason in not_run.items():
        yield relation_step(not_run=f"{reason}; fix: {fix}", rules=[relation.id for relation in left])
