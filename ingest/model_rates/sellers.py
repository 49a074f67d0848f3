"""Who sells and who makes: one code for a seller that registries spell in several ways, and makers by name.

A reseller is a seller of its own; a maker is read off the model's name and is empty where it tells nothing. Who
distils or tunes a model of another and releases it is its maker: DeepSeek of DeepSeek-R1-Distill-Llama.
Registries that list one seller's Chinese and international prices apart get two regions.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.model_rates.rates import code

__all__ = ["Seller", "maker_of", "seller_named_in", "seller_note", "seller_of"]

SELLERS = Path(__file__).with_name("sellers.csv")
MAKERS = Path(__file__).with_name("makers.csv")


@dataclass(frozen=True)
class Seller:
    """A seller's code, the region of this list of its, and what a reader of its prices should know."""

    seller: str
    region: str = "any"
    note: str = ""
    resells_as: str = ""


def seller_of(provider: str, model: str = "") -> Seller:
    """The seller a registry calls `provider`; one it alone knows keeps its name, as a code.

    A maker that sells models of others under another name of its own is that other seller for them.
    """
    name = code(provider)
    if name.startswith("vertex-ai"):
        return Seller("google-vertex")
    seller = _sellers().get(name) or Seller(name)
    if seller.resells_as and maker_of(model) not in ("", seller.seller):
        return Seller(seller.resells_as)
    return seller


def seller_named_in(key: str) -> str:
    """The provider with whose name a model's key begins, as `together-ai-40.1b` does; empty where there is none."""
    name = code(key)
    return max((provider for provider in _sellers() if name.startswith(f"{provider}-")), key=len, default="")


@cache
def seller_note(seller: str, region: str) -> str:
    """What a reader of a list should know of its numbers; empty where there is nothing to say."""
    notes = {entry.note for entry in _sellers().values() if (entry.seller, entry.region) == (seller, region)}
    return "; ".join(sorted(filter(None, notes)))


@cache
def maker_of(model: str) -> str:
    """Who made a model, by its name; the last part of a path counts before the rest; empty where unknown."""
    name = model.lower()
    for text in (name.rpartition("/")[2], name):
        for pattern, maker in _makers():
            if pattern.search(text):
                return maker
    return ""


@cache
def _sellers() -> dict[str, Seller]:
    with SELLERS.open(encoding="utf-8", newline="") as file:
        return {
            row["provider"]: Seller(row["seller"], row["region"], row["note"], row["resells_as"])
            for row in csv.DictReader(file)
        }


@cache
def _makers() -> tuple[tuple[re.Pattern[str], str], ...]:
    with MAKERS.open(encoding="utf-8", newline="") as file:
        return tuple((re.compile(row["pattern"]), row["maker"]) for row in csv.DictReader(file))
