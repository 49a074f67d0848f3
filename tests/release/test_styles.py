"""Of a style sheet a site carries what its pages use, and nothing that they use is lost."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from release.pages.styles import on_post_build, used_parts

WORDS = frozenset({"a", "b", "md-x", "=teal"})


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("/* c{} */.a{x:1}.z{x:2}", ".a{x:1}"),
        (".a,.z{x:1}", ".a{x:1}"),
        (".z .a,.a .z{x:1}", ""),
        ("p>q{x:1}", "p>q{x:1}"),
        ("#z{x:1}#a{x:2}", "#a{x:2}"),
        (".a:not(.z){x:1}", ".a:not(.z){x:1}"),
        (".a:is(.z,.y){x:1}", ".a:is(.z,.y){x:1}"),
        (".a:not(:is(.z,.b:hover)) .z{x:1}", ""),
        (".z\\:y{x:1}.md-x{x:2}", ".md-x{x:2}"),
        ("@media print{.z{x:1}}@media screen{.z{x:1}.a{x:2}}", "@media screen{.a{x:2}}"),
        ('@charset "UTF-8";@keyframes k{0%{x:1}}', '@charset "UTF-8";@keyframes k{0%{x:1}}'),
        ('.a{x:url("data:,{}.z;")}.z{x:1}', '.a{x:url("data:,{}.z;")}'),
        ("[data-md-color-primary=teal]{x:1}[data-md-color-primary=red]{x:2}", "[data-md-color-primary=teal]{x:1}"),
        ('img[src$="#z.png"]{x:1}', 'img[src$="#z.png"]{x:1}'),
        (":root{--u:1;--v:var(--w);--w:2}.a{x:var(--v)}", ":root{--v:var(--w);--w:2}.a{x:var(--v)}"),
        (':root{--u:var(--v);--v:url("data:,;}")}.a{x:1}', ":root{}.a{x:1}"),
    ],
)
def test_a_rule_stays_where_a_page_has_every_name_in_it(css: str, kept: str) -> None:
    assert used_parts({"one": css}, WORDS) == {"one": kept}


def test_a_property_stays_that_another_sheet_asks_for() -> None:
    sheets = {"one": ".a{x:var(--v)}", "two": ":root{--u:1;--v:2}"}
    assert used_parts(sheets, WORDS) == {"one": ".a{x:var(--v)}", "two": ":root{--v:2}"}


@pytest.mark.parametrize("css", [".a{x:1", ".a{x:1}}", ".a"])
def test_a_broken_style_sheet_is_refused(css: str) -> None:
    with pytest.raises(ValueError, match="at "):
        used_parts({"one": css}, WORDS)


def test_classes_of_pages_and_words_of_scripts_keep_their_rules_whenever_the_builder_calls(tmp_path: Path) -> None:
    theme, site = tmp_path / "theme", tmp_path / "site"
    for folder in (theme, site):
        (folder / "assets" / "stylesheets").mkdir(parents=True)
        (folder / "assets" / "stylesheets" / "main.1.min.css").write_text(".a{x:1}.b{x:2}.c{x:3}.d{x:4}")
    (site / "index.html").write_text('<p class="a other">')
    (site / "assets" / "own.js").write_text("element.classList.add('b')")
    config = {"site_dir": str(site), "theme": SimpleNamespace(dirs=[str(tmp_path / "custom"), str(theme)])}
    on_post_build(config)
    assert (site / "assets" / "stylesheets" / "main.1.min.css").read_text() == ".a{x:1}.b{x:2}"
    (site / "zh").mkdir()
    (site / "zh" / "index.html").write_text('<p class="c">')
    on_post_build(config)
    assert (site / "assets" / "stylesheets" / "main.1.min.css").read_text() == ".a{x:1}.b{x:2}.c{x:3}"
