"""Layers C and V of what documents list: places as locators name them, marks and captions of supply chains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl

from canonical.findings import Finding
from canonical.locators import is_locator
from validation.units.given import Given, Rule

__all__ = [
    "CAPTION", "LOCATOR", "MARK", "PLACE_PARTS", "TOGETHER", "captions_of_stages", "locators", "marks_of_companies",
    "of_other_documents", "places_of_links",
]  # fmt: skip

OTHERS = ("model_prices", "compute_prices", "observations")
"""Tables whose locators are held elsewhere, or are no places of a document."""

LOCATOR = Rule(
    "V.locator", "warning", "the locator has another form",
    "write the place as p:, list:, table:, row:, col:, page: or figure: with what counts it",
)  # fmt: skip
MARK = Rule(
    "C.link_mark", "error", "",
    "give role and mark_scope as the document marks the company: both, or unlabelled and none",
)  # fmt: skip
CAPTION = Rule(
    "C.link_stage", "warning", "the document's caption stands under another stage elsewhere",
    "file the company under the stage that its caption names",
)  # fmt: skip

TOGETHER = Rule(
    "C.link_place", "warning", "", "read the place in the document again, and correct the cell",
)  # fmt: skip
AGREEING = (
    ("printed_stage", ("source_id", "locator"), "the other companies of that place stand under another caption"),
    ("locator", ("source_id", "printed_stage"), "the other companies under that caption stand at another place"),
    ("open_list", ("source_id", "locator", "role"), "the other companies of that list and role are marked otherwise"),
    ("mark_scope", ("source_id", "locator", "role"), "the other companies of that list and role are marked otherwise"),
    ("role", ("source_id", "locator", "mark_scope", "open_list"), "the other companies so marked have another role"),
)
"""What is the same for all companies that agree in some columns, and what is said of one for which it is not."""


def locators(given: Given) -> Iterator[Finding]:
    """Locators that name no place as pages and tools read it."""
    if given.name in OTHERS or not given.has(("locator",)):
        return
    for at, place in enumerate(given.typed.get_column("locator")):
        if place and not is_locator(place):
            yield given.finding(LOCATOR, at, "locator", "p:35 or table:1 row:2 col:Kimi")


def marks_of_companies(given: Given) -> Iterator[Finding]:
    """Companies with a role that nothing marks, and with a mark and no role."""
    if not given.has(("role", "mark_scope")):
        return
    for at, (role, scope) in enumerate(given.typed.select("role", "mark_scope").iter_rows()):
        if (role == "unlabelled") != (scope == "none"):
            expected = "none" if role == "unlabelled" else "own, group or column"
            yield given.finding(MARK, at, "mark_scope", expected, f"role {role} goes with another mark")


def captions_of_stages(given: Given) -> Iterator[Finding]:
    """Captions that most rows of a document have under one stage, and a few under another."""
    named = ("source_id", "printed_stage", "stage_id")
    if not given.has(named):
        return
    known = given.at_hand()
    rows = pl.concat([frame.select(named) for frame in (given.typed, known) if frame is not None]).drop_nulls()
    stages: dict[tuple[str, str], Counter[str]] = {}
    for source, caption, stage in rows.iter_rows():
        stages.setdefault((source, re.sub(r"\s", "", caption)), Counter())[stage] += 1
    for at, (source, caption, stage) in enumerate(given.typed.select(named).iter_rows()):
        found = stages.get((source, re.sub(r"\s", "", caption or "")), Counter())
        usual = found.most_common(1)
        if usual and stage in found and found[stage] * 2 < usual[0][1]:
            yield given.finding(CAPTION, at, "stage_id", usual[0][0])


PLACE_PARTS = ("source_id", "locator", "printed_stage", "stage_id", "role", "mark_scope", "open_list")


def places_of_links(given: Given) -> Iterator[Finding]:
    """Links that stand otherwise than the others of their place: captions, marks and roles of a list agree."""
    if not given.has(PLACE_PARTS):
        return
    known = given.at_hand()
    frames = [given.typed] if known is None else [given.typed, known]
    plain = pl.col("printed_stage").str.replace_all(r"\s", "")
    rows = pl.concat([frame.select(PLACE_PARTS).with_columns(plain) for frame in frames])
    rows = rows.with_columns(pl.col(pl.String).fill_null("")).rows(named=True)
    for column, beside, says in AGREEING:
        usual: dict[tuple[Any, ...], Counter[Any]] = {}
        for row in rows:
            usual.setdefault(tuple(row[name] for name in beside), Counter())[row[column]] += 1
        for at, row in enumerate(rows[: given.typed.height]):
            cell, count = usual[tuple(row[name] for name in beside)].most_common(1)[0]
            own = usual[tuple(row[name] for name in beside)][row[column]]
            if row[column] != cell and own == 1 and count > 1:
                yield given.finding(
                    TOGETHER, at, column, str(cell).lower() if isinstance(cell, bool) else str(cell), says
                )


def of_other_documents(given: Given) -> Iterator[Finding]:
    """Rows alone of their document at a place where another document has a list."""
    if not given.has(("source_id", "locator")):
        return
    counts = Counter(given.typed.select("source_id", "locator").drop_nulls().rows())
    places: dict[str, Counter[str]] = {}
    for (source, place), count in counts.items():
        places.setdefault(place, Counter())[source] += count
    for at, (source, place) in enumerate(given.typed.select("source_id", "locator").iter_rows()):
        found = places.get(place or "", Counter[str]())
        usual, count = found.most_common(1)[0] if found else ("", 0)
        if " " in (place or "") and source in found and source != usual and found[source] == 1 and count > 1:
            yield given.finding(
                TOGETHER, at, "source_id", usual, "the other rows of that place are of another document"
            )
