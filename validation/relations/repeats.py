"""One number where two are expected: the same figure under two periods, or a year to date under a quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np

from canonical.spans import Period, preceding, year_before
from validation.relations.facts import ACTUAL, Facts, Observation, Series, is_same_number
from validation.relations.lines import Asked, Lines, asked_facts
from validation.relations.quantities import adds_up_over_time, is_extensive, is_plain, significant_digits
from validation.relations.relation import MOST_OPTIONS, Remark, mixed_up, relation
from validation.relations.same_numbers import in_both, told_finer
from validation.relations.unheld import unheld

__all__ = ["RELATIONS", "may_be_repeated"]

RATES = ("growth_yoy", "share")
"""Rates that move from one period to the next: to a tenth of a percent none stands still; margins do."""
BASES = ("reported", "constant_currency")
FORESEEN = ("guidance", "forecast", "target", "plan")
"""Standings of what has not come yet."""
ENOUGH, FEW, MANY = 2, 3, 4
"""So many digits are no chance in a document of another year, in one document, or in a rate, and across documents."""
SOON, STEP = timedelta(days=120), 2
"""Within so many days after a period documents tell of it; rates of two periods so many points apart differ."""
ROUND = "00"
"""A number to the unit that ends so is perhaps rounded."""
REACH, MONTH, YEAR = 4, timedelta(days=31), timedelta(days=370)
"""A balance is told anew each quarter: its number may have come from one of the four before, not from days ago."""


@relation(
    "C.repeated_number",
    "warning",
    says="one number does not stand under two periods of a series",
    rationale="A figure under two quarters was copied one place too far, or the list names another kind of year.",
    fix="check the period of each in the source; put a wrong period right in corrections",
)
def repeated_number(facts: Facts) -> Iterator[Remark]:
    """Each period of a flow or a rate against the one before it and the year before, each balance against four before.

    To some digits, nothing stands still. Each plan, target or forecast against the results of these periods, too. Two
    digits are enough where one document alone tells the earlier of two years, and came out with the later. What may be
    of the column beside it is asked for.
    """
    told_again = _with_a_number_told_again(facts)
    for series, periods in facts.by_series.items():
        if series in told_again:
            is_of_span = _is_rate(series) or _is_flow(series, facts)
            pairs = _neighbours(periods) if is_of_span else _up_to_a_year_apart(periods)
            for earlier, later in (pair for pair in pairs if _is_shared(*pair, periods)):
                found = list(_repeats(periods[earlier], periods[later]))
                found = found or list(_a_year_early(periods[earlier], periods[later]))
                yield from found or _of_another_column(earlier, later, periods, facts)
    yield from _results_as_plans(facts)


def _is_shared(one: Period, other: Period, periods: Mapping[Period, list[Observation]]) -> bool:
    """Whether some print of one period shows the number of one of the other."""
    told = {o.interval.value for o in periods[one]}
    return any(o.interval.value in told for o in periods[other])


def _results_as_plans(facts: Facts) -> Iterator[Remark]:
    """What is foreseen of a period with the number that the one before it, or the year before, was told with."""
    for series, periods in facts.by_series.items():
        if series.standing.startswith(FORESEEN) and may_be_repeated(series, facts):
            told = facts.by_series.get(series._replace(standing=ACTUAL), {})
            for period, prints in periods.items() if told else ():
                asked = [o for o in prints if not o.row["printed_value_to"] and _digits(o) >= MANY]
                for earlier in dict.fromkeys((preceding(period), year_before(period))) if asked else ():
                    yield from _repeats(told.get(earlier, []) if earlier else [], asked)


def _with_a_number_told_again(facts: Facts) -> Asked:
    """The flows, balances and rates of which one number stands under two periods of one length."""
    lines = Lines(facts, lambda series: may_be_repeated(series, facts))
    values, line = facts.numbers.values[lines.prints], lines.line[lines.fact]
    order = np.lexsort((lines.fact, values, line))
    is_same = (values[order][1:] == values[order][:-1]) & (line[order][1:] == line[order][:-1])
    is_again = np.zeros(len(order), np.bool_)
    is_again[order[1:][is_same & (lines.fact[order][1:] != lines.fact[order][:-1])]] = True
    return asked_facts(facts, lines.doubtful(is_again))


def may_be_repeated(series: Series, facts: Facts) -> bool:
    """Whether its numbers are flows, balances or rates."""
    return _is_rate(series) or is_extensive(series, facts.reference) or adds_up_over_time(series, facts.reference)


def _is_rate(series: Series) -> bool:
    return series.measure in RATES


def _is_flow(series: Series, facts: Facts) -> bool:
    return facts.reference.metrics[series.metric_id]["aggregation"] == "sum"


def _neighbours(periods: dict[Period, list[Observation]]) -> Iterator[tuple[Period, Period]]:
    """Pairs of periods of one type that follow one another, and pairs a year apart."""
    for same_type in _by_type(periods):
        yield from pairwise(same_type)
        places = {period: place for place, period in enumerate(same_type)}
        for place, period in enumerate(same_type):
            before = places.get(year_before(period))
            if before is not None and place - before > 1:
                yield same_type[before], period


def _up_to_a_year_apart(periods: dict[Period, list[Observation]]) -> Iterator[tuple[Period, Period]]:
    """Pairs of periods of one type no more than four reports apart."""
    for same_type in _by_type(periods):
        for place, later in enumerate(same_type):
            for earlier in reversed(same_type[max(0, place - REACH) : place]):
                if MONTH < later.end - earlier.end <= YEAR:
                    yield earlier, later


def _by_type(periods: dict[Period, list[Observation]]) -> Iterable[list[Period]]:
    """The periods of each type, in order of time."""
    of_type: dict[str, list[Period]] = {}
    for period in periods:
        of_type.setdefault(period.type, []).append(period)
    return of_type.values()


def _repeats(earlier: list[Observation], later: list[Observation]) -> Iterator[Remark]:
    """A remark on the first print of the later period that repeats one of the earlier."""
    told: dict[Decimal | None, list[Observation]] = defaultdict(list)
    for o in earlier:
        told[o.interval.value].append(o)
    for printed in later:
        same = next((o for o in told.get(printed.interval.value, [])[:MOST_OPTIONS] if _is_repeat(printed, o)), None)
        if same is not None and not (told_finer(printed, later) or told_finer(same, earlier)):
            yield mixed_up(printed, same, f"the number of the {_label(same)} stands under another period too")
            return


def _a_year_early(earlier: list[Observation], later: list[Observation]) -> Iterator[Remark]:
    """A remark on each number that its document alone tells of a period, and others of the same one a year on.

    A document that came out soon after the later period tells of that, unless it prints both.
    """
    own = {o.source_id for o in later}
    for o in earlier:
        same = next((p for p in later if p.interval.value == o.interval.value and _is_a_year_on(p, o)), None)
        is_alone = all(p is o or p.interval.value != o.interval.value for p in earlier)
        if same is not None and o.source_id not in own and is_alone and len(significant_digits(o)) >= ENOUGH:
            yield mixed_up(o, same, f"its document came out with the {_label(same)}, of which others print this number")


def _of_another_column(
    earlier: Period, later: Period, periods: dict[Period, list[Observation]], facts: Facts
) -> Iterator[Remark]:
    """A notice on each number that nothing bears out and another document prints of the period before or a year ago.

    Of a level three digits are enough; a rate is that of a year ago, and apart from those of the periods beside it.
    """
    own = {o.source_id for o in periods[earlier]}
    for o in periods[later]:
        is_asked = o.source_id not in own and o.series.standing == ACTUAL and is_plain(o)
        same = [p for p in periods[earlier] if is_plain(p) and p.interval.value == o.interval.value]
        is_alone = bool(same) and is_asked and o.row_id in unheld(facts) and not told_finer(o, periods[later])
        is_fine_flow = later.type != "instant" and _digits(o) >= FEW and bool(same) and is_same_number(o, same[0])
        if is_alone and (_is_apart(o, earlier, later, facts) if _is_rate(o.series) else is_fine_flow):
            told = f"the number of the {_label(same[0])} stands under another period too, and nothing bears it out"
            yield mixed_up(o, same[0], told)._replace(severity="notice")


def _is_apart(o: Observation, earlier: Period, later: Period, facts: Facts) -> bool:
    """Whether a rate that was told a year ago lies apart from those just before and after it, and on another basis."""
    if year_before(later) != earlier or o.interval.value is None:
        return False
    periods, bases = facts.by_series[o.series], (o.series._replace(basis=name) for name in BASES)
    beside = [periods[p] for p in periods if p == preceding(later) or preceding(p) == later]
    prints = [*beside, *(facts.by_fact.get((series, later), []) for series in bases if series != o.series)]
    rates = [told[0].interval.value for told in prints if told]
    told = [rate for rate in rates if rate is not None]
    return bool(beside) and not min(told) - STEP <= o.interval.value <= max(told) + STEP


def _is_a_year_on(one: Observation, other: Observation) -> bool:
    """Whether a result is of the period a year after another, which is told in a document that came out with the first.

    Of what is foreseen the same number may stand for several years.
    """
    if one.period is None or other.period is None or other.known_on is None or one.series.standing != ACTUAL:
        return False
    return year_before(one.period) == other.period and one.period.end <= other.known_on <= one.period.end + SOON


def _is_repeat(one: Observation, other: Observation) -> bool:
    """Whether two prints are one number of so many digits that it is no chance: more of them across documents."""
    if one.interval.value != other.interval.value or not is_same_number(one, other):
        return False
    digits = min(_digits(one), _digits(other))
    if _is_rate(one.series):
        return digits >= FEW
    is_balance = one.period is not None and one.period.type == "instant"
    return digits >= (FEW if one.source_id == other.source_id and not is_balance else MANY)


def _digits(o: Observation) -> int:
    """How many digits of a number a print tells: zeros at its end too, where it is told to the unit and plainly."""
    told = len(significant_digits(o))
    if not is_plain(o) or o.row["decimals"] != "0" or o.row["printed_value"].endswith(ROUND):
        return told
    return max(told, len(o.row["printed_value"].lstrip("-")))


@relation(
    "P.year_to_date",
    "error",
    says="a quarter is not the year to date",
    rationale="Cash flow statements print the year to date: its figure taken for the quarter inflates every sum.",
    fix="take the quarter by difference, or give the row the period the figure is about",
)
def year_to_date(facts: Facts) -> Iterator[Remark]:
    """Each quarter against the longer periods of the same series that end with it and hold other quarters."""
    longer = ("half_year", "nine_months", "year")
    for series, periods in facts.by_series.items():
        if is_extensive(series, facts.reference) and _is_flow(series, facts):
            sums: dict[date, list[Observation]] = defaultdict(list)
            for period, prints in periods.items():
                if period.type in longer:
                    sums[period.end] += prints
            for period, prints in periods.items() if sums else ():
                if period.type == "quarter" and period.end in sums:
                    yield from _not_among(prints, sums[period.end])


def _not_among(prints: list[Observation], sums: list[Observation]) -> Iterator[Remark]:
    for printed, same in in_both(prints, sums):
        yield mixed_up(printed, same, f"the quarter has the number of the {_label(same)}")


def _label(observation: Observation) -> str:
    return observation.period.label if observation.period else "undated print"


RELATIONS = (repeated_number, year_to_date)
