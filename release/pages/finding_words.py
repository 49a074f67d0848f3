"""A finding in words of either language: what the document says, what other numbers ask for, and why that matters.

Findings are written by the checks in English, from a small stock of phrases; the Chinese of a phrase stands here, and
of the rule in `schemas/rules.csv`. A phrase without a translation stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from canonical.text_tables import Row
from release.pages.chinese_findings import fix_in_chinese, message_in_chinese
from release.pages.language import Language
from release.pages.rules import rule_texts
from release.pages.unit_words import symbol_of

__all__ = ["in_words", "remedy", "why"]

N = r"([\d.,:/-]+)"
UNIT = re.compile(r"\b[a-z]{3}-(?:m|bn|100m|10k|k|tn)\b")
"""Ids of units of money, which a reader need not know."""
PHRASES = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (rf"{N}, as {N} of {N} lists state", r"\1（\3 份价目表中有 \2 份如此列出）"),
        (rf"about {N}, as {N} sizes of its family cost", r"约 \1，与同系列 \2 种规格的价格相当"),
        (rf"about {N}, as its family costs a core", r"约 \1，与同系列每核的价格相当"),
        (rf"{N} ([A-Z]+) for (\S+) from {N}", r"\3 为 \1 \2，自 \4 起"),
        (rf"{N} ([A-Z]+) for (\S+) in (\S+)", r"\3 在 \4 为 \1 \2"),
        (rf"{N} as ([a-z][\w-]+)$", r"\1，与 \2 相同"),
        (rf"{N}, as {N} of {N} sellers ask", r"\1（\3 家销售方中有 \2 家如此定价）"),
        (rf"at most {N}, the price on demand", r"不超过按需价格 \1"),
        (rf"{N}, as {N} machines of its family cost that day", r"\1，与当日同系列 \2 种机型的价格相当"),
        (rf"more than {N}, what (\S+) costs there", r"高于 \1（\2 在该地域的价格）"),
        (
            rf"between {N} and {N}, as nearly all lists have it beside such an input",
            r"介于 \1 与 \2 之间，几乎所有清单在此输入价下均如此",
        ),
        (rf"about {N}, in proportion as {N} models have it", r"约 \1，与 \2 个模型的比例一致"),
        (rf"about {N}, in proportion as {N} other prices of the offer", r"约 \1，与同一报价其余 \2 项价格的比例一致"),
        (rf"another amount than {N}$", r"不同于 \1 的金额"),
        (rf"another amount than for input, as {N} others have it", r"与输入价不同的金额，与其他 \1 家一致"),
        (rf"{N} ([A-Z]+), as input", r"\1 \2，与输入价相同"),
        (rf"more than {N}, the price from {N} tokens", r"高于 \1（即自 \2 Token 起的价格）"),
        (r"(\w+) without input", r"\1 没有对应的 input"),
        (r"an input of the same offer", "同一报价的 input"),
        (rf"(\w+) from {N} tokens alone", r"只有自 \2 Token 起的 \1"),
        (r"a price of shorter prompts too", "较短提示词的价格"),
        (rf"{N} ([A-Z]+) in mode (\S+), as in the ordinary one", r"\1 \2（模式 \3），与普通价相同"),
        (
            rf"another amount than the ordinary one, as nearly all of {N} models have it",
            r"与普通价不同的金额，\1 个模型几乎都是如此",
        ),
        (r"a name that the list has many prices of", "清单中价格众多的名称"),
        (rf"from {N} tokens", r"（自 \1 Token 起）"),
        (r"(\w+) without an end", r"\1 没有截止日"),
        (rf"an end, as the others have by {N}", r"截止日，与其余各项一致（至 \1）"),
        (r"a day of a version of the list", "清单某一版本的日期"),
        (rf"an end on {N}", r"于 \1 截止"),
        (r"no end, as the others have it", "没有截止日，与其余各项一致"),
        (r"the day before a version of the list", "清单某一版本的前一日"),
        (rf"about {N}, as {N} others of the offer tell", r"约 \1，与同一报价的另 \2 项价格一致"),
        (rf"about {N}, as another of the offer tells", r"约 \1，与同一报价的另一项价格一致"),
        (rf"{N}, as {N} models of the list have it", r"\1，与清单中 \2 个模型一致"),
        (rf"{N}, as another list of the seller has it", r"\1，与该销售方的另一份清单一致"),
        (rf"{N}, as {N} lists of the seller have it", r"\1，与该销售方的 \2 份清单一致"),
        (rf"{N}, as {N} prices in the list have it", r"\1，与清单中 \2 个价格一致"),
        (rf"{N}, as {N} lists and sellers have it", r"\1，与 \2 家清单和销售方一致"),
        (rf"{N}, as another list has it beside the same other prices", r"\1，与另一份其他价格相同的清单一致"),
        (rf"{N}, as {N} others have it beside the same other prices", r"\1，与其他价格相同的 \2 家一致"),
        (rf"{N}, as ([a-z][\w-]+) has it", r"\1，与 \2 一致"),
        (r"a number that leaves about the same pace", "使其余月份每月数额相近的数字"),
        (r"a number a month from (\S+) to (\S+) (\S+) or near", r"每月数额介于 \1 至 \2 \3 或与之相近"),
        (r"from (-?[\d.e+]+) % to (-?[\d.e+]+) % of revenue or near", r"占收入的 \1 % 至 \2 % 或与之相近"),
        (r"the same number in (\S+) or (\S+)", r"同一数字以 \1 或 \2 计"),
        (r"the same number in (\S+)", r"同一数字以 \1 计"),
        (r"a number with growth from (\S+) % to (\S+) % or near", r"使增速介于 \1 % 至 \2 % 或与之相近的数字"),
        (rf"growth nearer to {N} %", r"更接近 \1 % 的增速"),
        (r"a number of another size", r"另一数量级的数字"),
        (rf"about {N} to {N}, or another growth as reported", r"约 \1 至 \2，或另一个报告口径的增速"),
        (rf"a number of about {N} to {N} (\S+)", r"约 \1 至 \2 \3 的数字"),
        (r"growth_yoy, or printed_text with the word", "growth_yoy，或录入带有该词的 printed_text"),
        (rf"\({N} times apart\)", r"（相差 \1 倍）"),
        (rf"\({N} times as large; a digit more or less\)", r"（大 \1 倍；多一位或少一位数字）"),
        (rf"\({N} times as small; a digit more or less\)", r"（小至 1/\1；多一位或少一位数字）"),
        (rf"\({N} times\)", r"（\1 倍）"),
        (rf"one price at a time, between {N} and {N}", r"同一时间只有一个价格，介于 \1 与 \2 之间"),
        (rf"a price nearer {N}, its other price", r"更接近其另一价格 \1 的价格"),
        (r"a price nearer the one before", "更接近前一个价格的价格"),
        (r"a price nearer the one after", "更接近后一个价格的价格"),
        (rf"then {N} ([A-Z]+) from {N}", r"其后自 \3 起为 \1 \2"),
        (rf"([A-Z]+) from {N}", r"\1，自 \2 起"),
        (rf"{N} times above the median of {N} sellers", r"高于 \2 家销售方中位数 \1 倍"),
        (rf"{N} times below the median of {N} sellers", r"低于 \2 家销售方中位数 \1 倍"),
        (r"per (\w+) tokens", r"每 \1 Token"),
        (rf"between {N} and {N}", r"介于 \1 与 \2 之间"),
        (rf"about {N},? as in {N} regions", r"约 \1，与 \2 个地域相同"),
        (r"the day after the span before", "前一区间的次日"),
        (r"after a span to no day", "此前的区间没有截止日"),
        (rf"after a span to {N}", r"此前的区间止于 \1"),
        (r"an end of the row before", "前一行有截止日"),
        (r"a last decimal that is not always 0", "末位小数不总是 0"),
        (r"an entity of (\S+), or another document", r"\1 的主体，或另一文件"),
        (r"another basis, or the same digits", "另一种口径，或相同的数字"),
        (r"another number", "另一个数字"),
        (r"the words of the page", "页面上的原话"),
        (r"^perhaps\b", "可能是"),
        (r"a lasting address", "长期有效的地址"),
        (rf"\({N} to {N}\)", r"（\1 至 \2）"),
        (rf"{N} to {N}", r"\1 至 \2"),
        (rf"^about {N}$", r"约 \1"),
        (r"\bat most\b", "不超过"),
        (r"\bat least\b", "不低于"),
        (r"\ba rise\b", "上升"),
        (r"\ba fall\b", "下降"),
        (r"\babove\b", "高于"),
        (r"\bbelow\b", "低于"),
        (r"\bthen\b", "其后"),
        (r"\babout\b", "约"),
        (r"\bpercent\b", "%"),
        (r"\bas\b", "同"),
        (r"\bor\b", "或"),
    )
)


@cache
def in_words(phrase: str, language: Language) -> str:
    """What a finding has found or expects, in the language, with the symbols of units in place of their ids."""
    phrase = _with_symbols(phrase, language)
    if language == "zh":
        for pattern, chinese in PHRASES:
            phrase = pattern.sub(chinese, phrase)
    return phrase


def _with_symbols(words: str, language: Language) -> str:
    return UNIT.sub(lambda unit: symbol_of(unit[0], language), words)


def why(finding: Row, language: Language) -> str:
    """What is wrong: the rule and what the case adds to it, with the symbols of units in place of their ids."""
    told = (
        finding["message"] if language == "en" else message_in_chinese(finding, _rationales().get(finding["rule"], ""))
    )
    return _with_symbols(told, language)


def remedy(finding: Row, language: Language) -> str:
    """What to do about a finding."""
    return finding["fix"] if language == "en" else fix_in_chinese(finding["fix"])


@cache
def _rationales() -> dict[str, str]:
    return {row["rule"]: row["rationale_zh"] for row in rule_texts()}
