"""What a price is for is read off the words of a registry, and only where they say it."""

from __future__ import annotations

import pytest

from canonical.fill import complete_row
from canonical.price_scope import Scope, scope_of
from canonical.reference import Reference
from canonical.table_schema import load_schema
from tests.builders import a_model_price


@pytest.mark.parametrize(
    ("seller", "region", "model", "mode", "scope"),
    [
        ("acme", "any", "acme-1", "standard", Scope()),
        ("acme", "any", "acme-1-fast", "standard", Scope()),
        ("acme", "any", "flex/acme-1", "standard", Scope(service_tier="flex")),
        ("acme", "any", "maker/acme-1:batch", "standard", Scope(service_tier="batch")),
        ("acme", "any", "acme-1", "12h-cache-priority", Scope(service_tier="priority")),
        ("acme", "any", "acme-1", "off-peak", Scope()),
        ("amazon-bedrock", "any", "global.acme-1", "standard", Scope(endpoint="global")),
        ("amazon-bedrock", "any", "us-gov.acme-1", "standard", Scope(endpoint="multi_region")),
        ("amazon-bedrock", "any", "regional.acme-1", "standard", Scope(endpoint="in_region")),
        ("amazon-bedrock", "us-gov-west-1", "acme-1", "standard", Scope(endpoint="in_region")),
        ("amazon-bedrock", "any", "us.acme-1", "batch", Scope("batch", endpoint="multi_region")),
        ("amazon-bedrock", "us-east-1", "acme-1", "6-month-commitment", Scope("standard", "6_months", "in_region")),
        ("azure", "global-standard", "acme-1", "standard", Scope(endpoint="global")),
        ("azure", "eu", "acme-1", "standard", Scope(endpoint="multi_region")),
        ("anthropic", "any", "fast/us/acme-1", "standard", Scope("fast", endpoint="multi_region")),
        ("alibaba", "eu", "acme-1", "standard", Scope()),
        ("alibaba", "any", "Plan", "first-month", Scope(offer="introductory")),
    ],
)
def test_words_become_codes(seller: str, region: str, model: str, mode: str, scope: Scope) -> None:
    assert scope_of(seller, region, model, mode) == scope
    codes = {column: load_schema("model_prices").field(column).constraints["enum"] for column in Scope._fields}
    assert all(value in codes[column] for column, value in scope._asdict().items())


def test_a_typed_scope_stays_and_an_empty_one_is_read() -> None:
    reference = Reference()
    row = a_model_price(reference) | dict.fromkeys(Scope._fields, "")
    read = complete_row(load_schema("model_prices"), row | {"mode": "batch"}, reference)
    typed = complete_row(load_schema("model_prices"), row | {"mode": "batch", "service_tier": "flex"}, reference)
    assert (read["service_tier"], read["endpoint"], read["offer"]) == ("batch", "any", "list")
    assert typed["service_tier"] == "flex"
