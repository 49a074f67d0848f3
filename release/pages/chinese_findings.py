"""The message of a finding and what to do about it, in Chinese: clause by clause, as the checks put them together.

A message says its rule, then, each after a semicolon, what it was compared with, what is likely, which readings it
rests on; one about prices names the list, the seller and the models. A clause without a translation stays as it is,
and a test says which of the release has none.
"""

from __future__ import annotations

import re

from canonical.text_tables import Row
from release.pages.chinese_fixes import FIXES

__all__ = ["fix_in_chinese", "message_in_chinese"]

PERIODS = {
    "quarter": "季度", "half_year": "半年", "year": "年度", "month": "月份", "nine_months": "九个月", "window": "区间",
    "trailing_12_months": "十二个月", "instant": "时点",
}  # fmt: skip
READING = re.compile(r"([\w, ]+?) of (\S+)(?:, |$)")
PRICES = re.compile(
    r"(?P<list>[^,;]+), (?P<seller>[^:;]+): (?P<count>[\d,]+) prices? of (?P<models>.+?)"
    r"(?: and (?P<more>[\d,]+) more)?"
)
CLAUSES = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"on corrected values", "按更正后的数值计算"),
        (r"all (\d+) other rows (?:read in (\S+)|of its document) are (\S+)",
         r"同一文件经同一副本的其余 \1 行均为 \3"),
        (r"its document has no address, and all (\d+) other rows of it were read in copies",
         r"其文件没有网址，其余 \1 行均读自副本"),
        (r"its document was known on (\S+), and no other row of it stands in an older or later one",
         r"其文件于 \1 公布，没有其他行落在较早或较晚的口径"),
        (r"its text shows the number alone", "原文只有数字本身"),
        (r"no text repeats its bound", "没有原文写明该界限"),
        (r"beside (\S+) (\S+) of the (.+) it makes the months left (\S+) times as fast",
         r"与 \3 的 \1 \2 相比，其余月份的每月数额是其 \4 倍"),
        (r"(\S+) off the days beside it, where the pair does not leave them by (\S+)",
         r"偏离前后两日 \1，而该货币对通常不会偏离 \2"),
        (r"(\d+) decimals, more than the source prints for the pair", r"有 \1 位小数，多于来源对该货币对所印的位数"),
        (r"it is (\S+) % of the revenue of its period, (\S+) (\S+)", r"占当期收入（\2 \3）的 \1 %"),
        (r"(\d+) periods near it have (\S+) % to (\S+) %", r"邻近 \1 期为 \2 % 至 \3 %"),
        (r"growth as reported is (\S+) % of the sales from it", r"按报告口径的增速，销售额与之相差 \1%"),
        (r"exchange rates make (.+) in the period", r"同期汇率的影响为 \1"),
        (r"its definition and all other rows of it are of (.+)", r"其定义与其余各行均属 \1"),
        (r"no word of the row names it", "该行没有任何词提到它"),
        (r"(?:no other print and no equation bears it out, and it is )?(\S+) times (\S+), (\S+) to (\S+) in other "
         r"periods",
         r"与 \2 之比为 \1，其他各期为 \3 至 \4"),
        (r"all (\d+) other rates of its (line|document|line in such documents) are in constant currency, such as (.+)",
         r"同一项目或文件其余 \1 个增速均按固定汇率，如 \3"),
        (r"(\d+) of (\d+) other rates of its line in such documents are in constant currency, such as (.+), and no "
         r"text says which this one is",
         r"此类文件中同一项目其余 \2 个增速有 \1 个按固定汇率，如 \3；没有原文写明这一个属于哪种"),
        (r"it lies below all (\d+) rates near it, and as points by which growth changed it makes (\S+)",
         r"低于邻近的全部 \1 个增速，若为增速变动的百分点则得 \2"),
        (r"its document came out with the (.+), of which others print this number",
         r"其文件公布于 \1 之后不久，而其他文件在该期印有同一数字"),
        (r"the number of the (.+) stands under another period too(?:, and nothing bears it out)?",
         r"与 \1 的数字相同"),
        (r"the same digits stand in its document under \S+ (\S+)", r"同一文件在 \1 下也印有同样的数字"),
        (r"the same digits stand in its document under \S+ (\S+), and numbers near it in its line are (\S+) to (\S+)",
         r"同一文件在 \1 下也印有同样的数字，而本项邻近各期为 \2 至 \3"),
        (r"it is one end of (.+), as (\S+) tells the same guidance", r"这是 \2 所述同一指引 \1 的一端"),
        (r"all (\d+) other amounts that its document guides to have two ends, such as (.+)",
         r"同一文件的其余 \1 项指引金额均有两端，如 \2"),
        (r"its document is the entity's own, and tells no other estimate", r"其文件出自主体自身，且未陈述其他估计"),
        (r"all (\d+) other numbers of its line are results, and its document estimates no other",
         r"同一项目其余 \1 个数字均为实际值，且其文件未作其他估计"),
        (r"its label '(.+)' stands with (\S+) in (\d+) other rows", r"名称“\1”在其余 \3 行均对应 \2"),
        (r"no text says its sign, and near it stand (.+)", r"没有原文写明正负，而邻近的数字为 \1"),
        (r"(\S+) told another number since (\S+)", r"在 \2 之后，\1 另有新数字"),
        (r"it is the number of (\S+), before the recast that restated the other numbers",
         r"这是 \1 在重述其余数字之前的数字"),
        (r"neither text nor label says that it is on the quarter, no levels bear it out, and such rates are on the "
         r"year",
         "原文与标签均未说明是环比，也没有水平值可以印证，而此类增速通常是同比"),
        (r"the digits would fit if they were cut off and not rounded", "若数字是截断而非四舍五入，则相符"),
        (r"the last digit is off by one, as when rounded figures are calculated with",
         "末位差一，常见于用已取整的数字计算"),
        (r"the base was printed on (\S+) and may have been recast since", r"基期公布于 \1，其后可能经过重述"),
        (r"(\S+) would fit if its last zeros claim nothing", r"若 \1 末尾的零不表示精度，则相符"),
        (r"its words say that it is in constant currency", "其原文注明为固定汇率"),
        (r"it may be in constant currency, as (\S+) of its document is", r"可能为固定汇率增速，同一文件的 \1 即是"),
        (r"it is the rate in constant currency of (\S+)", r"这是 \1 的固定汇率增速"),
        (r"(\S+) would fit as (\S+)", r"\1 若以 \2 为单位，则相符"),
        (r"(\S+) would fit as the number of a longer period, such as the year to date, or as a yearly rate",
         r"\1 若为更长期间（如年初至今）的数字或年化值，则相符"),
        (r"(\S+) would fit as the points by which (?:growth|it) changed from (\S+) of (\S+)",
         r"\1 若为较 \3 的 \2 变动的百分点，则相符"),
        (r"(\S+) would fit as the points by which (?:growth|it) changed from (.+)",
         r"\1 若为较 \2 变动的百分点，则相符"),
        (r"(\S+) would fit as the sum of the (\d) quarters to (\S+)", r"\1 若为截至 \3 的 \2 个季度之和，则相符"),
        (r"it is of the size of (\S+), which is (\S+) of the whole in (\S+)",
         r"与部分 \1 的规模相当（\3 中占总体的 \2）"),
        (r"(\S+) would fit as the growth of the (.+), of which its document tells other numbers",
         r"\1 若为 \2的增速，则相符；同一文件还陈述该期的其他数字"),
        (r"its document tells nothing of it for the (.+), of which it tells other numbers",
         r"同一文件未陈述其 \1的数字，而陈述了该期的其他数字"),
        (r"its document tells no such number of (\S+), of which it tells others",
         r"同一文件未陈述部分 \1 的这一数字，而陈述了它的其他数字"),
        (r"it is the number of (\S+), and may have been restated since", r"这是 \1 的数字，其后可能经过重述"),
        (r"it would fit with the word that (\S+) has: (.+)", r"若带有 \1 的限定词（\2），则相符"),
        (r"it would fit in (\S+)", r"若以 \1 计价，则相符"),
        (r"it is of the size of (\S+), as (\S+) (\S+) of (\S+) is", r"与部分 \1 的规模相当（\4 为 \2 \3）"),
        (r"(\S+) would fit in (\S+)", r"\1 若以 \2 计价，则相符"),
        (r"(\S+) (\S+) would fit: the print is (\S+) times too (large|small)", r"若为 \1 \2 则相符：原文相差 \3 倍"),
        (r"(\S+) would fit as what changed from (\S+) of (\S+)", r"\1 若为较 \3 的 \2 的变动额，则相符"),
        (r"(\S+) (\S+) would fit: one digit may be misread", r"若为 \1 \2 则相符：可能有一位数字误认"),
        (r"(\S+) (\S+) would fit: one digit may be too many", r"若为 \1 \2 则相符：可能多了一位数字"),
        (r"(\S+) (\S+) would fit: two digits may be exchanged", r"若为 \1 \2 则相符：可能有两位数字颠倒"),
        (r"(\S+) would fit: the sign may be lost", r"若为 \1 则相符：可能遗漏了负号"),
        (r"(\S+) % would fit: the print is what all others have", r"若为 \1 % 则相符：原文为其余各家之和"),
        (r"it is (guidance|forecast|target|plan), as (\S+) is of the same period",
         r"可能不是实际值，而是与 \2 同期的预期（\1）"),
        (r"the others have (.+)", r"其余各家为 \1"),
        (r"(\d+) documents tell growth of (\S+), nothing else tells of (\S+)",
         r"有 \1 份文件陈述 \2 的增速，而没有其他内容涉及 \3"),
        (r"(\S+) % would fit as the level in percent of its base, not as growth",
         r"\1 % 作为占基期的百分比相符，作为增速不符"),
        (r"it fits another base: (\S+) (\S+) of the (.+)", r"与另一基期相符：\3的 \1 \2"),
        (r"it fits the base (\S+) (\S+) of the (.+?), (\S+) months off: the list of the year may follow the fiscal "
         r"year",
         r"与相差 \4 个月的基期（\3）\1 \2 相符：全年的列法可能按财年"),
        (r"it fits the base (\S+) (\S+) of the (.+?): growth on the year, with that list (\S+) months off",
         r"与基期（\3）\1 \2 相符：实为同比，且该列错位 \4 个月"),
        (r"it fits the base (\S+) (\S+) of the (.+?): growth on the year printed as growth on the period before",
         r"与基期（\3）\1 \2 相符：把同比写成了环比"),
        (r"it fits the base (\S+) (\S+) of the (.+?): growth on the period before printed as growth on the year",
         r"与基期（\3）\1 \2 相符：把环比写成了同比"),
        (r"it is the sum of the four quarters to (\S+): another kind of year than its period says",
         r"等于截至 \1 的四个季度之和：年度口径与所标期间不同"),
        (r"(\S+) of (\d+) other entities is about (\S+) times", r"另外 \2 个主体的 \1 约为其 \3 倍"),
        (r"the same number stands in (\S+) as (?:that of the )?(.+)", r"同一数字见于 \1（\2）"),
        (r"it would fit with (.+) for (\S+)", r"若 \2 为 \1，则相符"),
        (r"with (\S+) (\S+) of (\S+) it is growth of (\S+) % on the year", r"与 \3 的 \1 \2 相比，同比增速为 \4 %"),
        (r"(\S+) prints this number as (\S+) of (\S+), and nothing else tells (\S+) of (\S+)",
         r"\1 把该数印作 \3 的 \2，而没有其他内容涉及 \5 的 \4"),
        (r"none of the (\d+) other rows of (\S+) is told (\S+), and no word says so",
         r"\2 其余 \1 行无一属于 \3，也没有任何词这样说"),
        (r"no guidance to a (\S+) reaches so far, and its document foresees nothing nearer",
         r"没有指引及于这么远的期间，而其文件没有更近的指引"),
        (r"all (\d+) other amounts of its company there are in (\S+), and of its size so",
         r"该文件中同一公司其余 \1 项金额均以 \2 计，以此计则大小相当"),
        (r"(\d+) other numbers of its document are of the period to (\S+), and none is of a later one",
         r"其文件另有 \1 个数字属于截至 \2 的期间，而没有更晚的"),
        (r"no other print and no equation bears it out, and it is (\S+) times (\S+), of which it is (\S+) to (\S+) "
         r"times in any company",
         r"没有其他原文数字或等式印证，且为 \2 的 \1 倍，而各公司均为 \3 至 \4 倍"),
        (r"no other print and no equation bears it out, and near it stand (.+)",
         r"没有其他原文数字或等式印证，而邻近的数字为 \1"),
    )
)  # fmt: skip


