"""The headline rule: which print stands for a fact on a day."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.series.headline import WEAK, Candidate, Growing, headline
from release.series.vintage import printed_vintages


def a_print(**overrides: Any) -> Candidate:
    """A filing's print of 100 ± 0.5, known since 2025-01-01."""
    candidate = Candidate(
        observation_id="a.001", value=Decimal(100), low=Decimal("99.5"), high=Decimal("100.5"), unit_id="usd-m",
        perimeter_id="original", claim_status="actual", known_on="2025-01-01", dated=True,
        kind="regulatory_filing", publisher="A",
    )  # fmt: skip
    return replace(candidate, **overrides)


def of(value: str, half: str, **overrides: Any) -> Candidate:
    """A print of `value` ± `half`."""
    x, h = Decimal(value), Decimal(half)
    return a_print(value=x, low=x - h, high=x + h, **overrides)


def chosen(*candidates: Candidate) -> str:
    found = headline(candidates)
    assert found is not None
    return found.chosen.observation_id


def test_a_fact_without_prints_has_no_headline() -> None:
    assert headline([]) is None


def test_the_reporters_later_print_displaces_its_earlier_one() -> None:
    first, restated = a_print(), of("90", "0.5", observation_id="b.001", known_on="2026-01-01")
    assert chosen(first, restated) == "b.001"


def test_news_never_displaces_the_reporter() -> None:
    news = of("90", "0.5", observation_id="n.001", known_on="2026-01-01", kind="news")
    assert chosen(a_print(), news) == "a.001"


def test_a_narrower_print_that_meets_the_anchor_is_the_headline() -> None:
    coarse = of("100", "5", observation_id="call.001", kind="earnings_call", known_on="2026-01-01")
    fine = of("101.2", "0.05", observation_id="news.001", kind="news", known_on="2024-01-01")
    assert chosen(coarse, fine) == "news.001"


def test_a_print_of_another_perimeter_is_no_peer_of_the_anchor() -> None:
    old = of("100", "0.05", observation_id="old.001")
    recast = of("100", "0.5", observation_id="new.001", perimeter_id="recast", place=1, known_on="2026-01-01")
    found = headline([old, recast])
    assert found is not None
    assert (found.chosen.observation_id, found.prints) == ("new.001", 1)


def test_a_later_print_of_an_older_perimeter_does_not_displace_the_newer_one() -> None:
    recast = of("80", "0.5", observation_id="new.001", perimeter_id="recast", place=1, known_on="2025-06-01")
    assert chosen(recast, a_print(known_on="2026-01-01")) == "new.001"


def test_another_partys_print_of_a_newer_perimeter_does_not_displace_the_reporter() -> None:
    news = of("80", "0.5", observation_id="n.001", kind="news", perimeter_id="recast", place=1, known_on="2026-01-01")
    assert chosen(a_print(), news) == "a.001"


@pytest.mark.parametrize("other", ["bound", "estimate", "other_currency", "assumed"])
def test_a_weak_witness_stands_only_where_nobody_else_prints_the_fact(other: str) -> None:
    weak = of("100.2", "0.05", observation_id="w.001", kind="digest", flags=(WEAK,), known_on="2026-01-01")
    assert chosen(weak) == "w.001"
    assert chosen(weak, of("100", "5", observation_id="n.001", kind="news")) == "n.001"
    assert chosen(weak, a_print(flags=(other,))) == "a.001"


def test_a_weak_witness_is_counted_and_can_dispute() -> None:
    weak = of("120", "0.5", observation_id="w.001", kind="digest", flags=(WEAK,), publisher="B")
    found = headline([a_print(), weak])
    assert found is not None and (found.prints, found.publishers, found.disputed) == (2, 2, True)


def test_an_undated_source_never_displaces_a_dated_one() -> None:
    undated = of("90", "0.5", observation_id="u.001", dated=False, known_on="2026-11-22")
    news = of("80", "0.5", observation_id="n.001", kind="news")
    assert chosen(undated, news) == "n.001"


def test_an_estimate_serves_only_where_nothing_actual_is_known() -> None:
    estimate = of(
        "90", "0.5", observation_id="e.001", claim_status="estimate", flags=("estimate",), kind="market_research"
    )
    assert chosen(estimate) == "e.001"
    assert chosen(estimate, a_print(known_on="2020-01-01")) == "a.001"


def test_an_excluded_print_comes_in_flagged_when_nothing_else_is_there() -> None:
    bound = a_print(observation_id="g.001", flags=("bound",), high=None)
    found = headline([bound])
    assert found is not None and found.chosen.flags == ("bound",)
    assert chosen(bound, of("90", "0.5", observation_id="n.001", kind="news")) == "n.001"


def test_a_fact_is_disputed_when_a_print_of_the_same_perimeter_does_not_meet_it() -> None:
    other = of("120", "0.5", observation_id="n.001", kind="news", publisher="B")
    found = headline([a_print(), other])
    assert found is not None and found.disputed and found.publishers == 2
    elsewhere = replace(other, perimeter_id="recast", place=1)
    found = headline([a_print(known_on="2026-01-01"), elsewhere])
    assert found is not None and not found.disputed


def test_closed_ends_that_touch_meet_and_open_ones_do_not() -> None:
    left, right = of("100", "0.5"), of("101", "0.5", observation_id="b.001")
    assert left.meets(right) and right.meets(left)
    assert not replace(left, open_high=True).meets(right)


def test_prints_in_two_units_never_meet() -> None:
    assert not a_print().meets(a_print(unit_id="cny-m"))


DAYS = ("2025-01-01", "2025-02-01", "2025-03-01")
DRAWN = st.builds(
    lambda value, half, place, cells: of(
        value, half, place=place, perimeter_id=("original", "recast")[place], **cells
    ),
    st.sampled_from(("98", "99", "100", "101")),
    st.sampled_from(("0.5", "1", "3")),
    st.integers(0, 1),
    st.fixed_dictionaries({
        "known_on": st.sampled_from(DAYS),
        "kind": st.sampled_from(("regulatory_filing", "earnings_call", "market_research", "news", "digest")),
        "flags": st.sampled_from(((), (), ("estimate",), ("assumed",), (WEAK,), ("bound", WEAK))),
        "publisher": st.sampled_from("ABC"),
        "unit_id": st.sampled_from(("usd-m", "usd-m", "cny-m")),
        "dated": st.booleans(),
    }),
)  # fmt: skip


@given(st.lists(DRAWN, min_size=1, max_size=8))
def test_a_headline_that_grows_with_its_prints_is_that_of_all_of_them_on_each_day(prints: list[Candidate]) -> None:
    named = [replace(candidate, observation_id=f"p.{place:03}") for place, candidate in enumerate(prints)]
    growing = Growing()
    for day in sorted({candidate.known_on for candidate in named}):
        found = growing.with_prints([candidate for candidate in named if candidate.known_on == day])
        assert found == headline([candidate for candidate in named if candidate.known_on <= day])


def test_thousands_of_prints_of_one_fact_make_a_history_in_seconds() -> None:
    filed = of("50000", "0.5")
    days = [f"2025-{month:02}-{day:02}" for month in range(2, 12) for day in range(1, 29)]
    news = [
        of(
            str(10_000 + 7 * n),
            "0.5",
            observation_id=f"n.{n:05}",
            kind="news",
            known_on=days[n % len(days)],
        )
        for n in range(16_000)
    ]
    started = time.process_time()
    history = printed_vintages([filed, *news])
    assert [vintage.observation_ids for vintage in history] == [("a.001",)] * 2
    assert history[-1].disputed
    assert time.process_time() - started < 10
