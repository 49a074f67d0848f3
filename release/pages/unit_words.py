"""The symbol of a unit in either language: `CNY 100 million` is 亿元人民币."""

from __future__ import annotations

from functools import cache

from canonical.text_tables import Row
from release.pages.data import rows_of
from release.pages.language import Language

__all__ = ["chinese_symbol", "symbol_of"]

CURRENCIES = {"CNY": "元人民币", "USD": "美元", "EUR": "欧元", "JPY": "日元"}
SIZES = {
    "": "", "thousand": "千", "10,000": "万", "million": "百万", "100 million": "亿", "billion": "十亿",
    "trillion": "万亿", "1K": "千", "1M": "百万", "1B": "十亿", "100M": "亿", "1T": "万亿", "1Q": "千万亿",
    "1,000": "千",
}  # fmt: skip
COUNTED = {
    "call": "次", "calls": "次", "character": "字符", "characters": "字符", "count": "个", "image": "张图片",
    "page": "页", "pages": "页", "pixel": "像素", "request": "次请求", "requests": "次请求",
    "token": "Token", "tokens": "Token", "month": "个月", "year": "年", "h": "小时", "s": "秒", "pp": "个百分点",
    "×": "倍", "t CO2e": "吨二氧化碳当量",
}  # fmt: skip
TIMES = {"day": "日", "min": "分钟", "month": "月"}


@cache
def symbol_of(unit_id: str, language: Language) -> str:
    """The symbol of a unit by its id; the id itself where no unit has it."""
    row = next((row for row in rows_of("units") if row["unit_id"] == unit_id), None)
    if row is None:
        return unit_id
    return row["symbol"] if language == "en" else chinese_symbol(row)


def chinese_symbol(unit: Row) -> str:
    """The symbol of a row of `units` in Chinese; one of the sciences, such as `MW`, stays as it is."""
    symbol, currency = unit["symbol"], unit["currency"]
    if currency and symbol.removeprefix(currency).strip() in SIZES:
        return SIZES[symbol.removeprefix(currency).strip()] + CURRENCIES.get(currency, currency)
    counted, _, time = symbol.partition("/")
    size, _, what = counted.rpartition(" ")
    if counted in SIZES and counted:
        return SIZES[counted]
    if counted in COUNTED:
        size, what = "", counted
    if size not in SIZES or what not in COUNTED or (time and time not in TIMES):
        return symbol
    blank = " " if size and COUNTED[what].isascii() else ""
    return f"{SIZES[size]}{blank}{COUNTED[what]}" + (f"/{TIMES[time]}" if time else "")
