"""Names in texts: the same as a regular expression of all of them finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from validation.relations.names_in_texts import Names

TEXT = st.text("ab _-云é", max_size=12)
NAMES = st.lists(st.text("ab _-云é", min_size=2, max_size=4), max_size=5)


@given(NAMES, TEXT)
def test_names_within_a_text_are_those_that_it_holds(names: list[str], text: str):
    assert Names(names, 2).within(text) == {name for name in names if name in text}


@given(NAMES, TEXT)
def test_names_as_words_are_those_that_a_regular_expression_finds(names: list[str], text: str):
    ordered = sorted(set(names), key=len, reverse=True)
    words = (rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in ordered)
    assert list(Names(names, 2).words(text)) == re.findall("|".join(words) or r"(?!)", text)
