"""Ten things that a newcomer wants of the site, each done from its first page in three clicks at most."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page

from tests.docs.snippets import ROOT

pytestmark = pytest.mark.browser

MOST = 3


class Reader:
    """Somebody who begins on the first page, types and clicks; clicks and choices are counted."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.clicks = page, 0
        page.goto("about:blank")
        page.goto(home)

    def click(self, selector: str) -> None:
        """Click the first place of that kind."""
        self.clicks += 1
        self.page.locator(selector).first.click()

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list, which counts as a click."""
        self.clicks += 1
        self.page.select_option(selector, value)

    def set_day(self, selector: str, day: str) -> None:
        """Type a day, which counts as a click."""
        self.clicks += 1
        self.page.fill(selector, day)
        self.page.dispatch_event(selector, "change")

    def search(self, words: str) -> None:
        """Type into the search, and click what comes first."""
        self.page.fill("#site-search-input", words)
        self.page.wait_for_function(
            "asked => document.querySelector('#site-search-results').dataset.question === asked", arg=words
        )
        self.click("#site-search-results a")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One window for all tasks."""
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()


@pytest.fixture(params=["", "zh/"])
def reader(request: pytest.FixtureRequest, site: Path, page: Page) -> Iterator[Reader]:
    """A newcomer in one language, who needed no more than three clicks."""
    newcomer = Reader(page, f"file://{site}/{request.param}index.html")
    yield newcomer
    assert 1 <= newcomer.clicks <= MOST


def _explored(reader: Reader) -> None:
    reader.page.wait_for_selector("#explorer[data-points]")


def _rows(reader: Reader) -> list[dict[str, str]]:
    with reader.page.expect_download() as taken:
        reader.click("[data-take=csv]")
    with Path(taken.value.path()).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_last_quarter_of_aws_and_its_source(reader: Reader) -> None:
    reader.click("a[href*='explore.html#revenue/quarter/aws']")
    _explored(reader)
    last = (
        pl.read_parquet(ROOT / "data" / "cloud_quarters.parquet")
        .filter(pl.col("entity_id") == "aws")
        .sort("period_end")[-1]
    )
    row = reader.page.locator("#explorer tbody tr").first
    assert f"{last['revenue'].item():,.0f}" in row.inner_text()
    assert row.locator("td:nth-child(7) a").count() >= 1


def test_a_chart_of_all_clouds(reader: Reader) -> None:
    reader.click("a[href*='explore.html'] img >> visible=true")
    _explored(reader)
    assert reader.page.locator("#explorer svg[role=img] path").count() > 5


def test_the_rows_of_a_series(reader: Reader) -> None:
    reader.click("a.md-button[href*='explore']")
    _explored(reader)
    assert len(_rows(reader)) > 100


def test_alibabas_capital_expenditure_of_a_year_as_known_on_a_day(reader: Reader) -> None:
    reader.search("alibaba-group capex")
    _explored(reader)
    reader.choose("#explorer-period", "year")
    reader.set_day("#explorer-asof", "2025-06-30")
    reader.page.wait_for_function("document.querySelector('#explorer').dataset.state.includes('asof=2025-06-30')")
    shown = reader.page.locator("#explorer tbody tr", has_text="2025-03-31").all_inner_texts()
    known = pl.read_parquet(ROOT / "data" / "vintages.parquet").filter(
        pl.col("entity_id") == "alibaba-group", pl.col("metric_id") == "capex", pl.col("period_type") == "year",
        pl.col("period_end") == pl.date(2025, 3, 31), pl.col("breakdown_id") == "total",
        pl.col("known_on") <= pl.date(2025, 6, 30),
    ).sort("known_on")[-1]  # fmt: skip
    assert known.height == 1
    assert any(known["known_on"].item().isoformat() in text for text in shown)


def test_what_is_wrong_in_the_note_of_guosen(reader: Reader) -> None:
    reader.click("article a[href*='reference/documents/index']")
    reader.click("article a[href*='guosen']")
    reader.page.wait_for_url("**/reference/documents/guosen*.html")
    assert reader.page.locator("article a[href*='record.html#f/']").count() > 10


def test_the_meaning_of_range_up(reader: Reader) -> None:
    reader.search("range_up")
    reader.page.wait_for_url("**/reference/tables/*.html#*")
    assert "range_up" in reader.page.locator("article").inner_text()


def test_how_to_load_it_in_r(reader: Reader) -> None:
    reader.search("R")
    reader.page.wait_for_url("**/use/loading.html#r")
    assert (
        "cvm_read" in reader.page.locator("article").inner_text()
        or "cvm_" in reader.page.locator("article").inner_text()
    )


def test_the_price_history_of_a_model(reader: Reader) -> None:
    reader.search("gpt-4o")
    reader.page.wait_for_selector("#prices[data-state]")
    assert "gpt-4o" in reader.page.inner_text("#prices h2 >> nth=0")


def test_how_to_cite(reader: Reader) -> None:
    reader.click("a.md-button[href*='citing']")
    reader.page.wait_for_url("**/use/citing.html")
    assert "Cloud Vendor Metrics" in reader.page.locator("article pre").first.inner_text()


def test_what_the_metric_capex_means(reader: Reader) -> None:
    reader.click("article a[href*='reference/metrics/index']")
    reader.click("article a[href='capex.html']")
    reader.page.wait_for_url("**/reference/metrics/capex.html")
    assert reader.page.locator("article h1 code").inner_text() == "capex"
