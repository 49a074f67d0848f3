"""A column of rows by its different values, however short it is."""

from __future__ import annotations

import polars as pl
import pytest

from canonical.reading import coded as module
from canonical.reading.coded import coded


@pytest.mark.parametrize("short", [0, 1 << 10])
@pytest.mark.parametrize("texts", [["b", None, "a", "b", ""], [None, None], []])
def test_each_different_text_stands_once_in_the_order_of_rows(
    short: int, texts: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHORT", short)
    found = coded(pl.Series("names", texts, dtype=pl.String))
    assert found.values.to_list() == list(dict.fromkeys(text for text in texts if text is not None))
    assert found.rows.to_list() == texts
    assert found.codes is not None
    assert (found.codes.dtype, found.values.dtype, found.values.name) == (pl.UInt32, pl.String, "names")
