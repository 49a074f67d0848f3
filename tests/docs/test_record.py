"""The page of one number, source or finding in a real browser: each links to the others, nothing is read as HTML."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.docs.snippets import ROOT

pytestmark = pytest.mark.browser

Open = Callable[[str], Page]


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table as texts."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def record(site: Path, browser: Browser) -> Iterator[Open]:
    """Opens the record of an address such as `o/ID`."""
    page = browser.new_page()

    def opened(address: str) -> Page:
        page.goto("about:blank")
        page.goto(f"file://{site}/record.html#{address}")
        page.wait_for_selector("#record[data-shown]")
        return page

    yield opened
    page.close()


def test_a_number_shows_its_print_its_source_and_its_day(record: Open) -> None:
    sources = {row["source_id"]: row for row in rows("sources")}
    for row in rows("observations_flat")[::997]:
        text = record(f"o/{row['observation_id']}").inner_text("#record")
        assert row["printed_value"] in text
        assert row["known_on"] in text
        assert sources[row["source_id"]]["title"].split()[0] in text


def test_a_source_lists_the_numbers_read_in_it(record: Open) -> None:
    source = "guosen-2026-alibaba-cloud-note"
    own = [row["observation_id"] for row in rows("observations") if source in (row["source_id"], row["via_source_id"])]
    links = record(f"s/{source}").locator("#record a[href^='#o/']").evaluate_all("all => all.map(a => a.hash.slice(3))")
    assert set(own) <= set(links)


def test_a_finding_leads_to_the_numbers_it_names_and_back(record: Open) -> None:
    finding = next(row for row in rows("findings") if row["rule"] == "C.growth_prev")
    page = record(f"f/{finding['finding_id']}")
    assert finding["found"] in page.inner_text("#record")
    page.locator("#record a[href^='#o/']").first.click()
    page.wait_for_selector(f"#record a[href='#f/{finding['finding_id']}']")


def test_a_list_holds_the_numbers_that_its_address_asks_for(record: Open) -> None:
    flat = rows("observations_flat")
    for asked in ({"breakdown_id": "ai"}, {"vendor_id": "tencent", "corroboration": "equation"},
                  {"entity_id": "aws", "metric_id": "revenue"}):  # fmt: skip
        page = record("l/" + "/".join(f"{column}={value}" for column, value in asked.items()))
        fitting = {row["observation_id"] for row in flat if all(row[c] == v for c, v in asked.items())}
        assert page.get_attribute("#record", "data-rows") == str(len(fitting))
        if page.locator("#record button").count():
            page.locator("#record button").click()
        links = page.locator("#record a[href^='#o/']").evaluate_all("all => all.map(a => a.hash.slice(3))")
        assert set(links) == fitting
    both = [row["observation_id"] for row in flat[:2]]
    page = record(f"l/observation_id={'~'.join(both)}")
    assert page.locator("#record a[href^='#o/']").count() == len(both)
    assert "There is no" in record("l/no_such_column=1").inner_text("#record h1")


def test_an_identifier_that_is_not_there_is_said_and_not_read_as_html(record: Open) -> None:
    page = record("o/<img src=x onerror=document.title='ran'>")
    assert page.locator("#record img").count() == 0
    assert "There is no" in page.inner_text("#record h1")
