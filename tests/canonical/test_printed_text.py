"""The second reading of a print: digits in many notations, magnitudes, currencies, what is counted, and signs."""

from __future__ import annotations

import pytest

from canonical.printed_text import CURRENCY, OF_MONEY, currency_of_text, figures_of_text
from canonical.sign_words import mark_of
from canonical.text_tables import csv_path, read_rows


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("$24.3 billion", ["24.3"]),
        ("(56,941)", ["56941"]),
        ("3 278 786", ["3278786"]),
        ("+10,3 %", ["10.3"]),
        ("1.084,6", ["1084.6"]),
        ("30・0%", ["30.0"]),
        ("$28.4 – $28.7", ["28.4", "28.7"]),
        ("433億2千万", ["433", "2", "433.2", "4332"]),
        ("398億2,400萬元", ["398", "2400", "398.24", "398.2400", "3982400"]),
        ("3万5000", ["3", "5000", "3.5", "3.5000", "35000"]),
        ("5億、3万", ["5", "3"]),
        ("3万5億", ["3", "5"]),
        ("5亿20%", ["5", "20"]),
        ("翻倍", []),
        ("1 2", ["1", "2"]),
        ("22.140 Mio. $", ["22.140", "22140"]),
        ("1.084.600", ["1084600"]),
        ("1\u202f084,6 M€", ["1084.6"]),
        ("41.626 billion", ["41.626"]),
        ("$.5 billion", ["0.5"]),
        ("v2.5", ["2.5"]),
    ],
)
def test_digits_are_read_in_every_notation(text: str, digits: list[str]):
    assert [figure.digits for figure in figures_of_text(text)] == digits


@pytest.mark.parametrize(
    ("text", "power"),
    [("26.5 billion", 9), ("$310B", 9), ("$796.00M", 6), ("432.84 亿元", 8), ("近 5 万亿", 12), ("18 万", 4),
     ("114万亿Tokens", 12), ("3千万USD", 7), ("4,698", None), ("5 bytes", None), ("15 Microsoft regions", None)],
)  # fmt: skip
def test_magnitudes_stand_behind_the_number(text: str, power: int | None):
    assert figures_of_text(text)[0].power == power


@pytest.mark.parametrize(
    ("text", "currency"),
    [("$24.3", "USD"), ("US$5 billion", "USD"), ("1000 亿美元", "USD"), ("RMB6 billion", "CNY"), ("63 亿元", "CNY"),
     ("€993", "EUR"), ("5 billion yuan", "CNY"), ("4,698", ""), ("RMB7 (US$1)", ""),
     ("398.24 亿港元", "HKD"), ("5 billion Hong Kong dollars", "HKD"), ("HK$5 billion", "HKD"), ("港币 5 亿元", "HKD"),
     ("NT$5 billion", "TWD"), ("A$5 billion", "AUD"), ("C$5 billion", "CAD"), ("5 兆日元", "JPY"),
     ("5 trillion won", "KRW"), ("won 5 billion of orders", ""), ("£5 million", "GBP"), ("5 亿欧元", "EUR"),
     ("5 亿元（0.7 亿美元）", ""), ("元宇宙 5", "")],
)  # fmt: skip
def test_one_currency_is_recognised(text: str, currency: str):
    assert currency_of_text(text) == currency


