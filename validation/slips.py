"""Name the slip that would explain a number: another unit, a factor of ten, a lost sign, a ratio for a percentage."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from validation.arithmetic import meets, negated, scaled, shifted
from validation.facts import Observation
from validation.intervals import Interval, decimal_text
from validation.reference import Reference

__all__ = ["slips"]

WIDEST = 9
"""An interval whose ends differ by more than this factor cannot tell a number from ten times the number."""
TENS = tuple(Decimal(1).scaleb(power) for power in (-1, 1, -2, 2, -3, 3, -4, 4))


def slips(printed: Observation, implied: Interval, reference: Reference) -> Iterator[str]:
    """Each slip that would make a print meet what is implied, in words, the likeliest first.

    Nothing is named for a print that is a bound, nor where what is implied could be ten times itself.
    """
    if _says_nothing(implied) or printed.interval.low is None or printed.interval.high is None:
        return
    yield from _units(printed, implied, reference)
    yield from _powers(printed, implied, TENS[:4] if printed.series.unit_id == "percent" else TENS)
    if meets(negated(printed.interval), implied):
        yield f"{_negative(printed)} would fit: the sign may be lost"
    yield from _forms(printed, implied)


def _says_nothing(implied: Interval) -> bool:
    if implied.low is None or implied.high is None or implied.low == implied.high == 0:
        return True
    near, far = sorted((abs(implied.low), abs(implied.high)))
    return implied.low * implied.high > 0 and far > WIDEST * near


def _units(printed: Observation, implied: Interval, reference: Reference) -> Iterator[str]:
    own = reference.units[printed.row["printed_unit_id"]]
    for unit in sorted(reference.units.values(), key=lambda unit: unit.unit_id):
        alike = unit.canonical_unit_id == own.canonical_unit_id and unit.factor != own.factor
        if alike and meets(scaled(printed.interval, unit.factor / own.factor), implied):
            yield f"{printed.row['printed_value']} would fit as {unit.unit_id}"


def _powers(printed: Observation, implied: Interval, tens: tuple[Decimal, ...]) -> Iterator[str]:
    for factor in tens:
        if meets(scaled(printed.interval, factor), implied):
            digits = decimal_text(Decimal(printed.row["printed_value"]) * factor)
            times = f"{decimal_text(1 / factor)} times too large" if factor < 1 else f"{factor:f} times too small"
            yield f"{digits} {printed.row['printed_unit_id']} would fit: the print is {times}"
            return


def _negative(printed: Observation) -> str:
    return decimal_text(-Decimal(printed.row["printed_value"]))


def _forms(printed: Observation, implied: Interval) -> Iterator[str]:
    """A level in percent of its base that was taken for growth: 400 % of the base is growth of 300 %."""
    if printed.series.measure.startswith("growth") and meets(printed.interval, shifted(implied, Decimal(100))):
        yield f"{printed.row['printed_value']} % would fit as the level in percent of its base, not as growth"
