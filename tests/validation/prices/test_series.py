"""Series of machines are the same whatever the order of the table, and a table in order is taken as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from validation.prices.series import MACHINE, in_key_order, machine_series

DAY = date(2026, 1, 1)
ROW = st.tuples(*(st.sampled_from(["b", "a", None]) for _ in MACHINE[:4]), st.integers(0, 3))


def _machines(rows: Sequence[tuple[str | int | None, ...]]) -> pl.DataFrame:
    named = [dict(zip(MACHINE, (*row[:4], "linux", "spot", "USD"), strict=True)) for row in rows]
    days = [DAY + timedelta(days=int(row[4] or 0)) for row in rows]
    times = {"amount": [float(at) for at in range(len(rows))], "since": days, "until": days}
    frame = pl.DataFrame(named, schema=dict.fromkeys(MACHINE, pl.Categorical)).with_columns(
        pl.Series(name, values, pl.Float64 if name == "amount" else pl.Date) for name, values in times.items()
    )
    return frame.with_columns(valid_from="since", valid_to="until", date_basis=pl.lit("commit"))


@given(rows=st.lists(ROW, max_size=25))
def test_series_are_those_of_the_sorted_table(rows: list[tuple[str | int | None, ...]]):
    machines = _machines(rows)
    texts = machines.with_columns(pl.col(MACHINE).cast(pl.String))
    expected = texts.sort(*MACHINE, "since", maintain_order=True)
    found = machine_series(machines)
    assert found.rows["amount"].to_list() == expected["amount"].to_list()
    begins = expected.select(MACHINE).to_dicts()
    numbers = [0]
    for at, key in enumerate(begins):
        numbers.append(numbers[-1] + (at == 0 or key != begins[at - 1]))
    assert found.rows["series"].to_list() == numbers[1:]
    assert found.keys.cast(pl.String).rows() == expected.select(MACHINE).unique(maintain_order=True).rows()


def test_a_table_in_order_is_not_sorted_again():
    rows = [("a", "a", "a", "b", 0), ("a", "a", "a", "b", 1), ("b", "a", "a", "a", 0)]
    found = machine_series(_machines(rows))
    assert found.rows["series"].to_list() == [1, 1, 2]
    assert found.order is None
    turned = machine_series(_machines(rows[::-1])).order
    assert turned is not None
    assert turned.to_list() == [2, 1, 0]


def test_models_stand_by_list_and_number_and_keep_the_number_of_their_row():
    ids = ["registry.9999", "registry.10000", "atlas.2"]
    models = pl.DataFrame({"model_price_id": ids, "source_id": [name.split(".")[0] for name in ids]})
    ordered, places = in_key_order(models)
    assert ordered["model_price_id"].to_list() == ["atlas.2", "registry.9999", "registry.10000"]
    assert places is not None
    assert places.to_list() == [3, 1, 2]
    assert in_key_order(ordered)[1] is None
