"""Rough relations: what was foreseen against what came, constant currency against reported, growth over a recast.

None of these is arithmetic. Each allows for what ordinarily lies between the two numbers and finds the slips that
lie far outside of it: a wrong unit, a wrong year, a rate under the wrong name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from canonical.arithmetic import growth, product, sum_of
from canonical.intervals import Interval
from canonical.spans import Period, year_before
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.formula import level
from validation.relations.quantities import is_extensive
from validation.relations.rates import rate_of_year
from validation.relations.relation import MOST_OPTIONS, Case, Option, far_reaching, relation

__all__ = ["RELATIONS", "growths"]

FUTURE = ("guidance", "forecast", "target", "plan")
POINTS = Interval(None, Decimal(-25), Decimal(25))
"""Growth comes within 25 points of what was foreseen."""
CURRENCY = Interval(None, Decimal(-12), Decimal(12))
"""Exchange rates move growth by less than 12 points."""
RECAST = Interval(None, Decimal(-25), Decimal(25))
"""A recast moves growth by less than 25 points."""
RATE, YEARS_AHEAD = Interval(None, Decimal("0.88"), Decimal("1.12")), 3
"""The rate by which somebody converts a plan lies within 12 % of the year's mean, or of that of the last year known."""


@relation(
    "C.foreseen",
    "warning",
    says="what was foreseen, as each source tells it, and what came are of one order",
    rationale="Guidance is missed by percents, not by factors: a larger gap is a slip of unit, year or metric.",
    fix="check unit, period and metric of the guidance and of the result",
)
def foreseen(facts: Facts) -> Iterator[Case]:
    """Each guidance, forecast, target or plan of a level or its growth against the print of what came.

    A level of which nothing came yet is held against what other documents say is foreseen of it, in any currency.
    """
    told = _foreseen_levels(facts)
    for measure in ("level", "growth_yoy"):
        for printed in facts.by_measure.get(measure, []):
            if printed.row["claim_status"] in FUTURE and printed.period is not None:
                came = far_reaching(facts.readings(printed.series._replace(standing=ACTUAL), printed.period))
                if measure == "growth_yoy":
                    options = [Option((o,), sum_of([o.interval, POINTS])) for o in came]
                else:
                    options = [Option((o,), _around(o)) for o in came if is_extensive(o.series, facts.reference)]
                    if not came and is_extensive(printed.series, facts.reference):
                        options = list(_as_others_tell(printed, told[_fact(printed)], facts))
                if options:
                    yield Case(printed, tuple(options))


def _fact(printed: Observation) -> tuple[Series, Period | None]:
    """What a print of the future is of, in whatever currency and whoever tells of it."""
    return printed.series._replace(standing="", unit_id="", perimeter_id=""), printed.period


def _foreseen_levels(facts: Facts) -> dict[tuple[Series, Period | None], list[Observation]]:
    found: dict[tuple[Series, Period | None], list[Observation]] = defaultdict(list)
    for o in facts.by_measure.get("level", []):
        if o.row["claim_status"] in FUTURE:
            found[_fact(o)].append(o)
    return found


def _as_others_tell(printed: Observation, told: list[Observation], facts: Facts) -> Iterator[Option]:
    """Half to twice what each other document says is foreseen, in the currency of a print."""
    units = facts.reference.units
    own = units[printed.series.unit_id].currency
    for o in far_reaching([o for o in told if o.source_id != printed.source_id]):
        if o.series.unit_id == printed.series.unit_id:
            yield Option((o,), _around(o))
        elif own and (theirs := units[o.series.unit_id].currency) and printed.period is not None:
            years = range(printed.period.end.year, printed.period.end.year - YEARS_AHEAD, -1)
            rates = (rate_of_year(theirs, own, year, facts.reference.folder) for year in years)
            if (rate := next(filter(None, rates), None)) is not None:
                yield Option((o,), product(product(_around(o), RATE), Interval(None, rate, rate)))


def _around(observation: Observation) -> Interval:
    """Half to twice the print."""
    low, high = observation.interval.low, observation.interval.high
    return Interval(None, None if low is None else low / 2, None if high is None else high * 2)


@relation(
    "C.constant_currency",
    "warning",
    says="growth in constant currency lies near growth as reported",
    rationale="Exchange rates move growth by a few points: more is a slip of one of the two rates.",
    fix="check both rates and their period in the source",
)
def constant_currency(facts: Facts) -> Iterator[Case]:
    """Each rate in constant currency against the reported rate, else against reported levels."""
    for printed in facts.by_measure.get("growth_yoy", []):
        if printed.series.basis == "constant_currency" and printed.period is not None:
            reported = printed.series._replace(basis="reported")
            options = [
                Option((o,), sum_of([o.interval, CURRENCY]))
                for o in far_reaching(facts.readings(reported, printed.period, printed.source_id))
            ] or [_widened(option, CURRENCY) for option in islice(growths(reported, printed, facts), MOST_OPTIONS)]
            if options:
                yield Case(printed, tuple(options))


