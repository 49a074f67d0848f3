"""Whom statements tell of: the entity whose name their words have, and what they are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from validation.units.given import Given

__all__ = ["DAY", "Names", "entity_told", "versus_told"]

MOST = 3
"""So many entities are told as those that words can mean."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Row = dict[str, Any]
Said = Iterator[tuple[str, str, str]]


class Names(NamedTuple):
    """The entities of vendors by each name of theirs of which words can tell, and a pattern that finds the names."""

    entities: dict[str, set[str]]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, given: Given) -> Names:
        """The names in both languages, without what stands in brackets behind them."""
        found: dict[str, set[str]] = {}
        for entity, row in given.reference.entities.items():
            for name in (row["name_en"].partition(" (")[0], row["name_zh"].partition("（")[0]):
                if len(name) > 2 and row["vendor_id"]:
                    found.setdefault(name, set()).add(entity)
        longest = sorted(found, key=len, reverse=True)
        return cls(found, re.compile("|".join(map(re.escape, longest)) or "(?!)"))

    def said(self, words: str) -> set[str]:
        """The entities that some words name, the longest name at each place."""
        return {entity for name in self.pattern.findall(words) for entity in self.entities[name]}


def entity_told(row: Row, names: Names) -> Said:
    """Entities that the words do not name, while they name others."""
    said = names.said(f"{row['text_en']} {row['text_zh']}")
    if row["entity_id"] and said and not said & {row["entity_id"], row["versus"]}:
        yield "entity_id", " or ".join(sorted(said)[:MOST]), "the words name another entity"


def versus_told(row: Row, given: Given) -> Said:
    """What a statement is held against: an earlier end, another entity or metric, as its relation asks."""
    versus, reference = str(row["versus"]), given.reference
    if not versus:
        return
    is_day, is_entity, is_metric = DAY.fullmatch(versus), versus in reference.entities, versus in reference.metrics
    expected = ""
    if row["relation"] == "accelerates" and not is_day:
        expected = "the end of the period before"
    elif row["relation"] == "labels" and (
        not (is_entity or is_metric) or versus in (row["entity_id"], row["metric_id"])
    ):
        expected = "another entity or metric"
    elif row["relation"] == "none" and row["kind"] == "comparison" and not is_entity:
        expected = "another entity"
    if expected:
        yield "versus", expected, f"{row['relation']} holds against no such thing"
