"""The findings behind filters, in a real browser: each filter shows those rows of the table and no others."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from release.pages.data import rows_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["", "zh/"])
def test_a_filter_shows_what_it_names_and_an_address_keeps_it(site: Path, browser: Browser, language: str) -> None:
    findings = rows_of("findings")
    page = browser.new_page()
    for asked in ({}, {"severity": "warning", "status": "open"}, {"status": "corrected"}, {"rule": "C.growth_yoy"}):
        page.goto("about:blank")
        page.goto(f"file://{site}/{language}reference/findings.html#{urlencode(asked)}")
        page.wait_for_selector("#all-findings[data-shown]")
        fitting = [row for row in findings if all(row[column] == value for column, value in asked.items())]
        assert fitting
        assert page.get_attribute("#all-findings", "data-shown") == str(len(fitting))
    page.select_option("#finding-vendor", "alibaba")
    page.wait_for_function("location.hash.includes('vendor=alibaba')")
    shown = page.locator("#all-findings tbody tr").count()
    assert 0 < shown <= len(fitting)
    page.close()
