"""The generated pages of the site, in English and Chinese, from the schemas and the tables.

They are written by `python -m release docs` into `docs/reference/` before the site is built, and not kept in the
repository: they would change with every row.
"""

from __future__ import annotations

from pathlib import Path

from canonical.table_schema import ROOT
from release.pages.chart_data import chart_scripts
from release.pages.dictionary import dictionary_pages
from release.pages.findings import finding_pages
from release.pages.intervals import interval_pages
from release.pages.language import LANGUAGES, page_path
from release.pages.rules import rule_pages
from release.pages.sources import source_pages
from release.pages.start import snippets
from release.pages.vendors import vendor_pages
from release.pages.vocabulary import vocabulary_pages

__all__ = ["FOLDER", "pages", "write_pages"]

FOLDER = ROOT / "docs" / "reference"
WRITERS = (
    dictionary_pages, interval_pages, rule_pages, finding_pages, vendor_pages, vocabulary_pages, source_pages, snippets,
)  # fmt: skip


def pages() -> dict[str, str]:
    """Every generated page, by its path below `docs/reference/`, as Markdown."""
    return {
        page_path(stem, language): text + "\n"
        for language in LANGUAGES
        for writer in WRITERS
        for stem, text in writer(language)
    }


def write_pages(folder: Path = FOLDER) -> list[Path]:
    """Write the pages and scripts that changed, take away those no longer generated; returns the written files."""
    wanted = {folder / path: text for path, text in pages().items()}
    wanted |= {folder / "data" / name: text for name, text in chart_scripts().items()}
    for path in sorted({*folder.rglob("*.md"), *folder.rglob("*.js")} - wanted.keys()):
        path.unlink()
    changed = [p for p, text in wanted.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    return changed
