"""What tells the sign of a number in a text: a minus, brackets, and words of loss, fall, gain and rise."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["MONEY", "mark_of"]

MONEY = r"(?:RMB|CNY|USD|EUR|HKD|人民币|[A-Z]{0,2}[$€£¥￥]) ?"
"""A currency between a word or sign and its number."""
MINUS = re.compile(
    rf"(?:(?:^|[(（:：$€£¥]|[^0-9\s–-]\s)[-−－]|^[–—]|△|\bnegative(?: growth of)?|[负負](?:增[长長])?[为為達达]?) ?"
    rf"(?:{MONEY})?$",
    re.IGNORECASE,
)
"""A minus before a number, or a word for it; Japanese accounts print an empty triangle."""
TRIANGLE = re.compile(rf"▲ ?(?:{MONEY})?$")
"""A minus in Japanese accounts; elsewhere the mark of what rises."""
OPENED = re.compile(rf"^\s*(?:{MONEY})?[(（](?:{MONEY})?$")
CLOSED = re.compile(r"^[^()（）0-9]{0,12}[)）]")
ABOUT = (
    r"(?: about| around| approximately| roughly| nearly| almost| over| more than)? ?(?:大?约|近|超过?|逾)? ?"
    rf"(?:{MONEY})?$"
)
"""Words of bound between such a word and its number."""
LOSS = re.compile(
    r"(?:\b(?:loss(?:es)?(?: of| was| were| (?:narrowed|widened|shrank|grew) to)?|lost|perte de)"
    rf"|(?:[亏虧][损損]|損失|赤字)(?:净额|额)?(?:(?:收窄|缩窄|扩大|增加|减少)[至到为]|[为達达了は])?){ABOUT}",
    re.IGNORECASE,
)
GAIN = re.compile(
    r"(?:\b(?:profit|income|earnings|gain)(?: of| was)?|扭[亏虧]为盈[，,]?(?:至|达|为)?|盈利|利润)"
    rf"(?:至|达|为|了)?{ABOUT}",
    re.IGNORECASE,
)
"""Words of profit directly before a number."""
FALL = re.compile(
    r"(?:\b(?:down|fell|falls?|slid|slipped|sank|declined|decreased|dropped|dipped|shrank|contracted|tumbled|plunged"
    r"|plummeted|slumped|(?:fall|decline|decrease|drop|cut|reduction) of)(?: by)?"
    rf"|(?:下降|下跌|下滑|下挫|下调|缩水|减少|減少|降低|缩减|降价|[降跌减]幅[达为]?|跌|降|减|減)了?){ABOUT}",
    re.IGNORECASE,
)
"""Words of fall directly before a number: `down from 90 %` and 下降到 say where a fall began or ended, not how deep."""
FALLEN = re.compile(
    r"^ ?(?:%|percent|per cent)? (?:year-over-year |y/y |yoy )?(?:decrease|decline|drop|fall|reduction|lower)\b", re.I
)
"""The same directly behind it."""
RISE = re.compile(
    r"(?:(?:^|[ (（])\+|\b(?:up|grew|rose|increased|climbed|jumped|surged|soared|advanced|expanded"
    r"|(?:growth|increase|rise|gain) of)(?: by)?"
    rf"|(?:增[长長]|增加|上升|上涨|上調|提升|提高|攀升|激增|飙升|大?涨|[增升涨]幅[达为]?)了?){ABOUT}",
    re.IGNORECASE,
)
"""Words of rise directly before a number, and a plus."""
RISEN = re.compile(
    r"^ ?(?:%|percent|per cent)? (?:year-over-year |y/y |yoy )?(?:increase|growth|rise|gain|jump|higher)\b", re.I
)
OF_LOSSES = re.compile(r"[亏虧][损損]|\bloss", re.IGNORECASE)


def mark_of(before: str, behind: str) -> str:
    """What the text before and behind a number says of its sign.

    `minus` for a sign, brackets or `negative`, `triangle` for a full one, else `loss`, `gain`, `fall` or `rise` for
    such a word directly beside it; empty where there is none. A loss that falls or rises has none.

    >>> mark_of("down ", "%"), mark_of("a loss of $", " billion"), mark_of("同比增长 ", "%")
    ('fall', 'loss', 'rise')
    """
    said = _said_before(before)
    if said == BRACKET:
        said = "minus" if CLOSED.search(behind) else ""
    if said in ("", "rise") and FALLEN.search(behind):
        return "fall"
    if not said and RISEN.search(behind):
        return "rise"
    return "" if said == LOSSES else said


BRACKET, LOSSES = "bracket", "losses"
"""Said by a bracket, which is a minus where it is closed, and by words of losses farther away, which hide all others.
"""


@lru_cache(maxsize=1 << 13)
def _said_before(before: str) -> str:
    """What the text before a number says of its sign: most numbers stand behind nothing, or behind the same words."""
    if MINUS.search(before):
        return "minus"
    if OPENED.search(before):
        return BRACKET
    if TRIANGLE.search(before):
        return "triangle"
    if LOSS.search(before):
        return "loss"
    if GAIN.search(before):
        return "gain"
    if OF_LOSSES.search(before):
        return LOSSES
    if FALL.search(before):
        return "fall"
    return "rise" if RISE.search(before) else ""
