"""What the site tells programs, search engines and those who share a page, with and without an address."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from canonical.table_schema import table_names
from release.package.metadata import version

ADDRESS = "https://data.example.org/clouds/"
FEW = ("index", "explore", "use/loading", "reference/metrics/capex", "reference/vendors/amazon")


class Head(HTMLParser):
    """The meta and link elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the head says."""
        told = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self.meta[told.get("name") or told.get("property", "")] = told.get("content", "")
        if tag == "link":
            self.links.append(told)


def _head(path: Path) -> Head:
    return Head(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def addressed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same site built for an address."""
    folder = tmp_path_factory.mktemp("addressed")
    shutil.copytree(site.parent, folder / "work", symlinks=True, ignore=shutil.ignore_patterns("site"))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=folder / "work",
        env=os.environ | {"SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    yield folder / "work" / "site"


@pytest.mark.parametrize("language", ["", "zh/"])
def test_each_page_describes_itself(site: Path, language: str) -> None:
    described = [_head(site / language / f"{page}.html").meta for page in FEW]
    assert all(20 < len(meta["description"]) <= 400 or language for meta in described)
    assert all(meta["description"] for meta in described)
    assert len({meta["description"] for meta in described}) == len(FEW)
    assert all(meta["og:title"] and meta["og:description"] for meta in described)
    assert all("<" not in meta["description"] and "](" not in meta["description"] for meta in described)


def test_a_site_with_an_address_has_a_map_and_every_page_its_own_address(addressed: Path) -> None:
    named = {element.text for element in ET.parse(addressed / "sitemap.xml").iter() if element.tag.endswith("loc")}
    for language in ("", "zh/"):
        for page in FEW:
            links = _head(addressed / language / f"{page}.html").links
            canonical = [link["href"] for link in links if link.get("rel") == "canonical"]
            assert canonical == [f"{ADDRESS}{language}{page}.html"]
            assert canonical[0] in named
    assert len(named) > 400


def test_a_lost_reader_of_a_site_with_an_address_finds_back(addressed: Path) -> None:
    text = (addressed / "404.html").read_text("utf-8")
    assert re.search(r'href="(?:https://data\.example\.org)?/clouds/', text)


def test_the_picture_of_a_shared_page_is_there(addressed: Path) -> None:
    meta = _head(addressed / "reference" / "metrics" / "capex.html").meta
    assert meta["og:image"] == f"{ADDRESS}assets/card.png"
    assert (addressed / "assets" / "card.png").read_bytes().startswith(b"\x89PNG")


def test_the_list_for_language_models_names_every_table_and_only_pages_that_exist(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    addresses = re.findall(r"\]\(([^)]+)\)", text)
    assert text.startswith("# Cloud Vendor Metrics\n")
    assert {f"reference/tables/{name}.html" for name in table_names()} <= set(addresses)
    assert [address for address in addresses if not (site / address).is_file()] == []


def test_the_feed_tells_of_every_release(site: Path) -> None:
    channel = ET.parse(site / "feed.xml").getroot().find("channel")
    assert channel is not None
    titles = [item.findtext("title") or "" for item in channel.iter("item")]
    assert any(title.endswith(f" {version()}") for title in titles)
    assert all(re.search(r"\d+\.\d+\.\d+$", title) for title in titles)


@pytest.mark.parametrize("language", ["", "zh/"])
def test_the_first_page_tells_of_the_dataset_and_its_files(site: Path, language: str) -> None:
    text = (site / language / "index.html").read_text("utf-8")
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    dataset = json.loads(script)
    assert dataset["@type"] == "Dataset"
    assert dataset["version"] == version()
    assert {"data/observations.csv", "data/observations.parquet"} <= {
        file["contentUrl"] for file in dataset["distribution"]
    }


def test_the_other_builder_makes_the_same_pages(site: Path, tmp_path: Path) -> None:
    """properdocs goes on with mkdocs 1: the site must not depend on which of the two builds it."""
    shutil.copytree(site.parent, tmp_path / "work", symlinks=True, ignore=shutil.ignore_patterns("site"))
    done = subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "--strict", "--quiet"], cwd=tmp_path / "work",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    other = tmp_path / "work" / "site"
    names = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert {path.relative_to(other) for path in other.rglob("*") if path.is_file()} == names
    generator = re.compile(rb'<meta name="generator"[^>]*>')
    unlike = [
        name for name in sorted(names)
        if generator.sub(b"", (site / name).read_bytes()) != generator.sub(b"", (other / name).read_bytes())
    ]  # fmt: skip
    assert unlike == []
