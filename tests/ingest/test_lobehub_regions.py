"""What was typed from older versions of LobeHub's lists has the region that the adapter gives the same lists."""

from __future__ import annotations

from canonical.text_tables import csv_path, read_rows

REGION = "cn"
"""Where the sellers of these lists ask yuan, as the adapter `ingest/lobehub.py` has it for every one of them."""


def test_lists_in_yuan_are_those_of_mainland_china() -> None:
    rows = [row for row in read_rows(csv_path("model_prices")) if row["source_id"].startswith("lobehub-")]
    typed = [row for row in rows if row["source_id"].startswith("lobehub-chat-")]
    assert len(typed) > 50
    assert len(rows) > len(typed)
    assert {(row["region"], row["currency"]) for row in rows} == {(REGION, "CNY")}
