"""Follow a list that dates some of its changes itself, through the releases of it that were read.

A release states a timeline of each offer: prices that begin on documented days, the first of them perhaps on none.
What a release documents holds from that day on, whatever releases before it showed. A price without a day held at the
latest when a release first showed it; before a documented one, and never seen, since when is unknown. What a release
no longer lists is gone on its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ingest.model_rates.rates import Offer, Rates, placed
from ingest.model_rates.registry import Registry
from ingest.price_states import State

__all__ = ["DOCUMENTED", "UNDATED", "Timelines"]

UNDATED = date.min
"""The day of a price whose beginning is not stated."""
DOCUMENTED = "documented "
"""How the version of a state begins that the list itself dates."""
Name = tuple[Offer, str]


@dataclass(frozen=True)
class Span:
    """Prices of an offer from a day on, and where they stand; none where the offer is gone."""

    day: date
    rates: Rates
    place: str
    is_documented: bool


class Timelines:
    """What releases in the order of their days say of offers in their modes."""

    def __init__(self) -> None:
        self.spans: dict[Name, list[Span]] = {}

    def observe(self, day: date, stated: Mapping[Name, tuple[Mapping[date, Rates], str]], version: str) -> None:
        """Take in the release of a day: of each offer and mode its prices by first day, and where they stand."""
        for name, (prices, place) in stated.items():
            self.spans[name] = _continued(self.spans.get(name, []), day, prices, place)
        for name in self.spans.keys() - stated.keys():
            self.spans[name] = _continued(self.spans[name], day, {UNDATED: {}}, version)

    def states(self) -> list[State]:
        """The states of all prices by day; a seller's first release begins the record of what it does not date."""
        return sorted((state for name in self.spans for state in self._of(name)), key=lambda state: state.day)

    def _of(self, name: Name) -> Iterator[State]:
        (offer, mode), registry = name, Registry()
        for span in self.spans[name]:
            is_dated = span.is_documented or span.day == UNDATED
            kind = f"{offer} {mode}" if is_dated else offer.seller
            place = f"{DOCUMENTED if span.is_documented else ''}{span.place}"
            for state in registry.observe(span.day, offer, placed(span.rates, place), place):
                yield State(state.key, kind, state.day, state.version, state.printed, state.amount)


def _continued(spans: list[Span], day: date, prices: Mapping[date, Rates], place: str) -> list[Span]:
    """The spans so far as a release of a day continues them."""
    starts = sorted(prices.keys() - {UNDATED})
    dated_before = bool(starts) and starts[0] <= day
    kept = [span for span in spans if (span.day < starts[0] if dated_before else span.day <= day)]
    if UNDATED in prices and (not kept or (not dated_before and kept[-1].rates != prices[UNDATED])):
        kept.append(Span(UNDATED if dated_before else day, prices[UNDATED], place, is_documented=False))
    before = {span.day: span for span in spans if span.is_documented}
    for start in starts:
        same = before.get(start)
        new = Span(start, prices[start], place, is_documented=True)
        kept.append(same if same is not None and same.rates == new.rates else new)
    return kept
