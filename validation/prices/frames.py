"""Prices as the price checks read them: which rows are claims about one price, and which follow each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

import polars as pl

from validation.prices.findings import row_id
from validation.prices.key_codes import KeyCodes, key_codes
from validation.prices.series import MACHINE, MachineSeries, in_key_order, in_series, machine_series, rows_after

__all__ = [
    "LIST", "MACHINE", "MODEL", "MODEL_KEY", "TIER", "UNREAD", "UNREAD_OF_MODELS", "Prices", "apart", "power_of_ten",
    "priced_tokens", "spans", "text_tokens", "together", "without_mixed_output",
]  # fmt: skip

T = TypeVar("T")

LIST = ("source_id", "via_source_id")
"""What makes two rows prices of one list: the source, and the copy it was read in."""
MODEL = (*LIST, "seller", "region", "model", "meter", "mode", "tier_from_tokens", "printed_per_unit_id", "currency")
"""What makes two rows of a list one price of a model."""
MODEL_KEY = (
    pl.col("model").str.to_lowercase().str.strip_chars(" /").str.strip_prefix("models/").str.replace_all(r"[\s_]+", "-")
)
"""One spelling of the model."""
DOTS = (r"\.", "-")
"""Versions are written with hyphens."""
SHORT_NAME = pl.col("model_key").str.split("/").list.last().str.replace(r"^(?:[a-z0-9-]+\.)+([a-z])", "$1")
"""The name of a model without path, makers and regions that a seller puts before it: us.anthropic.claude-3."""
BARE_NAME = pl.col("model_key").str.split("/").list.last().str.replace_all(*DOTS)
"""The name of a model without path, its versions with hyphens."""
TIER = pl.when(pl.col("tier_from_tokens") > 0).then("tier_from_tokens")
"""The tokens from which a tier begins; a tier from the first token on is none."""
UNREAD = ("changed_after", "left_censored", "assumed", "printed_per_unit_id")
UNREAD_OF_MODELS = (
    "commitment", "endpoint", "offer_until", "precision_word", "left_censored", "assumed", "note", "amount_low",
    "amount_high",
)  # fmt: skip
"""Columns of machines, and of models, that no rule reads."""
UNREAD_IN_TIME = (
    "locator", "printed_amount", "printed_amount_to", "printed_text", "price_state", "common_name", "tier_to_tokens",
)  # fmt: skip
"""Further columns of models that no rule over time reads."""
UNREAD_OF_TOKENS = (
    "locator", "offer", "printed_amount", "printed_amount_to", "printed_text", "price_state", "bound",
    "tier_from_tokens", "tier_to_tokens", "printed_per_unit_id", "price_key",
)  # fmt: skip
"""Further columns that no rule over prices of tokens reads."""

PRICED = ("row_number", "model_price_id", "meter", "amount", "since", "until")
"""What rules over all prices of tokens read beside numbers for keys."""


class Prices:
    """The prices of models and of machines in a folder; a table that is absent has no rows.

    Rows stand in the order of their keys, whatever order their table has, so that what is found depends on none.
    `models` has, beside its own columns, `row_number` (from 1 in that order), `counted` (the canonical unit),
    `model_key` (one spelling of the model), `bare_name`, `name` and `common_name` (that without what a seller puts
    before it), `tier` (a tier from the first token on is none), `since` and `until` (days without gaps for what is
    unbounded), `price_key` (a number that rows of one list and price share). `model_codes` gives numbers for keys of
    its rows in their order; `places` the row number that each row has in its table, None where that is in order.
    `units` gives the canonical unit of each unit, `sources` is the table of sources.
    """

    def __init__(
        self, models: pl.DataFrame, machines: pl.DataFrame, units: Mapping[str, str], sources: pl.DataFrame
    ) -> None:
        """Complete the typed frames of `model_prices` and `compute_prices`.

        What names a machine stands as codes of its few different texts, which half a million rows join by.
        """
        self.sources = sources
        self._shared: dict[str, Any] = {}
        self._making: dict[str, Lock] = {}
        coded = pl.col(*MACHINE, "date_basis").cast(pl.Categorical)
        self._machines = machines.drop(UNREAD).with_columns(coded, *_days())
        models, self.places = in_key_order(models)
        names = models.select(pl.col("model").unique()).with_columns(model_key=MODEL_KEY)
        named = models.drop(UNREAD_OF_MODELS).with_row_index("row_number", 1).join(
            names.with_columns(bare_name=BARE_NAME, name=SHORT_NAME, common_name=SHORT_NAME.str.replace_all(*DOTS)),
            on="model", how="left", nulls_equal=True, maintain_order="left",
        )  # fmt: skip
        named = named.with_columns(
            counted=pl.col("printed_per_unit_id").replace_strict(units, default=None, return_dtype=pl.String), tier=TIER
        )
        self.model_codes = KeyCodes(named)
        self.models = spans(named, self.model_codes.of(*MODEL))

    def shared(self, name: str, make: Callable[[Prices], T]) -> T:
        """What several rules read in common, made by the first that asks; rules that ask at once wait for it."""
        with self._making.setdefault(name, Lock()):
            if name not in self._shared:
                self._shared[name] = make(self)
        return self._shared[name]

    def coded(self, models: pl.DataFrame, *key: str) -> pl.Series:
        """A number for the key of each of some rows of models; see `KeyCodes.of`."""
        return self.model_codes.of(*key).gather(models["row_number"] - 1)

    def models_after(self, condition: pl.Expr) -> pl.DataFrame:
        """Each row of models that follows another of its list and price and meets a condition; see `rows_after`."""
        rows = rows_after(self.model_series, condition)
        return rows.with_columns(other_id="before_model_price_id").sort("row_number")

    def machines_after(self, condition: pl.Expr) -> pl.DataFrame:
        """Each row of machines that follows another of its list and price and meets a condition; see `rows_after`."""
        rows = rows_after(self.machine_series, condition)
        return rows.with_columns(
            rows.with_columns(valid_from="before_valid_from").select(other_id=row_id("compute_prices"))
        )

    @cached_property
    def makers_of_images(self) -> pl.Series:
        """Makers most of whose prices count images: their tokens are steps or tiles of a picture."""
        is_image = pl.col("meter").str.contains("image", literal=True) | pl.col("counted").is_in(["image", "pixel"])
        made = self.models.select("maker", is_image=is_image).filter(pl.col("maker").is_not_null())
        shares = made.group_by("maker").agg(pl.col("is_image").mean())
        return shares.filter(pl.col("is_image") > 0.5)["maker"]

    @cached_property
    def mixed_outputs(self) -> pl.Series:
        """Bare names of the models for which some list prices tokens of images apart from those of text."""
        return self.models["bare_name"].filter(self.models["meter"] == "image_output").unique()

    @cached_property
    def model_series(self) -> pl.DataFrame:
        """The rows of models by list, price and day; see `in_series`."""
        return in_series(self.models.drop(UNREAD_IN_TIME))

    @cached_property
    def machines(self) -> pl.DataFrame:
        """The rows of machines in the order of `machine_series`, whatever order their table has."""
        order = self._machine_series.order
        return self._machines if order is None else self._machines[order]

    @property
    def machine_series(self) -> pl.DataFrame:
        """The rows of machines by list, price and day, with the columns that rules over time read."""
        return self._machine_series.rows

    @property
    def machine_keys(self) -> pl.DataFrame:
        """What names each price of machines: row n is that of `series` n + 1."""
        return self._machine_series.keys

    @property
    def machine_codes(self) -> KeyCodes:
        """Numbers for keys of the rows of `machine_keys`."""
        return self._machine_series.codes

    @cached_property
    def _machine_series(self) -> MachineSeries:
        return machine_series(self._machines)

    def machine_rows(self, of: pl.Expr, *columns: str, **keys: tuple[str, ...]) -> pl.DataFrame:
        """The priced rows of `machine_series` whose keys meet a condition: their place `at`, price and days.

        Added are the columns named, and numbers for the keys given.
        """
        series = self.machine_series["series"] - 1
        is_priced = (self.machine_series["amount"] > 0).fill_null(False)
        at = (self.machine_keys.select(of).to_series().gather(series) & is_priced).arg_true()
        place = series.gather(at)
        numbers = {name: self.machine_codes.of(*key).gather(place) for name, key in keys.items()}
        rows = self.machine_series.select("amount", "since", "until", *columns)[at]
        return rows.with_columns(at=at, **numbers)


def _days() -> tuple[pl.Expr, pl.Expr]:
    return (
        pl.col("valid_from").fill_null(date.min).alias("since"),
        pl.col("valid_to").fill_null(date.max).alias("until"),
    )


def spans(models: pl.DataFrame, price_key: pl.Series | None = None) -> pl.DataFrame:
    """The rows of models in their order with `since` and `until`, the days between which each price holds.

    An open span ends on the day before the next one of its list and price begins. `price_key` is a number for each
    list and price where it is known already.
    """
    keys = key_codes(models, MODEL) if price_key is None else price_key
    rows = models.with_columns(*_days(), price_key=keys)
    days = rows.select("price_key", "valid_to", "since", "until").with_row_index("_row")
    days = days.sort("price_key", "since", maintain_order=True)
    later = pl.col("since").shift(-1)
    follows = (pl.col("price_key") == pl.col("price_key").shift(-1)).fill_null(False)
    ends = pl.col("valid_to").is_null() & follows & (later > pl.col("since"))
    until = pl.when(ends).then(later.dt.offset_by("-1d")).otherwise("until").alias("until")
    return rows.with_columns(days.with_columns(until).sort("_row")["until"])


def priced_tokens(prices: Prices) -> pl.DataFrame:
    """The rows of models that state one amount above zero for tokens: `amount` is per million tokens.

    They have the columns `PRICED`, as all of models are read.
    """
    return prices.shared("priced_tokens", _priced_tokens)


def _priced_tokens(prices: Prices) -> pl.DataFrame:
    return prices.models.select(PRICED).filter(_of_tokens(prices))


def _of_tokens(prices: Prices, *also: pl.Expr) -> pl.Series:
    """Which rows of models are those of `priced_tokens`, and meet a further condition."""
    is_text = pl.col("maker").is_in(prices.makers_of_images.implode()).fill_null(False).not_()
    is_priced = (pl.col("counted") == "token") & (pl.col("amount") > 0) & (pl.col("bound") == "eq")
    return prices.models.select(pl.all_horizontal(is_priced, is_text, *also)).to_series()


def without_mixed_output(prices: Prices, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without output of models that put out images too: one list means text by it, another the images."""
    return rows.filter(_not_mixed(prices))


