"""What prints say in doubles: their values, and the days with which their periods end."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from validation.relations.columns import Columns, Places

__all__ = ["Doubles", "Numbers", "Truths", "doubles"]

Doubles = NDArray[np.float64]
Truths = NDArray[np.bool_]
ZERO = Decimal(0)
LEAST, MOST = 1e-140, 1e140
"""Between these sizes doubles are near what they stand for, and so are products and quotients of two of them."""


class Numbers:
    """The comparable observations of facts, in the order of their columns."""

    def __init__(self, columns: Columns, values: Doubles) -> None:
        """Take the columns, and the value of each print, NaN where it names none."""
        self.columns, self.values = columns, values

    @cached_property
    def sizes(self) -> Doubles:
        """The value of each print, or else its low or high end, 0 where it has none."""
        intervals = (o.interval for o in self.columns.prints)
        return doubles(
            i.value if i.value is not None else i.low if i.low is not None else i.high or ZERO for i in intervals
        )

    @cached_property
    def are_rough(self) -> Truths:
        """Of which prints doubles do not tell: they are larger or smaller than any number that is printed."""
        sizes = np.abs(self.sizes)
        return ~((sizes == 0) | ((sizes > LEAST) & (sizes < MOST)))

    @cached_property
    def days(self) -> Doubles:
        """The day with which the period of each print ends, counted from the first of all days."""
        ends = [o.period.end.toordinal() for o in self.columns.prints if o.period is not None]
        return np.array(ends, np.float64)

    @cached_property
    def types(self) -> list[str]:
        """The types of periods."""
        return list(dict.fromkeys(o.period.type for o in self.columns.prints if o.period is not None))

    @cached_property
    def type_of(self) -> Places:
        """The place of the type of each print's period among `types`."""
        numbers = {type_: number for number, type_ in enumerate(self.types)}
        return np.array([numbers[o.period.type] for o in self.columns.prints if o.period is not None], np.int64)


def doubles(numbers: Iterable[Decimal | None]) -> Doubles:
    """The doubles nearest to numbers; NaN for none, and for one so near zero that its double is zero."""
    given = list(numbers)
    found = np.array([np.nan if number is None else float(number) for number in given], np.float64)
    found[[place for place in np.flatnonzero(found == 0).tolist() if given[place]]] = np.nan
    return found
