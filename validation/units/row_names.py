"""Layer C of names: each row of a list has its own, in the language of its column, of the thing that its id names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from canonical.findings import Finding
from validation.units.given import Given, Rule

__all__ = ["NAMED", "ROW_NAME", "names_of_rows"]

ROW_NAME = Rule(
    "C.row_name", "warning", "", "type the name that belongs to the id of the row, in the language of its column",
)  # fmt: skip


class Names(NamedTuple):
    """Columns of a table that no two rows share, `within` rows that agree in some; pairs of texts in both languages.

    `by_id` says that the English name always has a word of the id.
    """

    own: tuple[str, ...]
    within: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = (("name_en", "name_zh"),)
    by_id: bool = False


DEFINED = ("name_en", "name_zh", "definition")
DEFINITIONS = (("name_en", "name_zh"), ("definition", "definition_zh"))
NAMED: Mapping[str, Names] = {
    "companies": Names(("name_en", "name_zh"), by_id=True),
    "vendors": Names(("name_en", "name_zh", "parent_company", "tickers", "website"), by_id=True),
    "entities": Names((*DEFINED, "definition_zh"), pairs=DEFINITIONS),
    "metrics": Names((*DEFINED, "definition_zh"), pairs=DEFINITIONS),
    "breakdowns": Names(DEFINED, pairs=DEFINITIONS),
    "supply_chain_stages": Names(("name_en", "name_zh")),
    "instruments": Names((), by_id=True),
    "units": Names(("symbol",), pairs=()),
    "risk_factors": Names(("text_en", "text_zh"), pairs=(("text_en", "text_zh"),)),
    "entity_breaks": Names((), pairs=(("description_en", "description_zh"),)),
    "rating_scales": Names(("level_zh",), ("rating_scale_id",), ()),
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[a-z0-9]+")
SHORTEST, LONG = 3, 5
"""Letters of a word of an id that a name can be known by, and of one that can be misspelt."""
ALIKE = 0.8


def names_of_rows(given: Given) -> Iterator[Finding]:
    """Names that two rows have, that stand in the column of the other language, or that another id tells."""
    named, key = NAMED[given.name], given.table.schema.primary_key
    for column in (c for c in named.own if given.has((c, *named.within, *key))):
        yield from _shared(given, column, named.within)
    for english, chinese in (pair for pair in named.pairs if given.has(pair)):
        for at, (one, other) in enumerate(given.typed.select(english, chinese).iter_rows()):
            if one and other and CHINESE.search(one) and not CHINESE.search(other):
                yield given.finding(ROW_NAME, at, english, "English words", f"{english} and {chinese} are exchanged")
    if len(key) == 1 and ("name_en", "name_zh") in named.pairs and given.has((*key, "name_en")):
        yield from _of_other_ids(given, key[0], named.by_id)


def _shared(given: Given, column: str, within: Sequence[str]) -> Iterator[Finding]:
    """Cells that a row before has, or one at hand."""
    known = given.at_hand()
    own = given.typed.select(*within, column).rows()
    first: dict[tuple[str, ...], str] = {}
    if known is not None and {column, *within} <= set(known.columns):
        first = {_plain(row): "a row of the package" for row in known.select(*within, column).rows()}
    for at, row in enumerate(own):
        there = first.setdefault(_plain(row), f"row {at + 1}") if row[-1] else f"row {at + 1}"
        if there != f"row {at + 1}":
            yield given.finding(ROW_NAME, at, column, "a cell of its own", f"{there} has the same")


def _plain(row: Sequence[object]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell).casefold() for cell in row)


def _of_other_ids(given: Given, key: str, by_id: bool) -> Iterator[Finding]:
    """English names without a word of their id but with all those of another's, and words of an id misspelt."""
    rows = [(str(name or ""), str(text or "")) for name, text in given.typed.select(key, "name_en").iter_rows()]
    ids = [_words(name) for name, _ in rows]
    texts = ["".join(WORD.findall(text.lower())) for _, text in rows]
    is_told = [not of or not text or any(word in text for word in of) for of, text in zip(ids, texts, strict=True)]
    for at, (of, text) in enumerate(zip(ids, texts, strict=True)):
        if not is_told[at]:
            others = [
                rows[n][0]
                for n, words in enumerate(ids)
                if n != at and sum(map(len, words)) >= LONG and all(word in text for word in words)
                if by_id or not is_told[n]
            ]
            if others:
                message = f"no word of it stands in the id, and it tells of {others[0]}"
                yield given.finding(ROW_NAME, at, "name_en", f"a name of {rows[at][0]}", message)
                continue
        if by_id:
            slips = [slip for word in of if word not in text for slip in _near(word, rows[at][1])]
            for slip in slips[:1]:
                yield given.finding(
                    ROW_NAME, at, "name_en", f"a word of {rows[at][0]}", f"{slip} is like one of its id"
                )


def _words(name: str) -> list[str]:
    """The words of an id by which its name can be known.

    >>> _words("hang-seng-tech"), _words("sp-500")
    (['hang', 'seng', 'tech'], ['500'])
    """
    return [word for word in WORD.findall(name.lower()) if len(word) >= SHORTEST and word != "and"]


def _near(word: str, text: str) -> list[str]:
    """The word of a text that is like one of an id; none where the two differ as singular and plural do."""
    near = get_close_matches(word, WORD.findall(text.lower()), n=1, cutoff=ALIKE) if len(word) >= LONG else []
    return [one for one in near if {one, word} != {min(one, word, key=len), f"{min(one, word, key=len)}s"}]
