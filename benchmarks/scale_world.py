"""A made world of any number of observations that hold together, for relations at scale: groups, segments, documents.

Numbers are drawn, so that no print of it is a number of anybody; every print is a true value rounded as documents
round, in the words of one language or the other, with quotes, bounds, and levels beside rates and shares.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from pathlib import Path

from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import load_schema

__all__ = ["write_world"]

Row = dict[str, str]
YEARS = tuple(range(2018, 2026))
ENDS = ("03-31", "06-30", "09-30", "12-31")
SEGMENTS = {"cloud": 0.3, "devices": 0.12, "media": 0.04}
"""The segments of a group, and about what part of its revenue each earns."""


@dataclass
class _Vendor:
    """One group with its segments: their true values, drawn once, and the rows that documents print of them."""

    name: str
    draw: random.Random
    is_chinese: bool
    years: Sequence[int]
    values: dict[tuple[str, str, str, int, int], Decimal] = field(default_factory=dict)

    def value(self, entity: str, metric: str, part: str, year: int, quarter: int) -> Decimal:
        """A true value in millions; quarter 0 is the year, and the group is the sum of its segments."""
        if quarter == 0:
            return sum((self.value(entity, metric, part, year, q) for q in range(1, 5)), Decimal(0))
        if entity == self.name:
            return sum((self.value(f"{entity}-{s}", metric, part, year, quarter) for s in SEGMENTS), Decimal(0))
        return self.values[entity, metric, part, year, quarter]

    def drawn(self) -> None:
        """Draw revenue that grows, an income that is a part of it, and the part of it that is AI."""
        for segment, earns in SEGMENTS.items():
            entity, level = f"{self.name}-{segment}", self.draw.uniform(2_000, 60_000)
            for year in self.years:
                for quarter in range(1, 5):
                    level *= self.draw.uniform(0.99, 1.08)
                    of = {"revenue": 1.0, "operating-income": earns * self.draw.uniform(0.9, 1.1)}
                    for metric, share in of.items():
                        value = Decimal(str(round(level * share, 3)))
                        self.values[entity, metric, "total", year, quarter] = value
                    ai = Decimal(str(round(level * self.draw.uniform(0.20, 0.22), 3)))
                    self.values[entity, "revenue", "ai", year, quarter] = ai

    def entities(self) -> Iterator[Row]:
        """The group and its segments."""
        own = {"vendor_id": self.name, "reporting_currency": "CNY" if self.is_chinese else "USD",
               "fiscal_year_end_month": "12", "fiscal_year_end_rule": "month_end"}  # fmt: skip
        yield {"entity_id": self.name, "name_en": self.name, "scope": "group", **own}
        for segment in SEGMENTS:
            name = f"{self.name}-{segment}"
            yield {"entity_id": name, "name_en": name, "scope": "segment", "parent_entity_id": self.name, **own}

    def documents(self) -> Iterator[tuple[Row, list[Row]]]:
        """Each results release with what it prints, and a report of somebody else that repeats some of it."""
        for year in self.years:
            for quarter in range(1, 5):
                day = f"{year + 1}-02-05" if quarter == 4 else f"{year}-{quarter * 3 + 2:02}-05"
                name = f"{self.name}-results-{year}-q{quarter}"
                source = {"title": f"{self.name} results, quarter to {year}-{ENDS[quarter - 1]}", "language": "en",
                          "published_on": day, "published_precision": "day"}  # fmt: skip
                own = {"source_id": name, "publisher": self.name, "kind": "company_release", **source}
                yield own, list(self._release(name, year, quarter))
                news = {"source_id": f"{name}-news", "publisher": f"{self.name} watch", "kind": "news", **source}
                yield news, list(self._news(f"{name}-news", year, quarter))

    def _release(self, source: str, year: int, quarter: int) -> Iterator[Row]:
        for of in (quarter, 0) if quarter == 4 else (quarter,):
            for entity in (self.name, *(f"{self.name}-{s}" for s in SEGMENTS)):
                at = _Place(source, entity, year, of)
                revenue, income, ai = (self.value(entity, m, p, year, of) for m, p in LEVELS)
                for (metric, part), value in zip(LEVELS, (revenue, income, ai), strict=True):
                    yield self._level(at, metric, part, value)
                yield self._rate(at, "operating-margin", "level", "total", income / revenue * 100)
                yield self._rate(at, "revenue", "share", "ai", ai / revenue * 100)
                if year > self.years[0]:
                    before = self.value(entity, "revenue", "total", year - 1, of)
                    yield self._rate(at, "revenue", "growth_yoy", "total", (revenue / before - 1) * 100)

    def _news(self, source: str, year: int, quarter: int) -> Iterator[Row]:
        for entity in (self.name, f"{self.name}-cloud"):
            at, value = _Place(source, entity, year, quarter), self.value(entity, "revenue", "total", year, quarter)
            bn = (value / 1000).quantize(Decimal("0.1"), ROUND_FLOOR)
            unit, words = ("cny-bn", f"超过 {bn} 十亿元") if self.is_chinese else ("usd-bn", f"more than ${bn} billion")
            yield at.row("revenue", "total", "level", str(bn), unit, words, bound="gt")

    def _level(self, at: _Place, metric: str, part: str, value: Decimal) -> Row:
        if self.is_chinese:
            printed = str((value / 100).quantize(Decimal("0.01"), ROUND_HALF_EVEN))
            return at.row(metric, part, "level", printed, "cny-100m", f"{printed} 亿元")
        printed = str(value.quantize(Decimal(1), ROUND_HALF_EVEN))
        return at.row(metric, part, "level", printed, "usd-m", f"${Decimal(printed):,} million")

    def _rate(self, at: _Place, metric: str, measure: str, part: str, rate: Decimal) -> Row:
        printed = str(rate.quantize(Decimal("0.1"), ROUND_HALF_EVEN))
        if measure != "growth_yoy":
            return at.row(metric, part, measure, printed, "percent", f"{printed}%")
        shown = printed.lstrip("-")
        words = ("下降" if rate < 0 else "增长") if self.is_chinese else ("down" if rate < 0 else "up")
        return at.row(metric, part, measure, printed, "percent", f"{words} {shown}%")


LEVELS = (("revenue", "total"), ("operating-income", "total"), ("revenue", "ai"))


@dataclass(frozen=True)
class _Place:
    """What the prints of one entity and period in one document have in common; quarter 0 is the year."""

    source: str
    entity: str
    year: int
    quarter: int

    def row(self, metric: str, part: str, measure: str, printed: str, unit: str, text: str, **cells: str) -> Row:
        """A row as people type it."""
        label = f"{metric.replace('-', ' ').capitalize()}, {self.entity}"
        return {
            "source_id": self.source, "locator": f"table:Results row:{label}", "entity_id": self.entity,
            "metric_id": metric, "breakdown_id": part, "measure": measure, "printed_value": printed,
            "printed_unit_id": unit, "printed_text": text, "printed_label": f'{label} "as reported"',
            "period_type": "quarter" if self.quarter else "year",
            "period_end": f"{self.year}-{ENDS[(self.quarter or 4) - 1]}",
            "period_label": f"{self.year} Q{self.quarter}" if self.quarter else str(self.year), **cells,
        }  # fmt: skip


def _faulty(row: Row, draw: random.Random) -> Row:
    """A print that is wrong: the point elsewhere, two digits exchanged, another period, or another digit."""
    printed = row["printed_value"]
    slips: tuple[Mapping[str, str], ...] = (
        {"printed_value": str(Decimal(printed) * 10), "printed_text": ""},
        {"printed_value": printed[::-1] if "." not in printed and printed[-1] != "0" else "7" + printed.lstrip("-"),
         "printed_text": ""},
        {"period_end": f"{int(row['period_end'][:4]) - 1}{row['period_end'][4:]}", "period_label": ""},
        {"printed_value": "7" + printed.lstrip("-")},
    )  # fmt: skip
    return row | draw.choice(slips)


def write_world(folder: Path, observations: int, one_in: int = 1000, years: Sequence[int] = YEARS) -> int:
    """Write the tables of a world with at least so many observations into a folder; returns how many are wrong.

    Parameters: one print in `one_in` is wrong, none where it is 0; `years` are those that documents report.
    """
    draw = random.Random(5)
    made = wrong = number = 0
    with _Tables(folder) as tables:
        while made < observations:
            number += 1
            vendor = _Vendor(f"maker{number:05}", draw, number % 2 == 0, years)
            vendor.drawn()
            tables.write("vendors", {"vendor_id": vendor.name, "name_en": vendor.name, "country": "US"})
            for row in vendor.entities():
                tables.write("entities", row)
            for source, rows in vendor.documents():
                tables.write("sources", source)
                for place, row in enumerate(rows, start=1):
                    is_wrong = one_in > 0 and draw.randrange(one_in) == 0
                    wrong += is_wrong
                    row_id = {"observation_id": f"{row['source_id']}.{place:03}"}
                    tables.write("observations", (_faulty(row, draw) if is_wrong else row) | row_id)
                made += len(rows)
    return wrong


class _Tables:
    """The files of a folder, one for each table, that rows are written to as they are made."""

    def __init__(self, folder: Path) -> None:
        names = ("vendors", "entities", "sources", "observations")
        self._files = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in names}
        self._schemas, self._reference = {name: load_schema(name) for name in names}, Reference()
        self._writers = {
            name: csv.DictWriter(file, self._schemas[name].columns, lineterminator="\n")
            for name, file in self._files.items()
        }

    def __enter__(self) -> _Tables:
        for writer in self._writers.values():
            writer.writeheader()
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def write(self, table: str, row: Row) -> None:
        """Write a row of a table."""
        self._writers[table].writerow(complete_row(self._schemas[table], row, self._reference))
