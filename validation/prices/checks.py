"""Every rule over prices of models and machines: units, slips, spans, tiers, order of meters, sellers, copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain

import polars as pl

from canonical.cells import typed_frame
from canonical.findings import Finding
from canonical.table_schema import load_schema
from validation.prices.aliases import two_answers
from validation.prices.amounts import currencies_of_lists, machine_amounts, units_of_meters, zero_prices
from validation.prices.beside_family import machines_beside_family
from validation.prices.bounds import machine_bounds
from validation.prices.entries import entries_of_two, makers_of_models, units_of_entries
from validation.prices.families import licensed_machines
from validation.prices.findings import Broken
from validation.prices.flat_meters import flat_meters
from validation.prices.flat_modes import flat_modes
from validation.prices.flips import price_flips
from validation.prices.frames import Prices
from validation.prices.houses import houses_apart
from validation.prices.jumps import machine_jumps, machines_apart
from validation.prices.machine_lists import machines_beside_lists
from validation.prices.machine_places import discounts_for_nothing, machines_of_others
from validation.prices.machines import disks_for_nothing, mainland_currencies, spot_above_on_demand
from validation.prices.main_meters import days_of_two_meters, meters_without_input, tiers_without_base
from validation.prices.names import machines_of_one_place, misspelt_machines, misspelt_names
from validation.prices.offers import free_beside_paid, free_by_name, makers_of_others, states_without_word
from validation.prices.orders import cheaper_meters, copied_prices, sellers_and_makers, tier_order
from validation.prices.pages import lists_beside_pages
from validation.prices.partners import (
    machines_ended_alone,
    models_ended_alone,
    modes_without_ordinary,
    tiers_of_two_lengths,
)
from validation.prices.places import dates_of_versions, days_of_none, keys_without_models, places_of_others
from validation.prices.ratios import meters_out_of_ratio
from validation.prices.regional import machines_apart_alone
from validation.prices.second_lists import lists_that_agree_elsewhere
from validation.prices.siblings import prices_beside_siblings
from validation.prices.single_meters import single_meters
from validation.prices.sizes import machines_out_of_size
from validation.prices.slips import powers_of_ten
from validation.prices.spans import (
    price_gaps,
    price_overlaps,
    price_repeats,
    prices_ahead,
    prices_left_open,
    prices_outlast_others,
)
from validation.prices.texts import texts_of_prices
from validation.prices.tiers import tiers_out_of_order
from validation.prices.twins import twins_apart
from validation.prices.voices import lone_amounts
from validation.prices.witnesses import contradicted_prices
from validation.structure.in_order import in_order

__all__ = ["OF_MACHINES", "PRICE_RULES", "PRICE_TABLES", "check_prices", "prices_of"]

PRICE_TABLES = ("model_prices", "compute_prices")
PRICE_RULES: tuple[Callable[[Prices], Iterable[Broken]], ...] = (
    units_of_meters,
    zero_prices,
    machine_amounts,
    currencies_of_lists,
    texts_of_prices,
    entries_of_two,
    units_of_entries,
    makers_of_models,
    places_of_others,
    keys_without_models,
    dates_of_versions,
    days_of_none,
    powers_of_ten,
    machine_jumps,
    machines_apart,
    machines_apart_alone,
    machines_out_of_size,
    machines_beside_family,
    machines_beside_lists,
    machine_bounds,
    licensed_machines,
    mainland_currencies,
    spot_above_on_demand,
    discounts_for_nothing,
    machines_of_others,
    disks_for_nothing,
    price_overlaps,
    price_repeats,
    prices_left_open,
    prices_outlast_others,
    models_ended_alone,
    machines_ended_alone,
    price_gaps,
    prices_ahead,
    price_flips,
    tier_order,
    tiers_of_two_lengths,
    tiers_out_of_order,
    cheaper_meters,
    free_beside_paid,
    free_by_name,
    states_without_word,
    modes_without_ordinary,
    meters_without_input,
    tiers_without_base,
    days_of_two_meters,
    misspelt_names,
    misspelt_machines,
    machines_of_one_place,
    two_answers,
    contradicted_prices,
    houses_apart,
    lists_beside_pages,
    lone_amounts,
    single_meters,
    lists_that_agree_elsewhere,
    meters_out_of_ratio,
    prices_beside_siblings,
    twins_apart,
    flat_meters,
    flat_modes,
    makers_of_others,
    sellers_and_makers,
    copied_prices,
)

OF_MACHINES = frozenset({
    machine_amounts, dates_of_versions, machine_jumps, machines_apart, machines_apart_alone, machines_out_of_size,
    machines_beside_family, machines_beside_lists, machine_bounds, licensed_machines, mainland_currencies,
    spot_above_on_demand, disks_for_nothing, machines_ended_alone, misspelt_machines, machines_of_one_place,
})  # fmt: skip
"""Rules that read prices of machines alone: where there are none, they are not asked."""


def check_prices(
    models: pl.DataFrame | None,
    machines: pl.DataFrame | None,
    units: Mapping[str, str],
    sources: pl.DataFrame | None,
) -> list[Finding]:
    """What the rules find in the typed frames of `model_prices` and `compute_prices`, in the order of a report.

    `units` gives the canonical unit of each unit, `sources` is the typed frame of that table. A table that is absent,
    or lacks a column, has no rows here: layer S says what it lacks.
    """
    prices = prices_of(models, machines, units, sources)
    if prices.models.is_empty() and prices.machines.is_empty():
        return []
    asked = (rule for rule in PRICE_RULES if not (prices.machines.is_empty() and rule in OF_MACHINES))
    found = chain.from_iterable(in_order(asked, lambda rule: [f for broken in rule(prices) for f in broken.findings()]))
    return sorted(_at_their_places(found, prices.places), key=lambda finding: finding.sort_key)


def _at_their_places(found: Iterable[Finding], places: pl.Series | None) -> Iterable[Finding]:
    """The findings with the numbers of rows that the table has; None where these are those of the rules."""
    if places is None:
        return found
    return (f if f.row_number is None else replace(f, row_number=places[f.row_number - 1]) for f in found)


def prices_of(
    models: pl.DataFrame | None, machines: pl.DataFrame | None, units: Mapping[str, str], sources: pl.DataFrame | None
) -> Prices:
    """The prices that the rules read, from typed frames as in `check_prices`."""
    return Prices(_whole("model_prices", models), _whole("compute_prices", machines), units, _whole("sources", sources))


def _whole(name: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    schema = load_schema(name)
    if frame is not None and set(schema.columns) <= set(frame.columns):
        return frame
    return typed_frame(schema, pl.DataFrame(schema=dict.fromkeys(schema.columns, pl.String)))
