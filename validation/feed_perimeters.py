"""The perimeter in which a row of somebody's own is read, and where a typed one cannot be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from canonical.arithmetic import meets, scaled
from canonical.fill import printed_interval
from canonical.intervals import Interval
from canonical.reference import Reference
from canonical.text_tables import Row
from validation.relations.facts import Facts, Observation

__all__ = ["PrintsAtHand", "with_perimeter"]

FACT = ("breakdown_id", "measure", "basis", "period_type")
"""What two prints of one entity, metric and day must share to speak of one fact."""
FAR = Decimal(4)
"""So many times larger or smaller a number is of no other perimeter, but wrong."""


class PrintsAtHand:
    """The prints at hand by entity, metric and last day, the latest published first."""

    def __init__(self, facts: Facts) -> None:
        """Look nothing up yet."""
        self._facts = facts

    @cached_property
    def _by_day(self) -> Mapping[tuple[str, str, str], list[Observation]]:
        found: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
        for observation in sorted(self._facts.observations, key=lambda o: o.known_on or date.min, reverse=True):
            row = observation.row
            found[row["entity_id"], row["metric_id"], row["period_end"]].append(observation)
        return found

    def near(self, row: Row) -> list[Observation]:
        """The prints of the entity, metric and day of a row."""
        return self._by_day.get((row["entity_id"], row["metric_id"], row["period_end"]), [])


def with_perimeter(typed: str, done: Row, reference: Reference, prints: PrintsAtHand) -> Row:
    """The completed row with the perimeter of the package's print of its fact, best of one that it meets.

    Parameters: `typed` is the perimeter that the row gives itself, `` where it gives none.

    Nobody says when a feed was published. A row that types its perimeter keeps it, unless its number is far from all
    that is printed of the fact in other perimeters: no recast makes a number several times as large.
    """
    near = prints.near(done)
    interval = printed_interval(done, reference) if near else None
    if interval is None:
        return done
    same = [o for o in near if all(o.row[column] == done[column] for column in FACT)]
    in_unit = [o for o in same if o.series.unit_id == done["unit_id"]]
    meeting = [o for o in in_unit if meets(o.interval, interval)]
    if typed and not _is_far(interval, in_unit, typed):
        return done
    alike = next(iter((*meeting, *same, *near)), None)
    return done | {"perimeter_id": alike.series.perimeter_id} if alike else done


def _is_far(interval: Interval, prints: Sequence[Observation], perimeter_id: str) -> bool:
    """Whether a number is several times larger or smaller than all prints, and none of these is of its perimeter."""
    if not prints or any(o.series.perimeter_id == perimeter_id for o in prints):
        return False
    wide = (scaled(o.interval, FAR) for o in prints), (scaled(o.interval, 1 / FAR) for o in prints)
    beyond = [lows.high is not None and interval.low is not None and interval.low > lows.high for lows in wide[0]]
    below = [highs.low is not None and interval.high is not None and interval.high < highs.low for highs in wide[1]]
    return all(beyond) or all(below)
