"""How many slips in prices the rules name: rows drawn from the tables, each with one slip as lists make them.

    python -m benchmarks.price_slips 50 7

A slip changes the amount and the printed number together, so that only other prices can tell. It counts as named
where a finding that was not there before names the row.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import polars as pl

from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.package import Checker
from validation.prices.checks import check_prices
from validation.structure.checks import row_ids

__all__ = ["KINDS", "Made", "Tables", "exchange", "interval", "main", "replace_digit", "tables", "trial"]

TOGETHER = 15
"""So many slips are made at a time, each in a row of its own."""
Slip = Callable[[float, random.Random], float | None]


def exchange(amount: float, rng: random.Random) -> float | None:
    """The amount with two digits beside each other exchanged, none of them a zero before the first; None without."""
    text, digits = _digits(amount)
    pairs = [(one, other) for one, other in pairwise(digits) if text[one] != text[other]]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    signs = list(text)
    signs[one], signs[other] = signs[other], signs[one]
    return float("".join(signs))


def replace_digit(amount: float, rng: random.Random) -> float | None:
    """The amount with one digit, none of the zeros before the first, replaced by another; None where it becomes zero.

    >>> replace_digit(7.0, random.Random(1)) in {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0, None}
    True
    """
    text, digits = _digits(amount)
    if not digits:
        return None
    at = rng.choice(digits)
    other = rng.choice([digit for digit in "0123456789" if digit != text[at]])
    return float(text[:at] + other + text[at + 1 :]) or None


def _digits(amount: float) -> tuple[str, list[int]]:
    """An amount as written, and the places of its digits from the first that is no zero; none with an exponent."""
    text = f"{amount:.12g}"
    digits = [at for at, sign in enumerate(text) if sign.isdigit()]
    first = next((at for at in digits if text[at] != "0"), len(text))
    return text, [at for at in digits if at >= first and "e" not in text]


def _times(factor: float) -> Slip:
    return lambda amount, rng: float(f"{amount * factor:.12g}")


KINDS: Mapping[str, Mapping[str, Slip]] = {
    "compute_prices": {
        "a digit more": _times(10), "a digit less": _times(0.1), "cents for dollars": _times(100),
        "dollars for cents": _times(0.01), "the month for the hour": _times(730),
        "the hour of a month": _times(1 / 730), "two digits exchanged": exchange,
        "a digit replaced": replace_digit,
    },
    "model_prices": {
        "a digit more": _times(10), "a digit less": _times(0.1), "cents for dollars": _times(100),
        "dollars for cents": _times(0.01), "a thousand tokens for a million": _times(0.001),
        "a million tokens for a thousand": _times(1000), "two digits exchanged": exchange,
        "a digit replaced": replace_digit,
    },
}  # fmt: skip
"""By table, how lists slip."""


class Tables(NamedTuple):
    """The tables that price rules read, and the canonical unit of each unit."""

    models: pl.DataFrame
    machines: pl.DataFrame
    units: Mapping[str, str]
    sources: pl.DataFrame

    def named(self) -> set[tuple[str, str]]:
        """Each rule with each row that it names."""
        found = check_prices(self.models, self.machines, self.units, self.sources)
        return {(finding.rule, row.row_id) for finding in found for row in finding.rows}

    def of(self, table: str) -> pl.DataFrame:
        """One of the two tables of prices."""
        return self.models if table == "model_prices" else self.machines

    def with_amounts(self, table: str, amounts: Mapping[int, float]) -> Tables:
        """The tables with other amounts in some rows of one, each as if it were printed so."""
        frame = self.of(table).with_row_index("_at")
        new = pl.col("_at").replace_strict(dict(amounts), default=None, return_dtype=pl.Float64)
        printed = pl.col("printed_amount").cast(pl.Float64, strict=False) * new / pl.col("amount")
        cells = [
            pl.coalesce(new, "amount").alias("amount"),
            pl.coalesce(printed.cast(pl.String), "printed_amount").alias("printed_amount"),
        ]
        if "printed_text" in frame.columns:
            cells.append(pl.when(new.is_null()).then("printed_text"))
        changed = frame.with_columns(cells).drop("_at")
        return self._replace(**{"models" if table == "model_prices" else "machines": changed})


class Made(NamedTuple):
    """A slip that was made: its kind, where, its row, and the amount before and after."""

    table: str
    kind: str
    at: int
    row_id: str
    before: float
    after: float


def tables() -> Tables:
    """The tables of the package."""
    checker = Checker()
    frames = [checker.references(name) for name in ("model_prices", "compute_prices", "sources")]
    models, machines, sources = (frame if frame is not None else pl.DataFrame() for frame in frames)
    units = {unit.unit_id: unit.canonical_unit_id for unit in Reference().units.values()}
    return Tables(models, machines, units, sources)


def trial(given: Tables, each: int, seed: int) -> dict[tuple[str, str], list[tuple[Made, set[str]]]]:
    """By table and kind the slips that were made, each with the rules that name its row and did not before."""
    rng = random.Random(seed)
    before, outcome = given.named(), defaultdict[tuple[str, str], list[tuple[Made, set[str]]]](list)
    made = list(_slips(given, each, rng))
    rng.shuffle(made)
    for start in range(0, len(made), TOGETHER):
        some = {(slip.table, slip.at): slip for slip in made[start : start + TOGETHER]}
        changed = given
        for table in KINDS:
            changed = changed.with_amounts(table, {s.at: s.after for s in some.values() if s.table == table})
        found = changed.named() - before
        for slip in some.values():
            rules = {rule for rule, row_id in found if row_id == slip.row_id}
            outcome[slip.table, slip.kind].append((slip, rules))
    return outcome


def _slips(given: Tables, each: int, rng: random.Random) -> Iterator[Made]:
    for table, kinds in KINDS.items():
        frame = given.of(table)
        one_price = pl.col("bound") == "eq" if "bound" in frame.columns else pl.lit(True)
        places = frame.select(pl.arg_where((pl.col("amount") > 0) & one_price)).to_series().to_list()
        names = load_schema(table)
        for kind, slip in kinds.items():
            count = 0
            while places and count < each:
                at = rng.choice(places)
                amount = frame["amount"][at]
                after = slip(amount, rng)
                if after:
                    yield Made(table, kind, at, row_ids(names, frame[at : at + 1])[0], amount, after)
                    count += 1


def interval(named: int, of: int) -> tuple[float, float]:
    """Wilson's interval of 95 % for a share."""
    z, share = 1.96, named / of
    middle, half = share + z**2 / (2 * of), z * sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return (middle - half) / (1 + z**2 / of), (middle + half) / (1 + z**2 / of)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print by table and kind how many of the slips were named, with the interval of 95 %."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.price_slips", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=20, help="slips of each kind (default 20)")
    parser.add_argument("seed", nargs="?", type=int, default=7, help="seed of the rows and digits drawn (default 7)")
    options = parser.parse_args(arguments)
    every: dict[str, list[bool]] = defaultdict(list)
    for (table, kind), slips in sorted(trial(tables(), options.rows, options.seed).items()):
        named = [bool(rules) for _, rules in slips]
        every[table] += named
        every["in all"] += named
        print(f"{table}: {kind}: {_share(named)}")
    for table, named in every.items():
        print(f"{table}: {_share(named)}")
    return 0


def _share(named: list[bool]) -> str:
    low, high = interval(sum(named), len(named))
    return f"{sum(named)} of {len(named)}, {sum(named) / len(named):.0%} ({low:.0%} to {high:.0%})"


if __name__ == "__main__":
    sys.exit(main())
