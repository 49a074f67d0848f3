"""The pages on the two documents that were taken up whole tell every finding about them, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from release.pages.data import rows_of

NOTE = "guosen-2026-alibaba-cloud-note"


def _subjects() -> set[str]:
    own = {row["observation_id"] for row in rows_of("observations") if row["source_id"] == NOTE}
    return {row["finding_id"] for row in rows_of("finding_rows") if row["row_id"] in own and row["role"] == "subject"}


def test_every_finding_about_a_number_of_the_note_is_told(site: Path) -> None:
    for language in ("", "zh/"):
        text = (site / language / "reference" / "documents" / f"{NOTE}.html").read_text("utf-8")
        told = set(re.findall(r"record\.html#f/([\w.-]+)", text))
        assert len(_subjects()) > 10
        assert _subjects() <= told


def test_the_page_says_what_is_wrong_in_sentences(site: Path) -> None:
    text = (site / "reference" / "documents" / f"{NOTE}.html").read_text("utf-8")
    assert "The document has 36.00 percent (35.995 to 36.005); expected is 36.35819 to 36.36565 percent." in text
    chinese = (site / "zh" / "reference" / "documents" / f"{NOTE}.html").read_text("utf-8")
    assert "文件为 36.00 % （35.995 至 36.005）；应为 36.35819 至 36.36565 %。" in chinese


def test_a_document_without_findings_says_so(site: Path) -> None:
    text = (site / "reference" / "documents" / "industry-research-2025-11-26.html").read_text("utf-8")
    assert "No check found a row that other numbers contradict." in text
