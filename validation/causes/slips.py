"""Name the slip that would explain a number: another unit, a factor of ten, a lost sign, a run rate, a ratio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from canonical.arithmetic import meets, negated, product, scaled, shifted, sum_of
from canonical.intervals import Interval, decimal_text
from canonical.reference import Reference
from validation.relations.facts import Observation
from validation.relations.quantities import adds_up_over_time
from validation.relations.rates import rates_of_days

__all__ = ["WIDEST", "at_home", "in_other_currency", "misread", "other_forms", "put_right", "slips"]

WIDEST = 9
"""An interval whose ends differ by more than this factor cannot tell a number from ten times the number."""
DIGITS = 3
"""Fewer digits are alike by chance."""
TENS = tuple(Decimal(1).scaleb(power) for power in (-1, 1, -2, 2, -3, 3, -4, 4))
BESIDE = {"CNY": ("USD", "HKD")}
"""Currencies in which reports print a number once more, or another table prints it."""
NEAR, AROUND = timedelta(days=100), Decimal("0.005")
"""Reports convert at a rate of the end of their period or of a day until they come out, or at a mean, rounded."""
PER_YEAR = {"quarter": Decimal(4), "month": Decimal(12)}
"""So many times a period goes into a year: what a run rate multiplies it by."""


def slips(printed: Observation, implied: Interval, reference: Reference) -> Iterator[str]:
    """Each slip that would make a print meet what is implied, in words, the likeliest first.

    Of a print that is a bound only a run rate is named; nothing where what is implied could be ten times itself,
    and no unit and no power of ten where it, or the print, may be zero.
    """
    if implied.low is None or implied.high is None:
        return
    is_known = printed.interval.low is not None and printed.interval.high is not None
    if _tells_size(implied):
        yield from (words for instead, words in put_right(printed, reference) if meets(instead, implied))
        yield from _exchanged(printed, implied)
    crosses_zero = implied.low < 0 < implied.high
    if is_known and (_tells_size(implied) or crosses_zero) and meets(negated(printed.interval), implied):
        yield f"{_negative(printed)} would fit: the sign may be lost"
    if is_known and _tells_size(implied):
        yield from _forms(printed, implied)


def _tells_size(implied: Interval) -> bool:
    """Whether an interval has one sign and ends of one order of magnitude."""
    if implied.low is None or implied.high is None or implied.low * implied.high <= 0:
        return False
    near, far = sorted((abs(implied.low), abs(implied.high)))
    return far <= WIDEST * near


def put_right(printed: Observation, reference: Reference) -> Iterator[tuple[Interval, str]]:
    """What a print would be in each other unit of its kind, with its point elsewhere, or as a run rate, in words.

    Zero stays zero; of a bound nothing is known but that a run rate lies near it.
    """
    interval = printed.interval
    if interval.low is not None and interval.high is not None and interval.value:
        yield from _in_other_units(printed, reference)
        yield from _with_moved_point(printed)
    yield from _as_run_rate(printed, reference)


def _in_other_units(printed: Observation, reference: Reference) -> Iterator[tuple[Interval, str]]:
    own = reference.units[printed.row["printed_unit_id"]]
    for unit in sorted(reference.units.values(), key=lambda unit: unit.unit_id):
        if unit.canonical_unit_id == own.canonical_unit_id and unit.factor != own.factor:
            words = f"{printed.row['printed_value']} would fit as {unit.unit_id}"
            yield scaled(printed.interval, unit.factor / own.factor), words


def _with_moved_point(printed: Observation) -> Iterator[tuple[Interval, str]]:
    for factor in TENS[:4] if printed.series.unit_id == "percent" else TENS:
        digits = decimal_text(Decimal(printed.row["printed_value"]) * factor)
        times = f"{decimal_text(1 / factor)} times too large" if factor < 1 else f"{factor:f} times too small"
        words = f"{digits} {printed.row['printed_unit_id']} would fit: the print is {times}"
        yield scaled(printed.interval, factor), words


def in_other_currency(printed: Observation, reference: Reference) -> Iterator[tuple[Interval, str]]:
    """What a print of money would be, were it typed in another currency that its report prints, in words."""
    own, period = reference.units[printed.row["printed_unit_id"]].currency, printed.period
    if period is None or not printed.interval.value:
        return
    first, last = max(period.start or date.min, period.end - NEAR), period.end + NEAR
    for currency in BESIDE.get(own, ()):
        rates = rates_of_days(currency, own, first, last, reference.folder)
        if rates is not None:
            at_rate = product(printed.interval, Interval(None, rates[0] * (1 - AROUND), rates[1] * (1 + AROUND)))
            yield at_rate, f"{printed.row['printed_value']} would fit in {currency}"


def at_home(printed: Observation, home: Interval, reference: Reference) -> Iterator[str]:
    """The currencies that would bring a print into an interval, then a unit or place of its point, in words."""
    yield from (words for instead, words in in_other_currency(printed, reference) if meets(instead, home))
    told: set[Decimal | None] = set()
    for instead, words in put_right(printed, reference):
        if meets(instead, home) and instead.value not in told:
            told.add(instead.value)
            yield words


def _as_run_rate(printed: Observation, reference: Reference) -> Iterator[tuple[Interval, str]]:
    """A run rate taken for the level of its quarter or month, or the level taken for a run rate."""
    of = printed.period.type if printed.period else ""
    if of not in PER_YEAR or not adds_up_over_time(printed.series._replace(measure="level"), reference):
        return
    times, stated = PER_YEAR[of], _near_bound(printed.interval)
    found = f"{printed.row['printed_value']} would fit as"
    if printed.series.measure == "level":
        yield (
            _of_rounded(scaled(stated, 1 / times), printed),
            f"{found} a run rate, {times} times the {of}, not as its level",
        )
    if printed.series.measure == "annualised":
        yield scaled(stated, times), f"{found} the level of the {of}, not as a run rate"


def _of_rounded(level: Interval, printed: Observation) -> Interval:
    """The level of a run rate that was multiplied from a rounded level, which is as coarse as the print itself."""
    low, high = printed.interval.low, printed.interval.high
    if low is None or high is None or len(_places(printed.row["printed_value"])) < DIGITS:
        return level
    half = (high - low) / 2
    return sum_of([level, Interval(None, -half, half)])


def _exchanged(printed: Observation, implied: Interval) -> Iterator[str]:
    """Two neighbouring digits in the wrong order, where what is implied is known to three digits."""
    typed = printed.row["printed_value"]
    for one, next_ in pairwise(_places(typed)) if _tells_digits(printed, implied) else ():
        digits = list(typed)
        digits[one], digits[next_] = digits[next_], digits[one]
        other = "".join(digits)
        if _would_fit(other, printed, implied):
            yield f"{other} {printed.row['printed_unit_id']} would fit: two digits may be exchanged"
            return


def misread(printed: Observation, implied: Interval) -> Iterator[str]:
    """One digit read as another, or one too many, such as the mark of a footnote, where only one number would fit.

    A last digit, zeros apart, that is another one is rounded otherwise, or recast, more often than misread.
    """
    typed, places = printed.row["printed_value"], _places(printed.row["printed_value"])
    if not _tells_digits(printed, implied):
        return
    before_last = _places(typed.rstrip("0."))[:-1]
    read = {f"{typed[:place]}{digit}{typed[place + 1 :]}" for place in before_last for digit in "0123456789"}
    more = {f"{typed[:place]}{typed[place + 1 :]}" for place in places} if len(places) > DIGITS else set[str]()
    for others, words in ((read, "one digit may be misread"), (more, "one digit may be too many")):
        fitting = sorted(other for other in others if _would_fit(other, printed, implied))
        if len(fitting) == 1:
            yield f"{fitting[0]} {printed.row['printed_unit_id']} would fit: {words}"
        if fitting:
            return


def _places(typed: str) -> list[int]:
    return [place for place, character in enumerate(typed) if character.isdecimal()]


def _tells_digits(printed: Observation, implied: Interval) -> bool:
    """Whether a print has three digits, and what is implied is known as well."""
    if implied.low is None or implied.high is None or printed.row["bound"] != "eq":
        return False
    is_known = (implied.high - implied.low) * 100 <= abs(implied.low)
    return is_known and len(_places(printed.row["printed_value"])) >= DIGITS


def _would_fit(other: str, printed: Observation, implied: Interval) -> bool:
    """Whether other digits in place of the typed ones would meet what is implied; the value moves as the digits do."""
    typed = Decimal(printed.row["printed_value"])
    return bool(typed) and Decimal(other) != typed and meets(scaled(printed.interval, Decimal(other) / typed), implied)


def _near_bound(interval: Interval) -> Interval:
    """The interval of a print; of a bound what lies within a tenth of it."""
    low, high = interval.low, interval.high
    if low is not None and high is None:
        return replace(interval, high=low + abs(low) / 10)
    if high is not None and low is None:
        return replace(interval, low=high - abs(high) / 10)
    return interval


def _negative(printed: Observation) -> str:
    return decimal_text(-Decimal(printed.row["printed_value"]))


def _forms(printed: Observation, implied: Interval) -> Iterator[str]:
    """A level in percent of its base that was taken for growth, and the share of all others taken for a share."""
    yield from (words for instead, words in other_forms(printed) if meets(instead, implied))


def other_forms(printed: Observation) -> Iterator[tuple[Interval, str]]:
    """What a rate would be, were it typed in another form, in words.

    400 % of the base is growth of 300 %, and where all others have 97 % of a whole, 3 % are left.
    """
    typed, hundred = printed.row["printed_value"], Decimal(100)
    if printed.series.measure.startswith("growth"):
        words = f"{typed} % would fit as the level in percent of its base, not as growth"
        yield shifted(printed.interval, -hundred), words
    if printed.series.measure == "share":
        rest = decimal_text(hundred - Decimal(typed))
        yield shifted(negated(printed.interval), hundred), f"{rest} % would fit: the print is what all others have"