@pytest.mark.parametrize(
    ("text", "mark"),
    [("(15.3)", "minus"), ("(15.3)%", "minus"), ("-9%", "minus"), ("−9 %", "minus"), ("$(1.2) billion", "minus"),
     ("-$5 million", "minus"), ("$-1.2 billion", "minus"), ("（1.2）", "minus"), ("loss of about $5 million", "loss"),
     ("operating loss of $5 million", "loss"), ("lost $5.61", "loss"), ("亏损 5 亿", "loss"),
     ("环比下降 9%", "fall"), ("减少 5 %", "fall"), ("減27.5%", "fall"), ("down 24%", "fall"), ("fell by 5%", "fall"),
     ("△920", "minus"), ("9.1% decrease", "fall"), ("15 percent year-over-year decline", "fall"),
     ("–35", "minus"), ("- $12 million", "minus"), ("negative $10 billion", "minus"), ("负增长 12%", "minus"),
     ("▲4.6億円", "triangle"), ("亏损收窄至 3.2 亿元", "loss"), ("loss widened to $3.2 billion", "loss"),
     ("凈虧損1.05億元", "loss"), ("slid 12%", "fall"), ("12% lower than a year ago", "fall"), ("降幅达 12%", "fall"),
     ("up 12%", "rise"), ("+12%", "rise"), ("同比增长约 12%", "rise"), ("12% higher", "rise"),
     ("increase of 12%", "rise"), ("net income of $3.2 billion", "gain"), ("扭亏为盈至 3.2 亿元", "gain")],
)  # fmt: skip
def test_the_sign_of_a_number_shows(text: str, mark: str):
    assert figures_of_text(text)[0].mark == mark


@pytest.mark.parametrize(
    "text",
    ["28.4 – 28.7", "5 - 34%", "9", "2025-12-31", "82%, down from 90%", "增速从 90% 下降到 82%",
     "slowed down to 25 %", "下降至 5 %", "(约 5 亿)", "(约 5 亿", "revenue of 5 (20%)",
     "loss decreased 5%", "亏损减少 5%", "loss grew 5%", "up to 36%", "up from 5%", "增长至 5%", "income (loss) of 5"],
)  # fmt: skip
def test_a_dash_a_remark_in_brackets_and_a_fall_to_a_level_are_no_signs(text: str):
    assert {figure.mark for figure in figures_of_text(text)} == {""}


def test_a_number_in_pieces_has_the_magnitude_it_is_read_in_and_the_sign_of_its_first_piece():
    whole = [figure for figure in figures_of_text("-330億600万") if figure.digits == "330.06"]
    assert [(figure.power, figure.mark) for figure in whole] == [(8, "minus")]


@pytest.mark.parametrize(
    ("text", "counts"),
    [("12%", "percent"), ("2.3 percentage points", "points"), ("2.3 个百分点", "points"), ("2.3pp", "points"),
     ("3x", "times"), ("1.5 倍", "times"), ("12-fold", "times"), ("5 points of presence", "points"),
     ("3x86", ""), ("5 million", ""), ("12 ppm", "")],
)  # fmt: skip
def test_what_a_number_counts_stands_behind_it(text: str, counts: str):
    assert figures_of_text(text)[0].counts == counts


def test_basis_points_are_hundredths_of_a_percentage_point():
    assert [(f.digits, f.counts) for f in figures_of_text("150 bps")] == [("1.5", "points"), ("1.50", "points")]
    assert [(f.digits, f.mark) for f in figures_of_text("down 25 basis points")] == [("0.25", "fall")]


def test_every_currency_that_a_published_text_names_is_searched_for() -> None:
    """What a text is looked through for first leaves out none that holds the name of a currency."""
    cells = {row[column] for row in read_rows(csv_path("observations")) for column in ("printed_text", "printed_label")}
    named = [text for text in cells if CURRENCY.search(text)]
    assert len(named) > 1000
    assert [text for text in named if not OF_MONEY.search(text)] == []


@pytest.mark.parametrize(
    ("before", "behind", "mark"),
    [
        ("(", ")", "minus"),
        ("(", "", ""),
        ("($", " increase", "rise"),
        ("up ", "% decrease", "fall"),
        ("losses narrowed, up ", "% increase", ""),
        ("income of ", "% decrease", "gain"),
    ],
)
def test_what_stands_behind_a_number_tells_its_sign_where_what_stands_before_it_does_not(
    before: str, behind: str, mark: str
) -> None:
    """A bracket counts where it is closed, a fall behind a number against a rise before it, and losses hide both."""
    assert mark_of(before, behind) == mark
