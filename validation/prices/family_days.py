"""Machines of one family on one day, as groups of rows whose least and most are known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["FamilyDays", "family_days"]

DAYS = 1_000_000
"""More days than there are since the first year."""


class FamilyDays(NamedTuple):
    """Rows in groups: `order` has the places of the rows group by group, `groups` a row for each group in that order.

    Its columns are `family`, `size`, how many rows the group has, and the ends `least` and `most` of what each unit of
    a machine costs there.
    """

    order: NDArray[np.intp]
    groups: pl.DataFrame

    def rows_in(self, groups: pl.Series) -> pl.Series:
        """The places of the rows in the groups that are marked, group by group."""
        sizes = self.groups["size"].to_numpy()
        return pl.Series(self.order[np.repeat(groups.to_numpy(), sizes)], dtype=pl.get_index_type())

    def first_rows(self) -> pl.Series:
        """The place of the first row of each group."""
        ends = np.cumsum(self.groups["size"].to_numpy())
        return pl.Series(self.order[ends - self.groups["size"].to_numpy()], dtype=pl.get_index_type())

    def means(self, values: pl.Series) -> pl.Series:
        """The mean of some values of the rows, by group."""
        sizes = self.groups["size"].to_numpy()
        if not len(sizes):
            return pl.Series(dtype=pl.Float64)
        return pl.Series(np.add.reduceat(values.to_numpy()[self.order], np.cumsum(sizes) - sizes) / sizes)

    def numbers_in(self, groups: pl.Series) -> pl.Series:
        """The number of its group for each of `rows_in`."""
        marked = groups.arg_true().to_numpy()
        return pl.Series(np.repeat(marked, self.groups["size"].to_numpy()[marked]), dtype=pl.UInt32).set_sorted()


def family_days(rows: pl.DataFrame, day: str) -> FamilyDays:
    """The rows of `sized_rows` in groups of one `family` and one day, that in the column named."""
    families, days = rows["family"].to_numpy(), rows[day].to_physical().to_numpy()
    each = rows["each"].to_numpy()
    keys = families * DAYS + days
    order = np.argsort(keys)
    if not len(order):
        return FamilyDays(order, rows.select("family", size=pl.lit(0), least="each", most="each"))
    in_order = keys[order]
    begins = np.flatnonzero(np.concatenate([[True], in_order[1:] != in_order[:-1]]))
    least, most = (end.reduceat(each[order], begins) for end in (np.minimum, np.maximum))
    sizes = np.diff(begins, append=len(order))
    family = pl.Series(families[order[begins]]).set_sorted()
    return FamilyDays(order, pl.DataFrame({"family": family, "size": sizes, "least": least, "most": most}))
