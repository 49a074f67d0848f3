"""Model prices from the package `genai-prices`, with the changes it dates itself.

The package is a Python module of constructor calls; it is read, not run. A price without a start date holds
until the first dated one, or, where there is none, on the day the package was the newest release. A price
for hours of the day and a variant (batch, flex, a fast search) are modes of their own.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date

from canonical.text_tables import Row
from ingest.days import ANNOUNCED, no_later_than
from ingest.model_rates.rates import Meter, Offer, Rates, code, placed
from ingest.model_rates.registry import Registry
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.model_rates.sellers import seller_note, seller_of
from ingest.numbers import tokens_of
from ingest.options import add_cache, add_data
from ingest.price_states import Interval, State, intervals
from ingest.progress import note
from ingest.python_calls import Node, list_of_calls
from ingest.releases import Release, after_the_last, dated_wheel
from ingest.shapes import known_keys, reading
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError, shown
from ingest.wheels import wheel_member

__all__ = ["HELP", "SOURCE_ID", "main", "providers_of", "states_of"]

HELP = "prices of many sellers with dated changes from the package genai-prices (model_prices)"
SOURCE_ID = "genai-prices"
MEMBER = "genai_prices/data.py"
METERS = {
    "input_mtok": ("input", "token-1m"),
    "output_mtok": ("output", "token-1m"),
    "cache_read_mtok": ("cache_read", "token-1m"),
    "cache_write_mtok": ("cache_write", "token-1m"),
    "cache_write_1h_mtok": ("cache_write_1h", "token-1m"),
    "input_audio_mtok": ("audio_input", "token-1m"),
    "output_audio_mtok": ("audio_output", "token-1m"),
    "cache_audio_read_mtok": ("audio_cache_read", "token-1m"),
    "input_image_mtok": ("image_input", "token-1m"),
    "output_image_mtok": ("image_output", "token-1m"),
    "cache_image_read_mtok": ("image_cache_read", "token-1m"),
    "input_video_mtok": ("video_input", "token-1m"),
    "output_video_mtok": ("video_output", "token-1m"),
    "output_reasoning_mtok": ("reasoning_output", "token-1m"),
    "web_searches_kcount": ("search", "request-1k"),
    "requests_kcount": ("request", "request-1k"),
    "input_audio_hours": ("audio_input", "hour"),
    "input_mchars": ("character_input", "character-1m"),
    "input_document_kpages": ("page_input", "page-1k"),
}
NOT_TAKEN = (
    "audio_hours",
    "input_annotated_document_kpages",
    "input_text_messages_kcount",
    "output_citation_mtok",
    "storage_searches_kcount",
)
CONSTRAINT_KEYS = ("kind", "values", "start_date", "start_time", "end_time")


def main(argv: Sequence[str]) -> int:
    """Replace the package's rows of `model_prices` by those of the wheel given."""
    parser = argparse.ArgumentParser(prog="python -m ingest genai_prices", description=HELP)
    parser.add_argument(
        "wheel",
        help="PATH@DAY or genai-prices==VERSION@DAY, DAY (YYYY-MM-DD) being one on which that release was the newest",
    )
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    release = after_the_last(dated_wheel(options.wheel, SOURCE_ID, options.cache), SOURCE_ID, options.data)
    with reading(f"{release.wheel.name} {MEMBER}"):
        providers = providers_of(wheel_member(release.wheel, MEMBER).decode("utf-8"))
        states = sorted(states_of(providers, release), key=lambda state: state.day)
        rows = [_row(interval, release.day) for interval in intervals(states)]
    note(f"{release.wheel.name}: {len(rows):,} intervals")
    if not rows:
        raise UpstreamError(f"{MEMBER}: providers is empty")
    with staged(options.data, options.least) as folder:
        add_sources([_source(release.version, release.day)], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID, folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID}; {total:,} rows in all")
    return 0


def providers_of(text: str) -> list[Node]:
    """The module's list `providers`; UpstreamError where it is missing, or an id stands twice in it."""
    found = list_of_calls(text, "providers", MEMBER)
    _once(found, f"{MEMBER}: providers")
    return found


def _once(entries: Sequence[Node], where: str) -> None:
    ids = [entry["id"] for entry in entries]
    for entry_id in ids:
        if not isinstance(entry_id, str) or ids.count(entry_id) > 1:
            raise UpstreamError(f"{where}: id {shown(entry_id)} stands twice or is no text")


