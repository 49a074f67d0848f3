"""Read what a price is for off the words of a registry: how fast it is served, under which commitment, from where."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["SCOPE_WORD", "Scope", "scope_of"]

TIERS = ("batch", "flex", "priority", "fast", "ultrafast", "balanced")
COMMITMENT = re.compile(r"(?:^|-)([136])-(month|year)-commitment(?:-|$)")
GEOGRAPHIES = ("us", "eu", "apac", "au", "jp", "ca", "us-gov")
"""What Bedrock, Azure and Anthropic call the regions that one endpoint spans."""
HEAD = re.compile(r"^(?P<head>[a-z-]+)[./]")
REGION = re.compile(r"[a-z]{2}(-gov)?-[a-z]+-[0-9]")
"""A region as Amazon writes it."""
GLOBAL = ("global", "global-standard")
SCOPE_WORD = (
    r"(?:global(?:-standard)?|regional|us|eu|apac|au|jp|ca|us-gov|batch|flex|priority|fast|ultrafast|balanced|tee(?:-[0-9]+)?"
    r"|streaming|[0-9]+-month-commitment|hd|standard|low|medium|high|xhigh|max|[0-9]+-x-[0-9]+|[a-z]{2}(?:-gov)?-[a-z]+-[0-9])"
)
"""A part of a model's name that says a scope, a place, a size or a quality: with it the name is another offer."""


class Scope(NamedTuple):
    """What a price is for, codes of `model_prices`."""

    service_tier: str = "standard"
    commitment: str = "none"
    endpoint: str = "any"
    offer: str = "list"


def scope_of(seller: str, region: str, model: str, mode: str) -> Scope:
    """The scope that region, model and mode of a row say in words; the rest is as any price is.

    >>> scope_of("amazon-bedrock", "any", "global.acme-1", "1-month-commitment")
    Scope(service_tier='standard', commitment='1_month', endpoint='global', offer='list')
    """
    said = COMMITMENT.search(mode)
    length, unit = said.groups() if said else ("", "")
    return Scope(
        _tier(model.lower(), mode),
        f"{length}_{unit}{'s' if length != '1' else ''}" if said else "none",
        _endpoint(seller, region, model.lower()),
        "introductory" if mode == "first-month" else "list",
    )


def _tier(model: str, mode: str) -> str:
    in_mode = next((part for part in mode.split("-") if part in TIERS), "")
    head, _, ending = model.partition("/")[0], *model.rpartition(":")[1:]
    in_name = next((word for word in (head, ending) if word in TIERS and word != model), "")
    return in_mode or in_name or "standard"


def _endpoint(seller: str, region: str, model: str) -> str:
    said = HEAD.match(model.removeprefix("fast/"))
    head = said["head"] if said and seller in ("amazon-bedrock", "azure", "anthropic") else ""
    if head in GLOBAL or region in GLOBAL:
        return "global"
    if head in GEOGRAPHIES or (seller == "azure" and region in GEOGRAPHIES):
        return "multi_region"
    return "in_region" if head == "regional" or REGION.fullmatch(region) else "any"
