"""Columns of Arrow by their different values: those of few are listed once for a whole file."""

from __future__ import annotations

import pyarrow as pa
import pytest

from canonical.reading.arrow_columns import MOST_LISTED, Dictionaries


def _column(values: list[str], codes: list[int | None]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(values, pa.large_string()))


def test_dictionaries_in_another_order_share_their_values_and_what_was_asked_of_them() -> None:
    dictionaries = Dictionaries()
    first, other = _column(["a", "b"], [1, 0, None]), _column(["b", "a"], [0, 1, None])
    one, two = (dictionaries.of("code", column.dictionary).coded(column) for column in (first, other))
    assert one.rows.to_list() == two.rows.to_list() == ["b", "a", None]
    assert two.memory is one.memory and two.values.to_list() == ["a", "b"]


def test_a_new_value_is_listed_behind_those_known_and_asked_anew() -> None:
    dictionaries = Dictionaries()
    first, more = _column(["a"], [0]), _column(["c", "a"], [0, 1])
    one, two = (dictionaries.of("code", column.dictionary).coded(column) for column in (first, more))
    assert two.rows.to_list() == ["c", "a"] and two.values.to_list() == ["a", "c"]
    assert two.memory is not one.memory and one.values.to_list() == ["a"]


def test_columns_do_not_share_their_values() -> None:
    dictionaries, column = Dictionaries(), _column(["a"], [0])
    one, two = (dictionaries.of(name, column.dictionary) for name in ("code", "name"))
    assert one.memory is not two.memory


def test_many_values_are_those_of_one_dictionary() -> None:
    dictionaries = Dictionaries()
    many, more = ([f"{letter}{n}" for n in range(MOST_LISTED)] for letter in "ab")
    for values in (many, more, [*many, "c"]):
        column = _column(values, [len(values) - 1])
        listed = dictionaries.of("code", column.dictionary)
        assert len(listed.values) == len(values)
        assert listed.coded(column).rows.to_list() == values[-1:]


def test_a_code_of_no_value_is_refused() -> None:
    dictionary = pa.array(["a"], pa.large_string())
    for code in (1, -1):
        column = pa.DictionaryArray.from_arrays(pa.array([code], pa.int32()), dictionary, safe=False)
        with pytest.raises(IndexError):
            Dictionaries().of("code", dictionary).coded(column)


def test_a_value_that_is_no_text_is_refused() -> None:
    garbled = pa.array([b"\xff"]).cast(pa.binary()).view(pa.string())
    with pytest.raises(pa.ArrowInvalid):
        Dictionaries().of("code", garbled)