def growths(series: Series, printed: Observation, facts: Facts) -> Iterator[Option]:
    """The growth of a series that each two levels give, in the period and preferably the document of a print."""
    assert printed.period is not None
    levels = level(series, facts.reference)
    for unit in facts.units_of(levels):
        in_unit = levels._replace(unit_id=unit)
        for now in facts.readings(in_unit, printed.period, printed.source_id):
            for before in facts.readings(in_unit, year_before(printed.period), printed.source_id):
                yield Option((now, before), growth(now.interval, before.interval))


def _widened(option: Option, by: Interval) -> Option:
    return Option(option.inputs, sum_of([option.implied, by]))


@relation(
    "C.growth_over_recast",
    "notice",
    says="growth on the year over a recast lies near that of the levels of both perimeters",
    rationale="Where the base was recast and its recast level is not at hand, the old one still tells the order.",
    fix="check the rate, both levels and their periods; add the recast base where the source prints it",
)
def growth_over_recast(facts: Facts) -> Iterator[Case]:
    """Growth on the year whose own perimeter lacks a level, against levels of any perimeter."""
    lacking = [o for o in _without_growth(facts) if next(growths(o.series, o, facts), None) is None]
    wanted = {_anywhere(level(o.series, facts.reference)) for o in lacking}
    alike = {series: there for series in facts.by_series if (there := _anywhere(series)) in wanted}
    levels: dict[tuple[Series, Period], list[Observation]] = defaultdict(list)
    for (series, period), prints in facts.by_fact.items():
        if series in alike:
            levels[alike[series], period] += prints
    for printed in lacking:
        assert printed.period is not None
        there = _anywhere(level(printed.series, facts.reference))
        now, before = levels[there, printed.period], levels[there, year_before(printed.period)]
        options = [_widened(option, RECAST) for option in _pairs(now, before)]
        if options:
            yield Case(printed, tuple(options))


def _anywhere(series: Series) -> Series:
    """A series whatever its perimeter and unit."""
    return series._replace(perimeter_id="", unit_id="")


def _without_growth(facts: Facts) -> list[Observation]:
    """Reported growth on the year, but for what surely has both of its levels."""
    columns = facts.columns

    def of(series: Series, source_id: str) -> list[Series | None] | None:
        levels = level(series, facts.reference)
        units = facts.units_of(levels)
        return None if len(units) > 1 else [levels._replace(unit_id=units[0]) if units else None]

    prints = columns.by_series(columns.of_measure("growth_yoy"), lambda series: series.basis == "reported")
    (series,) = columns.other_series(prints, of)
    periods = columns.period[prints], columns.other_period(prints, year_before)
    levels = [columns.readings(series, period, columns.document[prints]) for period in periods]
    return [columns.prints[place] for place in prints[(levels[0] < 0) | (levels[1] < 0)].tolist()]


def _pairs(now: list[Observation], before: list[Observation]) -> Iterator[Option]:
    for one in now[:4]:
        for other in before[:4]:
            if one.series.unit_id == other.series.unit_id:
                yield Option((one, other), growth(one.interval, other.interval))


@relation(
    "C.contribution_within",
    "warning",
    says="the points that a part contributes are at most the growth of the whole and what the rest may lose",
    rationale="A part of a growing business rarely contributes more points than the business grew by.",
    fix="check the points, and what they are points of",
)
def contribution_within(facts: Facts) -> Iterator[Case]:
    """Each contribution to growth against the growth of its parent breakdown, give or take a fall of the rest."""
    rest = Interval(None, Decimal(0), Decimal(5))
    for printed in facts.by_measure.get("contribution_yoy", []):
        parent = facts.reference.breakdowns.get(printed.series.breakdown_id, {}).get("parent_breakdown_id", "")
        if parent and printed.period is not None:
            for basis in ("reported", "constant_currency"):
                whole = printed.series._replace(
                    breakdown_id=parent, measure="growth_yoy", unit_id="percent", basis=basis
                )
                options = tuple(
                    Option((o,), Interval(None, None, sum_of([o.interval, rest]).high))
                    for o in far_reaching(facts.readings(whole, printed.period))
                )
                if options:
                    yield Case(printed, options)
                    break


RELATIONS = (foreseen, constant_currency, growth_over_recast, contribution_within)
