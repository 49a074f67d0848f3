"""Ask for facts: every print, the headline of each, its vintages, and what was known on a day."""

from __future__ import annotations

from typing import Any, Literal, overload

import pandas as pd

from cloud_vendor_metrics.days import Day, Period, day_of
from cloud_vendor_metrics.frames import As, Other, handed
from cloud_vendor_metrics.headlines import Frequency, headlines, in_currency, one_entity_each, widened
from cloud_vendor_metrics.loading import frame_of
from cloud_vendor_metrics.package import Place, open_package
from cloud_vendor_metrics.resolving import Names
from cloud_vendor_metrics.selecting import Selection, known_by, selected

__all__ = ["as_of", "observations", "series", "vintages"]


@overload
def as_of(day: Day, *, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...
@overload
def as_of(day: Day, *, as_: Other, data: Place | None = None) -> Any: ...
def as_of(day: Day, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """The headline of every fact as it was known on a day.

    Parameters: `day`, a date or its text `YYYY-MM-DD`; of a datetime or a pandas Timestamp the date counts. Returned:
    the rows of table `vintages` that stood on that day, one per `fact_id`, in the order of their ids; a fact that
    nobody had published by then has none. Raises ValueError where the text is no date, TypeError where `day` is
    neither date nor text.
    """
    until = day_of(day)
    return handed(known_by(frame_of(open_package(data), "vintages"), until), as_)


@overload
def observations(
    vendor: Names | None = None, metric: Names | None = None, period: Period | None = None, as_of: Day | None = None, *,
    entity: Names | None = None, as_: Literal["pandas"] = "pandas", data: Place | None = None,
) -> pd.DataFrame: ...  # fmt: skip
@overload
def observations(
    vendor: Names | None = None, metric: Names | None = None, period: Period | None = None, as_of: Day | None = None, *,
    entity: Names | None = None, as_: Other, data: Place | None = None,
) -> Any: ...  # fmt: skip
def observations(
    vendor: Names | None = None, metric: Names | None = None, period: Period | None = None, as_of: Day | None = None, *,
    entity: Names | None = None, as_: As = "pandas", data: Place | None = None,
) -> Any:  # fmt: skip
    """Every number as printed, with names, corrected values and its source: rows of table `observations_flat`.

    Parameters: `vendor`, `metric` and `entity`, ids or names in either language, one or several; `period`, such as
    `2025-06-30`, `2025`, `2025-Q2`, `FY2025Q2`, or the first and last of a span, by the day a period ends;
    `as_of`, the day by which it was published. Without one of them, all. Raises `UnknownNameError`, ValueError.
    """
    package = open_package(data)
    frame = selected(package, frame_of(package, "observations_flat"), Selection(vendor, metric, entity, period))
    if as_of is not None:
        frame = frame[frame["known_on"] <= pd.Timestamp(day_of(as_of))]
    return handed(frame.reset_index(drop=True), as_)


@overload
def series(
    vendor: Names | None = None, metric: Names = "revenue", period: Period | None = None, as_of: Day | None = None, *,
    entity: Names | None = None, frequency: Frequency = "quarter", breakdown: Names = "total",
    basis: Names = "reported", currency: str | None = None, wide: bool = False,
    as_: Literal["pandas"] = "pandas", data: Place | None = None,
) -> pd.DataFrame: ...  # fmt: skip
@overload
def series(
    vendor: Names | None = None, metric: Names = "revenue", period: Period | None = None, as_of: Day | None = None, *,
    entity: Names | None = None, frequency: Frequency = "quarter", breakdown: Names = "total",
    basis: Names = "reported", currency: str | None = None, wide: bool = False,
    as_: Other, data: Place | None = None,
) -> Any: ...  # fmt: skip
def series(
    vendor: Names | None = None, metric: Names = "revenue", period: Period | None = None, as_of: Day | None = None, *,
    entity: Names | None = None, frequency: Frequency = "quarter", breakdown: Names = "total",
    basis: Names = "reported", currency: str | None = None, wide: bool = False,
    as_: As = "pandas", data: Place | None = None,
) -> Any:  # fmt: skip
    """One number a period: the headline of a metric, as known now or on a day.

    Parameters: as of `observations`; `frequency`, `quarter`, `half_year` or `year`; `currency`, `USD` for values at the
    mean rate of each period, else the one reported in; `wide`, a column a vendor, a row a period, with the unit in
    the heading where units differ. Where only a vendor is named, its cloud is taken, or its group where the cloud does
    not report the metric; `entity` says which. Returned: entity, metric, period, `unit_id`, `value` and more, in order
    of time. Raises `UnknownNameError`, also where a vendor has nothing of the metric, and ValueError.
    """
    package = open_package(data)
    day = None if as_of is None else day_of(as_of)
    frame = headlines(package, frequency, day)
    asked = Selection(vendor, metric, entity, period, texts(breakdown), texts(basis))
    frame = one_entity_each(package, frame, asked) if entity is None else selected(package, frame, asked)
    frame = in_currency(package, frame, currency).sort_values(["entity_id", "metric_id", "breakdown_id", "period_end"])
    return handed(widened(frame, frequency) if wide else frame.reset_index(drop=True), as_)


def texts(names: Names) -> tuple[str, ...]:
    """Codes as they are, one or several."""
    return (names,) if isinstance(names, str) else tuple(names)


@overload
def vintages(
    vendor: Names | None = None, metric: Names | None = None, period: Period | None = None, *,
    entity: Names | None = None, wide: bool = False, as_: Literal["pandas"] = "pandas", data: Place | None = None,
) -> pd.DataFrame: ...  # fmt: skip
@overload
def vintages(
    vendor: Names | None = None, metric: Names | None = None, period: Period | None = None, *,
    entity: Names | None = None, wide: bool = False, as_: Other, data: Place | None = None,
) -> Any: ...  # fmt: skip
def vintages(
    vendor: Names | None = None, metric: Names | None = None, period: Period | None = None, *,
    entity: Names | None = None, wide: bool = False, as_: As = "pandas", data: Place | None = None,
) -> Any:  # fmt: skip
    """How facts changed as more was published: rows of table `vintages`.

    Parameters: as of `observations`; `wide`, a row a fact and a column for each day on which one of them changed,
    which holds what was known on that day. Raises `UnknownNameError`, ValueError.
    """
    package = open_package(data)
    frame = selected(package, frame_of(package, "vintages"), Selection(vendor, metric, entity, period))
    if not wide:
        return handed(frame.reset_index(drop=True), as_)
    known = frame.assign(known_on=frame["known_on"].dt.strftime("%Y-%m-%d"))
    table = known.pivot(index="fact_id", columns="known_on", values="value").ffill(axis="columns")
    return handed(table.rename_axis(columns=None), as_)
