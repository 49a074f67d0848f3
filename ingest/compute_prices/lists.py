"""What every reader of machine prices gives: a list of one source, its states and what holds for all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from sys import intern
from typing import NamedTuple

from ingest.numbers import plain_text, printed_number, squashed
from ingest.price_states import State, intervals
from ingest.upstream import UpstreamError, shown

__all__ = ["MachinePrice", "PriceList", "a_state", "agreeing", "rows_of", "value_after"]

EVENTS = ("new", "change", "gone")
MAINLAND = re.compile(r"(?!cn-hongkong)cn-.*|china.*", re.IGNORECASE)
"""Regions of mainland China in the codes of Amazon, Alibaba, Microsoft and others."""
ABROAD = ("amazon", "google", "microsoft")
"""Vendors whose machines outside the mainland no list prices in CNY."""


class MachinePrice(NamedTuple):
    """A row of `compute_prices`, its columns in the order of the schema."""

    source_id: str
    locator: str
    vendor_id: str
    region: str
    instance_type: str
    operating_system: str
    purchase_option: str
    printed_amount: str | None
    currency: str
    printed_per_unit_id: str
    price_state: str
    valid_from: date
    valid_to: date | None
    changed_after: date | None
    date_basis: str
    left_censored: bool
    assumed: str | None
    amount: float | None


@dataclass(frozen=True)
class PriceList:
    """One list: what tells it from others, and its states in the order of versions.

    `versions` are names of versions by day, those beside the ones of the states included. `may_be_empty` is true where
    the file may hold no such price.
    """

    source_id: str
    vendor_id: str
    states: Iterable[State]
    date_basis: str
    currency: str = "USD"
    assumed: str = ""
    versions: Mapping[date, str] = field(default_factory=dict[date, str])
    may_be_empty: bool = False


def a_state(
    region: str, instance_type: str, system: str, option: str, day: date, version: str, value: str, where: str
) -> State:
    """The state of one machine price; an empty `value` says that the list no longer has it.

    Names and days are kept once: a list has a hundred thousand machines, and few regions, types and versions.
    """
    number = printed_number(value, where) if value else None
    return State(
        key=(intern(region), intern(instance_type), system, option),
        kind=intern(f"{system} {option}"),
        day=_kept(day),
        version=intern(version),
        printed="" if number is None else plain_text(number),
        amount=None if number is None else squashed(number),
    )


@cache
def _kept(day: date) -> date:
    return day


def value_after(row: Mapping[str, str], where: str) -> str:
    """What a row of changes leaves: its `value`, empty where the list no longer has the price."""
    if row["event"] not in EVENTS:
        raise UpstreamError(f"{where}: event is {shown(row['event'])}, not one of {', '.join(EVENTS)}")
    if (row["event"] == "gone") == bool(row["value"]):
        raise UpstreamError(f"{where}: value is {shown(row['value'])} where event is {row['event']}")
    return row["value"]


def agreeing(states: Iterable[State], file: str) -> Iterator[State]:
    """The states; UpstreamError where one version has two prices of one machine, under two spellings of it."""
    version, amounts = "", dict[tuple[str, ...], Decimal]()
    for state in states:
        if state.version != version:
            version, amounts = state.version, {}
        if state.amount is not None and amounts.setdefault(state.key, state.amount) != state.amount:
            both = f"{amounts[state.key]} and {state.amount}"
            raise UpstreamError(f"{file} {version}: two prices of {' '.join(state.key)}, {both}")
        yield state


def rows_of(prices: PriceList) -> Iterator[MachinePrice]:
    """The rows of `compute_prices` that a list gives, in no order."""
    spelled: dict[str, str] = {}
    for interval in intervals(prices.states, prices.versions.keys()):
        region, instance_type, system, option = interval.key
        _check_spelling(prices, (region, instance_type), interval.version, spelled)
        _check_currency(prices, region, interval.version)
        is_priced = interval.amount != 0
        yield MachinePrice(
            source_id=prices.source_id,
            locator=interval.version,
            vendor_id=prices.vendor_id,
            region=region,
            instance_type=instance_type.strip(),
            operating_system=system,
            purchase_option=option,
            printed_amount=interval.printed if is_priced else None,
            currency=prices.currency,
            printed_per_unit_id="hour",
            price_state="priced" if is_priced else "unknown",
            valid_from=interval.valid_from,
            valid_to=interval.valid_to,
            changed_after=interval.changed_after,
            date_basis=prices.date_basis,
            left_censored=interval.left_censored,
            assumed=prices.assumed or None,
            amount=float(interval.amount) if is_priced else None,
        )


def _check_spelling(prices: PriceList, names: tuple[str, str], version: str, spelled: dict[str, str]) -> None:
    """UpstreamError where a list spells a region or a machine in two ways: its two prices would be those of two."""
    for name in names:
        if spelled.setdefault(name.strip().casefold(), name) != name:
            both = f"{shown(spelled[name.strip().casefold()])} and {shown(name)}"
            raise UpstreamError(f"{prices.source_id} {version}: {both} are two spellings of one name")


def _check_currency(prices: PriceList, region: str, version: str) -> None:
    is_mainland = bool(MAINLAND.fullmatch(region))
    if is_mainland and prices.currency != "CNY":
        raise UpstreamError(
            f"{prices.source_id} {version}: region {region} of mainland China in a list in {prices.currency}"
        )
    if not is_mainland and prices.currency == "CNY" and prices.vendor_id in ABROAD:
        raise UpstreamError(f"{prices.source_id} {version}: region {region} abroad in the mainland's list in CNY")
