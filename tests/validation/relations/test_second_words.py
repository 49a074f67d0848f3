"""Words of press releases and Chinese articles: the number they tell is held, and the right one passes.

Each text stands beside the cells that it tells, and beside cells that say something else.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.prints import World

Cells = dict[str, str]
RULES = ("U.text_digits", "U.text_unit", "U.text_sign", "U.text_bound", "C.label_words")

G, Q, M = ({"measure": measure, "printed_unit_id": unit} for measure, unit in (
    ("growth_yoy", "percent"), ("growth_prev", "percent"), ("multiple_yoy", "times")
))  # fmt: skip
SH = {"measure": "share", "printed_unit_id": "percent"}
MG = {"metric_id": "ebita-margin", "printed_unit_id": "percent"}
D = {"metric_id": "ebita-margin", "measure": "difference_yoy", "printed_unit_id": "percentage-point"}
OI, RUN, CC = {"metric_id": "operating-income"}, {"measure": "annualised"}, {"basis": "constant_currency"}
BN, YI, CM, UM, CB = ({"printed_unit_id": unit} for unit in ("usd-bn", "cny-100m", "cny-m", "usd-m", "cny-bn"))
APP, NE = {"precision_word": "approximately"}, {"bound": "lt", "precision_word": "nearly"}
GT, LT, GE, LE = ({"bound": bound} for bound in ("gt", "lt", "ge", "le"))


def c(value: str, **cells: str) -> Cells:
    """A number with its other cells."""
    return {"printed_value": value, **cells}


def to(value: str) -> Cells:
    """The upper end of a range."""
    return {"printed_value_to": value, "bound": "range"}


PHRASES: tuple[tuple[str, Cells, list[Cells]], ...] = (
    ("revenue doubled", c("100", **G), [c("50", **G), c("200", **G), c("-100", **G)]),
    ("more than doubled", c("100", **G, **GT), [c("100", **G), c("200", **G, **GT)]),
    ("nearly tripled", c("200", **G, **NE), [c("200", **G), c("300", **G, **NE)]),
    ("quadrupled year over year", c("300", **G), [c("400", **G), c("40", **G)]),
    ("quintupled", c("5", **M), [c("4", **M)]),
    ("halved", c("-50", **G), [c("50", **G), c("-5", **G)]),
    ("up 3x", c("3", **M), [c("2", **M)]),
    ("up 3x", c("200", **G), [c("300", **G), c("-200", **G)]),
    ("grew threefold", c("3", **M), [c("4", **M)]),
    ("3x growth", c("200", **G), [c("3", **G)]),
    ("同比增长两倍", c("200", **G), [c("100", **G), c("20", **G), c("-200", **G)]),
    ("增长两倍", c("3", **M), [c("2", **M)]),
    ("增长至两倍", c("2", **M), [c("3", **M)]),
    ("同比增长1.5倍", c("150", **G), [c("50", **G), c("15", **G)]),
    ("增长近两倍", c("200", **G, **NE), [c("200", **G)]),
    ("翻两番", c("4", **M), [c("2", **M)]),
    ("翻两番", c("300", **G), [c("200", **G), c("100", **G)]),
    ("同比翻番", c("100", **G), [c("200", **G)]),
    ("翻了三番", c("8", **M), [c("3", **M)]),
    ("翻三倍", c("3", **M), [c("2", **M)]),
    ("同比下滑 12%", c("-12", **G), [c("12", **G)]),
    ("同比减少 3.4%", c("-3.4", **G), [c("3.4", **G)]),
    ("同比大幅下滑 12%", c("-12", **G), [c("12", **G)]),
    ("同比增长 12%", c("12", **G), [c("-12", **G)]),
    ("up 12%", c("12", **G), [c("-12", **G)]),
    ("grew 12%", c("12", **G), [c("-12", **G)]),
    ("increased 12% year over year", c("12", **G), [c("-12", **G), c("12", **Q)]),
    ("a decrease of 12%", c("-12", **G), [c("12", **G)]),
    ("contracted 12%", c("-12", **G), [c("12", **G)]),
    ("slid 12%", c("-12", **G), [c("12", **G)]),
    ("12% lower than a year ago", c("-12", **G), [c("12", **G)]),
    ("12% higher", c("12", **G), [c("-12", **G)]),
    ("slipped 12% sequentially", c("-12", **Q), [c("12", **Q), c("-12", **G)]),
    ("环比下降 5.2%", c("-5.2", **Q), [c("5.2", **Q), c("-5.2", **G)]),
    ("由盈转亏，亏损 3.2 亿元", c("-3.2", **OI, **YI), [c("3.2", **OI, **YI)]),
    ("扭亏为盈，盈利 3.2 亿元", c("3.2", **OI, **YI), [c("-3.2", **OI, **YI)]),
    ("扭亏为盈至 3.2 亿元", c("3.2", **OI, **YI), [c("-3.2", **OI, **YI)]),
    ("亏损收窄至 3.2 亿元", c("-3.2", **OI, **YI), [c("3.2", **OI, **YI)]),
    ("亏损 3.2 亿元", c("-3.2", **OI, **YI), [c("3.2", **OI, **YI)]),
    ("净亏损 3.2 亿元", c("-3.2", **OI, **YI), [c("3.2", **OI, **YI)]),
    ("亏损扩大至 3.2 亿元", c("-3.2", **OI, **YI), [c("3.2", **OI, **YI)]),
    ("loss narrowed to $3.2 billion", c("-3.2", **OI, **BN), [c("3.2", **OI, **BN)]),
    ("loss widened to $3.2 billion", c("-3.2", **OI, **BN), [c("3.2", **OI, **BN)]),
    ("swung to a loss of $3.2 billion", c("-3.2", **OI, **BN), [c("3.2", **OI, **BN)]),
    ("swung to a profit of $3.2 billion", c("3.2", **OI, **BN), [c("-3.2", **OI, **BN)]),
    ("operating income of $3.2 billion", c("3.2", **OI, **BN), [c("-3.2", **OI, **BN)]),
    ("negative $3.2 billion", c("-3.2", **OI, **BN), [c("3.2", **OI, **BN)]),
    ("$(3.2) billion", c("-3.2", **OI, **BN), [c("3.2", **OI, **BN)]),
    ("(1,234)", c("-1234", **OI, **CM), [c("1234", **OI, **CM), c("-1243", **OI, **CM)]),
    ("△1,234", c("-1234", **OI, **CM), [c("1234", **OI, **CM)]),
    ("近 50 亿元", c("50", **YI, **NE), [c("50", **YI), c("50", **YI, **GT)]),
    ("约 50 亿元", c("50", **YI, **APP), [c("50", **YI)]),
    ("逾 50 亿元", c("50", **YI, **GT), [c("50", **YI)]),
    ("超 50 亿元", c("50", **YI, **GT), [c("50", **YI), c("50", **YI, **LT)]),
    ("不足 50 亿元", c("50", **YI, **LT), [c("50", **YI)]),
    ("50 亿元以上", c("50", **YI, **GE), [c("50", **YI), c("50", **YI, **LE)]),
    ("50 亿元以下", c("50", **YI, **LE), [c("50", **YI)]),
    ("50 亿元左右", c("50", **YI, **APP), [c("50", **YI)]),
    ("不到 50 亿元", c("50", **YI, **LT), [c("50", **YI)]),
    ("未达 50 亿元", c("50", **YI, **LT), [c("50", **YI)]),
    ("接近 50 亿元", c("50", **YI, **NE), [c("50", **YI)]),
    ("高于 50 亿元", c("50", **YI, **GT), [c("50", **YI)]),
    ("至多 50 亿元", c("50", **YI, **LE), [c("50", **YI)]),
    ("50 多亿元", c("50", **YI, **GT), [c("50", **YI)]),
    ("五十亿元", c("50", **YI), [c("5", **YI), c("15", **YI)]),
    ("过百亿元", c("100", **YI, **GT), [c("100", **YI), c("10", **YI, **GT)]),
    ("about $50 billion", c("50", **BN, **APP), [c("50", **BN), c("50", **UM, **APP), c("50", **CB, **APP)]),
    ("some $50 billion", c("50", **BN, **APP), [c("50", **BN)]),
    ("well over $50 billion", c("50", **BN, **GT), [c("50", **BN)]),
    ("a little over $50 billion", c("50", **BN, **GT), [c("50", **BN)]),
    ("topped $50 billion", c("50", **BN, **GT), [c("50", **BN)]),
    ("just below $50 billion", c("50", **BN, **NE), [c("50", **BN)]),
    ("no more than $50 billion", c("50", **BN, **LE), [c("50", **BN)]),
    ("$50 billion or more", c("50", **BN, **GE), [c("50", **BN)]),
    ("$50 billion-plus", c("50", **BN, **GT), [c("50", **BN)]),
    ("a maximum of $50 billion", c("50", **BN, **LE), [c("50", **BN)]),
    ("low-teens", c("11", **to("13"), **G), [c("30", **G)]),
    ("low-teens", c("12", **G, **APP), [c("12", **G)]),
    ("mid-single-digit", c("5", **G, **APP), [c("15", **G, **APP), c("5", **G)]),
    ("high-twenties", c("28", **G, **APP), [c("18", **G, **APP)]),
    ("a third", c("33", **SH, **APP), [c("23", **SH, **APP)]),
    ("a third of revenue", c("33.3", **SH), [c("3", **SH)]),
    ("one-fifth", c("20", **SH), [c("5", **SH)]),
    ("half", c("50", **SH), [c("5", **SH)]),
    ("more than half", c("50", **SH, **GT), [c("50", **SH), c("60", **SH, **GT)]),
    ("two-thirds", c("67", **SH, **APP), [c("33", **SH, **APP)]),
    ("a quarter of sales", c("25", **SH), [c("40", **SH)]),
    ("三分之一", c("33.3", **SH), [c("30", **SH)]),
    ("三成", c("30", **SH), [c("3", **SH)]),
    ("超三成", c("30", **SH, **GT), [c("30", **SH)]),
    ("过半", c("50", **SH, **GT), [c("50", **SH), c("60", **SH, **GT)]),
    ("超半数", c("50", **SH, **GT), [c("50", **SH)]),
    ("一半", c("50", **SH), [c("15", **SH)]),
    ("四分之三", c("75", **SH), [c("25", **SH)]),
    ("flat", c("0", **G), [c("5", **G)]),
    ("flat year over year", c("0", **G), [c("5", **G)]),
    ("同比持平", c("0", **G), [c("5", **G)]),
    ("基本持平", c("0", **G, **APP), [c("5", **G)]),
    ("up 150 basis points", c("1.5", **D), [c("150", **D), c("15", **D)]),
    ("150 bps", c("1.5", **D), [c("150", **D)]),
    ("down 150 basis points", c("-1.5", **D), [c("1.5", **D)]),
    ("提升 2.3 个百分点", c("2.3", **D), [c("-2.3", **D), c("3.2", **D), c("2.3", **(MG))]),
    ("下降 2.3 个百分点", c("-2.3", **D), [c("2.3", **D)]),
    ("expanded 2.3 percentage points", c("2.3", **D), [c("-2.3", **D), c("2.3", **MG)]),
    ("down 2.3 points", c("-2.3", **D), [c("2.3", **D)]),
    ("US$50 billion", c("50", **BN), [c("50", **CB)]),
    ("RMB 43.3 billion", c("43.3", **CB), [c("43.3", **BN), c("43.3", **YI)]),
    ("剔除汇率影响增长 12%", c("12", **G, **CC), [c("12", **G)]),
    ("at an annualized run rate of $50 billion", c("50", **BN, **RUN), [c("50", **BN)]),
    ("年化收入 50 亿元", c("50", **YI, **RUN), [c("50", **YI)]),
    ("negative growth of 12%", c("-12", **G), [c("12", **G)]),
    ("负增长 12%", c("-12", **G), [c("12", **G)]),
    ("跌 12%", c("-12", **G), [c("12", **G)]),
    ("同比下挫 12%", c("-12", **G), [c("12", **G)]),
    ("缩水 12%", c("-12", **G), [c("12", **G)]),
    ("a tenfold increase", c("10", **M), [c("9", **M)]),
    ("more than 10x", c("10", **M, **GT), [c("10", **M)]),
    ("增长十余倍", c("10", **M, **GT), [c("10", **M)]),
    ("几乎翻番", c("100", **G, **NE), [c("100", **G)]),
    ("倍增", c("100", **G), [c("200", **G)]),
)  # fmt: skip


def said(text: str, cells: Cells, rules: Sequence[str] = RULES) -> list[str]:
    """The rules that find something in a print of a text."""
    return [rule for rule in rules if World([{"printed_text": text, **cells}]).findings(rule)]


@pytest.mark.parametrize(("text", "right"), [phrase[:2] for phrase in PHRASES])
def test_cells_that_say_what_the_text_says_pass(text: str, right: Cells):
    assert said(text, right) == []


@pytest.mark.parametrize(("text", "wrong"), [(text, wrong) for text, _, others in PHRASES for wrong in others])
def test_cells_that_say_something_else_are_named(text: str, wrong: Cells):
    assert said(text, wrong)


@pytest.mark.parametrize(("text", "cells", "rule"), [
    ("halved", c("50", **G), "U.text_digits"), ("up 12%", c("-12", **G), "U.text_sign"),
    ("up 2.3 points", c("2.3", **MG), "U.text_unit"), ("low-teens", c("12", **G), "U.text_bound"),
    ("seven billion yuan", c("7", **YI), "U.text_digits"), ("3x growth", c("3", **G), "U.text_unit"),
    ("income of $3.2 billion", c("-3.2", **OI, **BN), "U.text_sign"),
])  # fmt: skip
def test_the_rule_that_names_them_is_that_of_the_cell(text: str, cells: Cells, rule: str):
    assert said(text, cells) == [rule]


@pytest.mark.parametrize(("label", "holds"), [("", True), ("営業利益", False), ("営業利益率", False)])
def test_a_full_triangle_is_a_minus_in_japanese_tables_alone(label: str, holds: bool):
    cells = {"printed_label": label, **c("4.6", **OI)}
    assert said("▲4.6", cells) == ([] if holds else ["U.text_sign"])
    assert said("▲4.6", {**cells, "printed_value": "-4.6"}) == []


def test_a_number_beside_a_word_of_multiple_may_be_the_level_it_led_to():
    assert said("doubled to $5 billion", c("5", **BN)) == []
    assert said("doubled to $5 billion", c("100", **G)) == []
    assert said("doubled to $5 billion", c("50", **G)) == ["U.text_digits"]
