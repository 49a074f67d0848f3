"""A folder in the navigation stands for its pages."""

from __future__ import annotations

from pathlib import Path

from release.pages.navigation import on_config


def test_a_folder_becomes_its_english_pages_without_the_index(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    for name in ("index.md", "units.md", "units.zh.md", "entities.md"):
        (tmp_path / "tables" / name).write_text("# page", encoding="utf-8")
    config = on_config({"nav": [{"Tables": ["tables/index.md", "tables/*"]}, "a.md"], "docs_dir": str(tmp_path)})
    assert config["nav"] == [{"Tables": ["tables/index.md", "tables/entities.md", "tables/units.md"]}, "a.md"]


def test_a_folder_that_is_not_there_has_no_pages(tmp_path: Path) -> None:
    config = on_config({"nav": ["index.md", "method/*"], "docs_dir": str(tmp_path)})
    assert config["nav"] == ["index.md"]
