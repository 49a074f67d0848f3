"""The page of prices in a real browser: its histories are those of the tables, and can be taken away."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page

from tests.docs.snippets import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One window for all questions."""
    opened = browser.new_page()
    yield opened
    opened.close()


def _open(page: Page, site: Path, state: str, language: str = "") -> None:
    page.goto("about:blank")
    page.goto(f"file://{site}/{language}prices.html#{state}")
    page.wait_for_selector("#prices[data-state]")


def _downloaded(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as taken:
        page.click("[data-take=csv]")
    with Path(taken.value.path()).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_history_of_a_model_is_that_of_the_claims(site: Path, page: Page) -> None:
    _open(page, site, "model/gpt-4o/output")
    claims = pl.read_parquet(ROOT / "data" / "model_price_claims.parquet").filter(
        pl.col("model_key") == "gpt-4o", pl.col("meter") == "output", pl.col("mode") == "standard",
        pl.col("service_tier") == "standard", pl.col("commitment") == "none", pl.col("offer") == "list",
        pl.col("tier_from_tokens").is_null(),
    )  # fmt: skip
    rows = _downloaded(page)
    assert len(rows) == claims.height > 5
    assert {(row["model_price_id"], float(row["amount"])) for row in rows} == set(
        claims.select("model_price_id", "amount").iter_rows()
    )
    assert page.locator("#prices svg path").count() > 1


def test_a_family_of_machines_is_shown_in_its_region(site: Path, page: Page) -> None:
    _open(page, site, "machine/amazon/us-east-1/m5")
    shown = {row["instance_type"] for row in _downloaded(page)}
    assert "m5.large" in shown
    assert all(name.startswith("m5.") for name in shown)
    page.select_option("#prices-region", "eu-west-1")
    page.wait_for_selector("#prices[data-state='machine/amazon/eu-west-1/m5']")
    assert page.url.endswith("#machine/amazon/eu-west-1/m5")


def test_an_hour_of_an_accelerator_is_the_hour_of_its_machine_divided(site: Path, page: Page) -> None:
    _open(page, site, "accelerator/H100", "zh/")
    rows = [row for row in _downloaded(page) if row["instance_type"] == "p5.48xlarge" and row["region"] == "us-east-1"]
    files = [path for path in (ROOT / "data" / "compute_prices").rglob("*.parquet") if "amazon" in str(path)]
    parts = pl.read_parquet(files, hive_partitioning=False)
    paid = parts.filter(
        pl.col("instance_type") == "p5.48xlarge", pl.col("region") == "us-east-1",
        pl.col("operating_system") == "linux", pl.col("purchase_option") == "on_demand",
    )  # fmt: skip
    assert sorted(float(row["amount"]) for row in rows) == sorted(round(amount / 8, 6) for amount in paid["amount"])


def test_a_disputed_or_unstable_price_is_told_and_not_drawn(site: Path, page: Page) -> None:
    _open(page, site, "machine/microsoft/westus3/D")
    states = {row["state"] for row in _downloaded(page)}
    assert "unstable" in states
    page.wait_for_selector("#prices svg")


def test_another_model_is_chosen_by_its_name(site: Path, page: Page) -> None:
    _open(page, site, "model/gpt-4o/input")
    page.fill("#prices-model", "deepseek-v3")
    page.press("#prices-model", "Enter")
    page.wait_for_selector("#prices[data-state='model/deepseek-v3/input']")
    assert "deepseek-v3" in page.inner_text("#prices h2 >> nth=0")


def test_a_phone_names_the_lines_and_gives_the_same_picture(site: Path, browser: Browser) -> None:
    """The picture is the chart and not a sign of its legend, with each line named, whatever the window is."""
    taken: list[str] = []
    for width in (390, 1366):
        phone = browser.new_page(viewport={"width": width, "height": 844})
        _open(phone, site, "model/gpt-4o/input")
        names = phone.locator("#prices [class*=swatch] span, #prices [aria-label=text] text").all_text_contents()
        assert any("azure" in name.lower() or "openai" in name.lower() for name in names)
        with phone.expect_download() as file:
            phone.click("[data-take=svg]")
        taken.append(Path(file.value.path()).read_text("utf-8"))
        phone.close()
    assert 'width="960"' in taken[0]
    assert taken[0] == taken[1]
