"""The generated pages of the site, in English and Chinese, from the schemas and the tables.

They are written by `python -m release docs` into `docs/reference/` before the site is built, and not kept in the
repository: they would change with every row.
"""

from __future__ import annotations

import re
from pathlib import Path

from canonical.file_writing import PART, only_writer, replace_files
from canonical.reading.content import file_bytes, shown_path
from canonical.reading.encodings import UnreadableError
from canonical.reading.folders import files_below
from canonical.table_schema import ROOT
from release.pages.chart_data import chart_scripts
from release.pages.command import command_pages
from release.pages.corroboration import corroboration_pages
from release.pages.dictionary import dictionary_pages
from release.pages.documents import document_pages
from release.pages.findings import finding_pages
from release.pages.intervals import interval_pages
from release.pages.language import LANGUAGES, page_path
from release.pages.machine_texts import machine_texts
from release.pages.metrics import metric_pages
from release.pages.rules import rule_pages
from release.pages.sources import source_pages
from release.pages.start import snippets
from release.pages.vendors import vendor_pages
from release.pages.vocabulary import vocabulary_pages

__all__ = ["FOLDER", "pages", "write_pages"]

STEM = re.compile(r"[a-z0-9_][a-z0-9._-]*(?:/[a-z0-9_][a-z0-9._-]*)?")
FOLDER = ROOT / "docs" / "reference"
WRITERS = (
    dictionary_pages, interval_pages, rule_pages, finding_pages, vendor_pages, metric_pages, vocabulary_pages,
    source_pages, document_pages, snippets, command_pages, corroboration_pages,
)  # fmt: skip


def pages() -> dict[str, str]:
    """Every generated page, by its path below `docs/reference/`, as Markdown.

    Raises `UnreadableError` where an id that a page is called after is no name of a file.
    """
    return {
        page_path(_named(stem), language): text + "\n"
        for language in LANGUAGES
        for writer in WRITERS
        for stem, text in writer(language)
    }


def _named(stem: str) -> str:
    if not STEM.fullmatch(stem):
        raise UnreadableError(f"{stem!r:.80} is no name of a page; fix: correct the id, see python -m validation")
    return stem


def write_pages(folder: Path = FOLDER) -> list[Path]:
    """Write the pages and scripts that changed, take away those no longer generated; returns the written files.

    A second writer waits until the first is done; what one left that died is taken away.
    """
    wanted = {folder / path: text for path, text in pages().items()}
    wanted |= {folder / "data" / name: text for name, text in chart_scripts().items()}
    wanted |= {folder / name: text for name, text in machine_texts()}
    folder.mkdir(parents=True, exist_ok=True)
    with only_writer(folder):
        for path in sorted(set(files_below(folder, ".md", ".js", PART)) - wanted.keys()):
            path.unlink()
        changed = [
            p for p, text in wanted.items() if not p.exists() or file_bytes(p, shown_path(p)) != text.encode("utf-8")
        ]
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
        replace_files({path: wanted[path].encode("utf-8") for path in changed})
    return changed
