"""Rows lead to their sources and findings, are cited with them, and have a checksum that a reader can recompute."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pandas as pd
import pytest
from cloud_vendor_metrics import (
    cheapest,
    checksum,
    cite,
    findings,
    load,
    observations,
    price_on,
    series,
    sources,
    version,
)
from hypothesis import given
from hypothesis import strategies as st

from canonical.text_tables import DATA


def ten_rows() -> pd.DataFrame:
    return observations("AWS", "revenue", "2025").head(10)


@pytest.mark.parametrize(
    "rows",
    [
        ten_rows,
        lambda: series("AWS", "revenue"),
        lambda: price_on("gpt-4o", "2026-06-01"),
        lambda: cheapest("H100"),
        lambda: load("cloud_quarters").head(5),
        lambda: load("corrections"),
    ],
)
def test_rows_lead_to_their_sources(rows: Any) -> None:
    frame = rows()
    found = sources(frame)
    assert len(found) and found["source_id"].is_unique
    named = {
        one
        for column in ("source_id", "source_ids")
        if column in frame
        for cell in frame[column]
        for one in str(cell).split()
    }
    assert named - {"nan"} <= set(found["source_id"])


def test_the_rate_of_a_conversion_is_a_source() -> None:
    quarters = load("quarterly_metrics")
    alibaba = quarters[quarters["entity_id"] == "alibaba-cloud"].dropna(subset=["exchange_rate_id"])
    assert "ecb-euro-reference-rates" in set(sources(alibaba)["source_id"])


def test_rows_that_name_no_source_are_refused() -> None:
    with pytest.raises(ValueError, match="no column names a source; expected one of source_id, "):
        sources(load("vendors"))


def test_findings_are_those_on_the_observations_behind_rows() -> None:
    quarters = load("cloud_quarters")
    touched = quarters[quarters["finding_ids"].notna()]
    named = {one for cell in touched["finding_ids"] for one in cell.split()}
    assert named <= set(findings(touched)["finding_id"])
    held = load("finding_rows").query("table_name == 'observations'").iloc[0]
    rows = load("observations").query("observation_id == @held.row_id")
    assert held.finding_id in set(findings(rows)["finding_id"])


def test_findings_on_a_span_of_a_price_are_found_by_its_key() -> None:
    prices = load("compute_prices")
    held = load("finding_rows").query("table_name == 'compute_prices'").iloc[0]
    source_id, _, machine = held.row_id.split("|")[:3]
    own = prices[(prices["source_id"] == source_id) & (prices["instance_type"] == machine)]
    own.attrs = prices.attrs
    assert held.finding_id in set(findings(own)["finding_id"])


def test_bibtex_of_ten_rows_names_the_dataset_and_each_source() -> None:
    rows = ten_rows()
    text = cite(rows, "bibtex")
    keys = re.findall(r"^@\w+\{([^,]+),$", text, re.MULTILINE)
    assert keys == [f"cloud-vendor-metrics-{version()}", *sources(rows)["source_id"]]
    assert f"10 rows, {checksum(rows)}" in text and text.count("{") == text.count("}")


def test_signs_of_latex_are_escaped() -> None:
    entry = cite(load("observations_flat").drop_duplicates("source_id"), "bibtex")
    for line in entry.splitlines():
        if not line.strip().startswith("url"):
            assert not re.search(r"(?<!\\)[&%$#_]", line.partition("=")[2]), line


def test_each_style_holds_every_source() -> None:
    rows = ten_rows()
    titles, count = list(sources(rows)["title"]), len(sources(rows)) + 1
    items = json.loads(cite(rows, "csl-json"))
    assert len(items) == count and items[0]["type"] == "dataset" and [one["title"] for one in items[1:]] == titles
    ris = cite(rows, "ris")
    assert len(re.findall(r"^TY  - ", ris, re.MULTILINE)) == len(re.findall(r"^ER  - ", ris, re.MULTILINE)) == count
    for style in ("text", "apa"):
        lines = cite(rows, style).splitlines()
        assert len(lines) == count and all(title in line for title, line in zip(titles, lines[1:], strict=True))


def test_another_style_is_refused() -> None:
    with pytest.raises(ValueError, match="style 'mla': expected text, apa, bibtex, ris, csl-json"):
        cite(style="mla")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["vendors", "quarterly_metrics", "observations", "sources", "findings"])
def test_the_checksum_of_a_table_is_that_of_its_published_text(name: str) -> None:
    text = (DATA / f"{name}.csv").read_bytes()
    records = sorted(text.split(b"\n")[1:-1])
    assert text.count(b"\n") == len(load(name)) + 1  # no cell of these tables holds a line end
    expected = hashlib.sha256(b"\n".join([text.split(b"\n")[0], *records]) + b"\n").hexdigest()
    assert checksum(load(name)) == f"sha256:{expected}"


def test_the_order_of_rows_does_not_count_and_a_digit_does() -> None:
    rows = load("cloud_quarters")
    assert checksum(rows) == checksum(rows.sample(frac=1, random_state=7))
    changed = rows.assign(revenue=rows["revenue"].where(rows.index != 3, rows["revenue"] + 0.0001))
    assert checksum(rows) != checksum(changed)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_so_that_it_reads_back(number: float) -> None:
    from cloud_vendor_metrics.checksums import csv_of

    text = csv_of(pd.DataFrame({"n": [number]})).splitlines()[1]
    assert float(text) == number and "e" not in text
