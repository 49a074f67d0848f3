"""The two ways to the shape of a CSV text agree wherever the fast one gives an answer."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from canonical.reading.csv_shape import counted_shape, parsed_shape

CELL = st.sampled_from(["", "a", "阿里云", '"a,b"', '"say ""so"""', '"', 'a"b', '"two\nlines"', " ", "\t"])
LINE = st.lists(CELL, max_size=4).map(",".join)


@given(st.lists(LINE, min_size=1, max_size=6), st.booleans())
def test_counting_separators_gives_what_parsing_gives(lines: list[str], ended: bool) -> None:
    text = "id,name\n" + "\n".join(lines) + ("\n" if ended else "")
    counted = counted_shape(text.encode("utf-8"))
    if counted is not None:
        assert replace(counted, lines=list(counted.lines)) == parsed_shape(text, "things.csv")


def test_a_plain_text_is_counted_and_one_with_open_quotes_is_not() -> None:
    assert counted_shape(b'id,name\n1,"a,b"\n2,x,y\n') is not None
    assert counted_shape(b'id,name\n1,"two\nlines"\n') is None
    assert counted_shape(b"id,name\r\n1,x\r\n") is None
