"""The period that the words beside a number name, against the period typed: `Three Months Ended September 30, 2025`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from canonical.calendars import Calendar
from canonical.labels import Named, lengths_of_label, periods_near
from validation.relations.facts import Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DAY = rf"(?:{MONTH} [0-9]{{1,2}},? 20[0-9]{{2}}|[0-9]{{1,2}} {MONTH} 20[0-9]{{2}})"
NTH = r"(?:first|second|third|fourth)"
PHRASE = (
    rf"\b(?:(?:three|six|nine|twelve|[369]|12)[- ]months?|quarter|year) end(?:ed|ing) {DAY}"
    rf"|\b(?:Q[1-4]|H[12])[ ,-]?(?:FY|CY)? ?(?:'[0-9]{{2}}|20[0-9]{{2}})\b|\b[1-4]Q ?(?:'[0-9]{{2}}|20[0-9]{{2}})\b"
    rf"|\b(?:FY|fiscal (?:year )?)'?(?:20[0-9]{{2}})(?: Q[1-4])?\b"
    rf"|\b{NTH}[- ]quarter(?:,? (?:of )?(?:fiscal )?(?:year )?20[0-9]{{2}})?\b|\bQ[1-4]\b"
    r"|\b(?:three|six|nine|twelve)[- ]months\b"
    r"|20[0-9]{2} ?(?:财年|年度?)(?:全年|第?[一二三四]季度?|前三季度?|[上下]半年)"
    r"|截至 ?20[0-9]{2} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日止?的?(?:[三六九]个月|十二个月|季度|财?年度?)"
    r"|第[一二三四]财?季度?|前三季度"
)
"""Words of a period in any case; of two that begin alike the longer."""
PERHAPS = re.compile(r"month|quarter|year|fy|fiscal|q0|0 ?q|h0|年|季", re.IGNORECASE)
"""What stands in all words of a period, their digits read as 0: without it there are none."""
OTHER = re.compile(
    r"(?:\b(?:from|than|over|vs\.?|versus|against|since|compared)\b[^|]{0,30}"
    r"|\b(?:to|with|until|through|by|and|next|previous|prior|last)|[较比自与从至到据和、下上])\s?(?:the |a )?$",
    re.IGNORECASE,
)
"""Words before the name of a period that is another than the number's own."""
LENGTHS = ("month", "quarter", "half_year", "nine_months", "year", "trailing_12_months")


@relation(
    "P.text_period",
    "warning",
    says="the period typed is the one that the words beside the number name",
    rationale="The head of the column says Three Months Ended September 30, 2025: a second reading of the period.",
    fix="correct period_end or period_type, or type the words that stand beside the number",
    reach="row",
    reads="printed_label printed_text period_type period_start period_end calendar",
    surely=lambda facts: facts.cells.each("words", lambda words: not PERHAPS.search(words)) > 0,
    beside="observations.printed_label observations.printed_text",
)
def text_period(facts: Facts) -> Iterator[Remark]:
    """Each duration whose label or text names a period, or its length, against all that are named there."""
    for o in facts.observations:
        said = _said(f"{o.row['printed_label']} | {o.row['printed_text']}")
        if said and o.period is not None and o.period.type in LENGTHS:
            calendar = facts.reference.calendar(o.series.entity_id)
            named = [(words, _named(words, calendar, o.period.end)) for words in said]
            told = [(words, periods) for words, periods in named if periods]
            if told:
                holds = any(period.is_of(o.period.type, o.period.end) for _, periods in told for period in periods)
                expected = " or ".join(sorted({str(period) for _, periods in told for period in periods}))
                yield remark_on(o, "period_end", holds, expected, f"the words {told[0][0]!r} stand beside the number")
            elif lengths := [length for words in said for length in lengths_of_label(words)]:
                message = f"the words {said[0]!r} stand beside the number"
                yield remark_on(o, "period_type", o.period.type in lengths, " or ".join(lengths), message)


@lru_cache(maxsize=1 << 13)
def _said(text: str) -> tuple[str, ...]:
    """The words of periods in a text, but for those that another number is told of."""
    found = re.finditer(PHRASE, text, re.IGNORECASE)  # compiled where a text first holds some: it takes long
    return tuple(match[0] for match in found if not OTHER.search(text[: match.start()]))


@lru_cache(maxsize=1 << 13)
def _named(words: str, calendar: Calendar | None, end: date) -> frozenset[Named]:
    """The periods that some words can stand for near a day."""
    return periods_near(words, calendar, end) or frozenset()


RELATIONS = (text_period,)