def message_in_chinese(finding: Row, rationale: str) -> str:
    """The rule in Chinese, of which `rationale` is the first sentence, and what the case adds to it."""
    head = re.split("[；。]", rationale)[0]
    clauses = [_clause(clause) for clause in finding["message"].split("; ")[1:]]
    return "；".join([head or finding["message"].split("; ")[0], *clauses])


def fix_in_chinese(fix: str) -> str:
    """What to do about a finding; the words of the check where they have no translation."""
    return FIXES.get(fix, fix)


def _clause(clause: str) -> str:
    if clause.startswith("held against "):
        return "对照 " + _periods(clause.removeprefix("held against "))
    if clause.startswith("rests on a reading: "):
        return _readings(clause.removeprefix("rests on a reading: "))
    if clause.startswith(("likely: ", "or ")):
        introduced = "可能的原因：" if clause.startswith("likely: ") else "或："
        return introduced + _periods(_translated(re.sub("^(likely: |or )", "", clause)))
    if prices := PRICES.fullmatch(clause):
        return _prices(prices)
    return _periods(_translated(clause))


def _translated(clause: str) -> str:
    if of_another := re.fullmatch(r"follows from (one of )?([^:]+): (.+)", clause):
        rows = of_another[2].replace(", ", "、") + ("之一" if of_another[1] else "")
        return f"源于 {rows}：{_translated(of_another[3])}"
    for pattern, chinese in CLAUSES:
        if match := pattern.fullmatch(clause):
            return match.expand(chinese)
    return clause


