"""Prices that Chinese sellers ask in CNY, from the history of the model bank of LobeHub's chat program.

An entry states what the program's authors read on the seller's Chinese page, per million tokens, with tiers by the
length of the prompt, of the answer, and by whether the model thinks. Prices in other currencies are not in the file;
those by the video, by the sound of a video and by the hour of a cache are not taken up.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from canonical.text_tables import Row
from ingest.model_rates.change_lists import Entry, last_commit, replayed
from ingest.model_rates.listings import Listing
from ingest.model_rates.rates import Meter, Offer, Rate, add_rate
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.numbers import exact_number, tokens_of
from ingest.options import add_data
from ingest.price_states import intervals
from ingest.shapes import reading
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError, shown

__all__ = ["HELP", "SOURCE_ID", "main", "rates_of"]

HELP = "prices of Chinese sellers in CNY from the history of LobeHub's model bank (model_prices)"
SOURCE_ID = "lobehub-model-bank"
SELLERS = {
    "baichuan": "baichuan",
    "deepseek": "deepseek",
    "doubao": "bytedance",
    "hunyuan": "tencent",
    "minimax": "minimax",
    "moonshot": "moonshot",
    "qwen": "alibaba",
    "sensenova": "sensetime",
    "stepfun": "stepfun",
    "volcengine": "bytedance",
    "wenxin": "baidu",
    "xiaomimimo": "xiaomi",
    "zhipu": "zhipu",
}
"""Who sells the models of a file, each by the list of its Chinese site."""
METERS = {
    "input": ("input", "token-1m"),
    "output": ("output", "token-1m"),
    "cachedInput": ("cache_read", "token-1m"),
    "textInput millionTokens": ("input", "token-1m"),
    "textOutput millionTokens": ("output", "token-1m"),
    "textInput_cacheRead millionTokens": ("cache_read", "token-1m"),
    "textInput_cacheWrite millionTokens": ("cache_write", "token-1m"),
    "audioInput millionTokens": ("audio_input", "token-1m"),
    "audioOutput millionTokens": ("audio_output", "token-1m"),
    "imageInput millionTokens": ("image_input", "token-1m"),
    "imageGeneration image": ("image_generation", "image"),
    "videoGeneration millionTokens": ("video_output", "token-1m"),
    "videoGeneration second": ("video_output", "second"),
}
NOT_TAKEN = re.compile(r"videoGeneration video|\S+ \S+ (ttl|generateAudio)=.*")
KEY = re.compile(r"(?P<meter>[A-Za-z_]+( (millionTokens|image|second))?)( (?P<of>[A-Za-z,]+)=(?P<ranges>.+))?")
RANGE = re.compile(r"\[?(?P<low>[0-9._]+)(, |-)(?P<high>[0-9._]+|infinity)\]?")
PROMPT, ANSWER = ("textInputRange", "textInput", "tier"), ("textOutputRange", "textOutput")
THINKING = {"[true]": "thinking", "[false]": "standard"}


def main(argv: Sequence[str]) -> int:
    """Replace the rows of LobeHub's model bank in `model_prices` by those of the file given."""
    parser = argparse.ArgumentParser(prog="python -m ingest lobehub", description=HELP)
    parser.add_argument("path", type=Path, help="CSV file of changes, plain or .gz")
    add_data(parser)
    options = parser.parse_args(argv)
    origin = Origin(SOURCE_ID, "commit", currency="CNY")
    with reading(options.path.name):
        rows = [row_of(interval, origin) for interval in intervals(replayed(options.path, _listing))]
    if not rows:
        raise UpstreamError(f"{options.path.name}: holds no price")
    with staged(options.data, options.least) as folder:
        add_sources([_source(rows, last_commit(options.path))], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID, folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID}; {total:,} rows in all")
    return 0


def rates_of(entry: Entry) -> dict[Meter, Rate]:
    """The rates of a model's entry; UpstreamError where a key is unknown, or prices what another one prices."""
    rates: dict[Meter, Rate] = {}
    for key in sorted(entry.keys):
        if not NOT_TAKEN.fullmatch(key):
            add_rate(rates, _meter(key, f"{entry.place}: {key}"), Rate(entry.keys[key], entry.place))
    return rates


def _meter(key: str, where: str) -> Meter:
    """What a key such as `textOutput millionTokens textInputRange,thinkingMode=[0, 128_000]_[true]` prices."""
    said = KEY.fullmatch(key)
    if said is None or said["meter"] not in METERS:
        raise UpstreamError(f"{where} is unknown")
    low: int | None = None
    high: int | None = None
    modes: list[str] = []
    names = said["of"].split(",") if said["of"] else []
    for name, text in zip(names, _parts(said["ranges"] or "", len(names), where), strict=False):
        if name in PROMPT:
            low, high = _tokens(text, where)
        elif name in ANSWER:
            modes += _answer(*_tokens(text, where))
        elif name == "thinkingMode" and text in THINKING:
            modes += [THINKING[text]] if text == "[true]" else []
        else:
            raise UpstreamError(f"{where} is unknown")
    return Meter(*METERS[said["meter"]], "-".join(modes) or "standard", low, high)


def _parts(ranges: str, count: int, where: str) -> list[str]:
    """The ranges of several parameters, as `[0, 32_000]_[0, 200]` joins them; of the last ones none may be given."""
    found = ranges.replace("]_[", "]\n[").split("\n") if count else []
    if len(found) > count:
        raise UpstreamError(f"{where} names {count} parameters and {len(found)} ranges")
    return found


def _tokens(text: str, where: str) -> tuple[int, int | None]:
    """A range of tokens, which stands in tokens or, in later versions, in millions of them; no end is None."""
    said = RANGE.fullmatch(text)
    if said is None:
        raise UpstreamError(f"{where}: {shown(text)} is no range of tokens")
    low, high = (
        None if end == "infinity" else exact_number(end.replace("_", ""), where) for end in said.group("low", "high")
    )
    in_millions = any("." in end for end in said.group("low", "high"))
    times = Decimal(10**6) if in_millions else Decimal(1)
    first = tokens_of((low or Decimal(0)) * times, where)
    last = None if high is None else tokens_of(high * times, where)
    if last is not None and last <= first:
        raise UpstreamError(f"{where}: the range is from {first:,} to {last:,} tokens")
    return first, last


def _answer(low: int, high: int | None) -> list[str]:
    """How a price is told that holds for answers of some length only."""
    return [] if not low and high is None else [f"answers-{low}-{'up' if high is None else high}"]


def _listing(entry: Entry) -> Listing:
    if entry.provider not in SELLERS:
        raise UpstreamError(f"{entry.place}: provider {shown(entry.provider)} is unknown")
    offer = Offer(SELLERS[entry.provider], "cn", entry.model)
    return Listing(offer, f"{entry.provider}/{entry.model}", rates_of(entry))


def _source(rows: Sequence[Row], commit: str) -> Row:
    days = [row[column] for row in rows for column in ("valid_from", "valid_to") if row[column]]
    return Row(
        source_id=SOURCE_ID,
        title=f"LobeHub model bank, prices in CNY from {min(days)} to {max(days)} (version {commit})",
        publisher="LobeHub",
        published_on=max(days),
        language="en",
        url="https://github.com/lobehub/lobehub",
        kind="repository_data",
        attribution="LobeHub and contributors, model bank",
    )
