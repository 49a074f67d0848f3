"""Layers U and C of ratings: levels that do not overlap, scales of their subject and house, moves that can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import polars as pl

from canonical.findings import Finding
from validation.units.given import Given, Rule

__all__ = ["MOVED", "OVERLAPPING", "SUBJECT", "TWICE", "overlapping_levels", "ratings"]

OVERLAPPING = Rule(
    "U.rating_range", "error", "", "read both ends of each level of the scale, and whether each end is part of it",
)  # fmt: skip
SUBJECT = Rule(
    "C.rating_subject", "error", "", "take the scale of the subject's class and of the house that rates it",
)  # fmt: skip
MOVED = Rule("C.rating_move", "error", "", "correct the level or the action")
TWICE = Rule("C.rating_twice", "error", "the source rates the subject otherwise elsewhere", "correct one of the levels")


def overlapping_levels(given: Given) -> Iterator[Finding]:
    """Levels that share a return or leave one out, and ends that do not say whether they belong to the level."""
    needed = ("rating_scale_id", "level", "lower", "upper")
    if not given.has(needed):
        return
    scales: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    is_bounded = given.has(("lower_bound", "upper_bound"))
    for at, row in enumerate(given.typed.iter_rows(named=True)):
        for end in ("lower", "upper"):
            if given.has((f"{end}_bound",)) and (row[end] is None) != (row[f"{end}_bound"] is None):
                message = f"{end} and {end}_bound stand together"
                yield given.finding(OVERLAPPING, at, f"{end}_bound", "both or none", message)
        is_range = row["lower"] is not None or row["upper"] is not None
        if is_range and _end(row["lower"], "-inf") <= _end(row["upper"], "inf"):
            ends = (_end(row["lower"], "-inf"), _end(row["upper"], "inf"))
            scales[row["rating_scale_id"]].append((*ends, at))
    for levels in scales.values():
        for (_, upper, below), (lower, _, at) in pairwise(sorted(levels)):
            ends = _ends(given, below, at) if is_bounded else ()
            if lower > upper:
                message = "no level of the scale holds the returns between two of them"
                yield given.finding(OVERLAPPING, at, "lower", f"{upper:g}", message)
            elif lower == upper and ends and ends not in (("lt", "ge"), ("le", "gt")):
                message = "the end between two levels belongs to one of them"
                yield given.finding(OVERLAPPING, at, "lower_bound", "ge after lt, or gt after le", message)
            elif lower < upper:
                column = "lower" if given.typed.item(at, "lower") is not None else "upper"
                expected = "no level above one without an upper end" if upper == float("inf") else f"at least {upper:g}"
                yield given.finding(OVERLAPPING, at, column, expected, "two levels of the scale overlap")


def _ends(given: Given, below: int, above: int) -> tuple[str | None, str | None]:
    """Whether a return between two levels belongs to the one below, and to the one above."""
    return given.typed.item(below, "upper_bound"), given.typed.item(above, "lower_bound")


def _end(number: float | None, otherwise: str) -> float:
    return float(otherwise) if number is None else number


def ratings(given: Given) -> Iterator[Finding]:
    """Ratings on a scale of another class or house, moves to where none leads, and two levels of one subject."""
    scales = given.references("rating_scales")
    if scales is None or not given.has(("source_id", "subject", "rating_scale_id", "level")):
        return
    of_scale = {row["rating_scale_id"]: row for row in scales.iter_rows(named=True)}
    ranked = _ranked(scales)
    known = dict(scales.group_by("rating_scale_id").agg("level").iter_rows())
    levels: dict[tuple[str, ...], str] = {}
    yield from _said_otherwise(given)
    for at, row in enumerate(given.typed.iter_rows(named=True)):
        scale = of_scale.get(row["rating_scale_id"])
        if scale is None:
            continue
        yield from _of_subject(given, at, row, scale)
        yield from _of_move(given, at, row, ranked.get(row["rating_scale_id"], []))
        said = (row["source_id"], row["subject"], row["rating_scale_id"])
        is_level = row["level"] in known.get(row["rating_scale_id"], ())
        if is_level and levels.setdefault(said, row["level"]) != row["level"]:
            yield given.finding(TWICE, at, "level", levels[said])


def _said_otherwise(given: Given) -> Iterator[Finding]:
    """Ratings of a document that tell two moves of a subject, or call it by two names; subjects that nothing is."""
    if not given.has(("source_id", "subject", "subject_zh", "action")):
        return
    moves: dict[tuple[str, str], str] = {}
    named: dict[tuple[str, str, str], tuple[str, str]] = {}
    columns = ("source_id", "subject", "subject_zh", "action")
    for at, (source, subject, chinese, action) in enumerate(given.typed.select(columns).fill_null("").iter_rows()):
        before = moves.setdefault((source, subject), action) if action != "none" else action
        if before != action:
            yield given.finding(TWICE, at, "action", before, "the source tells another move of the subject elsewhere")
        for column, cell, other in (("subject", subject, chinese), ("subject_zh", chinese, subject)):
            told = named.setdefault((source, column, cell), (other, column)) if cell and other else None
            if told and told[0] != other:
                odd = "subject_zh" if column == "subject" else "subject"
                yield given.finding(TWICE, at, odd, told[0], f"the source calls {cell} otherwise elsewhere")
        if subject and not subject.endswith("industry") and not _is_company(given, subject):
            expected = "an entity, a company, or an industry as media-industry"
            yield given.finding(SUBJECT, at, "subject", expected, "nothing has this id")


def _ranked(scales: pl.DataFrame) -> dict[str, list[str]]:
    """The levels of each scale that have a range, the lowest first."""
    ranges = scales.filter(pl.col("lower").is_not_null() | pl.col("upper").is_not_null())
    ordered = ranges.sort("rating_scale_id", pl.col("lower").fill_null(float("-inf")))
    by_scale = ordered.group_by("rating_scale_id", maintain_order=True).agg("level")
    return dict(by_scale.iter_rows())


def _of_subject(given: Given, at: int, row: dict[str, Any], scale: dict[str, Any]) -> Iterator[Finding]:
    subject = row["subject"] or ""
    kind = "industry" if subject.endswith("industry") else "stock" if _is_company(given, subject) else ""
    if kind and kind != scale["subject_class"]:
        message = f"the scale rates subjects of class {scale['subject_class']}, this one is of class {kind}"
        yield given.finding(SUBJECT, at, "rating_scale_id", f"a scale of subject class {kind}", message)
    houses = [given.reference.sources.get(source or "", {}) for source in (row["source_id"], scale["source_id"])]
    names = [house.get("publisher", "")[:LIKE] for house in houses]
    if all(names) and names[0] != names[1]:
        message = "the scale is that of another house"
        yield given.finding(SUBJECT, at, "rating_scale_id", f"a scale of {houses[0]['publisher']}", message)


LIKE = 4
"""Letters by which a house is known: its institute has a longer name."""


def _is_company(given: Given, subject: str) -> bool:
    companies = given.references("companies")
    return subject in given.reference.entities or (
        companies is not None and companies.filter(pl.col("company_id") == subject).height > 0
    )


def _of_move(given: Given, at: int, row: dict[str, Any], levels: list[str]) -> Iterator[Finding]:
    action, level = row.get("action"), row["level"]
    if len(levels) > 1 and (action, level) in (("raised", levels[0]), ("lowered", levels[-1])):
        message = f"no rating is {action} to the {'lowest' if action == 'raised' else 'highest'} level of its scale"
        yield given.finding(MOVED, at, "action", "an action that leads there", message)
