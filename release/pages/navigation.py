"""A hook of mkdocs: an entry `folder/*` of the navigation stands for every page of the folder but its index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["on_config"]

ADDRESSED = {"sitemap.xml", "404.html"}
"""Pages of the theme whose links are whole addresses: without the site's own they lead nowhere."""


def on_config(config: dict[str, Any]) -> dict[str, Any]:
    """Expand the navigation in place, and leave out pages that need an address of the site where none is set.

    mkdocs calls this before it collects the files of a language.
    """
    config["nav"] = _expanded(config["nav"], Path(config["docs_dir"]))
    if not config["site_url"]:
        config["theme"].static_templates -= ADDRESSED
    return config


def _expanded(entries: list[Any], docs: Path) -> list[Any]:
    expanded: list[Any] = []
    for entry in entries:
        if isinstance(entry, str) and entry.endswith("/*"):
            expanded += _pages(docs / entry.removesuffix("/*"), docs)
        elif isinstance(entry, dict):
            expanded.append({title: _expanded(v, docs) if isinstance(v, list) else v for title, v in entry.items()})
        else:
            expanded.append(entry)
    return expanded


def _pages(folder: Path, docs: Path) -> list[str]:
    """English pages of a folder by name; the site finds their translations by itself."""
    pages = sorted(page for page in folder.glob("*.md") if not page.name.endswith(".zh.md"))
    return [page.relative_to(docs).as_posix() for page in pages if page.stem != "index"]
