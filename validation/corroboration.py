"""What holds each number: other prints that meet it, relations that hold on it, and what is missing where none does.

`python -m validation.corroboration` writes it as CSV, a row for each observation; `--unheld` those alone that nothing
holds, a work list, and `--shares` how many these are by entity and metric.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from canonical.arithmetic import meets
from validation.consistency import Folder
from validation.relations import RELATIONS, agreement, margins, parts, period_sums, shares
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Case, evaluated

__all__ = ["ADVICE", "Held", "corroboration", "held_frame", "main", "shares_of"]

OF_PRINTS = frozenset(relation.id for relation in agreement.RELATIONS)
"""Relations between prints of one fact: these are counted as prints."""
OF_WHOLES = frozenset(r.id for family in (parts, period_sums, shares, margins) for r in family.RELATIONS)
"""Relations of wholes, parts and quotients."""
ADVICE = {
    "no_period": "give the period",
    "no_second_print": "add the print of another document",
    "no_neighbour": "add the quarter or the year beside it",
    "no_whole": "add the year's total, or the number that it is a part or a share of",
}
"""What is missing where nothing holds a number, and what would hold it."""


class Held(NamedTuple):
    """What holds one observation.

    `prints` are other rows of the same fact that meet it, `documents` and `publishers` those of them that are not its
    own; `holding` are the relations that hold on it, `cases` how often they do, `broken` how often one does not;
    `lacks` are keys of `ADVICE`.
    """

    observation_id: str
    prints: int
    documents: int
    publishers: int
    holding: tuple[str, ...]
    cases: int
    broken: int
    lacks: tuple[str, ...]

    @property
    def is_unheld(self) -> bool:
        """Whether no other print meets it and no relation was evaluated on it that holds."""
        return not self.documents and not self.cases


def corroboration(facts: Facts) -> Iterator[Held]:
    """What holds each observation, in the order of the rows."""
    cases = _cases_by_row(facts)
    for o in facts.observations:
        mine = cases.get(o.row_id, [])
        others = [p for p in _prints(o, facts) if p.row_id != o.row_id and meets(p.interval, o.interval)]
        holding = [rule for rule, holds in mine if holds]
        yield Held(
            o.row_id, len(others), len({p.source_id for p in others} - {o.source_id}),
            len({p.publisher for p in others} - {o.publisher}), tuple(dict.fromkeys(holding)), len(holding),
            sum(not holds for _, holds in mine), tuple(_lacks(o, others, {rule for rule, _ in mine}, facts)),
        )  # fmt: skip


def _cases_by_row(facts: Facts) -> dict[str, list[tuple[str, bool]]]:
    """By row the relations that set its number against others, and whether each holds."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for relation in RELATIONS:
        if relation.id not in OF_PRINTS:
            for case in evaluated(relation, facts):
                rows = {o.row_id for o in case.observations} if isinstance(case, Case) else set[str]()
                for row_id in rows if len(rows) > 1 else ():
                    found[row_id].append((relation.id, case.holds))
    return found


def _prints(o: Observation, facts: Facts) -> Sequence[Observation]:
    return [] if o.period is None else facts.by_fact.get((o.series, o.period), [])


def _lacks(o: Observation, others: Iterable[Observation], rules: set[str], facts: Facts) -> Iterator[str]:
    if o.period is None:
        yield "no_period"
        return
    if not any(p.source_id != o.source_id for p in others):
        yield "no_second_print"
    if len(facts.by_series.get(o.series, {})) < 2:
        yield "no_neighbour"
    if not rules & OF_WHOLES:
        yield "no_whole"


def held_frame(facts: Facts) -> pl.DataFrame:
    """What holds each observation as a table, with its entity and metric; lists are parted by spaces."""
    rows = [
        (o.row["entity_id"], o.row["metric_id"], *held[:4], " ".join(held.holding), *held[5:7], " ".join(held.lacks))
        for o, held in zip(facts.observations, corroboration(facts), strict=True)
    ]
    return pl.DataFrame(rows, schema=["entity_id", "metric_id", *Held._fields], orient="row")


def shares_of(held: pl.DataFrame) -> pl.DataFrame:
    """By entity and metric how many observations there are, and how many of them nothing holds, the most first."""
    counted = held.group_by("entity_id", "metric_id").agg(observations=pl.len(), unheld=UNHELD.sum())
    return counted.sort("unheld", "observations", "entity_id", "metric_id", descending=[True, True, False, False])


UNHELD = (pl.col("documents") == 0) & (pl.col("cases") == 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what holds each observation of the package as CSV."""
    parser = argparse.ArgumentParser(prog="python -m validation.corroboration", description=__doc__)
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--unheld", action="store_true", help="only the observations that nothing holds")
    shown.add_argument("--shares", action="store_true", help="by entity and metric how many nothing holds")
    options = parser.parse_args(arguments)
    held = held_frame(Folder().corrected)
    if options.unheld:
        held = held.filter(UNHELD)
    sys.stdout.write((shares_of(held) if options.shares else held).write_csv())
    return 0


if __name__ == "__main__":
    sys.exit(main())
