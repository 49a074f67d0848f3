"""What a page shows of a table's texts: letter for letter, and never anything that runs."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from release.package.markdown import block, code, front_matter, link, place, plain, prose, section, table, ticked

SIGNS = "<>\"'`|[](){}#!*_\\&;:=/-~ \n\t\x1b\u202eajavscriptonerror"
HOSTILE = st.text(st.sampled_from(SIGNS), max_size=30)
KNOWN = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "](javascript:alert(1))",
    "`</code><svg/onload=alert(1)>",
    "{ onclick=alert(1) }",
    '" onmouseover="alert(1)',
    "&lt;script&gt;",
    "--8<-- 'LICENSE'",
    "```\n<script>alert(1)</script>",
    "<!-- x --><iframe srcdoc='<script>'>",
)
SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:x",
    "javascript&#58;alert(1)", "javascript&colon;alert(1)", "data:text/html,<script>", "vbscript:x", "//evil.example/x",
    "\\\\evil.example\\x", "file:///etc/passwd", "https:alert(1)", "blob:x", "javascript://host/%0aalert(1)",
)  # fmt: skip
EXTENSIONS = ["tables", "attr_list", "pymdownx.superfences", "pymdownx.snippets", "admonition", "toc"]


class Live(HTMLParser):
    """The tags, attributes and addresses of a page that a browser would act on."""

    def __init__(self, page: str) -> None:
        """Read a page of HTML."""
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what stands in a tag."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "srcdoc", "action")]


HARMLESS = frozenset(
    ("p", "code", "a", "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "span", "br", "ul", "li", "pre", "div")
)


def rendered(text: str) -> str:
    """A page with a text in every place where texts of tables stand."""
    cell = table(["head"], [[plain(text)], [code(text)], [prose(text)], [link(plain(text), text)], [place(text)]])
    parts = [front_matter(text).partition("title")[0].strip("-\n"), f"# {plain(text)} {code(text)}", cell]
    parts += [section(2, plain(text), text), f"- {plain(text)}", ticked(text), block(text)]
    return markdown.markdown("\n\n".join(parts), extensions=EXTENSIONS)


@given(st.one_of(HOSTILE, st.sampled_from(KNOWN), st.tuples(HOSTILE, st.sampled_from(KNOWN)).map("".join)))
def test_no_text_becomes_anything_that_runs(text: str) -> None:
    live = Live(rendered(text))
    assert live.tags <= HARMLESS | {"em", "strong", "hr", "ol", "blockquote", "dl"}
    assert live.attributes <= {"id", "href", "class", "style"}
    assert all(address.startswith(("http://", "https://")) or ":" not in address for address in live.addresses)


@pytest.mark.parametrize("address", SCHEMES)
def test_an_address_that_leads_neither_within_the_site_nor_to_the_web_is_no_link(address: str) -> None:
    assert link("words", address) == "words"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.example/b(c)?d=1&e=f|g h", "https://a.example/b%28c%29?d=1&e=f%7Cg%20h"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("../metrics.md#capex", "../metrics.md#capex"),
        ("https://a.example/%E4%BA%91/云", "https://a.example/%E4%BA%91/%E4%BA%91"),
    ],
)
def test_an_address_of_the_web_or_the_site_is_a_link(address: str, written: str) -> None:
    assert link("words", address) == f"[words]({written})"
    assert [html.unescape(a) for a in Live(markdown.markdown(link("words", address))).addresses] == [written]


@given(st.one_of(HOSTILE, st.sampled_from(KNOWN)))
def test_a_title_in_front_matter_is_one_yaml_text_without_tags(title: str) -> None:
    head = front_matter(title)
    assert head.startswith("---\n") and head.endswith("\n---")
    told = yaml.safe_load(head.strip("-"))
    assert set(told) == {"title"}
    assert "<" not in told["title"] and '"' not in told["title"]


def test_what_turns_or_hides_text_is_left_out() -> None:
    assert plain("a\u202eb\x1b[31mc\u200bd") == plain("ab[31mcd")
