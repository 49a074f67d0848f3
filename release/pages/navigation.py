"""Hooks of mkdocs: what the navigation stands for, and what is said of a page that is not translated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

__all__ = ["on_config", "on_page_markdown", "on_post_page", "on_post_template"]

ADDRESSED = {"sitemap.xml", "404.html"}
"""Pages of the theme whose links are whole addresses: without the site's own they lead nowhere."""

ALTERNATE = re.compile(r'\s*<link rel="alternate"[^>]*hreflang=[^>]*>')
"""What the head says of the other language: the theme then asks for the map of the site, which needs an address too."""

NOT_TRANSLATED = '!!! note "本页暂无中文译文，以下为英文原文。"\n\n'


def on_config(config: dict[str, Any]) -> dict[str, Any]:
    """Let `folder/*` stand for every page of the folder but its index; called before the files are collected."""
    config["nav"] = _expanded(config["nav"], Path(config["docs_dir"]))
    return config


def on_post_template(output: str, template_name: str, config: dict[str, Any]) -> str:
    """Write nothing, which leaves the file out, where a page needs an address of the site and none is set."""
    return output if config["site_url"] or template_name not in ADDRESSED else ""


def on_post_page(output: str, config: dict[str, Any], **_: object) -> str:
    """Leave out what the head says of the other language, where the site has no address; its menu stays."""
    return output if config["site_url"] else ALTERNATE.sub("", output)


def on_page_markdown(markdown: str, page: Any, config: dict[str, Any], **_: object) -> str:
    """Say on top of a page of the Chinese site that its text is English, where there is no Chinese one."""
    chinese = config["theme"]["language"] == "zh"
    return NOT_TRANSLATED + markdown if chinese and not page.file.src_uri.endswith(".zh.md") else markdown


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
