"""Model prices of the labs themselves, from the snapshot that the package `model-prices` ships.

Each segment of its timelines names its source and how its day is known: documented by that source, first
observed on a page, or the day of a commit of models.dev. Segments of the last kind repeat models.dev and
confirm nothing. A price that is known only from a later moment than the next one's beginning held before that
one, since when is unknown. Where an amount stays while its basis gets better, the better basis is named.
Prices are USD per million tokens; those of two Chinese lists were converted by the source.
An hour-long cache write is stated as a multiple of the input price and multiplied out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from canonical.text_tables import Row
from ingest.days import announced_day, day_of
from ingest.model_rates.rates import Meter, Offer, Rates, placed
from ingest.model_rates.registry import Registry
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.model_rates.sellers import seller_note, seller_of
from ingest.numbers import exact_number, plain_text, tokens_of
from ingest.options import add_cache, add_data
from ingest.price_states import Interval, State, intervals
from ingest.progress import note
from ingest.releases import Release, after_the_last, fetch_wheel
from ingest.shapes import known_keys, list_of, mapping_of, reading, seen_in_most
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError
from ingest.wheels import wheel_json

__all__ = ["HELP", "SOURCE_ID", "main", "states_of"]

HELP = "first-party prices with their documents from the package model-prices (model_prices)"
SOURCE_ID = "model-prices"
MEMBER = "model_prices/snapshot.json"
METERS = ("input", "output", "cache_read", "cache_write")
BASES = {"documented": "documented", "first observed": "first_observed", "models.dev commit": "commit"}
LATER_DOCUMENT = "In the list before the day the document gives"
HOUR = "cache_write_1h_multiple"
SCHEMA = 1
SEGMENT_KEYS = ("rates", "start", "recorded")
RATE_KEYS = (
    "input",
    "output",
    "source",
    "valid_from",
    "valid_from_basis",
    "cache_read",
    "cache_write",
    HOUR,
    "model",
    "tiers",
)
"""What a segment and its rates may hold; the first two and the first five are in every one."""
COMMITS = "https://github.com/sst/models.dev/commit/"


def main(argv: Sequence[str]) -> int:
    """Replace the package's rows of `model_prices` by those of the wheel given."""
    parser = argparse.ArgumentParser(prog="python -m ingest model_prices", description=HELP)
    parser.add_argument("path", help="a model-prices wheel, or model-prices==VERSION to download")
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    wheel = fetch_wheel(options.path, options.cache) if "==" in options.path else Path(options.path)
    snapshot = mapping_of(wheel_json(wheel, MEMBER), f"{wheel.name} {MEMBER}")
    release = Release(day_of(snapshot.get("updated_at"), f"{MEMBER}: updated_at"), wheel)
    after_the_last(release, SOURCE_ID, options.data)
    with reading(f"{wheel.name} {MEMBER}"):
        rows = [_row(interval) for interval in intervals(sorted(states_of(snapshot), key=lambda s: s.day))]
    note(f"{wheel.name}: {len(rows):,} intervals")
    if not rows:
        raise UpstreamError(f"{MEMBER}: prices is empty")
    with staged(options.data, options.least) as folder:
        add_sources([_source(release)], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID, folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID}; {total:,} rows in all")
    return 0


def states_of(snapshot: Mapping[str, Any]) -> Iterator[State]:
    """States of every model in the order of the snapshot; UpstreamError names a field that changed."""
    known = day_of(snapshot.get("updated_at"), f"{MEMBER}: updated_at")
    if snapshot.get("schema") != SCHEMA:
        raise UpstreamError(f"{MEMBER}: schema is {snapshot.get('schema')!r}, not {SCHEMA}")
    if "prices" not in snapshot:
        raise UpstreamError(f"{MEMBER}: prices is missing")
    for provider, models in mapping_of(snapshot["prices"], f"{MEMBER}: prices").items():
        seller = seller_of(provider)
        for model, modes in mapping_of(models, f"{MEMBER}: {provider}").items():
            for mode, segments in mapping_of(modes, f"{MEMBER}: {provider}/{model}").items():
                where = f"{MEMBER}: {provider}/{model}/{mode}"
                checked = [_segment(segment, where) for segment in list_of(segments, where)]
                yield from _timeline(Offer(seller.seller, seller.region, model), mode, checked, known, where)


