"""Companies in the supply chain: two documents that put one company under different stages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from canonical.text_tables import Row
from canonical.walks import above
from validation.relations.facts import Facts
from validation.relations.relation import Remark, relation

__all__ = ["RELATIONS"]

NO_STAGE = "stage-not-printed"


@relation(
    "C.stage",
    "notice",
    says="two documents put a company under stages of which one is part of the other",
    rationale="A company under two unlike stages does both, or one of the two documents is mistaken.",
    fix="nothing, where the company does both; else correct the link",
    reach="package",
)
def stage(facts: Facts) -> Iterator[Remark]:
    """Each company that two documents name, by its stages in the one and in the other."""
    parents = {row["stage_id"]: row["parent_stage_id"] for row in facts.rows("supply_chain_stages")}
    by_company: dict[str, dict[str, list[tuple[int, Row]]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(facts.rows("supply_chain_links"), start=1):
        if row["stage_id"] != NO_STAGE:
            by_company[row["company_id"]][row["source_id"]].append((number, row))
    for links in by_company.values():
        for one, other in combinations(links, 2):
            yield _compared(links[one], links[other], parents)


def _compared(one: list[tuple[int, Row]], other: list[tuple[int, Row]], parents: dict[str, str]) -> Remark:
    number, link = other[0]
    return Remark(
        "supply_chain_links", _link_id(link), number, "stage_id",
        holds=any(_related(a["stage_id"], b["stage_id"], parents) for _, a in one for _, b in other),
        found=link["stage_id"], expected=one[0][1]["stage_id"],
        message=f"{link['company_id']} stands under another stage in {one[0][1]['source_id']}",
        related=tuple(_link_id(row) for _, row in one),
    )  # fmt: skip


def _link_id(row: Row) -> str:
    return "|".join(row[column] for column in ("source_id", "locator", "stage_id", "company_id"))


def _related(one: str, other: str, parents: dict[str, str]) -> bool:
    return one == other or other in above(one, parents) or one in above(other, parents)


RELATIONS = (stage,)
