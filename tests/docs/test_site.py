"""The site builds without a warning, in both languages, and asks no other machine for anything."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from canonical.text_tables import Row
from release.pages.data import rows_of
from tests.docs.snippets import ROOT

FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc=["']?(?:https?:)?//|"""
    r"""<link\b(?=[^>]*\brel=["']?(?:stylesheet|icon|preload|preconnect|modulepreload))[^>]*\bhref=["']?(?:https?:)?//"""
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_page_is_there_in_both_languages(site: Path) -> None:
    english = {path.relative_to(site) for path in site.rglob("*.html") if "zh" not in path.relative_to(site).parts}
    chinese = {path.relative_to(site / "zh") for path in (site / "zh").rglob("*.html")}
    assert english == chinese
    assert {Path("index.html"), Path("use/loading.html"), Path("reference/tables/observations.html")} <= english


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    fetching = {page.relative_to(site) for page in site.rglob("*.html") if FETCHED.search(page.read_text("utf-8"))}
    assert fetching == set()
    styles = {
        page.name for page in site.rglob("*.css") if re.search(r"url\(['\"]?(https?:)?//", page.read_text("utf-8"))
    }
    assert styles == set()


def test_the_site_works_from_any_folder_and_names_no_address_it_does_not_know(site: Path) -> None:
    pages = [*site.rglob("*.html"), *site.rglob("*.xml")]
    absolute = [
        page.relative_to(site) for page in pages if re.search(r'(?:href|src)="/|None\w+\.html', page.read_text("utf-8"))
    ]
    assert absolute == []
    assert not [*site.glob("sitemap.xml*"), *site.glob("404.html")]


def test_no_page_shows_a_snippet_mark_or_a_template_of_ours(site: Path) -> None:
    marked = [
        page.name for page in site.rglob("*.html") if "--8&lt;--" in (text := page.read_text("utf-8")) or "{ #" in text
    ]
    assert marked == []


def test_a_chinese_paragraph_of_ours_is_one_line(site: Path) -> None:
    """A line end inside a paragraph would show as a space between two Chinese characters."""
    broken = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]\n[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
    pages = [page for page in (ROOT / "docs").rglob("*.zh.md") if "reference" not in page.parts]
    assert pages
    assert [page.name for page in pages if broken.search(page.read_text("utf-8"))] == []


def test_no_page_is_too_large_to_open_on_a_phone(site: Path) -> None:
    large = {page.relative_to(site): page.stat().st_size for page in site.rglob("*.html")}
    assert {page: size for page, size in large.items() if size > 150_000} == {}


def test_a_count_of_numbers_leads_to_as_many(site: Path) -> None:
    """Each condition of an address names a column of `observations_flat` and values of it."""
    rows = rows_of("observations_flat")
    counts = re.compile(r'record\.html#l/((?!observation_id)[^"]+)">([\d,]+)</a>')
    linked = {found for page in site.rglob("*.html") for found in counts.findall(page.read_text("utf-8"))}
    assert len(linked) > 500
    by_first: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for column in ("vendor_id", "entity_id", "metric_id", "breakdown_id", "corroboration"):
            by_first.setdefault((column, row[column]), []).append(row)
    wrong: list[str] = []
    for address, shown in linked:
        (first, value), *others = [part.split("=") for part in unquote(address).split("/")]
        fitting = [row for row in by_first[first, value] if all(row[c] in v.split("~") for c, v in others)]
        wrong += [address] if f"{len(fitting):,}" != shown else []
    assert wrong == []


def test_a_link_to_a_record_or_a_series_names_one_that_is_there(site: Path) -> None:
    known = {
        "s": {row["source_id"] for row in rows_of("sources")},
        "o": {row["observation_id"] for row in rows_of("observations")},
        "f": {row["finding_id"] for row in rows_of("findings")},
    }
    named = re.compile(r"record\.html#([sof])/([^\"&]+)")
    linked = [match for page in site.rglob("*.html") for match in named.findall(page.read_text("utf-8"))]
    assert len(linked) > 1000
    assert {(kind, name) for kind, name in linked if name not in known[kind]} == set()
