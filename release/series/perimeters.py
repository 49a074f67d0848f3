"""Which perimeter a fact is shown in: the newest in which its reporter states it, or in which it follows from prints.

A recast does not reach back for ever, so that a series stands in the newest perimeter as far as prints and their
differences go, and in older ones before that. A reporter's own print of an older perimeter gives way to a value that
follows from its prints of a newer one; a third party's print of a newer perimeter does not displace the reporter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from canonical.reference import Reference
from release.series.headline import tier_of
from release.series.vintage import Vintage, as_of

__all__ = ["are_one_perimeter", "newest_known"]


def newest_known(histories: Sequence[Sequence[Vintage]], printed: Sequence[Vintage]) -> list[Vintage]:
    """The vintages of a fact from those within each of its perimeters: on each day the newest of the reporter's word.

    `printed` are the vintages of all prints of the fact, which stand where the reporter says nothing.
    """
    if len(histories) == 1:
        return list(histories[0])
    shown: list[Vintage] = []
    for day in sorted({vintage.known_on for history in (*histories, printed) for vintage in history}):
        best = _shown_on(day, histories, printed)
        if not shown or shown[-1].headline != best.headline:
            shown.append(replace(best, known_on=day))
    return shown


def _shown_on(day: str, histories: Sequence[Sequence[Vintage]], printed: Sequence[Vintage]) -> Vintage:
    known = [state for history in histories if (state := as_of(history, day))]
    own = [state for state in known if state.is_own_word]
    other = as_of(printed, day)
    best = min(own, key=_order, default=None)
    if best is None or (other is not None and tier_of(other.flags) < tier_of(best.flags)):
        return other or min(known, key=_order)
    return best


def _order(state: Vintage) -> tuple[int, int]:
    return tier_of(state.flags), -state.place


def are_one_perimeter(reference: Reference, entity_id: str, *figures: tuple[str, str]) -> bool:
    """Whether figures of an entity, each a metric and its perimeter, can stand in one row.

    A break that leaves a metric as it was opens no perimeter for it: its figures stand beside those of both sides.
    """
    chains = [(reference.perimeters_of(entity_id, metric), perimeter) for metric, perimeter in figures]
    whole = range(len(reference.perimeters(entity_id)))
    return any(all(chain[n] == perimeter for chain, perimeter in chains) for n in whole)
