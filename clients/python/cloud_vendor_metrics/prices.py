"""Ask for prices: what a model cost on a day, and where an hour of an accelerator is cheapest."""

from __future__ import annotations

import re
from typing import Any, Literal, overload

import pandas as pd

from cloud_vendor_metrics.days import Day, time_of
from cloud_vendor_metrics.errors import UnknownNameError, one_text
from cloud_vendor_metrics.frames import As, Column, Frame, Other, handed
from cloud_vendor_metrics.loading import frame_of
from cloud_vendor_metrics.machines import accelerator_prices
from cloud_vendor_metrics.package import Place, open_package

__all__ = ["cheapest", "price_on"]

NEAR = 31
"""Days that a price may be away from the day asked for."""
MODEL_OFFER = ["seller", "region", "model_key", "meter", "mode", "tier_from_tokens", "per_unit_id", "currency"]
MODEL_COLUMNS = [
    "seller", "region", "model", "meter", "mode", "service_tier", "commitment", "endpoint", "offer",
    "tier_from_tokens", "amount", "currency", "per_unit_id", "known", "state", "valid_from", "source_id",
    "model_price_id",
]  # fmt: skip
MACHINE_OFFER = ["vendor_id", "region", "instance_type", "operating_system", "purchase_option", "currency"]
MACHINE_COLUMNS = [
    "vendor_id", "region", "instance_type", "operating_system", "purchase_option", "accelerator", "accelerator_count",
    "memory_gb", "amount", "amount_each", "currency", "valid_from", "source_id", "known",
]  # fmt: skip


@overload
def price_on(
    model: str, day: Day | None = None, *, as_: Literal["pandas"] = "pandas", data: Place | None = None
) -> pd.DataFrame: ...
@overload
def price_on(model: str, day: Day | None = None, *, as_: Other, data: Place | None = None) -> Any: ...
def price_on(model: str, day: Day | None = None, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """What each seller asked for a model on a day, by the best-ranked source that speaks of it and is not disputed.

    Parameters: `model` as sold, with or without its path; `day`, today without one. Returned: a row per seller, region
    and meter: `amount` in `currency` for one `per_unit_id`; `known` is `exact`, `carried_forward` (at most a year past
    the last version of the list) or `nearest` (at most 31 days away). Raises `UnknownNameError` for a model that no
    list holds, ValueError for no day.
    """
    package, on_day = open_package(data), time_of(day)
    claims, asked = frame_of(package, "model_price_claims"), one_text("model", model).strip().lower()
    bare = claims["model"].str.lower().str.replace(r"^.*/", "", regex=True)
    own = claims[(claims["model_key"] == asked) | (bare == asked)]
    if own.empty or not asked:
        raise UnknownNameError("model", "模型", model, set(bare))
    apart = _days_apart(on_day, own)
    own = own.assign(apart=apart, doubted=own["state"] == "disputed")[
        (apart <= NEAR) & (on_day <= own["ends_on"] + pd.DateOffset(years=1))
    ]
    ordered = own.sort_values(
        ["apart", "doubted", "rank", "ends_on", "since", "model_price_id"],
        ascending=[True, True, True, False, False, True],
    )
    best = ordered.drop_duplicates(MODEL_OFFER)
    best = best.assign(known=_how(on_day, best["since"], best["until"], best["ends_on"]))
    found = best.sort_values(["meter", "mode", "seller", "region", "model", "tier_from_tokens", "model_price_id"])
    return handed(found[MODEL_COLUMNS].reset_index(drop=True), as_)


def _days_apart(day: pd.Timestamp, own: Frame) -> Column:
    """How many days lie between a day and a claim; 0 where it holds."""
    before, after = (own["since"] - day).dt.days, (day - own["until"]).dt.days
    return pd.concat([before, after], axis="columns").max(axis="columns").clip(lower=0)


def _how(day: pd.Timestamp, since: Column, until: Column, ends_on: Column) -> Column:
    """How a claim of a price speaks for a day."""
    holds = (since <= day) & (until >= day)
    known = pd.Series("nearest", index=since.index, dtype="str").mask(holds, "carried_forward")
    return known.mask(holds & (ends_on >= day), "exact")


@overload
def cheapest(
    accelerator: str, region: str | None = None, day: Day | None = None, *,
    as_: Literal["pandas"] = "pandas", data: Place | None = None,
) -> pd.DataFrame: ...  # fmt: skip
@overload
def cheapest(
    accelerator: str, region: str | None = None, day: Day | None = None, *, as_: Other, data: Place | None = None
) -> Any: ...
def cheapest(
    accelerator: str, region: str | None = None, day: Day | None = None, *,
    as_: As = "pandas", data: Place | None = None,
) -> Any:  # fmt: skip
    """What an hour of one accelerator costs on a day, the cheapest first in each currency, dollars before others.

    Parameters: `accelerator`, such as `H100`; `region` as its vendor writes it, or with other capitals, blanks and
    hyphens (`East US`), all without one; `day`, today without one. Returned: a row per machine, region, system and way
    to buy: `amount` of the machine and `amount_each` of one accelerator, both for an hour in `currency`; `known` is
    `exact`, or `carried_forward` from a list that ended at most three years before. A price that is unstable or
    disputed is left out; a region in which no list has the accelerator gives no row. Raises `UnknownNameError` for
    another accelerator or region, ValueError for no day.
    """
    package, on_day = open_package(data), time_of(day)
    own = accelerator_prices(package, accelerator)
    if region is not None:
        listed = set(frame_of(package, "regions", ["region"])["region"])
        meant = _regions_meant(region, set(own["region"])) or _regions_meant(region, listed)
        if not meant:
            raise UnknownNameError("region", "地域", region, own["region"])
        own = own[own["region"].isin(meant)]
    holds = (own["valid_from"] <= on_day) & (own["until"] >= on_day)
    recent = on_day <= own["list_ends_on"] + pd.DateOffset(years=3)
    own = own[holds & recent & (own["state"] == "priced")]
    best = own.sort_values(["list_ends_on", "source_id"], ascending=[False, True]).drop_duplicates(MACHINE_OFFER)
    known = pd.Series("carried_forward", index=best.index, dtype="str").mask(best["list_ends_on"] >= on_day, "exact")
    best = best.assign(known=known, foreign=best["currency"] != "USD")
    order = [
        "foreign",
        "currency",
        "amount_each",
        "vendor_id",
        "region",
        "instance_type",
        "operating_system",
        "purchase_option",
    ]
    return handed(best.sort_values(order)[MACHINE_COLUMNS].reset_index(drop=True), as_)


def _letters(text: str) -> str:
    """The letters and digits of a text, in small letters."""
    return re.sub("[^a-z0-9]", "", text.lower())


def _regions_meant(region: str, known: set[str]) -> set[str]:
    """The known regions that a text names: as written, else whatever the capitals, else the blanks and hyphens too."""
    for plain in (str, str.lower, _letters):
        meant = {name for name in known if plain(name) == plain(region)}
        if meant:
            return meant
    return set()
