"""Walks up: each row once, circles found however they are made, long chains without recursion."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canonical.walks import above, in_circles

LINKS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefx"), max_size=3), max_size=6)


def comes_back(start: str, links: dict[str, list[str]]) -> bool:
    """Whether a walk from an id reaches it again, tried out slowly."""
    seen: set[str] = set()
    ahead = list(links.get(start, []))
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += links.get(name, [])
    return start in seen


@given(LINKS)
def test_exactly_the_rows_that_lead_back_to_themselves_are_in_circles(links: dict[str, list[str]]) -> None:
    assert in_circles(links) == {name for name in links if comes_back(name, links)}


def test_a_hundred_thousand_rows_in_one_circle_are_all_found() -> None:
    names = [str(number) for number in range(100_000)]
    ring = {name: [names[place - 1]] for place, name in enumerate(names)}
    assert len(in_circles(ring)) == len(names)
    assert in_circles(ring | {"0": []}) == set()


def test_a_walk_ends_at_the_top_or_where_it_comes_back() -> None:
    assert above("a", {"a": "b", "b": "c", "c": ""}) == ("b", "c")
    assert above("a", {"a": "a"}) == ()
    assert above("a", {"a": "b", "b": "c", "c": "b"}) == ("b", "c")
    assert above("a", {}) == ()
