"""What a mistyped code was probably meant to be: by its names in both languages first, then by its letters."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache

import polars as pl

from canonical.findings import Finding

__all__ = ["Names", "names_of_rows", "nearest_of", "with_nearest"]

MOST_COMPARED = 20
"""So many different cells that are no name are compared with all names letter by letter, which takes long."""
MOST_NAMED = 3
"""So many codes at most are named where a name is that of several."""

NAMED_IN = ("name_en", "name_zh", "symbol", "printed_forms", "aliases")
"""Columns of a table that name its rows in words; several names of one cell stand between semicolons."""

WORDS = {
    "us$": "usd", "$": "usd", "rmb": "cny", "cn¥": "cny", "¥": "cny", "hk$": "hkd", "€": "eur", "£": "gbp",
    "k": "thousand", "m": "million", "mn": "million", "mm": "million", "mio": "million",
    "b": "billion", "bn": "billion", "t": "trillion", "tn": "trillion", "%": "percent", "pct": "percent",
    "人民币": "cny", "元": "cny", "美元": "usd", "美金": "usd", "港元": "hkd", "港币": "hkd",
    "欧元": "eur", "日元": "jpy", "dollar": "usd", "yuan": "cny", "renminbi": "cny",
    "op": "operating", "rev": "revenue", "profit": "income",
}  # fmt: skip
"""What currencies, magnitudes and a few other words are written as, and the word they are compared as."""
MAGNITUDES = frozenset(
    {"thousand", "million", "billion", "trillion", "千", "万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"}
)
BETWEEN = frozenset(("in", "of"))
"""What stands between the words of an amount: millions of dollars, USD in millions."""
SIMPLIFIED = str.maketrans("億萬圓幣個點業務營", "亿万元币个点业务营")
CURRENCIES = frozenset({"usd", "cny", "hkd", "eur", "gbp", "jpy", "twd", "krw", "sgd", "inr"})
PARTS = re.compile(
    r"us\$|hk\$|cn¥|[$€£¥%]|[0-9]+|(?:usd|cny|rmb|hkd|eur|gbp|jpy)(?=(?:k|m|mm|mn|b|bn|t|tn)(?![a-z]))"
    r"|(?:k|m|mm|mn|b|bn|t|tn)(?=(?:usd|cny|rmb|hkd|eur|gbp|jpy)(?![a-z]))"
    r"|人民币|[百千十]?万亿?|[十百千]?亿|千(?=元|[美港欧日]元)|[美港欧日]元|美金|港币|元|[^\W\d_万亿元]+|[^\W\d_]"
)


@dataclass(frozen=True)
class Names:
    """The codes that a cell may hold, and the codes that each name in words belongs to, by its form for comparison."""

    codes: tuple[str, ...]
    spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, codes: Iterable[str], names: Iterable[tuple[str, str]] = ()) -> Names:
        """The codes, and pairs of a name and its code; a name counts with and without what stands in brackets."""
        codes = tuple(dict.fromkeys(codes))
        spoken: dict[str, dict[str, None]] = defaultdict(dict)
        for name, code in (*((code, code) for code in codes), *names):
            for form in filter(None, map(_form, _spellings(name))):
                spoken[form][code] = None
        return cls(codes, {form: tuple(found) for form, found in spoken.items()})


def names_of_rows(frame: pl.DataFrame, key: str) -> list[tuple[str, str]]:
    """The names that the rows of a table have in words, each with its code in column `key`."""
    columns = [column for column in NAMED_IN if column in frame.columns]
    rows = frame.select(key, *columns).iter_rows()
    return [(name, code) for code, *cells in rows for cell in cells if cell for name in str(cell).split("; ") if code]


def with_nearest(findings: Sequence[Finding], names: Callable[[], Names], many: bool = False) -> list[Finding]:
    """Findings on unknown codes, each with the nearest in what is expected, where one is near.

    Parameters: `names` gives the codes and their names, asked for where there is a finding; `many` says that a cell
    is a list of codes between spaces.
    """
    cells = dict.fromkeys(finding.found for finding in findings)
    known = names() if cells else Names(())
    nearest = dict(_each_nearest(cells, known, many)) if known.codes else {}
    return [
        replace(finding, expected=f"{finding.expected}; nearest is {nearest[finding.found]}")
        if nearest.get(finding.found)
        else finding
        for finding in findings
    ]


def _each_nearest(cells: Iterable[str], names: Names, many: bool) -> Iterator[tuple[str, str]]:
    """Each cell with the code it was probably meant to be; only the first are compared letter by letter."""
    compared = 0
    for cell in cells:
        item = _wrong_item(cell, names, many)
        near = _named(item, names)
        if not near and compared < MOST_COMPARED:
            compared += 1
            near = _alike(item, names)
        yield cell, near


def nearest_of(name: str, names: Sequence[str]) -> str:
    """The name among `names` that a mistyped one was probably meant to be, `` where none is near."""
    ((_, near),) = _each_nearest([name], Names.of(names), many=False)
    return near


def _wrong_item(cell: str, names: Names, many: bool) -> str:
    """The cell, or the first wrong item of one that is a list."""
    items = cell.split() if many else [cell]
    return next((item for item in items if item not in names.codes), "")


def _named(cell: str, names: Names) -> str:
    """The codes that a cell names in words, or the one code that begins with it."""
    form = _form(cell)
    if form in names.spoken:
        return _worded(names.spoken[form])
    begun = [code for code in names.codes if form and _form(code).startswith(form)]
    return begun[0] if len(begun) == 1 else ""


def _alike(cell: str, names: Names) -> str:
    """The codes of the name that a cell differs from in few letters."""
    form = _form(cell)
    for near in get_close_matches(form, names.spoken, n=5, cutoff=0.75):
        if _amount(near) == _amount(form):
            return _worded(names.spoken[near])
    return ""


def _worded(codes: tuple[str, ...]) -> str:
    return " or ".join(codes[:MOST_NAMED])


def _amount(form: str) -> tuple[str, ...]:
    """The digits, magnitudes and currencies of a form: what differs in them is no other spelling but another amount."""
    return tuple(sorted(part for part in form.split() if part in MAGNITUDES | CURRENCIES or part.isdigit()))


@lru_cache(maxsize=1 << 16)
def _form(text: str) -> str:
    """A text for comparison: without case, width and signs, currencies and magnitudes by one word each."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(SIMPLIFIED)
    found: list[str] = PARTS.findall(plain)
    parts = [WORDS.get(part, WORDS.get(part.removesuffix("s"), part) if len(part) > 3 else part) for part in found]
    words = [part.removesuffix("s") if part.removesuffix("s") in MAGNITUDES else part for part in parts]
    # An amount is the same in any order: million USD, USD in millions, 亿人民币, 人民币亿元.
    plain_words = [word for word in words if word not in BETWEEN]
    is_amount = all(word in MAGNITUDES | CURRENCIES for word in plain_words)
    words = plain_words if is_amount else words
    return " ".join(sorted(dict.fromkeys(words)) if is_amount else words)


def _spellings(name: str) -> list[str]:
    """A name as a whole, without what stands in brackets, and that alone."""
    plain = unicodedata.normalize("NFKC", name)
    inside = re.findall(r"\(([^()]*)\)", plain)
    return [plain, re.sub(r"\s*\([^()]*\)", "", plain), *inside] if inside else [plain]
