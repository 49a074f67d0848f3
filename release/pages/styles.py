"""Hook of mkdocs: of the theme's style sheets a site carries what its pages use, which makes the first page light.

The theme styles blogs, tabs, footnotes, dialogs and twenty palettes that no page here has. After the pages are built,
a rule stays where each class and id that it names stands in a page or a script, and a custom property where one is
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["on_post_build", "used_parts"]

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IN_PAGES = re.compile(r'\b(?:data-md-color-\w+="([^"]*)"|(?:class|id)="([^"]*)")')
IN_SCRIPTS = re.compile(r"[\w-]+")
NO_STYLES = frozenset({"plot", "lunr", "workers"})
"""Scripts of others that set no class of the theme: their many words would keep rules that nothing uses."""
RULE = re.compile(r"""(?P<head>(?:[^{};"']|"[^"]*"|'[^']*')+)(?P<end>[{;])""")
UNASKED = re.compile(r":(?:not|is|where|has)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
"""What a selector excludes or gives a choice of: it asks for none of the names in it by itself."""
NAME = re.compile(r"[.#]((?:[\w-]|\\.)+)")
COLOUR = re.compile(r"\[data-md-color-\w+=[\"']?([\w-]+)")
BRACKETS = re.compile(r"\[[^\]]*\]")
PROPERTY = re.compile(r"""(?<=[{;])(--[\w-]+):(?:[^;{}"']|"[^"]*"|'[^']*')*;?""")
ASKED = re.compile(r"var\((--[\w-]+)")


def on_post_build(config: dict[str, Any]) -> None:
    """Write each style sheet of the theme again with the part that the pages of the site use."""
    site = Path(config["site_dir"])
    folder = site / "assets" / "stylesheets"
    sheets = {written.name: _of_theme(config["theme"], written.name) for written in folder.glob("*.min.css")}
    for name, css in used_parts(sheets, _words(site)).items():
        (folder / name).write_text(css, encoding="utf-8")
    for source_map in site.glob("assets/*/*.min.*.map"):
        source_map.unlink()


def _of_theme(theme: Any, name: str) -> str:
    """The text of a style sheet as the theme has it: the builder calls a second time for the second language."""
    paths = (Path(folder) / "assets" / "stylesheets" / name for folder in theme.dirs)
    return next(path for path in paths if path.is_file()).read_text("utf-8")


def _words(site: Path) -> frozenset[str]:
    """Every class, id and colour in the pages, and every word of scripts and own styles, which may ask for one."""
    found: set[str] = set()
    for page in site.rglob("*.html"):
        for colour, names in set(IN_PAGES.findall(page.read_text("utf-8"))):
            found.update([f"={colour}"] if colour else names.split())
    for own in (*site.glob("assets/*.css"), *site.glob("assets/**/*.js")):
        if own.parent.name not in NO_STYLES:
            found.update(IN_SCRIPTS.findall(own.read_text("utf-8")))
    return frozenset(found)


def used_parts(sheets: Mapping[str, str], words: frozenset[str]) -> dict[str, str]:
    """Of each style sheet the rules whose selectors name only classes and ids among the words, and colours after `=`.

    A style sheet has no nested rules but those of `@media` and the like. A custom property stays that the kept rules
    of any sheet ask for, or that is among the words. A sheet that ends within a rule raises `ValueError`.
    """
    kept = {name: "".join(_kept(COMMENT.sub("", css), words)) for name, css in sheets.items()}
    while (fewer := _without_unasked(kept, words)) != kept:
        kept = fewer
    return kept


def _without_unasked(sheets: Mapping[str, str], words: frozenset[str]) -> dict[str, str]:
    asked = words.union(*(ASKED.findall(css) for css in sheets.values()))
    return {n: PROPERTY.sub(lambda one: one[0] if one[1] in asked else "", css) for n, css in sheets.items()}


def _kept(css: str, words: frozenset[str]) -> Iterator[str]:
    place = 0
    while found := RULE.match(css, place):
        place = found.end()
        head = found["head"]
        if found["end"] == ";":
            yield found[0]
            continue
        end = _closing(css, place)
        body, place = css[place:end], end + 1
        if head.startswith(("@media", "@supports", "@layer")):
            body = "".join(_kept(body, words))
        elif not head.startswith("@"):
            head = ",".join(one for one in _selectors(head) if _is_used(one, words))
        if head and body:
            yield f"{head}{{{body}}}"
    if css[place:].strip():
        raise ValueError(f"no rule at {css[place : place + 60]!r}")


def _closing(css: str, place: int) -> int:
    """Where the bracket that opened before `place` closes; brackets in quotes do not count."""
    depth = 1
    for found in re.finditer(r"""[{}]|"[^"]*"|'[^']*'""", css[place:]):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return place + found.start()
    raise ValueError(f"no end of the rule at {css[place : place + 60]!r}")


def _selectors(head: str) -> Iterator[str]:
    """The selectors of a rule, cut at the commas outside brackets."""
    depth, begun = 0, 0
    for place, sign in enumerate(head):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            yield head[begun:place]
            begun = place + 1
    yield head[begun:]


@cache
def _is_used(selector: str, words: frozenset[str]) -> bool:
    asked = UNASKED.sub("", selector)
    named = [name.replace("\\", "") for name in NAME.findall(BRACKETS.sub("", asked))]
    return words.issuperset(named + [f"={colour}" for colour in COLOUR.findall(asked)])
