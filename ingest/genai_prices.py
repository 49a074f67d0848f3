"""Model prices from the package `genai-prices`, several releases by date, with the changes it dates itself.

The package is a Python module of constructor calls; it is read, not run. Some prices begin on a day that it states;
the others are known from the releases that show them, each given with a day on which it was the newest. A price
for hours of the day and a variant (batch, flex, a fast search) are modes of their own.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from canonical.text_tables import Row
from ingest.days import ANNOUNCED, no_later_than
from ingest.model_rates.rates import Meter, Offer, Rates, code
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.model_rates.sellers import seller_note, seller_of
from ingest.model_rates.timelines import DOCUMENTED, UNDATED, Timelines
from ingest.numbers import tokens_of
from ingest.options import add_cache, add_data
from ingest.price_states import Interval, intervals
from ingest.progress import note
from ingest.python_calls import Node, list_of_calls
from ingest.releases import Release, after_the_last, dated_wheel, in_order, known_releases
from ingest.shapes import known_keys, reading
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError, shown
from ingest.wheels import wheel_member

__all__ = ["HELP", "SOURCE_ID", "main", "prices_of", "providers_of"]

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
Stated = dict[tuple[Offer, str], tuple[Mapping[date, Rates], str]]
"""Of each offer and mode the prices by their first day, and where they stand."""
CONSTRAINT_KEYS = ("kind", "values", "start_date", "start_time", "end_time")


def main(argv: Sequence[str]) -> int:
    """Replace the package's rows of `model_prices` by those of the wheels given."""
    parser = argparse.ArgumentParser(prog="python -m ingest genai_prices", description=HELP)
    parser.add_argument(
        "wheel",
        nargs="*",
        help="PATH@DAY or genai-prices==VERSION@DAY, DAY (YYYY-MM-DD) being one on which that release was the newest; "
        "without any, the releases that releases.csv names are downloaded",
    )
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    named = options.wheel or known_releases(SOURCE_ID)
    releases = in_order([dated_wheel(text, SOURCE_ID, options.cache) for text in named])
    after_the_last(releases[-1], SOURCE_ID, options.data)
    timelines = Timelines()
    for release in releases:
        with reading(f"{release.name} {MEMBER}"):
            stated = prices_of(providers_of(wheel_member(release.wheel, MEMBER).decode("utf-8")), release)
            timelines.observe(release.day, stated, release.version)
        note(f"{release.name}: {len(stated):,} offers on {release.day}")
    rows = [_row(interval, releases) for interval in intervals(timelines.states())]
    if not rows:
        raise UpstreamError("found no price, expected some")
    with staged(options.data, options.least) as folder:
        add_sources([_source(releases)], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID, folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID} from {len(releases)} releases; {total:,} rows in all")
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


def prices_of(providers: list[Node], release: Release) -> Stated:
    """What a release states of every offer and mode; `UNDATED` is the day of a beginning that it does not state."""
    found: Stated = {}
    for provider in providers:
        where = f"{MEMBER}: {provider.get('id')}"
        try:
            page = next(iter(provider["pricing_urls"] or ()), "")
            _once(provider["models"], where)
            for model in provider["models"]:
                seller = seller_of(provider["id"], model["id"])
                offer = Offer(seller.seller, seller.region, model["id"])
                for mode, spans in _timelines(model, release.day).items():
                    if (offer, mode) in found:
                        raise UpstreamError(f"{where}/{model['id']}: another provider has the offer in mode {mode} too")
                    prices = {start: _rates(of, mode, f"{where}/{model['id']}") for start, of in spans.items()}
                    found[offer, mode] = prices, f"{release.version} {page}".strip()
        except KeyError as error:
            raise UpstreamError(f"{where}: {error} is missing") from None
    return found


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
        return UNDATED
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


def _row(interval: Interval, releases: Sequence[Release]) -> Row:
    """The row of an interval; of a price that is not dated and still stands, the first release that shows it tells."""
    is_dated = interval.version.startswith(DOCUMENTED)
    is_undated, last = interval.valid_from == UNDATED, releases[-1].day
    if is_undated and interval.valid_to is None:
        first = next(release.day for release in releases if release.version == interval.version.split()[0])
        interval, is_undated = replace(interval, valid_from=first), False
    announced = interval.valid_to is not None and interval.valid_to >= last
    basis = "documented" if is_dated or is_undated or announced else "snapshot"
    row = row_of(interval, Origin(SOURCE_ID, basis, note_of=seller_note))
    row["locator"] = interval.version.removeprefix(DOCUMENTED)
    if is_dated:
        row["left_censored"] = "false"
    if is_undated:
        row["valid_from"], row["left_censored"] = "", "true"
    return row


def _source(releases: Sequence[Release]) -> Row:
    first, last = releases[0], releases[-1]
    return Row(
        source_id=SOURCE_ID,
        title=f"genai-prices {last.version}, releases since {first.version}",
        publisher="Pydantic",
        published_on=last.day.isoformat(),
        language="en",
        url="https://github.com/pydantic/genai-prices",
        kind="package_data",
        licence="MIT",
        attribution="Pydantic Services Inc., genai-prices",
    )
