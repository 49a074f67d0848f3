"""Companies in the supply chain: lists that put one under different stages, and companies that no list names."""

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
    says="two documents, or two lists of one page, put a company under stages of which one is part of the other",
    rationale="A company under two unlike stages does both, or one of the two lists is mistaken.",
    fix="nothing, where the company does both; else correct the link",
    reach="package",
)
def stage(facts: Facts) -> Iterator[Remark]:
    """Each company that two documents, or two lists of one page or table, name, by its stages in both."""
    parents = {row["stage_id"]: row["parent_stage_id"] for row in facts.rows("supply_chain_stages")}
    by_company: dict[str, dict[str, list[tuple[int, Row]]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(facts.rows("supply_chain_links"), start=1):
        if row["stage_id"] != NO_STAGE:
            by_company[row["company_id"]][row["source_id"]].append((number, row))
    for links in by_company.values():
        for one, other in combinations(links, 2):
            yield _compared(links[one], links[other], parents)
        for lists in links.values():
            yield from _of_one_page(lists, parents)


def _of_one_page(links: list[tuple[int, Row]], parents: dict[str, str]) -> Iterator[Remark]:
    """The lists of one page, or rows of one table, that name a company."""
    for one, other in combinations(links, 2):
        places = [link["locator"].rpartition(" ") for _, link in (one, other)]
        if places[0][0] and places[0][0] == places[1][0] and places[0][2] != places[1][2]:
            yield _compared([one], [other], parents)


def _compared(one: list[tuple[int, Row]], other: list[tuple[int, Row]], parents: dict[str, str]) -> Remark:
    number, link = other[0]
    return Remark(
        "supply_chain_links", _link_id(link), number, "stage_id",
        holds=any(_related(a["stage_id"], b["stage_id"], parents) for _, a in one for _, b in other),
        found=link["stage_id"], expected=one[0][1]["stage_id"],
        message=f"{link['company_id']} stands under another stage in {_where(one[0][1], link)}",
        related=tuple(_link_id(row) for _, row in one),
    )  # fmt: skip


def _where(link: Row, other: Row) -> str:
    return link["source_id"] if link["source_id"] != other["source_id"] else link["locator"]


@relation(
    "V.listed_company",
    "notice",
    says="each company of the list stands in a supply chain",
    rationale="Companies are listed for the chains that name them; one that none names lost its link to another.",
    fix="type the link that names the company, or delete the company",
    reach="package",
)
def listed_company(facts: Facts) -> Iterator[Remark]:
    """Each company, by whether a link names it; nothing where no link is kept."""
    named = {row["company_id"] for row in facts.rows("supply_chain_links")}
    for number, row in enumerate(facts.rows("companies") if named else (), start=1):
        company = row["company_id"]
        yield Remark(
            "companies", company, number, "company_id", holds=company in named, found=company,
            expected="a link of the company", message=f"no supply chain names {company}",
        )  # fmt: skip


def _link_id(row: Row) -> str:
    return "|".join(row[column] for column in ("source_id", "locator", "stage_id", "company_id"))


def _related(one: str, other: str, parents: dict[str, str]) -> bool:
    return one == other or other in above(one, parents) or one in above(other, parents)


RELATIONS = (stage, listed_company)
