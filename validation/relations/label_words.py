"""The words that a source prints beside a number against the typed cells: measure, basis, standing, length, metric."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from canonical.locators import columns
from canonical.reference import Reference
from canonical.walks import above
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["ON_PERIOD", "RELATIONS"]


@dataclass(frozen=True)
class Words:
    """Words that name what a cell of `column` may hold: one of `codes`."""

    column: str
    codes: tuple[str, ...]
    pattern: re.Pattern[str]
    but: re.Pattern[str]
    """Other words beside which they say nothing."""


NEVER = re.compile(r"(?!)")


def _words(column: str, codes: str, pattern: str, but: str = "") -> Words:
    read = re.compile(pattern, re.IGNORECASE), re.compile(but, re.IGNORECASE) if but else NEVER
    return Words(column, tuple(codes.split()), *read)


ON_YEAR = (
    r"同比|(?:year|yr\.)[- ](?:over|on|to)[- ](?:year|yr\.)|\byoy\b|\by/y\b|from (?:a|the) year (?:ago|earlier)|"
    r"[较比](?:去|上)年同期"
)
ON_PERIOD = r"环比|quarter[- ]o(?:ver|n)[- ]quarter|\bqoq\b|\bq/q\b|sequential(?:ly)?\b|[较比]上(?:一)?季"
KNOWN: tuple[Words, ...] = (
    _words("measure", "growth_yoy multiple_yoy difference_yoy contribution_yoy", ON_YEAR, ON_PERIOD),
    _words("measure", "growth_prev", ON_PERIOD, ON_YEAR),
    _words("measure", "annualised growth_yoy growth_prev", r"run[- ]rate|annuali[sz]ed|年化", r"\barr\b|recurring"),
    _words("measure", "share", r"占比|market share|市场份额"),
    _words(
        "basis",
        "constant_currency",
        r"const(?:ant|\.)[- ]curr|adjusted for (?:currenc|(?:changes in )?foreign)|\bcc\b|(?:fx|currency)[- ]neutral|"
        r"\b(?:ex(?:clud\w+)?|without)[-. ]+(?:the )?(?:(?:effects?|impacts?) (?:of|from) )?(?:fx\b|foreign|currenc|"
        r"exchange)|(?:固定|不变|恒定)汇率|(?:不计|不含|不考虑|剔除|撇除|扣除|排除)汇率|汇率(?:影响)?(?:调整|中性)",
    ),
    _words(
        "claim_status", "estimate forecast guidance target plan", r"预计|目标|指引|\bguid(?:ance|ing)\b|\bforecast\b"
    ),
    _words("period_type", "quarter", r"单季", r"全年"),
    _words("period_type", "year", r"全年|full[- ]year", r"单季|季度"),
    _words("period_type", "half_year", r"[上下]半年|(?:first|second)(?:-half\b| half of)|half[- ]year"),
)
OF_RATES = ("growth_yoy", "growth_prev", "growth_over_period", "difference_yoy", "contribution_yoy")


@relation(
    "C.label_words",
    "warning",
    says="the words beside a number say the measure, basis, standing and length that are typed",
    rationale="Growth on the year or the quarter, run rate or revenue, constant currency or reported: a word tells.",
    fix="type the cell as the words of the page say it, or correct the text",
    reach="row",
    reads="words column measure basis claim_status period_type metric_id printed_unit_id",
    beside="observations.locator observations.printed_label observations.printed_text",
)
def label_words(facts: Facts) -> Iterator[Remark]:
    """Each print whose text or label holds one of the words against the cell that it names.

    Words about growth may stand beside a level: they are asked of rates alone, as are those of shares of percentages.
    """
    for o in facts.observations:
        said = f"{o.row['printed_label']} {o.row['printed_text']} {columns(o.row['locator'])}"
        for words, found in _said(DIGITS.sub("0", said)) if said.strip() else ():
            if _is_asked(words, o, facts):
                message = f"the words {found!r} stand beside the number"
                holds = o.row[words.column] in words.codes
                yield remark_on(o, words.column, holds, " or ".join(words.codes), message)


@lru_cache(maxsize=1 << 13)
def _said(text: str) -> tuple[tuple[Words, str], ...]:
    """The words that a text holds, each as it stands there; which digits are beside them makes no difference."""
    found = ((words, words.pattern.search(text)) for words in KNOWN)
    return tuple((words, match[0]) for words, match in found if match and not words.but.search(text))


DIGITS = re.compile(r"[0-9]+")


def _is_asked(words: Words, o: Observation, facts: Facts) -> bool:
    if words.column != "measure" or o.series.measure in OF_RATES:
        return words.codes != ("share",) or o.series.measure not in OF_RATES
    unit = facts.reference.units[o.row["printed_unit_id"]]
    is_ratio = facts.reference.metrics.get(o.series.metric_id, {}).get("quantity") in ("ratio", "points")
    if words.codes[0] == "annualised":
        return unit.quantity == "money" and o.series.metric_id not in RATES_BY_NAME
    return unit.quantity == "ratio" and not is_ratio


@relation(
    "C.label_metric",
    "warning",
    says="a label that names a metric names that of its row, or one akin to it",
    rationale="A column of operating income read as revenue, or of spending as profit, is named on the page.",
    fix="file the row under the metric that its label names, or correct the label",
    reach="row",
    reads="printed_label metric_id",
    beside="observations.printed_label",
)
def label_metric(facts: Facts) -> Iterator[Remark]:
    """Each printed label in which names of metrics stand, the longest first; tags of filings are names of their own.

    Metrics whose keys begin or end alike, or of which one is broader, are akin: a label may name either.
    """
    names = _names(facts.reference)
    read: dict[str, set[str]] = {}
    parents = {name: row.get("broader_metric_id", "") for name, row in facts.reference.metrics.items()}
    for o in facts.observations:
        label = o.row["printed_label"]
        counted = facts.reference.metrics.get(o.series.metric_id, {}).get("quantity") in ("count", "time")
        if label and not QUOTIENT.search(label) and not counted:
            if label not in read:
                read[label] = _named(_plain(label), names)
            named = read[label]
            if named:
                holds = any(_is_akin(o.series.metric_id, other, parents) for other in named)
                expected = " or ".join(sorted(named)[:3])
                yield remark_on(o, "metric_id", holds, expected, f"its label {label!r} names another metric")


SHORTEST = 3
QUOTIENT = re.compile(r":|\bper\b|/|每", re.IGNORECASE)
"""A tag of a filing, or so much for each of something: revenue per user is no revenue."""
RATES_BY_NAME = ("arr",)
"""Metrics that are a year's rate by what they are: their level is one."""
ORDERED = frozenset({"rpo", "backlog", "contract"})
"""What houses call orders not yet fulfilled: remaining performance obligations, backlog, contract value."""


