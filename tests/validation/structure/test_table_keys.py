"""Keys of millions of rows: eight bytes each, on disk where they do not fit, and the same ones repeat."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.reading.coded import Coded, coded
from validation.structure.keys import LEAST_PARTED, MOST_PLACED, KeyHashes, key_hashes, repeated_in

hashes = st.lists(st.integers(0, 12).map(lambda n: n * 0x1234_5678_9ABC_DEF1 % 2**64), max_size=40)


@given(st.lists(hashes, max_size=4))
@pytest.mark.parametrize("most_kept", [0, 10, 1000])
def test_what_repeats_is_found_in_memory_and_on_disk_alike(most_kept: int, blocks: list[list[int]]) -> None:
    keys = KeyHashes(most_kept)
    for block in blocks:
        keys.add(np.array(block, dtype=np.uint64))
    whole = [n for block in blocks for n in block]
    found = keys.repeated()
    assert set(found.hashes.tolist()) == {n for n in whole if whole.count(n) > 1}
    assert found.rows == sum(whole.count(n) > 1 for n in whole)
    assert found.holds(np.array([*whole, 5], dtype=np.uint64)).tolist() == [whole.count(n) > 1 for n in [*whole, 5]]


def test_equal_keys_have_equal_hashes_in_any_block_and_empty_parts_none() -> None:
    one, whole = key_hashes([coded(pl.Series(["a", "b", None])), Coded(pl.Series([1, 1, 2]))])
    two, _ = key_hashes([coded(pl.Series(["b", "a"])), Coded(pl.Series([1, 1]))])
    assert one[:2].tolist() == two[::-1].tolist() and whole.tolist() == [True, True, False]
    assert len(set(one.tolist())) == 3


@pytest.mark.parametrize("most_kept", [0, LEAST_PARTED * 2])
def test_the_few_that_repeat_among_many_are_found_in_parts(most_kept: int) -> None:
    keys = KeyHashes(most_kept)
    many = np.random.default_rng(7).integers(0, 2**64, LEAST_PARTED, dtype=np.uint64)
    keys.add(many)
    keys.add(many[[3, 4]])
    keys.add(many[[3]])
    found = keys.repeated()
    assert sorted(found.hashes.tolist()) == sorted(many[[3, 4]].tolist())
    assert found.rows == 5


@pytest.mark.parametrize("size", [MOST_PLACED, MOST_PLACED + 1])
def test_a_part_is_looked_through_alike_at_any_size(size: int) -> None:
    part = np.arange(size, dtype=np.uint64) * np.uint64(3)
    part[[0, 7]] = 9
    found, rows = repeated_in(part)
    assert found.tolist() == [9] and rows == 3
