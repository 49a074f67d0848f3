"""Words of the site: a stranger understands the first paragraph of a page, and a concept has one term in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from canonical.table_schema import SCHEMAS
from release.pages import pages
from tests.docs.snippets import ROOT

JARGON = re.compile(
    r"\b(?:(?:an?|the|its|each|every|no|one|two|three|last|later|earlier|of|another|some) prints?|vintages?|headlines?|"
    r"perimeters?|anchors?|canonical|stands?|stood|meets?|holds?|held|feeds?|upstreams?|recasts?)\b",
    re.IGNORECASE,
)
"""Words with a meaning of their own here, and short verbs for them: the glossary explains them."""
SHOWN_AS_IT_IS = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|<code>.*?</code>|<a [^>]*>.*?</a>|\*[^*\n]+\*")
"""Names of columns and links, and what a paragraph explains itself by setting it in italics."""
RIVALS = {
    "headline": ("代表值", "头条|主序列|标题数"),
    "disputed": ("有争议", "有异议|存疑"),
    "print": ("原文数字", "印刷|印出"),
    "entity": ("主体", "实体"),
    "backlog": ("在手订单", "积压|未交货订单"),
    "machine price": ("云主机价格", "机型价格|机器价格"),
    "finding": ("核查结果", "检查发现|检查结果"),
    "vintage": ("版本", "年份版|vintage 版"),
}
"""Per concept the term that the glossary gives, and what no page says in its place."""
NO_PARAGRAPH = re.compile(r"#|<|\||!|-{2,3}|\?\?\?|--8<--|[-*] |\d+\. ")


def _first_paragraph(markdown: str) -> str:
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    blocks = re.split(r"\n\s*\n", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return next((block for block in blocks if block.strip() and not NO_PARAGRAPH.match(block.lstrip())), "")


@pytest.fixture(scope="module")
def every_page() -> dict[str, str]:
    """The Markdown of all pages, those written by hand and those generated, by path; parts of pages are left out."""
    written = {
        path.relative_to(ROOT / "docs").as_posix(): path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md")
    }
    held = {f"reference/{path}": text for path, text in pages().items() if not Path(path).name.startswith("_")}
    return {path: text for path, text in written.items() if not path.startswith("reference/")} | held


def test_a_stranger_understands_the_first_paragraph_of_every_page(every_page: dict[str, str]) -> None:
    """A word of the glossary is replaced there, or explained and set in italics."""
    found: dict[str, list[str]] = {}
    for path, text in every_page.items():
        if path.endswith(".zh.md") or path == "use/glossary.md":
            continue
        if words := JARGON.findall(SHOWN_AS_IT_IS.sub("", _first_paragraph(text))):
            found[path] = words
    assert found == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_begins_with_a_sentence(every_page: dict[str, str], language: str) -> None:
    """A record and the changelog are drawn or taken in from elsewhere."""
    asked = [path for path in every_page if path.endswith(".zh.md") == (language == "zh")]
    elsewhere = re.compile(r"record(\.zh)?\.md|development/changelog(\.zh)?\.md")
    opening = {path: _first_paragraph(every_page[path]).strip() for path in asked if not elsewhere.fullmatch(path)}
    assert len(opening) > 300
    assert [path for path, text in opening.items() if not re.search(r"[.:。：）)]\**$", text)] == []


def test_the_glossary_names_the_one_chinese_term_of_each_concept() -> None:
    rows = re.findall(
        r"^\| ([^|]+?) \| ([^|]+?) \|", (ROOT / "docs/use/glossary.zh.md").read_text("utf-8"), re.MULTILINE
    )
    terms = {english: chinese for chinese, english in rows}
    assert {concept: terms.get(concept) for concept in RIVALS} == {c: term for c, (term, _) in RIVALS.items()}


@pytest.mark.parametrize("concept", RIVALS)
def test_a_concept_has_one_term_in_chinese(every_page: dict[str, str], concept: str) -> None:
    rival = re.compile(RIVALS[concept][1])
    texts = {path: text for path, text in every_page.items() if path.endswith(".zh.md")}
    texts |= {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "assets").rglob("words.js")}
    texts |= {path.name: path.read_text("utf-8") for path in [*SCHEMAS.glob("*.json"), SCHEMAS / "rules.csv"]}
    assert {path: rival.findall(text) for path, text in texts.items() if rival.search(text)} == {}
