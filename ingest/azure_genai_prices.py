"""Azure's own prices of OpenAI's models, by endpoint, from the copy of its price list that azure-genai-prices ships.

The list names what it prices in the words of a bill: `5.4 opt Dz 1M Tokens` is output of gpt-5.4 from a data zone.
Taken up are tokens of text, at once, by batch and with priority, from any region (`global`), a data zone or the region
itself; left out are training, sound, pictures, tools and what names no endpoint. One price is the list's for its
endpoint, the one of most regions; regions that ask another have rows of their own. Each begins on its effective day.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from canonical.text_tables import Row
from ingest.days import announced_day
from ingest.model_rates.rates import Meter, Offer, code
from ingest.model_rates.registry import key_of
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.numbers import plain_text, printed_number, squashed
from ingest.options import add_cache, add_data
from ingest.price_states import Interval
from ingest.progress import note
from ingest.releases import Release, after_the_last, dated_wheel
from ingest.shapes import known_keys, list_of, mapping_of, reading
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError, shown
from ingest.wheels import wheel_json

__all__ = ["HELP", "SOURCE_ID", "main", "priced_by"]

HELP = "Azure's prices of OpenAI's models by endpoint from the package azure-genai-prices (model_prices)"
SOURCE_ID = "azure-genai-prices"
MEMBER = "azure_genai_prices/data/snapshot.json"
ITEM = ("effectiveStartDate", "meterName", "productName", "regions", "retailPrice", "unitOfMeasure")
UNITS = {"1K": "token-1k", "1M": "token-1m"}
SIDES = {
    **dict.fromkeys(("inp", "input", "inpt", "in"), "input"),
    **dict.fromkeys(("opt", "outp", "outpt", "output", "out"), "output"),
}
ENDPOINTS = {
    **dict.fromkeys(("glbl", "gl", "glb", "global"), "global"),
    **dict.fromkeys(("dz", "dzone", "dzn", "datazone"), "multi_region"),
    **dict.fromkeys(("regnl", "rgnl", "regional", "rg", "regn"), "in_region"),
}
PLACES = {"global": "global", "multi_region": "data-zone", "in_region": "regional"}
CACHED = ("cd", "cchd", "cached", "cched", "ccchd")
MODES = {"batch": "batch", "pp": "priority", "longco": "long-context", "shortco": "short-context"}
NO_WORDS_OF_A_NAME = ("txt", "text", "std", "gpt", "tokens", "1m")
LEFT_OUT = re.compile(
    r"aud.*|ft|rt|img|training|trng|grader|grdr|dev|wr|tts|transcribe|tcrb|trscb|image|realtime.*|rtime|embedding"
    r"|hosting|vision|rft|tool|file|search|calls|characters|speech"
)
REGION = re.compile(r"[A-Za-z0-9 -]*")
OTHER_NAMES = re.compile(r"o[0-9].*|codex|computer")
"""How names begin that bear no `gpt`."""


@dataclass(frozen=True, order=True)
class _Priced:
    """What a line of the list prices: an offer without its region, and one of its prices."""

    model: str
    meter: str
    mode: str
    endpoint: str


@dataclass(frozen=True)
class _Price:
    printed: str
    unit: str
    regions: tuple[str, ...]
    since: date
    line: str

    @property
    def amount(self) -> Decimal:
        """Per million tokens, so that prices of two units can be compared."""
        return squashed(printed_number(self.printed, self.line) * (1000 if self.unit == "token-1k" else 1))


def main(argv: Sequence[str]) -> int:
    """Replace the package's rows of `model_prices` by those of the wheel given."""
    parser = argparse.ArgumentParser(prog="python -m ingest azure_genai_prices", description=HELP)
    parser.add_argument(
        "wheel", help="PATH@DAY or azure-genai-prices==VERSION@DAY, DAY (YYYY-MM-DD) being that of its copy"
    )
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    release = after_the_last(dated_wheel(options.wheel, SOURCE_ID, options.cache), SOURCE_ID, options.data)
    snapshot = mapping_of(wheel_json(release.wheel, MEMBER), f"{release.name} {MEMBER}")
    # The moment it was fetched names no zone: its day is compared with the one given, and nothing else.
    if str(snapshot.get("fetched_at"))[:10] != release.day.isoformat():
        raise UpstreamError(f"{MEMBER}: fetched_at is {shown(snapshot.get('fetched_at'))}, not of {release.day}")
    with reading(f"{release.name} {MEMBER}"):
        rows = list(_rows(list_of(snapshot.get("items"), f"{MEMBER}: items"), release))
    if not rows:
        raise UpstreamError(f"{MEMBER}: items is empty")
    with staged(options.data, options.least) as folder:
        add_sources([_source(release)], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID, folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID}; {total:,} rows in all")
    return 0


