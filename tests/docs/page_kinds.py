"""One page of every kind that the site has, for tests that look at all of them."""

from __future__ import annotations

from canonical.text_tables import Row
from release.pages.data import rows_of

__all__ = ["KINDS", "PAGES"]


def _first(table: str, key: str) -> str:
    rows: tuple[Row, ...] = rows_of(table)
    return rows[0][key]


PAGES = (
    "index.html",
    "explore.html#metric=revenue",
    "prices.html#model/gpt-4o/input",
    "prices.html#accelerator/H100",
    f"record.html#o/{_first('observations', 'observation_id')}",
    f"record.html#s/{_first('sources', 'source_id')}",
    f"record.html#f/{_first('findings', 'finding_id')}",
    "reference/vendors/index.html",
    "reference/vendors/amazon.html",
    "reference/metrics/index.html",
    "reference/metrics/capex.html",
    "reference/entities.html",
    "reference/findings.html",
    "reference/rules.html",
    "reference/sources/index.html",
    "reference/sources/news.html",
    "reference/tables/observations.html",
    "use/loading.html",
    "use/glossary.html",
    "method/headline.html",
    "method/detection-power.html",
    "development/contributing.html",
)
"""Addresses below the site's language."""
KINDS = tuple(
    page
    for page in PAGES
    if page.startswith(("index", "explore", "prices.html#model", "record.html#o", "record.html#f", "use/loading"))
    or page.endswith(("amazon.html", "capex.html", "findings.html", "news.html", "observations.html", "headline.html"))
)
"""A dozen of them, of which each has parts that the others have not."""
