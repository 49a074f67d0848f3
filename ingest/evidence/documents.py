"""Name the document that states a row's number, and the copy it was read in where that is another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from urllib.parse import quote, urlsplit

from canonical.text_tables import Row
from ingest.evidence.evidence_rows import EvidenceRow
from ingest.evidence.mappings import UnmappedError, read_mapping

__all__ = ["RETRIEVED_ON", "Document", "document_of", "new_source"]

RETRIEVED_ON = "2026-11-26"
"""Day on which the collection was taken up; it stands in for the date of a page that prints none."""

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Document:
    """`source_id` states the number, `via_source_id` was read in its stead; `evidence` is empty for plain reading."""

    source_id: str
    via_source_id: str = ""
    evidence: str = ""


def document_of(row: EvidenceRow, sources: Mapping[str, Row]) -> Document:
    """The entry of `documents.csv` that fits best; a document no entry knows is its own source.

    Of several entries for one address the one that asks for most holds: words in the note before words in the
    dimension, these before a period, a period before nothing. `sources` are those known by their id.
    UnmappedError where `left_out.csv` says why the row is not taken up.
    """
    for entry in read_mapping("left_out"):
        if entry["url"] == row.source_url and entry["metric"] in ("", row.metric):
            raise UnmappedError(entry["reason"])
    fitting = [entry for entry in _by_address().get(row.source_url, ()) if _fits(entry, row)]
    if not fitting:
        return Document(_own_id(row, sources))
    best = max(fitting, key=_demands)
    return Document(best["source_id"], best["via_source_id"], best["evidence"])


def new_source(row: EvidenceRow, source_id: str) -> Row:
    """The typed cells of a source for a document that no entry knows, as the collector describes it."""
    dated = bool(row.published_date)
    return {
        "source_id": source_id,
        "title": row.source_title or row.source_url,
        "publisher": row.publisher or urlsplit(row.source_url).netloc,
        "published_on": row.published_date,
        "published_precision": "day" if dated else "unknown",
        "retrieved_on": "" if dated else RETRIEVED_ON,
        "language": "zh" if CHINESE.search(row.source_title) else "en",
        "url": _address(row),
        "kind": row.source_kind,
    }


@cache
def _by_address() -> dict[str, Sequence[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for entry in read_mapping("documents"):
        found.setdefault(entry["url"], []).append(entry)
    return dict(found)


def _fits(entry: Mapping[str, str], row: EvidenceRow) -> bool:
    return (
        entry["title"] in ("", row.source_title)
        and entry["note_contains"] in row.note
        and entry["dimension_contains"] in row.dimension
        and entry["period_end"] in ("", row.period_end)
    )


def _demands(entry: Mapping[str, str]) -> tuple[int, int, bool]:
    return (len(entry["note_contains"]), len(entry["dimension_contains"]), bool(entry["period_end"]))


def _own_id(row: EvidenceRow, sources: Mapping[str, Row]) -> str:
    """An id made of publisher, day and title, numbered where another document bears it already.

    Ids are cut off at a length, so that two titles can give one id: the address tells the documents apart.
    """
    stem = _derived_id(row)
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in candidates if name not in sources or _is_of(row, sources[name]))


def _is_of(row: EvidenceRow, source: Row) -> bool:
    if _address(row) and source["url"]:
        return _address(row) == source["url"]
    return (row.source_title or row.source_url) == source["title"]


def _derived_id(row: EvidenceRow) -> str:
    day = f"-{row.published_date}" if row.published_date else ""
    stem = _slug(row.publisher)[:30] or _slug(urlsplit(row.source_url).netloc)[:30] or "document"
    title = _slug(row.source_title)[:50] or _slug(urlsplit(row.source_url).path)[:50]
    return f"{stem}{day}-{title}".strip("-").replace("--", "-")


def _address(row: EvidenceRow) -> str:
    return quote(row.source_url, safe=":/?&=%#+,;@~()!*'") if row.source_url.startswith("http") else ""


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