def _periods(words: str) -> str:
    """Periods in brackets or in a sentence: `quarter to 2024-12-31` becomes 截至 2024-12-31 的季度, `a year` 年化."""
    words = re.sub(r"(?<=\w) a year(?= \()", "（年化）", words)
    return re.sub(rf"\b({'|'.join(PERIODS)}) to (\d{{4}}-\d\d-\d\d)", lambda m: f"截至 {m[2]} 的{PERIODS[m[1]]}", words)


def _readings(words: str) -> str:
    """Which cells of which rows are read and not printed."""
    others = words.endswith(" and others")
    told = list(dict.fromkeys(READING.findall(words.removesuffix(" and others"))))
    named = "、".join(f"{row} 的 {columns.replace(' and ', '、')}" for columns, row in told)
    return f"依据对 {named}{'等' if others else ''}的解读"


def _prices(match: re.Match[str]) -> str:
    lists = re.sub(r"(\d+) sources", r"\1 个来源", match["list"])
    seller = re.sub(r"^(\d+) sellers$", r"\1 家销售方", match["seller"])
    models = match["models"].replace(", ", "、")
    many = f"等（另有 {match['more']} 个）" if match["more"] else ""
    return f"{lists}，{seller}：{models}{many}，共 {match['count']} 条价格"
