"""Layers C and V of what documents list: places as locators name them, marks and captions of supply chains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from canonical.findings import Finding
from canonical.locators import is_locator
from validation.units.given import Given, Rule

__all__ = ["CAPTION", "LOCATOR", "MARK", "captions_of_stages", "locators", "marks_of_companies"]

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
