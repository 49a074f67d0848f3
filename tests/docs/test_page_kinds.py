"""Every kind of page in a real browser: nothing fails, nothing is asked of another machine, everybody can read it."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.docs.page_kinds import KINDS, PAGES

pytestmark = pytest.mark.browser

SCREENS = {"wide light": ("light", 1366, 900), "wide dark": ("dark", 1366, 900), "phone": ("light", 390, 844)}
GRAVE = {"serious", "critical"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a server of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def _settled(page: Page) -> None:
    """A chart, a list or a record that a page draws by script is there, and every scroll area says what it is."""
    page.wait_for_load_state("load")
    page.evaluate("document.querySelector('.series-chart')?.scrollIntoView()")
    page.wait_for_function(
        "() => !document.querySelector('#explorer:not([data-state]), #all-findings:not([data-shown]), "
        "#record:not([data-shown]), #prices:not([data-state]), .series-chart:not([data-points])')"
    )


def _complaints(page: Page, root: str) -> list[str]:
    """What fails on a page and what it asks of another machine than `root`; grows as pages are opened."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: said.append(request.url) if not request.url.startswith((root, "data:", "blob:")) else None,
    )
    page.on(
        "response",
        lambda response: said.append(f"{response.status} {response.url}") if response.status >= 400 else None,
    )
    return said


@pytest.mark.parametrize(("way", "language"), [("a server", ""), ("a server", "zh/"), ("a folder", "zh/")])
def test_no_page_fails_or_asks_another_machine(
    site: Path, served: str, browser: Browser, way: str, language: str
) -> None:
    """The English pages are opened from a folder by the next test, which asks the same."""
    root = served if way == "a server" else f"file://{site}"
    page = browser.new_page()
    said = _complaints(page, root)
    for address in PAGES:
        page.goto("about:blank")
        page.goto(f"{root}/{language}{address}")
        _settled(page)
        assert said == [], address
    page.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_everybody_can_read_every_kind_of_page(site: Path, browser: Browser, screen: str) -> None:
    """No violation of the rules of axe that is serious or critical, no page wider than its screen, no failure."""
    scheme, width, height = SCREENS[screen]
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
    )
    axe = Axe()
    said = _complaints(page, f"file://{site}")
    found: list[str] = []
    pages = PAGES if screen == "wide light" else KINDS
    for language, address in [*(("", address) for address in pages), ("zh/", "index.html"), ("zh/", "explore.html")]:
        page.goto("about:blank")
        said.clear()  # axe asks for the style sheets by script, which no browser allows in a folder
        page.goto(f"file://{site}/{language}{address}")
        _settled(page)
        assert said == [], address
        violations = axe.run(page).response["violations"]
        found += [
            f"{address}: {each['id']} {each['nodes'][0]['target']}" for each in violations if each["impact"] in GRAVE
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            found.append(f"{address}: wider than the screen")
    page.close()
    assert found == []


@pytest.mark.parametrize("address", ["index.html", "reference/metrics/capex.html", "reference/vendors/amazon.html"])
def test_a_keyboard_reaches_the_text_past_the_menus(site: Path, browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/{address}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('md-skip')")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""
    page.close()


def test_a_metric_page_draws_its_series_and_leads_to_the_explorer(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/reference/metrics/revenue.html")
    page.wait_for_selector(".series-chart[data-points] svg")
    assert int(page.get_attribute(".series-chart", "data-points") or 0) > 100
    page.click(".series-chart a")
    page.wait_for_selector("#explorer[data-state]")
    assert "metric=revenue" in page.url
    page.close()


def _seconds(browser: Browser, address: str, ready: str) -> float:
    """From the click to the moment at which a page answers, without anything kept from before: the best of three."""
    taken: list[float] = []
    for _ in range(3):
        context = browser.new_context()
        page = context.new_page()
        begun = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_selector(ready)
        taken.append(time.perf_counter() - begun)
        context.close()
    return min(taken)


def test_the_explorer_answers_within_a_second_and_a_half(served: str, browser: Browser) -> None:
    """On a machine that is busy with other things, within four times what a page of plain text takes there."""
    plain = _seconds(browser, f"{served}/use/citing.html", "article")
    assert _seconds(browser, f"{served}/explore.html", "#explorer[data-state]") <= max(1.5, 4 * plain)


@pytest.mark.parametrize("language", ["", "zh/"])
def test_the_first_page_is_light(served: str, browser: Browser, language: str) -> None:
    """Everything that it asks for but pictures is within 300 kB, unpacked, and no table is among it."""
    page = browser.new_page()
    bodies: dict[str, bytes] = {}
    page.on("response", lambda response: bodies.update({response.url: response.body()}))
    page.goto(f"{served}/{language}index.html", wait_until="networkidle")
    page.close()
    assert not [address for address in bodies if "/reference/data/" in address]
    kinds = {address: address.rpartition(".")[2] for address in bodies}
    assert set(kinds.values()) == {"html", "css", "js", "svg", "png"}
    assert sum(len(body) for address, body in bodies.items() if kinds[address] not in ("svg", "png")) <= 300_000
    assert sum(kind == "svg" for kind in kinds.values()) == 1  # the picture on light paper or the one on dark
