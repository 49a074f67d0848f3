"""One rate of a model as its registry states it: what is counted, how it is processed, from how many tokens on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ingest.numbers import printed_number
from ingest.upstream import UpstreamError, shown

__all__ = ["Meter", "Offer", "Rate", "Rates", "add_rate", "code", "placed"]


@dataclass(frozen=True, order=True)
class Meter:
    """What a rate is for; tiers count prompt tokens, a unit is one of `units`."""

    meter: str
    unit: str = "token"
    mode: str = "standard"
    tier_from: int | None = None
    tier_to: int | None = None


Rates = Mapping[Meter, str]
"""The number printed for each meter, as text."""


@dataclass(frozen=True, order=True)
class Offer:
    """A model as one seller sells it in one region."""

    seller: str
    region: str
    model: str


class Rate(NamedTuple):
    """The number printed for a meter, as text, where in the registry it stands, and what else is printed there."""

    printed: str
    place: str
    also: str = ""


def add_rate(rates: dict[Meter, Rate], meter: Meter, rate: Rate) -> None:
    """Add the rate of a meter; UpstreamError where the entry gives that meter another amount elsewhere."""
    one = rates.setdefault(meter, rate)
    if printed_number(one.printed, one.place) != printed_number(rate.printed, rate.place):
        tier = "" if meter.tier_from is None else f" from {meter.tier_from:,} tokens"
        raise UpstreamError(
            f"{rate.place}: {meter.meter}{tier} in mode {meter.mode} is both {shown(one.printed)} and "
            f"{shown(rate.printed)}"
        )


def placed(rates: Rates, place: str) -> dict[Meter, Rate]:
    """Rates that all stand in one place."""
    return {meter: Rate(printed, place) for meter, printed in rates.items()}


def code(text: str) -> str:
    """A text as a code of ours: lower case letters and digits, parts joined by single hyphens or full stops.

    >>> code("vertex_ai-Language models")
    'vertex-ai-language-models'
    """
    kept = re.sub(r"[^a-z0-9.]+", "-", text.lower())
    return re.sub(r"([.-])[.-]+", r"\1", kept).strip(".-")
