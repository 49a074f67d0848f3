"""Two prints of one fact to the same decimals that differ in their last digit: rounding alone does not tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from canonical.arithmetic import meets
from validation.relations.facts import Facts, Observation
from validation.relations.quantities import is_plain
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

Named = tuple[str, ...]


@relation(
    "C.last_digit",
    "warning",
    says="a publisher that prints a fact twice to the same decimals prints the same digits",
    rationale="Growth of 29 % and of 30 % both allow 29.5 %, and yet one of them is of constant currency.",
    fix="check basis, metric, part and period of both prints; where both stand there, correct the wrong one",
)
def last_digit(facts: Facts) -> Iterator[Remark]:
    """Each print that meets another of its publisher, to as many decimals, only where their roundings touch.

    Of two documents the later one may have restated it: that is a notice.
    """
    for prints in facts.told_again:
        groups: dict[Named, list[Observation]] = defaultdict(list)
        for o in prints:
            if is_plain(o) and o.interval.value is not None:
                groups[o.publisher or o.source_id, o.row["printed_unit_id"], o.row["decimals"]].append(o)
        for first, *others in groups.values():
            for o in others:
                if o.interval.value != first.interval.value and meets(o.interval, first.interval):
                    where = "its document" if o.source_id == first.source_id else first.source_id
                    is_growth = o.series.measure.startswith("growth")
                    yield remark_on(
                        o, "basis" if is_growth else "printed_value", False,
                        "another basis, or the same digits" if is_growth else first.row["printed_value"],
                        f"{where} prints {first.row['printed_value']} for the same fact, to as many decimals", first,
                        severity=None if o.source_id == first.source_id else "notice",
                    )  # fmt: skip


RELATIONS = (last_digit,)