def states_of(providers: list[Node], release: Release) -> Iterator[State]:
    """States of every offer; `date.min` stands for a beginning that is not stated."""
    for provider in providers:
        where = f"{MEMBER}: {provider.get('id')}"
        try:
            page = next(iter(provider["pricing_urls"] or ()), "")
            _once(provider["models"], where)
            for model in provider["models"]:
                seller = seller_of(provider["id"], model["id"])
                offer = Offer(seller.seller, seller.region, model["id"])
                for mode, spans in _timelines(model, release.day).items():
                    registry = Registry()
                    for start, prices in sorted(spans.items()):
                        rates = _rates(prices, mode, f"{where}/{model['id']}")
                        place = f"{release.version} {page}".strip()
                        yield from _own(registry.observe(start, offer, placed(rates, place), place), mode)
        except KeyError as error:
            raise UpstreamError(f"{where}: {error} is missing") from None


def _own(states: Iterator[State], mode: str) -> Iterator[State]:
    for state in states:
        yield State(state.key, f"{state.key} {mode}", state.day, state.version, state.printed, state.amount)


def _timelines(model: Node, known: date) -> dict[str, dict[date, Node]]:
    """The prices of a model by mode and first day; UpstreamError where two begin on one day."""
    prices = model["prices"]
    conditional: list[Node] = prices if isinstance(prices, list) else [{"prices": prices}]
    for entry in [*conditional, *model.get("price_variants", ())]:
        known_keys(entry.get("constraint") or {}, CONSTRAINT_KEYS, f"{MEMBER}: {model['id']}: constraint")
    found: dict[str, dict[date, Node]] = {}
    modes = [(_hours(entry) or "standard", entry) for entry in conditional]
    modes += [
        ("-".join(code(str(v)) for v in entry["when"].values()), entry) for entry in model.get("price_variants", ())
    ]
    for mode, entry in modes:
        start, spans = _start(entry, model["id"], known), found.setdefault(mode, {})
        if start in spans:
            raise UpstreamError(f"{MEMBER}: {model['id']}: two prices in mode {mode} begin on one day, {start}")
        spans[start] = entry["prices"]
    return found


def _start(entry: Node, model: str, known: date) -> date:
    constraint: Node = entry.get("constraint") or {}
    if "start_date" not in constraint:
        return date.min
    start = date(*constraint["start_date"]["values"])
    return no_later_than(known + ANNOUNCED, start, f"{MEMBER}: {model}: start_date")


def _hours(entry: Node) -> str:
    constraint: Node = entry.get("constraint") or {}
    if "start_time" not in constraint:
        return ""
    ends = ("".join(f"{part:02d}" for part in constraint[end]["values"][:2]) for end in ("start_time", "end_time"))
    return f"utc-{'-'.join(ends)}"


def _rates(prices: Node, mode: str, where: str) -> Rates:
    found: dict[Meter, str] = {}
    for name, price in prices.items():
        if name in ("kind", "values", *NOT_TAKEN):
            continue
        if name not in METERS:
            raise UpstreamError(f"{where}: price {name} is unknown")
        meter, unit = METERS[name]
        found[Meter(meter, unit, mode)] = str((price.get("base") or price)["values"][0])
        for tier in price.get("tiers", ()):
            key = Meter(meter, unit, mode, tokens_of(tier["start"], f"{where}: {name}: start"))
            if key in found:
                raise UpstreamError(f"{where}: {name} has two tiers from {key.tier_from} tokens")
            found[key] = str(tier["price"]["values"][0])
    return found


def _row(interval: Interval, day: date) -> Row:
    is_dated = interval.valid_from != date.min
    ends = interval.valid_to is not None
    row = row_of(interval, Origin(SOURCE_ID, "documented" if is_dated or ends else "snapshot", note_of=seller_note))
    row["left_censored"] = "false" if is_dated else "true"
    if not is_dated:
        row["valid_from"] = "" if ends else day.isoformat()
    return row


def _source(version: str, day: date) -> Row:
    return Row(
        source_id=SOURCE_ID,
        title=f"genai-prices {version}",
        publisher="Pydantic",
        published_on=day.isoformat(),
        language="en",
        url="https://github.com/pydantic/genai-prices",
        kind="package_data",
        licence="MIT",
        attribution="Pydantic Services Inc., genai-prices",
    )
