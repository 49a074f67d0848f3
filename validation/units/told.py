"""Layer C of statements: what the columns say of a statement against the words in which it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from canonical.findings import Finding
from canonical.periods import MONTHS_OF, parse_date
from validation.units.given import Given, Rule
from validation.units.told_order import left_out, out_of_order
from validation.units.told_subjects import DAY, Names, entity_told, versus_told
from validation.units.told_words import label_told, measure_told, pairs_told, things_told

__all__ = ["COLUMNS", "TOLD", "statements"]

COLUMNS = (
    "source_id", "kind", "entity_id", "metric_id", "measure", "breakdown_id", "period_type", "period_start",
    "period_end", "period_label", "relation", "versus", "claim_status", "text_en", "text_zh",
)  # fmt: skip
PLACED = ("statement_id", "locator")
"""What tells the order of statements, where a file has it."""
TOLD = Rule(
    "C.statement_words", "warning", "", "read the statement again, and correct the cell or the words",
)  # fmt: skip

ALIKE = 0.6
"""Share of the letters that two wordings of one statement have in common."""
LONG_OVER = 300
"""Days after its end in which documents tell of a quarter, a half year or a month."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SEVERAL = re.compile(r"20[0-9]{2} ?[-–—~至到] ?(?:FY)?20[0-9]{2}|from .* to ")
"""Words of a span of several years."""
YEAR = re.compile(r"(20[0-9]{2}) ?年")
MONTH = re.compile(r"(?<![0-9])([0-9]{1,2}) ?月")
NUMBERS = re.compile(r"[0-9]{2,}")
YEARS = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
WORDS_OF_RELATION = {
    "accelerates": r"speed|faster|picked up|accelerat|提速|加快|回升|高于|加速",
    "rises_every_period": r"every|each|逐|每",
    "falls_every_period": r"every|each|逐|每",
    "higher_than": r"exceed|up on|higher|above|more than|larger|高于|提高|超过|上升|多于|优于",
    "first": r"first|lead|number one|第一|首|领先",
    "labels": r"call|figure|table|show|give|title|图|表|称",
}
"""Words of which a statement with a relation has one."""
KINDS_OF_RELATION = {
    "accelerates": ("trend",), "rises_every_period": ("trend",), "falls_every_period": ("trend",),
    "higher_than": ("trend", "comparison"), "first": ("comparison",), "labels": ("caption",),
}  # fmt: skip
TOLD_AS = {
    "outlook": ("forecast", "guidance"), "caption": ("actual",), "trend": ("actual", "preliminary", "estimate"),
    "comparison": ("actual", "preliminary", "estimate"), "revenue_model": ("actual",),
    "event": ("actual", "preliminary", "target"), "driver": ("actual", "preliminary", "estimate", "forecast"),
}  # fmt: skip
"""By kind, the status that its claims have; drivers and strategies have any."""
CAPTION = re.compile(r"(Figure|Table) [0-9]+|[图表] ?[0-9]+")
METRICS = {
    part: re.compile(words)
    for part, words in {
        "capex": r"capex|capital spending|spending plan|equipment purchases|资本开支|资本支出|设备购置",
        "token": r"\btokens?\b|call volume|Token|调用量",
        "margin": r"margin|利润率|毛利率",
        "revenue": r"revenue|收入",
        "price": r"dearer|list prices|提价|价格",
        "download": r"downloads|下载量",
        "region": r"data centres? (?:in|was|added)|sites|footprint|节点|布局",
    }.items()
}
"""Words by a part of the id of the metric that they tell."""


BREAKDOWNS = {
    "public-cloud": r"public cloud|公共云", "external": r"external|外部", "internal": r"internal|内部",
    "paas-maas": r"PaaS|MaaS", "ai": r"AI", "ai-infrastructure": r"infrastructure|upstream|基础设施|上游",
    "cloud-ai-commercial": r"commercial|商业",
}  # fmt: skip
"""Words by the last part of the id of a breakdown, of which a statement of it has one."""


