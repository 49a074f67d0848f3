"""The notes of a release: its part of the changelog."""

from __future__ import annotations

import re

from canonical.reading.content import file_text
from canonical.reading.encodings import UnreadableError
from canonical.table_schema import ROOT

__all__ = ["release_notes"]


def release_notes(release: str) -> str:
    """The part of `CHANGELOG.md` about a release, with its heading. Raises `UnreadableError` where it has none."""
    text = file_text(ROOT / "CHANGELOG.md")
    found = re.search(rf"^## {re.escape(release)}\n.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    if found is None:
        raise UnreadableError(f"CHANGELOG.md: no part ## {release}; fix: write what the release changed")
    return found.group().strip() + "\n"
