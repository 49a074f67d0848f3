"""Name the document that states a row's number, and the copy it was read in where that is another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlsplit

from canonical.text_tables import Row
from ingest.evidence.evidence_rows import EvidenceRow
from ingest.evidence.mappings import UnmappedError, read_mapping

__all__ = ["RETRIEVED_ON", "Document", "document_of", "new_source"]

RETRIEVED_ON = "2026-11-22"
"""Day on which the collection was taken up; it stands in for the date of a page that prints none."""

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Document:
    """`source_id` states the number, `via_source_id` was read in its stead; `evidence` is empty for plain reading."""

    source_id: str
    via_source_id: str = ""
    evidence: str = ""


def document_of(row: EvidenceRow) -> Document:
    """The entry of `documents.csv` that fits best; a document no entry knows is its own source.

    Of several entries for one address the one that asks for most holds: words in the note before a
    period, a period before nothing. UnmappedError where the document repeats one that is taken up elsewhere.
    """
    repeated = next((entry for entry in read_mapping("repeated_documents") if entry["url"] == row.source_url), None)
    if repeated is not None:
        raise UnmappedError(repeated["reason"])
    fitting = [entry for entry in _by_address().get(row.source_url, ()) if _fits(entry, row)]
    if not fitting:
        return Document(_derived_id(row))
    best = max(fitting, key=lambda entry: (len(entry["note_contains"]), bool(entry["period_end"])))
    return Document(best["source_id"], best["via_source_id"], best["evidence"])


def new_source(row: EvidenceRow) -> Row:
    """The typed cells of a source for a document that no entry knows, as the collector describes it."""
    dated = bool(row.published_date)
    return {
        "source_id": _derived_id(row),
        "title": row.source_title or row.source_url,
        "publisher": row.publisher or urlsplit(row.source_url).netloc,
        "published_on": row.published_date,
        "published_precision": "day" if dated else "unknown",
        "retrieved_on": "" if dated else RETRIEVED_ON,
        "language": "zh" if CHINESE.search(row.source_title) else "en",
        "url": quote(row.source_url, safe=":/?&=%#+,;@~()!*'") if row.source_url.startswith("http") else "",
        "kind": "data_aggregator" if row.source_kind == "digest" else row.source_kind,
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
        and entry["period_end"] in ("", row.period_end)
    )


def _derived_id(row: EvidenceRow) -> str:
    day = f"-{row.published_date}" if row.published_date else ""
    stem = _slug(row.publisher)[:30] or _slug(urlsplit(row.source_url).netloc)[:30] or "document"
    title = _slug(row.source_title)[:50] or _slug(urlsplit(row.source_url).path)[:50]
    return f"{stem}{day}-{title}".strip("-").replace("--", "-")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
