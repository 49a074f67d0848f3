"""Put the entries of a registry together that name one offer: what they add is joined, what they contradict is kept.

Registries list one offer under several names: a catalogue beside a vendor's own, an alias, a commitment apart
from the price on demand. Rates are joined meter by meter, and a price goes before a zero. An entry that prices
a meter otherwise than one before it is an offer of its own, its whole name standing as the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ingest.model_rates.rates import Meter, Offer, Rate
from ingest.numbers import printed_number, squashed

__all__ = ["Listing", "joined"]


@dataclass(frozen=True)
class Listing:
    """One entry of a registry: the offer it names, the name it bears there, and its rates."""

    offer: Offer
    name: str
    rates: Mapping[Meter, Rate]


def joined(listings: Iterable[Listing]) -> dict[Offer, dict[Meter, Rate]]:
    """The offers of entries and their rates; of entries that contradict each other the first keeps the plain model.

    >>> rate, meter = Rate("0.5", "1.0 a/gpt"), Meter("input")
    >>> plain = Offer("azure", "any", "gpt")
    >>> one = Listing(plain, "a/gpt", {meter: rate})
    >>> list(joined([one, Listing(plain, "b/gpt", {meter: Rate("0.7", "1.0 b/gpt")})]))[1].model
    'b/gpt'
    """
    offers: dict[Offer, dict[Meter, Rate]] = {}
    for listing in listings:
        offer, found = listing.offer, offers.get(listing.offer, {})
        if _contradict(found, listing.rates):
            offer = Offer(offer.seller, offer.region, listing.name)
            found = offers.get(offer, {})
        if listing.rates:
            offers[offer] = found | {meter: _better(found.get(meter), rate) for meter, rate in listing.rates.items()}
    return offers


def _contradict(one: Mapping[Meter, Rate], other: Mapping[Meter, Rate]) -> bool:
    pairs = ((_amount(one[meter]), _amount(other[meter])) for meter in one.keys() & other.keys())
    return any(a != b for a, b in pairs if a and b)


def _better(one: Rate | None, other: Rate) -> Rate:
    return one if one is not None and (_amount(one) or not _amount(other)) else other


def _amount(rate: Rate) -> Decimal:
    return squashed(printed_number(rate.printed, rate.place))