def priced_by(name: str) -> _Priced | None:
    """What a name of the list prices; None where it is left out, or its words do not tell.

    >>> priced_by("5.4 pro Batch cd Inp Gl 1M Tokens")
    _Priced(model='gpt-5.4-pro', meter='cache_read', mode='batch', endpoint='global')
    """
    words = [word for word in re.split(r"[\s-]+", name.lower().replace("data zone", "dz")) if word]
    if any(LEFT_OUT.fullmatch(word) for word in words):
        return None
    sides = [SIDES[word] for word in words if word in SIDES]
    endpoints = {ENDPOINTS[word] for word in words if word in ENDPOINTS}
    spoken = (*SIDES, *ENDPOINTS, *CACHED, *MODES, *NO_WORDS_OF_A_NAME)
    model = "-".join(word for word in words if word not in spoken)
    if len(sides) != 1 or len(endpoints) != 1 or not model:
        return None
    named = model if OTHER_NAMES.match(model) else f"gpt-{model.removeprefix('gpt')}"
    modes = [MODES[word] for word in MODES if word in words]
    meter = "cache_read" if any(word in CACHED for word in words) else sides[0]
    return _Priced(code(named), meter, "-".join(modes) or "standard", endpoints.pop())


def _rows(items: Sequence[Any], release: Release) -> Iterator[Row]:
    found: dict[_Priced, list[_Price]] = defaultdict(list)
    left_out = 0
    for item in items:
        line = mapping_of(item, f"{MEMBER}: items")
        known_keys(line, ITEM, MEMBER)
        priced = priced_by(str(line["meterName"])) if str(line["productName"]).startswith("Azure OpenAI") else None
        if priced is None or line["unitOfMeasure"] not in UNITS:
            left_out += 1
        else:
            found[priced].append(_price(line, release.day))
    note(f"{release.name}: {left_out:,} of {len(items):,} lines left out")
    for priced in sorted(found):
        yield from _rows_of(priced, found[priced], release)


def _price(line: Mapping[str, Any], known: date) -> _Price:
    where = f"{MEMBER}: {line['meterName']}"
    since = announced_day(line["effectiveStartDate"], known, f"{where}: effectiveStartDate").date()
    regions = tuple(sorted(_region(region, where) for region in list_of(line["regions"], f"{where}: regions")))
    printed = plain_text(printed_number(str(line["retailPrice"]), f"{where}: retailPrice"))
    return _Price(printed, UNITS[line["unitOfMeasure"]], regions, since, str(line["meterName"]))


def _region(region: Any, where: str) -> str:
    if not isinstance(region, str) or not REGION.fullmatch(region):
        raise UpstreamError(f"{where}: regions: found {shown(region)}, expected names of regions")
    return region


def _rows_of(priced: _Priced, prices: Sequence[_Price], release: Release) -> Iterator[Row]:
    """The row of the price that most regions ask, and one for each region that asks another."""
    asked: dict[str, _Price] = {}
    for price in prices:
        for region in price.regions:
            if region in asked:
                both = f"{asked[region].printed} and {price.printed}"
                raise UpstreamError(f"{MEMBER}: {price.line}: two prices in {region}, {both}")
            asked[region] = price
    usual = max(prices, key=lambda price: (len(price.regions), -price.since.toordinal(), price.printed))
    yield _row(priced, PLACES[priced.endpoint], usual, release)
    for region, price in sorted(asked.items()):
        if price.amount != usual.amount:
            head = "" if priced.endpoint == "in_region" else f"{PLACES[priced.endpoint]}-"
            yield _row(priced, f"{head}{code(region)}", price, release)


def _row(priced: _Priced, region: str, price: _Price, release: Release) -> Row:
    offer, meter = Offer("azure", region, priced.model), Meter(priced.meter, price.unit, priced.mode)
    place = f"{release.version} {price.line}"
    number = printed_number(price.printed, place)
    span = Interval(key_of(offer, meter), place, price.printed, squashed(number), price.since, None, None, False, place)
    return {**row_of(span, Origin(SOURCE_ID, "documented")), "endpoint": priced.endpoint}


def _source(release: Release) -> Row:
    return Row(
        source_id=SOURCE_ID,
        title=f"azure-genai-prices {release.version}, copy of Azure's retail prices of {release.day}",
        publisher="Nik Klavžar",
        published_on=release.day.isoformat(),
        language="en",
        url="https://github.com/nikklavzar/azure-genai-prices",
        kind="package_data",
        licence="MIT",
        attribution="Nik Klavžar, azure-genai-prices",
    )