def statements(given: Given) -> Iterator[Finding]:
    """Statements whose columns say something else than their words, or whose two texts do."""
    if not given.has(COLUMNS):
        return
    names = Names.of(given)
    texts: dict[tuple[str, str], int] = {}
    rows = [
        {name: "" if cell is None else cell for name, cell in row.items()}
        for row in given.typed.select(COLUMNS).iter_rows(named=True)
    ]
    placed = (*out_of_order(given), *left_out(given)) if given.has(PLACED) else ()
    for at, column, expected, message in (*placed, *pairs_told(rows, names, given)):
        yield given.finding(TOLD, at, column, expected, message)
    for at, row in enumerate(rows):
        said = [one for check in ROW_CHECKS for one in check(row)]
        said += [*entity_told(row, names), *versus_told(row, given), *_age(row, given)]
        said += label_told(row, given.reference.calendar(row["entity_id"]))
        for column, expected, message in said:
            yield given.finding(TOLD, at, column, expected, message)
        for column in ("text_en", "text_zh"):
            same = texts.setdefault((column, row[column]), at)
            other = "text_zh" if column == "text_en" else "text_en"
            if same != at and row[column] and _is_copied(given.typed.item(same, other) or "", row[other]):
                message = f"row {same + 1} has the same words in one language and others in the other"
                yield given.finding(TOLD, at, column, "the words of the statement itself", message)


Row = dict[str, Any]
Said = Iterator[tuple[str, str, str]]


def _languages(row: Row) -> Said:
    if CHINESE.search(row["text_en"]):
        yield "text_en", "English words", "the text is Chinese"
    if row["text_zh"] and not CHINESE.search(row["text_zh"]):
        yield "text_zh", "Chinese words", "the text is not Chinese"


def _numbers(row: Row) -> Said:
    """Numbers of two digits or more, and those of figures and tables, that one of the two texts has alone."""
    if not row["text_en"] or not row["text_zh"]:
        return
    found = [set(NUMBERS.findall(row[text])) for text in ("text_en", "text_zh")]
    found = [{number.zfill(4) for number in one} for one in found]
    shown = [set(re.findall(form, row[text])) for text, form in
             (("text_en", r"(?:Figure|Table) ([0-9]+)"), ("text_zh", r"[图表] ?([0-9]+)"))]  # fmt: skip
    if found[0] != found[1] or shown[0] != shown[1]:
        odd = sorted(number.lstrip("0") for number in (found[0] ^ found[1]) | (shown[0] ^ shown[1]))
        yield "text_zh", "the numbers of text_en", f"{', '.join(odd)} stands in one of the two texts"


def _relation(row: Row) -> Said:
    words = WORDS_OF_RELATION.get(row["relation"])
    text = f"{row['text_en']} {row['text_zh']}"
    if words and not re.search(words, text, re.IGNORECASE):
        yield "relation", "none", f"no word of the statement tells {row['relation']}"
    if row["relation"] == "none" and row["versus"] and row["kind"] != "comparison":
        yield "versus", "an empty cell", "nothing is set against another"
    kinds = KINDS_OF_RELATION.get(row["relation"], (row["kind"],))
    if row["kind"] not in kinds:
        yield "kind", " or ".join(kinds), f"a statement that {row['relation'].replace('_', ' ')} is of another kind"
    if row["relation"] == "accelerates" and row["measure"] and not row["measure"].startswith("growth"):
        yield "measure", "growth_yoy or growth_prev", "what accelerates is a growth rate"
    if (row["measure"] == "rank") != (row["relation"] == "first") and row["measure"]:
        yield "measure", "rank where the relation is first", "who is first has a rank, and no one else"


def _kind(row: Row) -> Said:
    status = TOLD_AS.get(row["kind"])
    if status and row["claim_status"] not in status:
        yield "claim_status", " or ".join(status), f"no {row['kind']} is told so"
    is_caption = bool(CAPTION.match(row["text_en"])) or bool(CAPTION.match(row["text_zh"]))
    if is_caption and row["kind"] != "caption":
        yield "kind", "caption", "the words are of a figure or table"
    if (
        row["kind"] == "caption"
        and row["text_en"]
        and not CAPTION.search(row["text_en"] + row["text_zh"])
        and not re.search(r"figure|table|图|表|FY|Q[1-4]", row["text_en"] + row["text_zh"], re.IGNORECASE)
    ):
        yield "kind", "another kind", "the words are of no figure or table"
    is_model = row["text_en"].startswith("Revenue model")
    if is_model != (row["kind"] == "revenue_model"):
        yield "kind", "revenue_model" if is_model else "another kind", "the words tell otherwise"


