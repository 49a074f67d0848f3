"""The text of a typed frame, plain and gzipped."""

from __future__ import annotations

import gzip

import polars as pl
import pytest

from release.package import text
from tests.builders import a_field, a_schema

SCHEMA = a_schema(a_field("a", "string"), a_field("n", "number"))


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 5])
def test_a_gzipped_text_is_the_plain_one_however_it_is_parted(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pl.DataFrame({"a": ["云", None, "x", "y", "z"], "n": [1.5, None, 2.0, 1e-9, 7.0]}).head(rows)
    monkeypatch.setattr(text, "AT_A_TIME", 2)
    packed = text.gzipped_csv(SCHEMA, frame)
    assert gzip.decompress(packed) == text.csv_bytes(SCHEMA, frame)
    assert packed[4:8] == bytes(4), "a time stamp"
