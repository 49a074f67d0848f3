"""Markdown from plain texts: nothing in a table of the package can break the page it is shown on, or run there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

import yaml

__all__ = [
    "block",
    "chart",
    "code",
    "filtered",
    "folded",
    "front_matter",
    "heading",
    "link",
    "place",
    "plain",
    "prose",
    "section",
    "state",
    "table",
    "ticked",
]

SPECIAL = re.compile(r"([\\`*_{}\[\]#+!|])")
WITHIN = re.compile(r"[A-Za-z0-9_./#-]*")
"""An address within the site: no sign that a reader of Markdown or HTML turns into another."""
ABROAD = re.compile(r"https?://[^\s/?#].*", re.IGNORECASE)
NOT_SHOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that a page must not hold: control characters, and those that turn or hide what stands beside them."""
KEPT = "!$&*+,;=:/?#@%~-._"
"""Signs of an address that stay as they are between the brackets of a link."""


def plain(text: str) -> str:
    """A text shown letter for letter: every sign that Markdown or HTML would read is escaped."""
    return _escaped(_one_line(text))


def prose(text: str) -> str:
    """A text of ours, in which backticks mark names; all else is shown letter for letter."""
    parts = re.split(r"(`[^`]*`)", _one_line(text))
    return "".join(code(part[1:-1]) if part.startswith("`") and len(part) > 1 else _escaped(part) for part in parts)


def code(text: str) -> str:
    """A name or value in the fixed font; the empty text stays empty."""
    if not text:
        return ""
    return f"<code>{_escaped(_one_line(text))}</code>"


def ticked(name: str) -> str:
    """An id in backticks, for texts that are read as they are too; signs that no id has are left out."""
    return f"`{re.sub('[^A-Za-z0-9_./=-]', '', name)}`"


def block(text: str) -> str:
    """Lines shown as they are, in the fixed font."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{NOT_SHOWN.sub('', text)}\n{fence}"


def link(text: str, address: str) -> str:
    """A link; `text` is Markdown already, and stands alone where the address is neither of the site nor http(s)."""
    address = _one_line(address)
    if address and not address.startswith("//") and WITHIN.fullmatch(address):
        return f"[{text}]({address})"
    return f"[{text}]({quote(address, safe=KEPT)})" if ABROAD.fullmatch(address) else text


def state(text: str, page: str, *parts: str) -> str:
    """A link to a page that reads its state from the address, such as `explore.html#revenue/quarter/aws`.

    `text` is Markdown already; `page` is seen from the page that holds the link. It is HTML, because a builder that
    follows links would look for a place of that name.
    """
    fragment = "/".join(quote(_one_line(part), safe="-._~|") for part in parts)
    return f'<a href="{html.escape(f"{page}#{fragment}")}">{text}</a>'


def filtered(text: str, page: str, **chosen: str) -> str:
    """A link to a page that shows the rows with the chosen values; `text` is Markdown already."""
    return f'<a href="{html.escape(f"{page}#{urlencode(chosen)}")}">{text}</a>'


def chart(words: str, metric: str, period: str, *series: str) -> str:
    """A place in which a script of the site draws some series, or the usual ones of the metric where none is named.

    `words` is what a reader without scripts sees.
    """
    told = {"metric": metric, "period": period, "series": "~".join(series)}
    data = "".join(f' data-{key}="{html.escape(value)}"' for key, value in told.items())
    return f'<div class="series-chart"{data}><noscript>{_escaped(words)}</noscript></div>'


def folded(title: str, body: str) -> str:
    """Markdown that unfolds below its title, a text shown letter for letter."""
    lines = "\n".join(f"    {line}" if line else "" for line in body.splitlines())
    return f'??? note "{_escaped(title).replace(chr(34), "&quot;")}"\n\n{lines}'


def front_matter(title: str, description: str = "") -> str:
    """The head of a page that gives its title, and a description, which the theme puts into HTML as they are."""
    told = {"title": html.escape(_one_line(title))}
    told |= {"description": html.escape(_one_line(description))} if description else {}
    return f"---\n{yaml.safe_dump(told, allow_unicode=True, width=1_000_000)}---"


def heading(meaning: str, value: str) -> str:
    """The words of a heading about a code: what it means, as Markdown, then the code itself."""
    return f"{meaning[:1].upper()}{meaning[1:]} {code(value)}"


def section(level: int, title: str, anchor: str = "") -> str:
    """A heading with an anchor that stays when its words change; `title` is Markdown already."""
    named = _name(anchor)
    return f"{'#' * level} {title}" + (f" {{ #{named} }}" if named else "")


def place(name: str) -> str:
    """A place in a page that links lead to."""
    return f'<span id="{_name(name)}"></span>'


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A table of cells that are Markdown already; columns numbered in `right` (from 0) stand to the right."""
    aligned = set(right)
    rule = [("---:" if position in aligned else "---") for position in range(len(headers))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [headers, rule, *rows])


def _name(text: str) -> str:
    """An id as an anchor: letters, digits and `-_.` of it."""
    return re.sub("[^A-Za-z0-9_.-]", "", text)


def _one_line(text: str) -> str:
    return NOT_SHOWN.sub("", " ".join(text.split()))


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