def _names(reference: Reference) -> Mapping[str, frozenset[str]]:
    """The metrics that each name in words belongs to."""
    found: dict[str, set[str]] = {}
    for metric_id, row in reference.metrics.items():
        for name in (row.get("name_en", ""), row.get("name_zh", ""), *row.get("aliases", "").split(";")):
            plain = _plain(name)
            if len(plain) >= SHORTEST or (len(plain) == SHORTEST - 1 and not plain.isascii()):
                found.setdefault(plain, set()).add(metric_id)
    return {name: frozenset(metrics) for name, metrics in found.items()}


def _named(label: str, names: Mapping[str, frozenset[str]]) -> set[str]:
    found = [name for name in names if name in label]
    longest = [name for name in found if not any(name != other and name in other for other in found)]
    return {metric for name in longest for metric in names[name]}


def _is_akin(one: str, other: str, parents: Mapping[str, str]) -> bool:
    if {one.split("-")[0], other.split("-")[0]} <= ORDERED:
        return True
    ends = {one.split("-")[0], one.split("-")[-1]} & {other.split("-")[0], other.split("-")[-1]}
    return bool(ends) or bool({one, *above(one, parents)} & {other, *above(other, parents)})


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


RELATIONS = (label_words, label_metric)
"""They judge what was typed: corrections change nothing in them."""