def _not_mixed(prices: Prices) -> pl.Expr:
    return ~((pl.col("meter") == "output") & pl.col("bare_name").is_in(prices.mixed_outputs.implode()))


def text_tokens(prices: Prices) -> pl.DataFrame:
    """The rows of `priced_tokens` without output that may be images."""
    return prices.shared("text_tokens", _text_tokens)


def _text_tokens(prices: Prices) -> pl.DataFrame:
    return prices.models.drop(UNREAD_OF_TOKENS).filter(_of_tokens(prices, _not_mixed(prices)))


def together(suffix: str) -> pl.Expr:
    """Whether the two rows of a join held on some common day."""
    return (pl.col("since") <= pl.col(f"until{suffix}")) & (pl.col(f"since{suffix}") <= pl.col("until"))


def apart(one: str, other: str) -> pl.Expr:
    """How many times the larger of two amounts is the smaller one."""
    return pl.max_horizontal(pl.col(one) / pl.col(other), pl.col(other) / pl.col(one))


def power_of_ten(times: pl.Expr, within: float) -> pl.Expr:
    """The power of ten, 10 and above, that `times` is within a relative distance; null where it is none."""
    nearest = pl.lit(10.0).pow(times.log10().round())
    return pl.when((nearest > 1) & ((times / nearest - 1).abs() <= within)).then(nearest)
