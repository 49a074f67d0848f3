"""Read litellm's entries: which of a model's keys are prices, of what, and how the model's key names a region.

A key is a base (`input_cost_per_token`) with endings for a tier (`_above_200k_tokens`), the life of a cache
(`_above_1hr`), a size (`_720p`) and a mode (`_batches`), in any order that occurs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ingest.model_rates.listings import Listing
from ingest.model_rates.rates import Meter, Offer, Rate, code
from ingest.model_rates.sellers import maker_of, seller_named_in, seller_of
from ingest.numbers import plain_text, printed_number, tokens_of
from ingest.upstream import UpstreamError

__all__ = ["Twice", "listing_of", "meter_of", "offer_of", "rates_of", "refuse_unknown"]

BASES: dict[str, tuple[str, str, str]] = {
    "input_cost_per_token": ("input", "token", ""),
    "output_cost_per_token": ("output", "token", ""),
    "cache_read_input_token_cost": ("cache_read", "token", ""),
    "input_cost_per_token_cache_hit": ("cache_read", "token", ""),
    "explicit_cache_read_input_token_cost": ("cache_read", "token", "explicit-cache"),
    "cache_creation_input_token_cost": ("cache_write", "token", ""),
    "cache_read_input_audio_token_cost": ("audio_cache_read", "token", ""),
    "cache_creation_input_audio_token_cost": ("audio_cache_write", "token", ""),
    "cache_read_input_image_token_cost": ("image_cache_read", "token", ""),
    "input_cost_per_audio_token": ("audio_input", "token", ""),
    "output_cost_per_audio_token": ("audio_output", "token", ""),
    "input_cost_per_audio_per_second": ("audio_input", "second", ""),
    "output_cost_per_reasoning_token": ("reasoning_output", "token", ""),
    "input_cost_per_image_token": ("image_input", "token", ""),
    "output_cost_per_image_token": ("image_output", "token", ""),
    "input_cost_per_image": ("image_input", "image", ""),
    "output_cost_per_image": ("image_generation", "image", ""),
    "input_cost_per_pixel": ("image_input", "pixel", ""),
    "output_cost_per_pixel": ("image_generation", "pixel", ""),
    "input_cost_per_character": ("character_input", "character", ""),
    "output_cost_per_character": ("character_output", "character", ""),
    "input_cost_per_second": ("second_input", "second", ""),
    "output_cost_per_second": ("second_output", "second", ""),
    "input_cost_per_video_per_second": ("video_input", "second", ""),
    "output_cost_per_video_per_second": ("video_output", "second", ""),
    "input_cost_per_video_token": ("video_input", "token", ""),
    "output_cost_per_video_token": ("video_output", "token", ""),
    "input_cost_per_query": ("request", "request", ""),
    "input_cost_per_request": ("request", "request", ""),
    "google_maps_grounding_cost_per_query": ("search", "request", "maps"),
    "ocr_cost_per_page": ("page_input", "page", ""),
    "citation_cost_per_token": ("other", "token", "citation"),
}
ENDINGS = re.compile(
    r"_(?:(?P<mode>batches|priority|flex|ultrafast|balanced|decisions)|above_(?P<tier>[0-9]{1,5})k_tokens"
    r"|above_(?P<hours>[0-9]{1,3})hr|(?P<size>[0-9.]+[pkK]|512|1024|1536))$"
)
MODES = {"batches": "batch"}
PREFIX_REGIONS = {"azure": ("eu", "us", "global", "global-standard"), "amazon-bedrock": ()}
AWS_REGION = re.compile(r"([a-z]{2}(-gov)?-[a-z]+-[0-9]|\*)")
VARIANT = re.compile(r"[0-9]+-x-[0-9]+|standard|hd|low|medium|high")
"""What image models put before their name: a size or a quality."""
COMMITMENT = re.compile(r"[0-9]+-month-commitment")
SEARCH_TIER = "max_results_range"
"""Tells tiers by the number of search results from those by prompt tokens; they are not taken up."""
NOT_TAKEN = re.compile(
    r"annotation_cost_per_page|cache_read_input_token_cost_per_audio_token|code_interpreter_cost_per_session"
    r"|cost_per_image|(input|output)_dbu?_cost_per_token|input_cost_per_second_(audio|video)"
    r"|input_cost_per_token_batch_requests|input_cost_per_video_per_second_above_[0-9]+s_interval|ocr_cost_per_credit"
    r"|output_cost_per_audio_per_second|output_cost_per_image_(above_.+|premium_image)"
)
"""Keys of prices that are not taken up: machine units, sessions, sizes of images."""
SELLING_HEADS = ("azure", "azure_ai", "bedrock", "gemini", "openrouter", "vertex_ai")
"""Heads of keys that name the seller, whatever provider the entry states: it may be that of the protocol."""


class Twice(NamedTuple):
    """The two values of a key that an entry has twice."""

    first: Any
    last: Any


def listing_of(key: str, provider: str, entry: Mapping[str, Any], place: str) -> Listing:
    """A model's entry; a commitment that its key names is a mode of its rates."""
    offer, commitment = _without_commitment(offer_of(key, provider))
    rates = {_committed(meter, commitment): rate for meter, rate in rates_of(entry, place).items()}
    return Listing(offer, key, rates)


