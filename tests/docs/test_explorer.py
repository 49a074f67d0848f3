"""The explorer in a real browser: its numbers are the tables', and what a reader takes away is what is shown."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page

from tests.docs.snippets import ROOT, run

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def explorer(site: Path, browser: Browser) -> Iterator[Open]:
    """Opens the explorer from its folder in a state; every complaint of the page and every foreign request is kept."""
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)

    def opened(state: str = "", language: str = "") -> Page:
        page.goto("about:blank")
        page.goto(f"file://{site}/{language}explore.html{state}")
        page.wait_for_selector("#explorer[data-points]")
        return page

    yield opened
    context.close()


def last_known(metric: str, period: str, day: str) -> pl.DataFrame:
    """The vintages of a metric as the tables have them on a day: one row a fact."""
    vintages = pl.read_parquet(ROOT / "data" / "vintages.parquet")
    asked = vintages.filter(
        pl.col("metric_id") == metric,
        pl.col("period_type") == period,
        pl.col("known_on") <= pl.lit(day).str.to_date(),
        pl.col("value").is_not_null(),
    )
    return asked.sort("known_on").group_by("fact_id").last()


def downloaded(page: Page, what: str) -> Path:
    """The file that a button of the explorer gives."""
    with page.expect_download() as download:
        page.click(f"[data-take={what}]")
    return Path(download.value.path())


def rows_of(page: Page) -> list[dict[str, str]]:
    """The rows of the CSV that the page gives."""
    with downloaded(page, "csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("day", ["2026-11-26", "2024-06-30", "2021-01-31"])
def test_the_numbers_are_those_of_the_vintages_as_known_on_a_day(explorer: Open, day: str) -> None:
    page = explorer(
        f"#metric=revenue&period=quarter&series=aws~alibaba-cloud~google-cloud&currency=reported&asof={day}"
    )
    entities = ["aws", "alibaba-cloud", "google-cloud"]
    expected = last_known("revenue", "quarter", day).filter(
        pl.col("entity_id").is_in(entities), pl.col("breakdown_id") == "total", pl.col("basis") == "reported",
        pl.col("of_entity_id").is_null(),
    )  # fmt: skip
    assert expected.height > 20
    shown = {(r["entity_id"], r["period_end"]): (float(r["value"]), r["known_on"]) for r in rows_of(page)}
    assert shown == {
        (r["entity_id"], str(r["period_end"])): (r["value"], str(r["known_on"])) for r in expected.iter_rows(named=True)
    }


def test_dollars_and_growth_are_those_of_the_quarterly_table(explorer: Open) -> None:
    series = "#metric=revenue&period=quarter&series=alibaba-cloud&currency={}&show={}"
    table = pl.read_parquet(ROOT / "data" / "quarterly_metrics.parquet").filter(
        pl.col("entity_id") == "alibaba-cloud", pl.col("metric_id") == "revenue",
        pl.col("breakdown_id") == "total", pl.col("basis") == "reported",
    )  # fmt: skip
    ours = {str(row["period_end"]): row for row in table.iter_rows(named=True)}
    for state, column in (
        (series.format("USD", "level"), "value_usd"),
        (series.format("reported", "growth"), "growth_yoy"),
    ):
        shown = [row for row in rows_of(explorer(state)) if ours[row["period_end"]][column] is not None]
        assert len(shown) > 10
        for row in shown:
            assert float(row["value"]) == pytest.approx(ours[row["period_end"]][column], rel=1e-4, abs=1e-3)


def test_every_point_stands_in_the_table_with_print_source_and_day(explorer: Open) -> None:
    page = explorer("#metric=revenue&period=quarter&series=aws&currency=reported")
    if page.locator("text=Show all rows").count():
        page.click("text=Show all rows")
    rows = page.locator("#explorer tbody tr")
    assert rows.count() == int(page.get_attribute("#explorer", "data-points") or 0)
    cells = rows.first.locator("td").all_inner_texts()
    assert all(cells[place] for place in (1, 3, 4, 5, 6))
    links = rows.first.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert any(link.startswith("record.html#o/") for link in links)
    assert any(link.startswith("https://") for link in links)


def test_a_link_opens_what_it_was_copied_from(explorer: Open) -> None:
    page = explorer("#metric=revenue&period=quarter&series=aws~google-cloud")
    page.select_option("#explorer-show", "growth")
    page.fill("#explorer-asof", "2023-03-31")
    page.wait_for_function("document.querySelector('#explorer').dataset.state.includes('asof=2023-03-31')")
    address, rows = page.url, rows_of(page)
    again = explorer("#" + address.split("#")[1])
    assert rows_of(again) == rows
    assert {row["measure"] for row in rows} == {"growth_yoy"}


def test_the_picture_and_what_it_is_can_be_taken_away(explorer: Open) -> None:
    page = explorer("#metric=capex-cash&period=year")
    assert downloaded(page, "svg").read_text("utf-8").startswith("<svg")
    assert downloaded(page, "png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    about = json.loads(downloaded(page, "meta").read_text("utf-8"))
    assert about["citation"].startswith("Cloud Vendor Metrics")
    assert about["rows"] == len(rows_of(page)) > 0
    assert all(source["title"] for source in about["sources"])


def test_the_lines_of_python_give_the_same_rows(explorer: Open, tmp_path: Path) -> None:
    page = explorer("#metric=revenue&period=quarter&series=aws~alibaba-cloud&currency=reported&asof=2024-06-30")
    lines = page.get_attribute("[data-take=python]", "data-text")
    (tmp_path / "data").symlink_to(ROOT / "data")
    done = run([sys.executable, "-c", f"{lines}\nprint(sorted(v['value'].dropna()))"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == sorted(float(row["value"]) for row in rows_of(page))


def test_every_metric_and_period_draws_in_both_languages(explorer: Open) -> None:
    complaints: list[str] = []
    for language in ("", "zh/"):
        page = explorer(language=language)
        page.on("pageerror", lambda error: complaints.append(f"{error}"))
        states = page.evaluate("""async () => {
            const rows = cvm.rowsOf(await cvm.load("vintages"));
            return [...new Set(rows.map((row) => `metric=${row.metric_id}&period=${row.period_type}`))];
        }""")
        assert len(states) > 50
        for state in states if not language else states[::10]:
            page.evaluate("state => { location.hash = state }", state)
            page.wait_for_function(
                "state => document.querySelector('#explorer').dataset.state.startsWith('#' + state)", arg=state
            )
            assert page.locator("#explorer .explorer-chart svg, #explorer .explorer-none").count() == 1, state
    assert [text for text in complaints if "search_index.js" not in text] == []


def test_clouds_are_shown_before_a_reader_chooses(explorer: Open) -> None:
    """One series a vendor: its cloud where that is reported, and no market beside vendors."""
    vendors = pl.read_csv(ROOT / "data" / "entities.csv", infer_schema=False).select("entity_id", "vendor_id")
    clouds = set(pl.read_csv(ROOT / "data" / "vendor_clouds.csv", infer_schema=False)["entity_id"])
    shown = {row["entity_id"] for row in rows_of(explorer("#metric=revenue&period=quarter"))}
    owners = vendors.filter(pl.col("entity_id").is_in(shown))["vendor_id"].to_list()
    assert len(owners) == len(set(owners)) == len(shown) > 5
    assert None not in owners
    assert {"aws", "google-cloud", "oracle-cloud"} <= shown & clouds


def test_the_other_language_shows_the_same_state(explorer: Open) -> None:
    page = explorer("#metric=revenue&period=quarter&series=alibaba-cloud&currency=reported&show=growth")
    page.select_option("#explorer-currency", "USD")
    rows = rows_of(page)
    page.evaluate("document.querySelector('a[hreflang=zh]').click()")
    page.wait_for_url("**/zh/explore.html#*")
    page.wait_for_selector("#explorer[data-points]")
    assert page.input_value("#explorer-show") == "growth"
    assert [row["value"] for row in rows_of(page)] == [row["value"] for row in rows]


def test_breaks_and_intervals_are_drawn(explorer: Open) -> None:
    page = explorer("#metric=revenue&period=quarter&series=alibaba-cloud~microsoft-intelligent-cloud")
    rows = rows_of(page)
    wide = [row for row in rows if row["value_low"] and float(row["value_high"]) > float(row["value_low"])]
    assert page.locator("#explorer svg g[aria-label='intervals of the printed numbers'] line").count() == len(wide) > 20
    perimeters: dict[str, list[str]] = {}
    for row in rows:
        perimeters.setdefault(row["entity_id"], []).append(row["perimeter_id"])
    breaks = sum(a != b for run in perimeters.values() for a, b in pairwise(run))
    assert page.locator("#explorer svg g[aria-label='a new perimeter begins'] line").count() == breaks > 0
