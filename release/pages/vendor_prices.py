"""What a vendor's page shows of model prices: how many there are, and the newest of its own list."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from canonical.text_tables import Row
from release.package.markdown import code, plain, section, state, table
from release.pages.data import rows_of
from release.pages.language import Language, in_language

__all__ = ["own_prices", "vendor_prices"]

MODELS = 8
"""Models that a page shows; all prices stand in `data/model_prices_current.csv`."""
ORDINARY = {
    "mode": "standard",
    "tier_from_tokens": "",
    "per_unit_id": "token-1m",
    "price_state": "priced",
    "disputed": "false",
}


@cache
def _sold_by() -> dict[str, list[Row]]:
    return _grouped("seller")


@cache
def _made_by() -> dict[str, list[Row]]:
    return _grouped("maker")


def _grouped(column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of("model_prices_current"):
        groups[row[column]].append(row)
    return dict(groups)


def own_prices(vendor_id: str) -> list[Row]:
    """The current prices of models that a vendor sells under its own name."""
    return _sold_by().get(vendor_id, [])


def vendor_prices(vendor_id: str, language: Language) -> list[str]:
    """The section of a vendor's page on model prices, as Markdown; nothing where there are none."""
    own = own_prices(vendor_id)
    others = sum(row["seller"] != vendor_id for row in _made_by().get(vendor_id, []))
    if not own and not others:
        return []
    counted = in_language(
        language,
        f"[model_prices_current](../tables/model_prices_current.md) holds {len(own):,} prices at which the vendor "
        f"sells models itself, and {others:,} at which others sell models that it made.",
        f"[model_prices_current](../tables/model_prices_current.md) 收录该厂商自售模型的价格 {len(own):,} 条，"
        f"他方销售其模型的价格 {others:,} 条。",
    )
    title = section(2, in_language(language, "Model prices", "模型价格"), "model-prices")
    return [title, counted, *_newest(own, language)]


def _history(price: Row) -> str:
    """The name of a model, leading to the history of its prices at all sellers."""
    shown, key = code(price["model"]), _keys().get(price["model"])
    return state(shown, "../../prices.html", "model", key, price["meter"]) if key else shown


@cache
def _keys() -> dict[str, str]:
    """The name that all sellers' prices of a model stand under, by the name that a list prints."""
    return {row["model"]: row["model_key"] for row in rows_of("model_price_claims")}


def _newest(prices: list[Row], language: Language) -> list[str]:
    """Input and output price of the models whose price began last; nothing where none is priced by tokens."""
    models: dict[tuple[str, ...], dict[str, Row]] = defaultdict(dict)
    for row in prices:
        if all(row[column] == cell for column, cell in ORDINARY.items()) and row["meter"] in ("input", "output"):
            models[row["model"], row["region"], row["currency"]][row["meter"]] = row
    priced = [meters for meters in models.values() if len(meters) == 2]
    if not priced:
        return []
    newest = sorted(priced, key=lambda meters: [meters["input"][c] for c in ("valid_from", "model", "region")])[::-1]
    headers = [
        in_language(language, *words)
        for words in (
            ("Model", "模型"),
            ("Region", "地区"),
            ("Input, per million tokens", "输入（每百万 Token）"),
            ("Output", "输出"),
            ("Currency", "币种"),
            ("Since", "起"),
        )
    ]
    rows = [
        [
            _history(meters["input"]),
            plain(meters["input"]["region"]),
            *(plain(meters[meter]["amount"]) for meter in ("input", "output")),
            plain(meters["input"]["currency"]),
            plain(meters["input"]["valid_from"]),
        ]
        for meters in newest[:MODELS]
    ]
    about = in_language(
        language, "Those of the models priced last that nothing disputes:", "其中定价日期最近且无争议的模型："
    )
    return [about, table(headers, rows, right=[2, 3])]
