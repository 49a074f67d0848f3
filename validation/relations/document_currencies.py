"""The currency of a document: one amount in another than all others of its company, which no word beside it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from canonical.printed_text import currency_of_text
from validation.relations.cells import all_but_one, codes_of, kinds_of
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH = 3
"""So many other amounts of its company, all in one currency, make that the document's."""


@relation(
    "V.document_currency",
    "warning",
    says="an amount of a document is in the currency of its other amounts of the company, or its text names another",
    rationale="A report counts in one currency: its one amount in dollars is a slip of the unit or another's number.",
    fix="check the currency in the source, and type printed_text with its sign or word",
    reach="document",
    beside="observations.printed_label observations.printed_text",
)
def document_currency(facts: Facts) -> Iterator[Remark]:
    """Each amount that alone of three or more others of its document and vendor is in another currency than they."""
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in _in_documents_with_an_odd_row(facts):
        groups[o.source_id, _vendor(o, facts)].append(o)
    for rows in groups.values():
        for o in rows:
            own = _currency(o.row["printed_unit_id"], facts)
            others = [other for other in rows if other is not o]
            usual = {_currency(other.row["printed_unit_id"], facts) for other in others}
            if usual != {own} and len(usual) == 1 and not _is_named(o):
                (wanted,) = usual
                message = (
                    f"all {len(others)} other amounts of its company there are in {wanted}, and no text names {own}"
                )
                yield remark_on(o, "printed_unit_id", False, f"a unit of {wanted}", message, *others[:2])


def _in_documents_with_an_odd_row(facts: Facts) -> list[Observation]:
    """The amounts of documents of which all but one of a vendor's are in one currency."""
    units, names = facts.cells.codes("printed_unit_id")
    currencies, told = codes_of([_currency(name, facts) for name in names])
    places = np.flatnonzero(np.array([bool(currency) for currency in told], np.bool_)[currencies[units]])
    (documents, ids), (vendors, of_vendors) = (facts.cells.codes(name) for name in ("source_id", "vendor"))
    groups, _ = kinds_of([(documents[places], len(ids)), (vendors[places], len(of_vendors))])
    is_odd = all_but_one(groups, currencies[units[places]], ENOUGH)
    return [facts.observations[place] for place in places[is_odd].tolist()]


def _is_named(o: Observation) -> bool:
    return bool(currency_of_text(o.row["printed_text"]) or currency_of_text(o.row["printed_label"]))


def _currency(unit_id: str, facts: Facts) -> str:
    unit = facts.reference.units.get(unit_id)
    return unit.currency if unit is not None and unit.quantity == "money" else ""


def _vendor(o: Observation, facts: Facts) -> str:
    return facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "")


RELATIONS = (document_currency,)
