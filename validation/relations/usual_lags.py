"""A number's period against the day its document was published: how late a vendor's documents tell of a period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unmet_among

__all__ = ["RELATIONS"]

DAYS_OF_A_MONTH = 30.44
ENOUGH, RARE = 12, 50
"""So many rows make a habit; what one row in so many does is part of it."""
LENGTHS = ("quarter", "half_year", "year", "nine_months", "instant")
LATE, COLUMN = (-1, 0, 1), (11, 12, 13, 14)
BESIDE = (*LATE, *COLUMN)
"""Months by which a document may be late, and those to the column of the year before, in which growth hardly stands."""
THREE_YEARS = (*BESIDE, 23, 24, 25, 26)
"""Those to the years that an annual filing states."""
UNSURE = {"day": 0, "month": 0, "quarter": 2}
"""By so many months a document may be older than the day that its precision stands for; of a year nothing is told."""


@relation(
    "V.usual_lag",
    "warning",
    says="a number of a vendor's document is as old as those of its other documents",
    rationale="A report of one year's quarter states that quarter and the year before, never the ones between.",
    fix="check the period in the source, and that the document named is the one that was read",
    reach="package",
)
def usual_lag(facts: Facts) -> Iterator[Remark]:
    """Each result in a dated own document whose age no other row of such documents has, and that no other bears out.

    Or that is older by more than a year than all that is usual. Growth stands in no column of the year before, unless
    other rates do. A document with more than one such row is a table of many periods, and says nothing. A filing of a
    year states the two before it as well.
    """
    found, oldest = list[Remark](), set[str]()
    for (publisher, kind, type_), told in _told(facts).items():
        is_annual = (kind, type_) == ("regulatory_filing", "year")
        common, usual = _usual([lag for lag, _ in told], THREE_YEARS if is_annual else BESIDE)
        rates = [lag for lag, o in told if _is_growth(o)]
        of_rates = _usual(rates, LATE)[1] if len(rates) >= ENOUGH else usual
        as_others = {lag for lag in usual if lag not in COLUMN or lag in of_rates}
        for lag, o in ((lag, o) for lag, o in told if lag not in as_others) if len(told) >= ENOUGH else ():
            is_column = _is_growth(o) and lag in COLUMN and lag not in of_rates
            is_usual = lag in usual or not usual.isdisjoint(range(lag - _unsure(o, facts), lag))
            if is_column or (not is_usual and not _is_year_end(lag, o, facts)):
                if lag > max(usual, default=lag):
                    oldest.add(o.row_id)
                months, such = " or ".join(map(str, sorted(common))), "such growth" if is_column else "such"
                found.append(remark_on(
                    o, "period_end", False, f"{_named(type_)} {months} months before",
                    f"it ended {lag} months before its document was published, and {publisher} tells of no {such}",
                ))  # fmt: skip
    rows = Counter(remark.observations[0].source_id for remark in found)
    single = [remark for remark in found if rows[remark.observations[0].source_id] == 1]
    alone = oldest | unmet_among([remark.observations[0] for remark in single], facts)
    yield from (remark for remark in single if remark.row_id in alone)


def _usual(lags: list[int], beside: tuple[int, ...]) -> tuple[set[int], set[int]]:
    """The ages that are common, and all that lie so many months beside one of them."""
    common = {lag for lag, times in Counter(lags).items() if times > 2 and times * RARE >= len(lags)}
    return common, {lag + months for lag in common for months in beside}


def _unsure(o: Observation, facts: Facts) -> int:
    """By how many months the document of a row may be older than its day."""
    return UNSURE[facts.reference.sources[o.source_id]["published_precision"]]


def _is_growth(o: Observation) -> bool:
    return o.series.measure.startswith("growth")


def _is_year_end(lag: int, o: Observation, facts: Facts) -> bool:
    """Whether a balance is that of the last fiscal year's end, beside which every report of the year stands."""
    if o.period is None or o.period.type != "instant":
        return False
    return lag <= max(BESIDE) and o.period.end.month == facts.year_end_month(o.series.entity_id)


def _named(type_: str) -> str:
    return "a day" if type_ == "instant" else f"a {type_.replace('_', ' ')} that ended"


def _told(facts: Facts) -> dict[tuple[str, ...], list[tuple[int, Observation]]]:
    """The results in own documents by publisher, kind of document and length, with their age in months."""
    found: dict[tuple[str, ...], list[tuple[int, Observation]]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for o in facts.comparable:
        if o.source_id not in kinds:
            kinds[o.source_id] = _kind(o, facts)
        kind = kinds[o.source_id]
        if kind and o.series.standing == ACTUAL and o.period and o.known_on and o.period.type in LENGTHS:
            age = round((o.known_on - o.period.end).days / DAYS_OF_A_MONTH)
            found[o.publisher, kind, o.period.type].append((age, o))
    return found


def _kind(o: Observation, facts: Facts) -> str:
    """The kind of the document of a row; nothing where it is no dated document of the reporter itself."""
    source = facts.reference.sources.get(o.source_id, {})
    is_dated = source.get("published_on") and source.get("published_precision") in UNSURE
    return source["kind"] if o.is_own_word and is_dated else ""


RELATIONS = (usual_lag,)
