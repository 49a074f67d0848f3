"""A folder in the navigation stands for its pages."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from release.pages.navigation import on_config


def configured(docs: Path, nav: list[Any], address: str | None = None) -> dict[str, Any]:
    """What the hook makes of a configuration with the templates of the theme."""
    theme = SimpleNamespace(static_templates={"sitemap.xml", "404.html", "other.xml"})
    return on_config({"nav": nav, "docs_dir": str(docs), "site_url": address, "theme": theme})


def test_a_folder_becomes_its_english_pages_without_the_index(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    for name in ("index.md", "units.md", "units.zh.md", "entities.md"):
        (tmp_path / "tables" / name).write_text("# page", encoding="utf-8")
    config = configured(tmp_path, [{"Tables": ["tables/index.md", "tables/*"]}, "a.md"])
    assert config["nav"] == [{"Tables": ["tables/index.md", "tables/entities.md", "tables/units.md"]}, "a.md"]


def test_a_folder_that_is_not_there_has_no_pages(tmp_path: Path) -> None:
    assert configured(tmp_path, ["index.md", "method/*"])["nav"] == ["index.md"]


@pytest.mark.parametrize(
    ("address", "left"),
    [(None, {"other.xml"}), ("", {"other.xml"}), ("https://example.org/", {"sitemap.xml", "404.html", "other.xml"})],
)
def test_pages_of_whole_addresses_are_written_only_where_the_site_has_one(
    address: str | None, left: set[str], tmp_path: Path
) -> None:
    assert configured(tmp_path, ["index.md"], address)["theme"].static_templates == left
