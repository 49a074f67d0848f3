"""Keys as whole numbers: in the order of the cells, equal where these are, however many values a column has."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.prices import key_codes as module
from validation.prices.key_codes import key_codes

ROW = st.tuples(
    st.sampled_from([None, "", "a", "a b", "Z", "é"]), st.sampled_from([None, -3, 0, 7]), st.text(max_size=2)
)
TYPES = {"texts": {}, "codes": {"seller": pl.Categorical, "model": pl.Categorical}}
KEY = {"seller": pl.String, "tier": pl.Int64, "model": pl.String}


@pytest.mark.parametrize("types", TYPES.values(), ids=TYPES.keys())
@pytest.mark.parametrize("largest", [2**62, 20])
@given(rows=st.lists(ROW, max_size=30))
def test_rows_sort_and_are_told_apart_by_their_code_as_by_their_cells(
    largest: int, types: dict[str, type[pl.DataType]], rows: list[tuple[object, ...]]
):  # fmt: skip
    frame = pl.DataFrame(rows, schema=KEY, orient="row").with_row_index("_row")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "LARGEST", largest)
        coded = frame.with_columns(_code=key_codes(frame.cast(types), list(KEY)))
    by_code, by_cells = (coded.sort(*by, maintain_order=True)["_row"].to_list() for by in (["_code"], list(KEY)))
    assert by_code == by_cells
    assert coded["_code"].n_unique() == frame.select(list(KEY)).unique().height
