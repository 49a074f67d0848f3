"""Hooks of mkdocs: what the navigation stands for, what a page says of itself to programs, what is not translated."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

__all__ = ["on_config", "on_page_markdown", "on_post_build", "on_post_page", "on_post_template"]

ADDRESSED = {"sitemap.xml", "404.html"}
"""Pages of the theme whose links are whole addresses: without the site's own they lead nowhere."""

ALTERNATE = re.compile(r'\s*<link rel="alternate"[^>]*hreflang=[^>]*>')
"""What the head says of the other language: the theme then asks for the map of the site, which needs an address too."""

HOMES = ("index.md", "index.zh.md")
"""The first page of each language."""

AT_THE_ROOT = ("llms.txt", "feed.xml")
LONGEST = 300
"""Characters of a description."""
CODE = re.compile(r"```.*?```", re.DOTALL)
MARKED = re.compile(r"#|<|\||!|-{2,3}|\[!|\?\?\?|--8<--|[-*] |\d+\. ")
"""How a block begins that is no paragraph: headings, HTML, tables, notes, snippets, lists."""
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?")
MARKS = re.compile(r"<[^>]+>|[*`]|\\(?=[\\`*_{}\[\]#+!|])")

NOT_TRANSLATED = '!!! note "本页暂无中文译文，以下为英文原文。"\n\n'


def on_config(config: dict[str, Any]) -> dict[str, Any]:
    """Let `folder/*` stand for every page of the folder but its index; called before the files are collected."""
    config["nav"] = _expanded(config["nav"], Path(config["docs_dir"]))
    return config


def on_post_template(output: str, template_name: str, config: dict[str, Any]) -> str:
    """Write nothing, which leaves the file out, where a page needs an address of the site and none is set."""
    return output if config["site_url"] or template_name not in ADDRESSED else ""


def on_post_page(output: str, page: Any, config: dict[str, Any]) -> str:
    """Say what a card of the page shows, and leave out the other language where the site has no address."""
    head, end, body = output.partition("</head>")
    head = head if config["site_url"] else ALTERNATE.sub("", head)
    return f"{head}{_card(page, config)}{_dataset(page, config)}{end}{body}"


def _card(page: Any, config: dict[str, Any]) -> str:
    """Title, description and picture for those who share the page; the picture needs the address of the site."""
    told = {"og:type": "website", "og:site_name": config["site_name"], "og:title": page.meta.get("title") or page.title}
    told |= {"og:description": page.meta.get("description") or config["site_description"]}
    if config["site_url"]:
        told |= {"og:url": page.canonical_url, "og:image": urljoin(config["site_url"], "assets/card.png")}
    tags = [
        f'<meta property="{name}" content="{html.escape(html.unescape(str(text)), quote=True)}">'
        for name, text in told.items()
    ]
    return "".join(['<meta name="twitter:card" content="summary_large_image">', *tags])


def _dataset(page: Any, config: dict[str, Any]) -> str:
    """The first page tells search engines for data that it is a Dataset."""
    told = Path(config["docs_dir"]) / "reference" / "dataset.jsonld"
    if page.file.src_uri not in HOMES or not told.exists():
        return ""
    text = told.read_text(encoding="utf-8").replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def on_post_build(config: dict[str, Any]) -> None:
    """Put what programs look for at the root of the site there."""
    for name in AT_THE_ROOT:
        text = Path(config["docs_dir"]) / "reference" / name
        if text.exists():
            shutil.copyfile(text, Path(config["site_dir"]) / name)


def _first_paragraph(markdown: str) -> str:
    """The first paragraph of plain words on a page, without its marks, for those who list pages."""
    for block in re.split(r"\n\s*\n", CODE.sub("", markdown)):
        if block.strip() and not MARKED.match(block.lstrip()):
            words = html.unescape(MARKS.sub("", LINK.sub(r"\1", block)))
            return " ".join(words.split())[:LONGEST]
    return ""


def on_page_markdown(markdown: str, page: Any, config: dict[str, Any], **_: object) -> str:
    """Describe a page by its first paragraph; say of a page of the Chinese site where its text is English."""
    page.meta.setdefault("description", html.escape(_first_paragraph(markdown), quote=True))
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