def _period(row: Row) -> Said:
    """Types without days, years in words that the period does not touch, comparisons with no period before."""
    end, start = row["period_end"], row["period_start"]
    years = {int(year) for text in ("text_en", "text_zh") for year in YEARS.findall(row[text])}
    if isinstance(end, date):
        first = start.year if isinstance(start, date) else end.year
        if years and not any(first - 1 <= year <= end.year + 1 for year in years):
            yield "period_end", f"a day of {' or '.join(map(str, sorted(years)))}", "the words tell another year"
        if not row["period_type"]:
            yield "period_type", "the type of the period", "the period has an end and no type"
        if isinstance(start, date) and row["period_type"] in ("instant", "cumulative"):
            yield "period_type", "the type of the period", f"no {row['period_type']} has a start"
        months = MONTHS_OF.get(row["period_type"])
        if months and DAY.fullmatch(str(row["versus"])):
            versus = date.fromisoformat(str(row["versus"]))
            apart = (end.year - versus.year) * 12 + end.month - versus.month
            if apart not in (months, 12):
                expected = f"an end {months} or 12 months before {end}"
                yield "versus", expected, "a period is held against the one before or that of the year before"


def _metric(row: Row) -> Said:
    """Metrics of which the words tell nothing while they tell of another one."""
    text = f"{row['text_en']} {row['text_zh']}"
    metric = row["metric_id"]
    in_each = [{p for p, words in METRICS.items() if words.search(row[name])} for name in ("text_en", "text_zh")]
    told = in_each[0] | in_each[1]
    if all(in_each) and not in_each[0] & in_each[1]:
        yield "text_zh", "the words of text_en", "the two texts tell of other metrics"
    words = BREAKDOWNS.get(row["breakdown_id"].rpartition(".")[2])
    if words and not re.search(words, text):
        yield "breakdown_id", "an empty cell, or the part that the words tell", "no word tells of that part"
    if metric and len(told) == 1 and not _is_told(metric, next(iter(told))):
        yield "metric_id", f"a metric of {next(iter(told))}", "the words tell of another metric"


def _is_told(metric: str, part: str) -> bool:
    """Whether words of a kind can tell a metric: what is paid and earned is told by many words."""
    loose = {"revenue": ("margin", "growth", "ebit", "profit", "token"), "price": ("token", "revenue", "margin"),
             "token": ("revenue", "price", "models"), "region": ("regions", "capex")}  # fmt: skip
    return any(word in metric for word in (part, *loose.get(part, ())))


def _age(row: Row, given: Given) -> Said:
    """Short periods long over when the document came out, though its words name no year, and months of other labels."""
    end, source = row["period_end"], given.reference.sources.get(row["source_id"], {})
    if not isinstance(end, date):
        return
    published = parse_date(source.get("published_on", ""))
    is_short = MONTHS_OF.get(row["period_type"], 12) < 12 or row["period_type"] == "instant"
    is_dated = YEARS.search(f"{row['text_en']} {row['text_zh']} {row['period_label']}")
    if published and is_short and not is_dated and (published - end).days > LONG_OVER:
        yield "period_end", f"a day within {LONG_OVER} days of {published}", "the period was long over by then"
    month, year = MONTH.search(row["period_label"]), YEAR.fullmatch(row["period_label"])
    if month and (int(month[1]) != end.month or row["period_type"] not in ("month", "instant")):
        yield "period_label", "a label of the period", "the label is of a month, and not of this period"
    if year and int(year[1]) != end.year:
        yield "period_label", f"a label of {end.year}", "the label is of another year"
    start, months = row["period_start"], MONTHS_OF.get(row["period_type"])
    told = f"{row['text_en']} {row['text_zh']} {row['period_label']}"
    is_of_several = row["relation"].endswith("every_period") or SEVERAL.search(told)
    if isinstance(start, date) and months and (end - start).days > months * 31 + 10 and not is_of_several:
        yield "period_start", f"the start of a {row['period_type']}", "no word tells of several periods"
    if row["period_label"].startswith("FY") and SEVERAL.search(row["period_label"]) and row["period_type"] != "year":
        yield "period_label", "a label of the period", "the label is of several years"


def _is_copied(words: str, other: str) -> bool:
    """Whether two texts that are to say one thing are nothing like each other."""
    return SequenceMatcher(None, words, other).quick_ratio() < ALIKE


ROW_CHECKS = (_languages, _numbers, _relation, _kind, _period, _metric, measure_told, things_told)
"""Checks of one row by itself."""
