"""What the codes of a row decide of its print: once for each combination of codes in a block, by a few look-ups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock

import polars as pl

from canonical.conventions import conventions
from canonical.fill import price_factor
from canonical.intervals import LEAST_DECIMALS, MIRRORED
from canonical.reading.coded import Block
from canonical.reference import Reference
from canonical.table_schema import TableSchema
from validation.units.frame import IN_ITS_UNIT, QUANTITY_OF_MEASURE

__all__ = ["KnownKinds", "coded_kinds", "of_observations", "of_prices"]

MOST_KNOWN = 200_000
"""So many combinations are kept with what they decide."""
DECIMALS = r"^(0|-?[1-9][0-9]?)$"
LARGEST_POWER = 18
LARGEST_FACTOR = 1e15
TWO_ENDED = ("range", "spread")
TERMS: Mapping[str, tuple[int, int, int, int]] = {
    "x": (2, 0, 0, 0), "y": (0, 0, 0, 2), "x - h": (2, -2, 0, 0), "x + h": (2, 2, 0, 0), "x + 2h": (2, 4, 0, 0),
    "x - u": (2, 0, -2, 0), "x + u": (2, 0, 2, 0), "(x + y) / 2": (1, 0, 0, 1), "": (0, 0, 0, 0),
}  # fmt: skip
"""The terms of the interval table that whole numbers give: twice so many x, h, u and y."""


def coded_kinds(block: Block, schema: TableSchema, names: Sequence[str]) -> tuple[pl.DataFrame, pl.Series]:
    """The combinations of some columns as a frame, defaults filled in, and which of them each row holds."""
    kinds = block.combined(names)
    assert kinds.codes is not None
    frame = pl.DataFrame({name: block.columns[name].at(kinds.values) for name in names})
    defaults = {f.name: f.default for f in schema.fields if f.name in names and f.filled == "default"}
    return frame.with_columns(pl.col(name).fill_null(text) for name, text in defaults.items()), kinds.codes


@dataclass
class KnownKinds:
    """What combinations of codes decide, each asked in the first block that holds it."""

    known: pl.DataFrame | None = None
    lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def __reduce__(self) -> tuple[type[KnownKinds], tuple[pl.DataFrame | None]]:
        """Another process has a lock of its own."""
        return KnownKinds, (self.known,)

    def of(self, kinds: pl.DataFrame, decide: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
        """What `decide` gives of each of `kinds`, its columns alone; always asked to be decided by the same."""
        asked = kinds.rename(lambda name: f"of:{name}")
        if (known := self.known) is not None:
            found = asked.join(known, on=asked.columns, how="left", nulls_equal=True, maintain_order="left")
            if found.get_column("is_known").null_count() == 0:
                return found.drop(asked.columns)
        decided = decide(kinds).with_columns(is_known=True)
        more = pl.concat([asked, decided], how="horizontal")
        with self.lock:
            more = more if self.known is None else pl.concat([self.known, more]).unique(asked.columns)
            self.known = more if more.height < MOST_KNOWN else self.known
        return decided


def form_columns() -> Iterable[pl.Expr]:
    """Of bound and precision word: the terms of the three ends, whether they are known or surely none."""
    kind = pl.concat_str(pl.col("bound"), pl.lit("|"), pl.col("precision_word"))
    known = {f"{bound}|{word}": c for (bound, word), c in conventions().items()}
    whole = {k: c for k, c in known.items() if {c.value, c.low, c.high} <= TERMS.keys()}
    for place, end in enumerate(("value", "low", "high")):
        terms = {k: (c.value, c.low, c.high)[place] for k, c in whole.items()}
        for at, name in enumerate("xhuy"):
            numbers = {k: TERMS[term][at] for k, term in terms.items()}
            yield kind.replace_strict(numbers, default=None, return_dtype=pl.Int64).alias(f"{end}_{name}")
        bounded = {k: bool(term) for k, term in terms.items()}
        yield kind.replace_strict(bounded, default=None, return_dtype=pl.Boolean).alias(f"{end}_bounded")
    yield kind.is_in(list(whole)).alias("is_whole")
    yield (kind == "eq|none").alias("is_plain")
    yield pl.col("bound").is_in(TWO_ENDED).alias("two_ended")
    yield pl.col("bound").is_in(list(MIRRORED)).alias("is_mirrored")
    yield (pl.col("bound") == "range_up").alias("may_have_end")
    yield _is_no_form(kind, list(known)).alias("no_form")


def _is_no_form(kind: pl.Expr, known: list[str]) -> pl.Expr:
    """Whether no print has such a bound and word, as long as bounds are not mirrored below zero."""
    two_ended = pl.col("bound").is_in(TWO_ENDED)
    plain = pl.when(pl.col("precision_word").eq("approximately") & (pl.col("bound") != "eq"))
    one = plain.then(pl.concat_str(pl.col("bound"), pl.lit("|none"))).otherwise(kind)
    of_two = ~pl.col("precision_word").is_in(["none", "approximately"])
    return pl.when(two_ended).then(of_two).otherwise(~one.is_in(known))


def factor_columns(column: str, factors: Mapping[str, Decimal]) -> Iterable[pl.Expr]:
    """The factor of the unit in a column as `number` and `power`, null for units without a short one."""
    numbers: dict[str, int] = {}
    powers: dict[str, int] = {}
    for unit_id, factor in factors.items():
        exponent = factor.normalize().as_tuple().exponent
        power = max(-exponent, 0) if isinstance(exponent, int) else LARGEST_POWER
        if power < LARGEST_POWER and factor.scaleb(power) < LARGEST_FACTOR:
            powers[unit_id], numbers[unit_id] = power, int(factor.scaleb(power))
    for name, parts in (("number", numbers), ("power", powers)):
        yield pl.col(column).replace_strict(parts, default=None, return_dtype=pl.Int64).alias(name)
    yield (pl.col(column).is_not_null() & pl.col(column).is_in(list(factors))).alias("has_unit")


def of_observations(kinds: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """What the codes of observations decide: factor, form, decimals, and whether unit and metric agree."""
    units, metrics = reference.units, reference.metrics
    quantity = _looked_up("printed_unit_id", {name: unit.quantity for name, unit in units.items()})
    of_metric = _looked_up("metric_id", {name: row["quantity"] for name, row in metrics.items()})
    of_measure = _looked_up("measure", QUANTITY_OF_MEASURE)
    canonical = _looked_up("printed_unit_id", {name: unit.canonical_unit_id for name, unit in units.items()})
    in_its_unit = pl.col("measure").is_in(IN_ITS_UNIT) & (of_metric != "ratio").fill_null(False)
    counts = pl.col("metric_id").is_in([name for name, row in metrics.items() if row.get("exact") == "true"])
    decimals = pl.col("decimals").cast(pl.String)
    claimed = pl.when(decimals.str.contains(DECIMALS)).then(decimals).cast(pl.Int64, strict=False)
    expected = pl.coalesce(pl.when(~in_its_unit).then(of_measure), of_metric, quantity)
    return kinds.select(
        *factor_columns("printed_unit_id", {name: unit.factor for name, unit in units.items()}),
        *form_columns(),
        claimed.alias("decimals"),
        (decimals.is_null() | (claimed >= LEAST_DECIMALS).fill_null(False)).alias("has_decimals"),
        ((pl.col("measure") == "rank") | ((pl.col("measure") == "level") & counts)).fill_null(False).alias("is_exact"),
        (quantity != expected).fill_null(False).alias("wrong_quantity"),
        (canonical.is_not_null() & canonical.ne_missing(pl.col("unit_id"))).alias("wrong_unit"),
    )


def of_prices(kinds: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """What the codes of prices decide: factor and form; amounts are exact, and of none the decimals are stated."""
    return kinds.select(
        *factor_columns("printed_per_unit_id", {name: price_factor(unit) for name, unit in reference.units.items()}),
        *form_columns(),
        pl.lit(None, dtype=pl.Int64).alias("decimals"),
        pl.lit(True).alias("is_exact"),
        (pl.col("price_state") == "unknown").fill_null(False).alias("is_unknown"),
    )


def _looked_up(column: str, values: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(dict(values), default=None, return_dtype=pl.String)
