"""Follow a registry from version to version: what each version says of an offer, as states of its rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ingest.model_rates.rates import Meter, Offer, Rate
from ingest.numbers import printed_number, squashed
from ingest.price_states import State

__all__ = ["Registry", "key_of"]


def key_of(offer: Offer, meter: Meter) -> tuple[str, ...]:
    """The key under which a rate of an offer is followed; empty parts stand for open tiers."""
    tiers = ("" if tier is None else str(tier) for tier in (meter.tier_from, meter.tier_to))
    return (offer.seller, offer.region, offer.model, meter.meter, meter.mode, meter.unit, *tiers)


class Registry:
    """The rates last seen of every offer; a seller's first appearance begins its record."""

    def __init__(self) -> None:
        self.seen: dict[Offer, Mapping[Meter, Rate]] = {}

    def observe(self, day: date, offer: Offer, rates: Mapping[Meter, Rate], version: str) -> Iterator[State]:
        """States of an offer's rates on a day, those that `version` no longer has included."""
        gone = self.seen.get(offer, {}).keys() - rates.keys()
        self.seen[offer] = rates
        for meter in sorted(gone, key=repr):
            yield State(key_of(offer, meter), offer.seller, day, version)
        for meter, (printed, place, also) in rates.items():
            amount = squashed(printed_number(printed, f"{place}: {meter.meter}"))
            yield State(key_of(offer, meter), offer.seller, day, place, printed, amount, also=also)

    def observe_all(self, day: date, offers: Mapping[Offer, Mapping[Meter, Rate]], version: str) -> Iterator[State]:
        """States of a version that lists every offer it has; what it no longer lists is gone."""
        for offer in sorted(self.seen.keys() - offers.keys()):
            yield from self.observe(day, offer, {}, version)
            del self.seen[offer]
        for offer in sorted(offers):
            yield from self.observe(day, offer, offers[offer], version)
