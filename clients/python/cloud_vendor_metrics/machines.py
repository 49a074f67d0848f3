"""Spans of machines with accelerators: each price by the piece, its state, and the last day of its list."""

# pyarrow ships no types: what it returns is unknown to the checker.
# pyright: reportUnknownParameterType=false
from __future__ import annotations

import pandas as pd
import pyarrow.dataset as ds

from cloud_vendor_metrics.errors import UnknownNameError, one_text
from cloud_vendor_metrics.frames import Column, Frame, to_pandas
from cloud_vendor_metrics.loading import arrow_table, frame_of
from cloud_vendor_metrics.package import Package

__all__ = ["accelerator_prices"]

COLUMNS = (
    "source_id", "vendor_id", "region", "instance_type", "operating_system", "purchase_option", "amount", "currency",
    "valid_from", "valid_to",
)  # fmt: skip
FOREVER = pd.Timestamp("9999-12-31")
ROW_ID = ("source_id", "region", "instance_type", "operating_system", "purchase_option")


def accelerator_prices(package: Package, accelerator: str) -> Frame:
    """Every span of a machine with an accelerator, as the view of this name has it in SQL.

    Returned: the columns of `compute_prices` and `machine_accelerators`, `amount_each` for an hour of one accelerator,
    `until`, `list_ends_on` and `state`. Raises `UnknownNameError` where no machine has the accelerator.
    """
    cards = frame_of(package, "machine_accelerators").drop(columns="source_id")
    wanted = cards[cards["accelerator"].str.lower() == one_text("accelerator", accelerator).strip().lower()]
    if wanted.empty:
        raise UnknownNameError("accelerator", "加速器", accelerator, set(cards["accelerator"]))
    spans = _spans(package, list(wanted["instance_type"].unique()))
    known_on = frame_of(package, "sources", ["source_id", "known_on"]).set_index("source_id")["known_on"]
    joined = spans.merge(wanted, on=["vendor_id", "instance_type"])
    return joined.assign(
        amount_each=joined["amount"] / joined["accelerator_count"],
        until=joined["valid_to"].fillna(FOREVER),
        list_ends_on=joined["source_id"].map(known_on),
        state=_states(package, joined),
    )


def _spans(package: Package, machines: list[str]) -> Frame:
    """The priced spans of some machines; picked in Arrow, where half a million rows take no time."""
    spans = arrow_table(package, "compute_prices", COLUMNS)
    return to_pandas(spans.filter(ds.field("instance_type").isin(machines) & (ds.field("amount") > 0)))


def _states(package: Package, spans: Frame) -> Column:
    """The state of each span: `priced` unless table `price_states` says otherwise."""
    states = frame_of(package, "price_states", ["table_name", "row_id", "state"])
    own = states[states["table_name"] == "compute_prices"].set_index("row_id")["state"]
    ids = spans[ROW_ID[0]].str.cat([spans[name] for name in ROW_ID[1:]], sep="|")
    return (ids + "|" + spans["valid_from"].dt.strftime("%Y-%m-%d")).map(own).fillna("priced")