def _segment(segment: Any, where: str) -> Mapping[str, Any]:
    """The segment itself; UpstreamError names a key that it lacks or that is unknown."""
    known_keys(mapping_of(segment, where), SEGMENT_KEYS, where)
    seen_in_most([segment], SEGMENT_KEYS[:2], where)
    if segment["rates"] is not None:
        known_keys(mapping_of(segment["rates"], f"{where}: rates"), RATE_KEYS, f"{where}: rates")
        seen_in_most([segment["rates"]], RATE_KEYS[:5], f"{where}: rates")
        for tier in list_of(segment["rates"].get("tiers", []), f"{where}: tiers"):
            known_keys(mapping_of(tier, f"{where}: tiers"), ("above", *METERS), f"{where}: tiers")
    return segment


def _timeline(
    offer: Offer, mode: str, segments: Sequence[Mapping[str, Any]], known: date, where: str
) -> Iterator[State]:
    _in_order(segments, known, where)
    registry = Registry()
    last = date.min
    for segment, following in zip(segments, [*segments[1:], {}], strict=True):
        rates, start = segment.get("rates"), segment.get("start")
        if rates is None and start is None:
            continue
        try:
            began = _moment(rates["valid_from"], known, f"{where}: valid_from") if rates else datetime.min
            starts = _moment(start, known, f"{where}: start")
            ends = _moment(following["start"], known, f"{where}: start") if following else datetime.max
            basis = BASES[rates["valid_from_basis"]] if rates else "commit"
            locator = f"{basis} {rates['source']}" if rates else basis
            found = _rates(rates, mode, where) if rates else {}
            if began > ends:
                then = _rates(following.get("rates") or {}, mode, where)
                found = {meter: printed for meter, printed in found.items() if printed != then.get(meter)}
        except KeyError as error:
            raise UpstreamError(f"{where}: {error} is missing or unknown") from None
        # A timeline is a record of its own: what it begins with was in force before it was recorded.
        kind = where if began <= ends else f"{where} before"
        last = max(last, max(began, starts).date() if began <= ends else date.min)
        for state in registry.observe(last, offer, placed(found, locator), locator):
            yield replace(state, kind=kind, doubt=list(BASES.values()).index(basis))


def _in_order(segments: Sequence[Mapping[str, Any]], known: date, where: str) -> None:
    starts = [_moment(segment["start"], known, f"{where}: start") for segment in segments]
    for before, after in pairwise(starts):
        if after <= before:
            raise UpstreamError(f"{where}: start {after} does not come after {before}")


def _moment(text: Any, known: date, where: str) -> datetime:
    """A moment in UTC without its zone; one that is not stated lies before all others."""
    return datetime.min if text is None else announced_day(text, known, where).replace(tzinfo=None)


def _rates(rates: Mapping[str, Any], mode: str, where: str) -> Rates:
    found: dict[Meter, str] = {}
    tiers = [(tokens_of(tier["above"], f"{where}: above"), tier) for tier in rates.get("tiers", ())]
    if len({size for size, _ in tiers}) < len(tiers):
        raise UpstreamError(f"{where}: two tiers begin above one number of tokens")
    for tier, part in [(None, rates), *tiers]:
        for meter in METERS:
            if meter in part:
                found[Meter(meter, "token-1m", mode, tier)] = str(part[meter])
        if HOUR in rates and "input" in part:
            hourly = exact_number(str(part["input"]), f"{where}: input") * exact_number(str(rates[HOUR]), where)
            found[Meter("cache_write_1h", "token-1m", mode, tier)] = plain_text(hourly)
    return found


def _row(interval: Interval) -> Row:
    basis, _, source = interval.clearest.partition(" ")
    row = row_of(interval, Origin(SOURCE_ID, basis, note_of=seller_note))
    row["locator"] = source.replace(COMMITS, "models.dev ")
    if interval.valid_from == date.min:
        row["valid_from"], row["left_censored"] = "", "true"
    elif interval.version.startswith("documented "):
        row["left_censored"] = "false"
    elif basis == "documented":
        row["note"] = "; ".join(filter(None, [LATER_DOCUMENT, row["note"]]))
    if not interval.amount and basis != "commit":
        row["price_state"], row["printed_amount"], row["printed_text"] = "free", "0", ""
    if row["meter"] == "cache_write_1h":
        row["assumed"] = "printed_amount"
    return row


def _source(release: Release) -> Row:
    return Row(
        source_id=SOURCE_ID,
        title=f"model-prices {release.version}, price snapshot of {release.day}",
        publisher="wakamex",
        published_on=release.day.isoformat(),
        language="en",
        url="https://github.com/wakamex/model-prices",
        kind="package_data",
        licence="MIT",
        attribution="model-prices and models.dev contributors",
    )
