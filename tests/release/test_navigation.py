"""A folder in the navigation stands for its pages; a page says what it lacks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from release.pages.navigation import on_config, on_page_markdown, on_post_page, on_post_template


def navigation(docs: Path, nav: list[Any]) -> list[Any]:
    """What the hook makes of a navigation."""
    return on_config({"nav": nav, "docs_dir": str(docs)})["nav"]


def test_a_folder_becomes_its_english_pages_without_the_index(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    for name in ("index.md", "units.md", "units.zh.md", "entities.md"):
        (tmp_path / "tables" / name).write_text("# page", encoding="utf-8")
    found = navigation(tmp_path, [{"Tables": ["tables/index.md", "tables/*"]}, "a.md"])
    assert found == [{"Tables": ["tables/index.md", "tables/entities.md", "tables/units.md"]}, "a.md"]


def test_a_folder_that_is_not_there_has_no_pages(tmp_path: Path) -> None:
    assert navigation(tmp_path, ["index.md", "method/*"]) == ["index.md"]


@pytest.mark.parametrize("name", ["sitemap.xml", "404.html"])
def test_a_page_of_whole_addresses_is_written_only_where_the_site_has_one(name: str) -> None:
    assert on_post_template("text", name, {"site_url": None}) == ""
    assert on_post_template("text", name, {"site_url": "https://example.org/"}) == "text"
    assert on_post_template("text", "other.xml", {"site_url": None}) == "text"


@pytest.mark.parametrize(
    ("language", "file", "said"),
    [("zh", "a.md", True), ("zh", "a.zh.md", False), ("en", "a.md", False)],
)
def test_a_page_of_the_chinese_site_without_a_translation_says_so(language: str, file: str, said: bool) -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri=file), meta={})
    shown = on_page_markdown("# Page", page, {"theme": {"language": language}}, files=[])
    assert shown.endswith("# Page")
    assert ("暂无中文译文" in shown) == said


@pytest.mark.parametrize(
    ("markdown", "described"),
    [
        ("# Title\n\nWhat it *is*, with a [link](a.md)\nand `code` & more.\n\nNext.",
         "What it is, with a link and code &amp; more."),
        ("<div>\n\n| a | b |\n| - | - |\n\n!!! note\n\n- list\n\n```text\ncode\n```\n\nWords.", "Words."),
        ("# Only a title", ""),
        ("# 标题\n\n每个数字都带有来源。", "每个数字都带有来源。"),
    ],
)  # fmt: skip
def test_a_page_is_described_by_its_first_paragraph(markdown: str, described: str) -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="a.md"), meta={})
    on_page_markdown(markdown, page, {"theme": {"language": "en"}}, files=[])
    assert page.meta["description"] == described


def test_a_page_that_describes_itself_keeps_its_words() -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="a.md"), meta={"description": "Own."})
    on_page_markdown("Other words.", page, {"theme": {"language": "en"}}, files=[])
    assert page.meta["description"] == "Own."


@pytest.mark.parametrize("address", ["", "https://example.org/"])
def test_the_head_of_a_page_tells_of_itself_and_of_the_other_language_where_the_site_has_an_address(
    address: str,
) -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="a.md"), meta={}, title="A & B", canonical_url=f"{address}a")
    config = {"site_url": address, "site_name": "Data", "site_description": "What", "docs_dir": ""}
    other = '<link rel="alternate" href="zh/a.html" hreflang="zh">'
    shown = on_post_page(f"<head><title>A</title>\n  {other}</head><body>{other}</body>", page, config)
    head, body = shown.split("</head>")
    assert body == f"<body>{other}</body>"
    assert '<meta property="og:title" content="A &amp; B">' in head
    assert (other in head) == ('property="og:image"' in head) == bool(address)
