"""What the search of the site finds, one list a language: metrics, vendors, series, sources, findings, pages.

Each entry has a title, the place it leads to, and the words it is also known by. The page looks for the words of a
question in titles and words, so that nothing has to be cut into words here, Chinese least of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from canonical.reading.content import file_text
from canonical.reading.folders import files_below
from canonical.table_schema import ROOT, load_schema, table_names, typed_tables
from release.pages.data import rows_of
from release.pages.finding_words import why
from release.pages.language import Language, text_of

__all__ = ["Entry", "search_entries"]

HEADING = re.compile(r"^(#{1,3}) (.+?)(?: \{ #([\w.-]+) \})?$", re.MULTILINE)
TERM = re.compile(r"^\| ([^|]+?) \|", re.MULTILINE)
CODE = re.compile(r"```.*?```", re.DOTALL)
EXAMPLES = "use/tasks"
"""A page of worked examples: its headings name what others' pages are about, and would come before those."""
PRICED = "price prices pricing cost 价格 定价"
"""What people add to the name of a model or an accelerator."""
NO_SLUG = re.compile(r"[^\w\- ]")


class Entry(NamedTuple):
    """One thing to find: its kind, its title, its address below the site's language, and further words for it."""

    kind: str
    title: str
    address: str
    words: str


def search_entries(language: Language) -> list[Entry]:
    """Every entry of a language, the kinds that readers mean most first."""
    writers = (
        _metrics,
        _vendors,
        _entities,
        _words,
        _tables,
        _columns,
        _accelerators,
        _models,
        _pages,
        _sources,
        _findings,
    )
    return [entry for writer in writers for entry in writer(language)]


def _both(row: dict[str, str]) -> str:
    return f"{row['name_en']} {row['name_zh']}"


def _metrics(language: Language) -> Iterator[Entry]:
    drawn = {row["metric_id"] for row in rows_of("vintages")}
    for row in rows_of("metrics"):
        key = row["metric_id"]
        address = f"explore.html#metric={key}" if key in drawn else f"reference/metrics/{key}.html"
        yield Entry("metric", text_of(row, "name", language), address, f"{key} {_both(row)} {row['aliases']}")


def _vendors(language: Language) -> Iterator[Entry]:
    for row in rows_of("vendors"):
        words = f"{row['vendor_id']} {_both(row)} {row['parent_company']} {row['tickers']}"
        yield Entry("vendor", text_of(row, "name", language), f"reference/vendors/{row['vendor_id']}.html", words)


def _entities(language: Language) -> Iterator[Entry]:
    for row in rows_of("entities"):
        key, vendor = row["entity_id"], row["vendor_id"]
        address = f"reference/vendors/{vendor}.html#{key}" if vendor else f"reference/entities.html#{key}"
        yield Entry("entity", text_of(row, "name", language), address, f"{key} {_both(row)} {row['aliases']}")


def _tables(language: Language) -> Iterator[Entry]:
    for name in table_names():
        title = text_of(load_schema(name).descriptor, "title", language)
        yield Entry("table", f"{title} ({name})", f"reference/tables/{name}.html", name.replace("_", " "))


def _words(language: Language) -> Iterator[Entry]:
    """The terms of the glossary, with the other language's page left to itself."""
    page = ROOT / "docs" / "use" / ("glossary.md" if language == "en" else "glossary.zh.md")
    for term in TERM.findall(file_text(page))[1:]:
        yield Entry("word", term.strip(), "use/glossary.html", "")


def _columns(language: Language) -> Iterator[Entry]:
    """Columns of the tables that people type, with their codes: `range_up` leads to the column that holds it."""
    for name in typed_tables():
        for field in load_schema(name).fields:
            title = text_of(field.descriptor, "title", language)
            codes = " ".join(field.descriptor.get("codes", {}))
            yield Entry("column", f"{title} ({name}.{field.name})", f"reference/tables/{name}.html#{field.name}", codes)


def _accelerators(language: Language) -> Iterator[Entry]:
    """Accelerators lead to the history of what an hour of them costs."""
    makers = {row["accelerator"]: row["accelerator_maker"] for row in rows_of("machine_accelerators")}
    words = f"gpu accelerator 加速器 算力 {PRICED}"
    for name, maker in sorted(makers.items()):
        title = f"{name} · {'hourly prices' if language == 'en' else '每小时价格'}"
        yield Entry("model", title, f"prices.html#accelerator/{quote(name)}", f"{maker} {words}")


def _models(language: Language) -> Iterator[Entry]:
    """Each model that a list prices today leads to the history of its prices."""
    del language
    for key in sorted({row["model_key"] for row in rows_of("model_price_claims")}):
        yield Entry("model", key, f"prices.html#model/{quote(key, safe='')}", PRICED)


def _pages(language: Language) -> Iterator[Entry]:
    """The headings of the pages written by hand."""
    suffix = ".md" if language == "en" else ".zh.md"
    for path in files_below(ROOT / "docs", ".md"):
        stem = path.relative_to(ROOT / "docs").as_posix()
        if stem.startswith(("reference/", "assets/")) or stem.endswith(".zh.md") != (language == "zh"):
            continue
        text = CODE.sub("", file_text(path))
        title = ""
        for level, words, anchor in HEADING.findall(text):
            plain = words.replace("`", "")
            title = title or plain
            if stem.startswith(EXAMPLES) and level != "#":
                continue
            shown = plain if plain == title else f"{title} · {plain}"
            yield Entry("page", shown, f"{stem.removesuffix(suffix)}.html{_fragment(level, anchor, plain)}", "")


def _fragment(level: str, anchor: str, heading: str) -> str:
    """The place of a heading on its page: its own anchor, else the one that the builder makes of plain words."""
    made = NO_SLUG.sub("", heading.lower()).strip().replace(" ", "-") if heading.isascii() else ""
    return f"#{anchor or made}" if level != "#" and (anchor or made) else ""


def _sources(language: Language) -> Iterator[Entry]:
    for row in rows_of("sources"):
        words = f"{row['source_id']} {row['publisher']} {row['published_on']}"
        yield Entry("source", row["title"], f"record.html#s/{row['source_id']}", words)


def _findings(language: Language) -> Iterator[Entry]:
    for row in rows_of("findings"):
        words = f"{row['finding_id']} {row['row_id']} {row['status']}"
        yield Entry("finding", f"{row['rule']}: {why(row, language)}", f"record.html#f/{row['finding_id']}", words)