def meter_of(key: str) -> Meter | None:
    """What a key of an entry prices; None where it is no price, or one not taken up.

    >>> meter_of("input_cost_per_token_above_200k_tokens_batches")
    Meter(meter='input', unit='token', mode='batch', tier_from=200000, tier_to=None)
    """
    modes: list[str] = []
    tier: int | None = None
    hours = ""
    while key not in BASES:
        ending = ENDINGS.search(key)
        if ending is None:
            return None
        key = key[: ending.start()]
        if ending["mode"] or ending["size"]:
            modes.insert(0, MODES.get(ending["mode"], ending["mode"] or ending["size"].lower()))
        elif ending["tier"]:
            tier = int(ending["tier"]) * 1000
        else:
            hours = ending["hours"]
    meter, unit, mode = BASES[key]
    if hours:
        meter = {"cache_write1": "cache_write_1h"}.get(meter + hours, "cache_write")
        modes = [f"{hours}h-cache", *modes] if meter == "cache_write" else modes
    return Meter(meter, unit, "-".join(filter(None, [mode, *modes])) or "standard", tier)


def refuse_unknown(keys: Collection[str], where: str) -> None:
    """UpstreamError where a key is no price that is known, taken up or not."""
    for key in sorted(keys):
        if meter_of(key) is None and not NOT_TAKEN.fullmatch(key):
            raise UpstreamError(f"{where}: key {key} is unknown")


def rates_of(entry: Mapping[str, Any], place: str) -> dict[Meter, Rate]:
    """The prices of a model's entry by meter.

    Where two keys mean one meter, the one first in `BASES` counts, of a key that stands twice the last, as it does
    for who reads the table; a rate says what the other prints `also`.
    """
    rates: dict[Meter, Rate] = {}
    order = {base: number for number, base in enumerate(BASES)}
    found: list[tuple[Meter, str]] = []
    for key in sorted(entry, key=lambda key: (order.get(key, len(order)), key)):
        meter = meter_of(key)
        if meter is not None:
            found += [(meter, printed) for printed in _printed(entry[key])]
    for meter, printed in [*found, *_nested(entry, place)]:
        rates[meter] = _with(rates.get(meter), printed, place)
    return rates


def offer_of(key: str, provider: str) -> Offer:
    """The offer a model's key names: seller and region of its provider, the model without either.

    >>> offer_of("azure/eu/gpt-4o", "azure")
    Offer(seller='azure', region='eu', model='gpt-4o')
    """
    head, _, rest = key.partition("/")
    named = head if rest and not VARIANT.fullmatch(head) else ""
    if head in SELLING_HEADS:
        provider = head
    seller = seller_of(provider or named or maker_of(key) or seller_named_in(key) or "unknown")
    model, region = key, seller.region
    if rest and seller_of(head).seller in (seller.seller, provider):
        model = rest
    head, _, rest = model.partition("/")
    if rest and (head in PREFIX_REGIONS.get(seller.seller, ()) or AWS_REGION.fullmatch(head)):
        model, region = rest, "any" if head == "*" else code(head)
    return Offer(seller.seller, region, model)


def _without_commitment(offer: Offer) -> tuple[Offer, str]:
    head, _, rest = offer.model.partition("/")
    return (Offer(offer.seller, offer.region, rest), head) if COMMITMENT.fullmatch(head) else (offer, "")


def _committed(meter: Meter, commitment: str) -> Meter:
    if not commitment:
        return meter
    mode = commitment if meter.mode == "standard" else f"{commitment}-{meter.mode}"
    return replace(meter, mode=mode)


def _with(rate: Rate | None, printed: str, place: str) -> Rate:
    if rate is None or printed_number(rate.printed, place) == printed_number(printed, place):
        return rate or Rate(printed, place)
    return rate._replace(also=plain_text(printed_number(printed, place)))


def _printed(value: Any) -> list[str]:
    """What an entry prints for a key, the value that counts first: of two the last."""
    first, last = value if isinstance(value, Twice) else (None, value)
    return [str(one) for one in (last, first) if one not in (None, "")]


def _nested(entry: Mapping[str, Any], place: str) -> Iterator[tuple[Meter, str]]:
    for size, printed in (entry.get("search_context_cost_per_query") or {}).items():
        yield Meter("search", "request", code(size.removeprefix("search_context_size_"))), str(printed)
    for tier in entry.get("tiered_pricing") or ():
        if SEARCH_TIER in tier:
            continue
        low, high = (tokens_of(end, f"{place}: range") for end in tier["range"])
        if low >= high:
            raise UpstreamError(f"{place}: range is from {low:,} to {high:,} tokens")
        for key, printed in tier.items():
            meter = meter_of(key)
            if meter is not None:
                tiered = Meter(meter.meter, meter.unit, meter.mode, low, high)
                yield from ((tiered, one) for one in _printed(printed))
    for key, printed in (entry.get("off_peak_pricing") or {}).items():
        meter = meter_of(key)
        if meter is not None:
            yield from ((Meter(meter.meter, meter.unit, "off-peak"), one) for one in _printed(printed))
