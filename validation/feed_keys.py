"""Which rows of a large feed relations hold together: those of a family, of a document, of one number."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from canonical.reference import Reference
from validation.relations.reach import family_of

__all__ = ["KEYS", "NAMES", "READ", "across", "keys_of", "parts_of_entities", "twofold"]

KEYS: dict[str, pl.DataType] = {
    "part": pl.UInt32(), "document": pl.UInt64(), "apart": pl.Boolean(), "number": pl.UInt64(),
    "entity_id": pl.UInt64(), "metric_id": pl.UInt64(), "breakdown_id": pl.UInt64(),
}  # fmt: skip
"""What is kept of each row: the part of its family; hashes of its document and names; whether it speaks of more than
one entity; and a hash of its number and period, null where it has too few digits to be known again."""
NAMES = ("entity_id", "metric_id", "breakdown_id")
"""The names in one of which alone `C.twofold_number` finds two prints of one number to differ."""
DIGITS = 4
"""As many digits as `C.twofold_number` asks for."""
DEFAULTS = {"measure": "level", "breakdown_id": "total", "basis": "reported"}
READ = (
    "source_id", *NAMES, "measure", "basis", "of_entity_id", "period_type", "period_end", "bound", "printed_value",
    "printed_unit_id", "value", "unit_id",
)  # fmt: skip


def parts_of_entities(parts: int, reference: Reference) -> dict[str, int]:
    """The part of each entity: entities of one family are in one of them."""
    parents = {name: row["parent_entity_id"] for name, row in reference.entities.items()}
    families = {entity: family_of(entity, parents) for entity in parents}
    order = {family: place % parts for place, family in enumerate(dict.fromkeys(families.values()))}
    return {entity: order[family] for entity, family in families.items()}


def keys_of(frame: pl.DataFrame, parts: Mapping[str, int], reference: Reference, document: str = "") -> pl.DataFrame:
    """The columns of `KEYS` for rows of observations; `document` is that of rows that name none."""
    return _named_keys(frame, parts, reference, document).with_columns(
        pl.when(pl.col("number").is_not_null()).then(pl.col("number").hash()).alias("number"),
        *(pl.col(name).hash() for name in ("document", *NAMES)),
    )


def _named_keys(
    frame: pl.DataFrame, parts: Mapping[str, int], reference: Reference, document: str = ""
) -> pl.DataFrame:  # fmt: skip
    """The columns of `KEYS` as they read: names as texts, and the number with its unit and period as a struct."""
    empty = DEFAULTS | {"source_id": document}
    texts = frame.select(
        (pl.col(name).cast(pl.String) if name in frame.columns else pl.lit(None, pl.String).alias(name))
        .replace("", None)
        .fill_null(pl.lit(empty.get(name, "")))
        for name in READ
    ).with_columns(_number(reference))
    of_number = pl.struct("number", "unit", "measure", "basis", "of_entity_id", "period_type", "period_end")
    return texts.select(
        pl.col("entity_id").replace_strict(parts, default=0, return_dtype=pl.UInt32).alias("part"),
        pl.col("source_id").alias("document"),
        ((pl.col("of_entity_id") != "") | (pl.col("bound") == "spread")).alias("apart"),
        pl.when(_digits() >= DIGITS).then(of_number).alias("number"),
        *NAMES,
    )


def _printed() -> pl.Expr:
    return pl.when(pl.col("printed_value") != "").then("printed_value").otherwise("value")


def _digits() -> pl.Expr:
    """How many digits a print has without the zeros at both ends."""
    return _printed().str.replace_all("[-.]", "").str.strip_chars("0").str.len_bytes()


def _number(reference: Reference) -> tuple[pl.Expr, pl.Expr]:
    """What a print comes to in its canonical unit, to the digits that doubles hold whatever the unit was, and that."""
    given = pl.when(pl.col("printed_value") != "").then("printed_unit_id").otherwise("unit_id")
    factors = {name: float(unit.factor) for name, unit in reference.units.items()}
    canonical = {name: unit.canonical_unit_id for name, unit in reference.units.items()}
    factor = given.replace_strict(factors, default=1.0, return_dtype=pl.Float64)
    number = (_printed().cast(pl.Float64, strict=False) * factor).round_sig_figs(12)
    return number.alias("number"), given.replace_strict(canonical, default="", return_dtype=pl.String).alias("unit")


def across(keys: pl.DataFrame, entities: Collection[str]) -> pl.Series:
    """Which rows relations read that look across families.

    Those that speak of more than one entity and those of `entities`; those whose number stands under another entity,
    metric or part too, nothing else apart; and of two parts with one number every period.
    """
    named = pl.Series(sorted(entities), dtype=pl.String).hash()
    found = twofold(keys.select(*NAMES, "apart", "number", is_named=pl.col("entity_id").is_in(named.implode())))
    series = (
        found.filter(pl.col("twice_breakdown_id")).select(NAMES).unique().with_columns(pl.lit(True).alias("part_of"))
    )
    found = found.join(series, on=NAMES, how="left", maintain_order="left")
    marks = ("apart", "is_named", *(f"twice_{name}" for name in NAMES), "part_of")
    return found.select(pl.any_horizontal(pl.col(mark).fill_null(False) for mark in marks)).to_series()


def twofold(keys: pl.DataFrame) -> pl.DataFrame:
    """The rows, in their order, each with a mark `twice_NAME` for each of `NAMES`: its number stands under another
    such name too, the other names alike. A mark that is not set is null.
    """
    known = keys.filter(pl.col("number").is_not_null())
    found = keys
    for name in NAMES:
        like = ["number", *(other for other in NAMES if other != name)]
        groups = known.group_by(like).agg(pl.col(name).n_unique().alias("different")).filter(pl.col("different") > 1)
        marked = groups.select(*like, pl.lit(True).alias(f"twice_{name}"))
        found = found.join(marked, on=like, how="left", maintain_order="left")
    return found
