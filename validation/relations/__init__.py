"""Every relation that the numbers allow, one family a module; `RELATIONS` lists them in the order they are run."""

from __future__ import annotations

from validation.relations import (
    agreement,
    bends,
    bounds_elsewhere,
    calendar_rules,
    captions,
    claims,
    companions,
    confusions,
    currencies,
    currency_effects,
    definitions,
    document_periods,
    foreseen,
    growth,
    growth_kinds,
    label_scopes,
    label_words,
    last_digits,
    limits,
    links,
    margins,
    metric_orders,
    near_rates,
    neighbours,
    other_ratios,
    outliers,
    own_ratios,
    paces,
    parts,
    period_sums,
    precision,
    provenance,
    repeats,
    same_places,
    scopes,
    second_readings,
    share_wholes,
    shares,
    signs,
    sizes,
    streaks,
    swings,
    tenses,
    title_vendors,
    twofold,
    usual_bases,
    usual_bounds,
    usual_currencies,
    usual_lags,
    usual_lengths,
    usual_metrics,
    usual_parts,
    windows,
)
from validation.relations.relation import Case, Relation, Remark

__all__ = ["OF_PRINTS", "RELATIONS", "Case", "Relation", "Remark", "relation_of"]

RELATIONS: tuple[Relation, ...] = (
    *limits.RELATIONS,
    *precision.RELATIONS,
    *second_readings.RELATIONS,
    *calendar_rules.RELATIONS,
    *tenses.RELATIONS,
    *neighbours.RELATIONS,
    *bends.RELATIONS,
    *agreement.RELATIONS,
    *last_digits.RELATIONS,
    *growth.RELATIONS,
    *windows.RELATIONS,
    *foreseen.RELATIONS,
    *period_sums.RELATIONS,
    *parts.RELATIONS,
    *shares.RELATIONS,
    *margins.RELATIONS,
    *scopes.RELATIONS,
    *confusions.RELATIONS,
    *currencies.RELATIONS,
    *repeats.RELATIONS,
    *streaks.RELATIONS,
    *claims.RELATIONS,
    *captions.RELATIONS,
    *label_scopes.RELATIONS,
    *label_words.RELATIONS,
    *links.RELATIONS,
    *provenance.RELATIONS,
    *document_periods.RELATIONS,
    *companions.RELATIONS,
    *same_places.RELATIONS,
    *usual_lags.RELATIONS,
    *usual_metrics.RELATIONS,
    *signs.RELATIONS,
    *growth_kinds.RELATIONS,
    *outliers.RELATIONS,
    *sizes.RELATIONS,
    *paces.RELATIONS,
    *near_rates.RELATIONS,
    *swings.RELATIONS,
    *own_ratios.RELATIONS,
    *usual_currencies.RELATIONS,
    *title_vendors.RELATIONS,
    *metric_orders.RELATIONS,
    *definitions.RELATIONS,
    *twofold.RELATIONS,
    *usual_parts.RELATIONS,
    *share_wholes.RELATIONS,
    *bounds_elsewhere.RELATIONS,
    *usual_bounds.RELATIONS,
    *usual_lengths.RELATIONS,
    *currency_effects.RELATIONS,
    *usual_bases.RELATIONS,
    *other_ratios.RELATIONS,
)


OF_PRINTS = frozenset(
    relation.id
    for relation in (*second_readings.RELATIONS, *provenance.RELATIONS, calendar_rules.label, *label_words.RELATIONS)
)
"""Relations that judge the print itself, with its text, label and place: they are not asked of corrected values."""


def relation_of(rule: str) -> Relation:
    """The relation with an id; KeyError where there is none."""
    for relation in RELATIONS:
        if relation.id == rule:
            return relation
    raise KeyError(f"no relation {rule}")
