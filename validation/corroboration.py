"""What holds each number: other prints that meet it, relations that hold on it, and what is missing where none does.

A relation is an *equation* where it says what the number is, as a sum of quarters does, and a *limit* where it only
says how large it may be. `python -m validation.corroboration` writes it as CSV, a row for each observation;
`--unheld` those alone that nothing but limits holds, a work list, and `--shares` how many these are by entity and
metric.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from canonical.arithmetic import meets
from validation.consistency import Folder
from validation.relations import RELATIONS, agreement, margins, parts, period_sums, shares
from validation.relations.facts import Facts, Observation
from validation.relations.reach import Part, touched_by_rows
from validation.relations.relation import Case, evaluated

__all__ = ["EQUATIONS", "LACKS", "LEVELS", "UNHELD", "Held", "corroboration", "held_frame", "main", "shares_of"]

LEVELS = ("publisher", "print", "equation", "limit", "none")
"""What holds a number best, the strongest first."""
UNHELD = frozenset({"limit", "none"})
"""Levels at which a number could be another one within its order of size, and nothing would show it."""
EQUATIONS = frozenset({
    "C.growth_yoy", "C.growth_prev", "C.growth_over_period", "C.multiple_over_period", "C.multiple_yoy",
    "C.difference_yoy", "C.contribution_yoy", "C.growth_chain", "C.sum_of_periods", "C.run_rate", "C.run_rate_of_month",
    "C.sum_of_parts", "C.share", "C.share_of_entity", "C.shares_of_whole", "C.margin", "C.sum_of_entities", "C.members",
    "C.segments_of_another_year", "C.streak_count",
})  # fmt: skip
"""Relations that say what a number is; all others say how large it may be."""

OF_PRINTS = frozenset(relation.id for relation in agreement.RELATIONS)
"""Relations between prints of one fact: these are counted as prints."""
OF_WHOLES = frozenset(r.id for family in (parts, period_sums, shares, margins) for r in family.RELATIONS)
"""Relations of wholes, parts and quotients."""
LACKS = ("no_period", "no_second_print", "no_neighbour", "no_whole")
"""What can be missing where nothing holds a number."""


class Held(NamedTuple):
    """What holds one observation.

    `prints` are other rows of the same fact that meet it, `publishers` those of them that are not its own. Of the
    relations that set it against other numbers `evaluated` counts the cases, `holding` those that hold and `equations`
    the equations among these; `rules` are the relations that hold. `lacks` are some of `LACKS`.
    """

    observation_id: str
    prints: int
    publishers: int
    evaluated: int
    holding: int
    equations: int
    rules: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def level(self) -> str:
        """What holds it best, one of `LEVELS`."""
        if self.publishers:
            return "publisher"
        return "print" if self.prints else "equation" if self.equations else "limit" if self.holding else "none"

    @property
    def is_unheld(self) -> bool:
        """Whether no other print meets it and no equation holds on it."""
        return self.level in UNHELD


def corroboration(facts: Facts, of: Collection[str] | None = None) -> Iterator[Held]:
    """What holds each observation, in the order of the rows; `of` names those that are asked for, else all are."""
    asked = [o for o in facts.observations if of is None or o.row_id in of]
    cases = _cases_by_row(facts, None if of is None else asked)
    for o in asked:
        mine = cases.get(o.row_id, [])
        others = [p for p in _prints(o, facts) if p.row_id != o.row_id and meets(p.interval, o.interval)]
        holding = [(rule, case) for rule, case in mine if case.holds]
        yield Held(
            o.row_id, len(others), len({p.publisher for p in others} - {o.publisher}), len(mine), len(holding),
            sum(_is_equation(rule, case) for rule, case in holding), tuple(dict.fromkeys(rule for rule, _ in holding)),
            tuple(_lacks(o, others, {rule for rule, _ in mine}, facts)),
        )  # fmt: skip


def _is_equation(rule: str, case: Case) -> bool:
    """Whether a case says what its number is: a sum of which a part is not known is only a floor."""
    implied = case.best.implied
    return rule in EQUATIONS and implied.low is not None and implied.high is not None


def _cases_by_row(facts: Facts, asked: Iterable[Observation] | None) -> dict[str, list[tuple[str, Case]]]:
    """By row the cases of relations that set its number against others; those of `asked` rows, or all."""
    found: dict[str, list[tuple[str, Case]]] = defaultdict(list)
    part = None if asked is None else Part(facts, touched_by_rows((o.row for o in asked), facts.parents))
    for relation in RELATIONS:
        if relation.id not in OF_PRINTS:
            cases = evaluated(relation, facts) if part is None else part.cases(relation)
            for case in (c for c in cases if isinstance(c, Case)):
                rows = {o.row_id for o in case.observations}
                for row_id in rows if len(rows) > 1 else ():
                    found[row_id].append((relation.id, case))
    return found


def _prints(o: Observation, facts: Facts) -> Sequence[Observation]:
    return [] if o.period is None else facts.by_fact.get((o.series, o.period), [])


def _lacks(o: Observation, others: Sequence[Observation], rules: set[str], facts: Facts) -> Iterator[str]:
    if o.period is None:
        yield "no_period"
        return
    if not others:
        yield "no_second_print"
    if len(facts.by_series.get(o.series, {})) < 2:
        yield "no_neighbour"
    if not rules & OF_WHOLES:
        yield "no_whole"


def held_frame(facts: Facts) -> pl.DataFrame:
    """What holds each observation as a table, with its entity, metric and level; lists are parted by spaces."""
    rows = [
        (o.row["entity_id"], o.row["metric_id"], held.level, *held[:6], " ".join(held.rules), " ".join(held.lacks))
        for o, held in zip(facts.observations, corroboration(facts), strict=True)
    ]
    return pl.DataFrame(rows, schema=["entity_id", "metric_id", "level", *Held._fields], orient="row")


def shares_of(held: pl.DataFrame) -> pl.DataFrame:
    """By entity and metric how many observations there are, and how many of them nothing holds, the most first."""
    counted = held.group_by("entity_id", "metric_id").agg(observations=pl.len(), unheld=IS_UNHELD.sum())
    return counted.sort("unheld", "observations", "entity_id", "metric_id", descending=[True, True, False, False])


IS_UNHELD = pl.col("level").is_in(sorted(UNHELD))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what holds each observation of the package as CSV."""
    parser = argparse.ArgumentParser(prog="python -m validation.corroboration", description=__doc__)
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--unheld", action="store_true", help="only the observations that nothing holds")
    shown.add_argument("--shares", action="store_true", help="by entity and metric how many nothing holds")
    options = parser.parse_args(arguments)
    held = held_frame(Folder().corrected)
    if options.unheld:
        held = held.filter(IS_UNHELD)
    sys.stdout.write((shares_of(held) if options.shares else held).write_csv())
    return 0


if __name__ == "__main__":
    sys.exit(main())
