"""The search in a real browser, from a folder: what a reader means comes first, in either language."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ANSWERED = "asked => document.querySelector('#site-search-results').dataset.question === asked"
FIRST = {
    "": {
        "capex": "explore.html#metric=capex",
        "资本开支": "explore.html#metric=capex",
        "RPO": "explore.html#metric=rpo",
        "aws revenue": "explore.html#metric=revenue&series=aws",
        "阿里云收入": "explore.html#metric=revenue&series=alibaba-cloud",
        "阿里云 收入": "explore.html#metric=revenue&series=alibaba-cloud",
        "H100": "prices.html#accelerator/H100",
        "gpt-4o": "prices.html#model/gpt-4o",
        "GPT-4o price": "prices.html#model/gpt-4o",
        "H100 价格": "prices.html#accelerator/H100",
        "how to cite": "use/citing.html",
        "CoreWeave backlog": "explore.html#metric=backlog&series=coreweave",
        "free cash flow": "explore.html#metric=free-cash-flow",
        "MSFT": "reference/vendors/microsoft.html",
        "R": "use/loading.html#r",
        "range_up": "reference/tables/",
        "vintage": "use/glossary.html",
    },
    "zh/": {
        "capex": "zh/explore.html#metric=capex",
        "资本开支": "zh/explore.html#metric=capex",
        "阿里云收入": "zh/explore.html#metric=revenue&series=alibaba-cloud",
        "国信": "zh/record.html#s/",
        "阿里云 营收": "zh/explore.html#metric=revenue&series=alibaba-cloud",
        "电力": "zh/explore.html#metric=active-power",
        "gpt-4o 价格": "zh/prices.html#model/gpt-4o",
        "甲骨文": "zh/reference/vendors/oracle.html",
        "R": "zh/use/loading.html",
    },
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One window for all questions."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize(("language", "question"), [(place, text) for place, asked in FIRST.items() for text in asked])
def test_what_a_reader_means_comes_first(site: Path, page: Page, language: str, question: str) -> None:
    page.goto(f"file://{site}/{language}use/reading.html")
    page.fill("#site-search-input", question)
    page.wait_for_function(
        "asked => document.querySelector('#site-search-results').dataset.question === asked", arg=question
    )
    first = page.locator("#site-search-results a").first.get_attribute("href") or ""
    assert first.startswith(f"file://{site}/{FIRST[language][question]}")


def test_the_keyboard_alone_finds_and_opens(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/use/reading.html")
    page.keyboard.press("/")
    page.keyboard.type("aws revenue", delay=5)
    page.wait_for_selector("#site-search-results a")
    page.wait_for_function(ANSWERED, arg="aws revenue")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#site-search-input", "aria-activedescendant") == "site-search-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore.html#metric=revenue&series=aws*")


def test_every_entry_leads_to_a_page_and_a_place_that_exist(site: Path, page: Page) -> None:
    page.goto(f"file://{site}/index.html")
    for language in ("en", "zh"):
        addresses: list[str] = page.evaluate(
            "async name => [...new Set(cvm.rowsOf(await cvm.load(name)).map(row => row.address))]", f"search-{language}"
        )
        assert len(addresses) > 1000
        places: dict[str, set[str]] = {}
        for address in addresses:
            name, _, anchor = address.partition("#")
            places.setdefault(name, set()).add(anchor)
        for name, anchors in places.items():
            text = (site / ("zh" if language == "zh" else "") / name).read_text("utf-8")
            wanted = {anchor for anchor in anchors if anchor and "/" not in anchor and "=" not in anchor}
            assert {anchor for anchor in wanted if f'id="{anchor}"' not in text} == set(), name


def test_the_index_of_a_language_is_small(site: Path) -> None:
    for language in ("en", "zh"):
        script = site / "reference" / "data" / f"search-{language}.js"
        assert len(gzip.compress(script.read_bytes())) <= 400_000
