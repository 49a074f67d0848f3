"""What a vendor's page says of blanks: which expected numbers are not there, and why."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import groupby

from canonical.text_tables import Row
from release.package.markdown import code, link, plain, section, table
from release.pages.data import rows_of
from release.pages.language import Language, in_language, text_of
from release.pages.vocabulary import meaning_of

__all__ = ["vendor_gaps"]

HELD = frozenset({"present", "derived"})
"""States of an expected number that is in the package."""


def vendor_gaps(vendor_id: str, language: Language) -> list[str]:
    """The section of a vendor's page on numbers that are expected and blank, as Markdown; nothing where none is."""
    gaps = _gaps()[vendor_id]
    if not gaps:
        return []
    about = in_language(
        language,
        "These numbers are expected, because the vendor reports or once reported them, and are not in the package. "
        "They are rows of [coverage](../tables/coverage.md).",
        "以下数字因该厂商披露或曾经披露而属预期内，但本数据集没有。它们是 [coverage](../tables/coverage.md) 的行。",
    )
    headers = [
        in_language(language, *words)
        for words in (("Entity", "主体"), ("Metric", "指标"), ("Periods", "期间"), ("Number", "期数"), ("Why", "原因"))
    ]
    title = in_language(language, "Blanks, and why", "空缺及原因")
    return [section(2, title, "blanks"), about, table(headers, [_line(*gap, language) for gap in gaps], right=[3])]


def _line(first: Row, last: Row, count: int, language: Language) -> list[str]:
    metric = first["metric_id"]
    part = "" if first["breakdown_id"] == "total" else f" {code(first['breakdown_id'])}"
    span = first["fiscal_period"] if count == 1 else f"{first['fiscal_period']} – {last['fiscal_period']}"
    return [
        code(first["entity_id"]),
        link(plain(_metric_names(language)[metric]), f"../metrics/{metric}.md") + part,
        plain(span),
        str(count),
        meaning_of("coverage", "state", first["state"], language),
    ]


@cache
def _metric_names(language: Language) -> dict[str, str]:
    return {row["metric_id"]: text_of(row, "name", language) for row in rows_of("metrics")}


@cache
def _gaps() -> defaultdict[str, list[tuple[Row, Row, int]]]:
    """Runs of expected periods of one series and one state, as (first, last, number of periods), by vendor."""
    columns = ("vendor_id", "entity_id", "metric_id", "breakdown_id", "frequency")
    series: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows_of("coverage"):
        series[tuple(row[column] for column in columns)].append(row)
    found: defaultdict[str, list[tuple[Row, Row, int]]] = defaultdict(list)
    for (vendor_id, *_), rows in sorted(series.items()):
        ordered = sorted(rows, key=lambda row: row["period_end"])
        for state, run in groupby(ordered, key=lambda row: row["state"]):
            periods = list(run)
            if state not in HELD:
                found[vendor_id].append((periods[0], periods[-1], len(periods)))
    return found
