"""The history of facts: headline changes by day, and periods that follow from printed ones."""

from __future__ import annotations

from decimal import Decimal

from canonical.calendars import Calendar
from release.series.calculated import with_calculated
from release.series.growth import growth
from release.series.vintage import Vintage, printed_vintages
from tests.release.series.test_headline import a_print, of

MARCH_YEAR = {"alibaba-cloud": (Calendar(3), Calendar())}
SUMMED = frozenset(("revenue",))


def a_key(period_type: str, start: str, end: str) -> tuple[str, ...]:
    return ("alibaba-cloud", "", "revenue", "level", "reported", "total", period_type, start, end)


def a_vintage(value: str, known_on: str = "2025-01-01", **cells: object) -> Vintage:
    x = Decimal(value)
    given = {
        "known_on": known_on, "value": x, "low": x - 1, "high": x + 1, "unit_id": "cny-m", "perimeter_id": "original",
        "claim_status": "actual", "flags": (), "derivation": "printed", "observation_ids": (f"s.{value}",), "prints": 1,
        "publishers": 1, "disputed": False, "by_reporter": True,
    } | cells  # fmt: skip
    return Vintage(**given)


YEAR = a_key("year", "2024-04-01", "2025-03-31")
NINE = a_key("nine_months", "2024-04-01", "2024-12-31")
QUARTERS = [
    a_key("quarter", "2024-04-01", "2024-06-30"),
    a_key("quarter", "2024-07-01", "2024-09-30"),
    a_key("quarter", "2024-10-01", "2024-12-31"),
    a_key("quarter", "2025-01-01", "2025-03-31"),
]


def test_a_vintage_stands_for_each_day_on_which_the_headline_changed() -> None:
    first = of("16964", "0.5", observation_id="a.001", known_on="2021-10-26")
    repeated = of("16964", "0.5", observation_id="b.001", known_on="2022-10-25")
    recast = of("16912", "0.5", observation_id="c.001", known_on="2023-01-24", perimeter_id="recast", place=1)
    vintages = printed_vintages([recast, first, repeated])
    assert [(v.known_on, v.value) for v in vintages] == [("2021-10-26", 16964), ("2023-01-24", 16912)]


def test_a_dispute_that_arises_later_is_a_vintage_of_its_own() -> None:
    news = of("120", "0.5", observation_id="n.001", kind="news", known_on="2025-06-01")
    assert [v.disputed for v in printed_vintages([a_print(), news])] == [False, True]


def test_the_last_quarter_is_the_year_less_nine_months() -> None:
    derived = with_calculated({YEAR: [a_vintage("100")], NINE: [a_vintage("70")]}, SUMMED, MARCH_YEAR)
    (vintage,) = derived[QUARTERS[3]]
    assert (vintage.value, vintage.low, vintage.high) == (30, 28, 32)
    assert vintage.derivation == "difference" and vintage.observation_ids == ("s.100", "s.70")


def test_a_year_is_the_sum_of_its_quarters_and_no_year_starts_in_july() -> None:
    quarters = {key: [a_vintage(str(10 + i))] for i, key in enumerate(QUARTERS)}
    derived = with_calculated(quarters, SUMMED, MARCH_YEAR)
    assert derived[YEAR][-1].value == 46
    assert {key[7][5:] for key in derived if key[6] == "year"} == {"04-01"}


def test_a_calendar_year_is_four_aligned_quarters() -> None:
    keys = [a_key("quarter", f"2025-{m:02d}-01", e) for m, e in
            ((1, "2025-03-31"), (4, "2025-06-30"), (7, "2025-09-30"), (10, "2025-12-31"))]  # fmt: skip
    derived = with_calculated({key: [a_vintage(str(10 + i))] for i, key in enumerate(keys)}, SUMMED, MARCH_YEAR)
    assert derived[a_key("year", "2025-01-01", "2025-12-31")][-1].value == 46


def test_nothing_is_calculated_across_a_break_or_from_a_flagged_headline() -> None:
    for nine in (a_vintage("70", perimeter_id="recast"), a_vintage("70", flags=("bound",))):
        assert set(with_calculated({YEAR: [a_vintage("100")], NINE: [nine]}, SUMMED, MARCH_YEAR)) == {YEAR, NINE}


def test_nothing_is_calculated_from_a_print_that_is_not_the_reporters() -> None:
    news = a_vintage("70", by_reporter=False)
    assert set(with_calculated({YEAR: [a_vintage("100")], NINE: [news]}, SUMMED, MARCH_YEAR)) == {YEAR, NINE}


def test_the_second_half_is_the_year_less_the_first_where_the_reporter_says_both() -> None:
    halves = a_key("half_year", "2024-04-01", "2024-09-30"), a_key("half_year", "2024-10-01", "2025-03-31")
    first = [a_vintage("45")]
    (second,) = with_calculated({YEAR: [a_vintage("100")], halves[0]: first}, SUMMED, MARCH_YEAR)[halves[1]]
    assert (second.value, second.derivation, second.observation_ids) == (55, "difference", ("s.100", "s.45"))
    read_in_a_newspaper = {YEAR: [a_vintage("100", by_reporter=False)], halves[0]: first}
    assert halves[1] not in with_calculated(read_in_a_newspaper, SUMMED, MARCH_YEAR)


def test_what_does_not_add_up_over_time_is_not_calculated() -> None:
    printed = {YEAR: [a_vintage("100")], NINE: [a_vintage("70")]}
    assert set(with_calculated(printed, frozenset(), MARCH_YEAR)) == {YEAR, NINE}


def last_quarter(**print_: object) -> Vintage:
    """What stands for a last quarter that is printed as given, beside a year of 100 and nine months of 70."""
    value = str(print_.pop("value", "30"))
    print_ = {name: Decimal(str(x)) if name in ("low", "high") else x for name, x in print_.items()}
    printed = {YEAR: [a_vintage("100")], NINE: [a_vintage("70")], QUARTERS[3]: [a_vintage(value, **print_)]}
    return with_calculated(printed, SUMMED, MARCH_YEAR)[QUARTERS[3]][-1]


def test_the_narrower_of_a_print_and_a_calculation_that_meet_stands() -> None:
    assert (last_quarter(value="31", low=26, high=36).value, last_quarter(value="31").value) == (30, 31)
    assert not last_quarter(value="31", low=26, high=36).disputed


def test_a_reporters_own_print_stands_against_a_calculation_and_that_of_others_does_not() -> None:
    assert last_quarter(value="50").derivation == "printed"
    other = last_quarter(value="50", by_reporter=False)
    assert (other.value, other.derivation, other.disputed) == (30, "difference", True)


def test_a_print_that_a_condition_excludes_gives_way_to_a_calculation() -> None:
    assert last_quarter(value="25", flags=("bound",)).value == 30
    assert not last_quarter(value="25", flags=("bound",)).disputed


def test_a_first_quarter_is_the_half_year_less_the_second() -> None:
    half = a_key("half_year", "2024-04-01", "2024-09-30")
    found = with_calculated({half: [a_vintage("60")], QUARTERS[1]: [a_vintage("35")]}, SUMMED, MARCH_YEAR)
    assert found[QUARTERS[0]][-1].value == 25


def test_any_quarter_is_the_year_less_the_three_others() -> None:
    known = {YEAR: [a_vintage("100")], **{key: [a_vintage(str(20 + n))] for n, key in enumerate(QUARTERS) if n != 1}}
    assert with_calculated(known, SUMMED, MARCH_YEAR)[QUARTERS[1]][-1].value == 100 - 20 - 22 - 23


def test_quarters_of_weeks_add_up_to_their_year() -> None:
    weeks = Calendar(1, "last_sunday")
    ends = [weeks.quarter_end(2025, n) for n in (1, 2, 3, 4)]
    starts = [str(weeks.start("quarter", end)) for end in ends]
    keys = [a_key("quarter", start, str(end)) for start, end in zip(starts, ends, strict=True)]
    printed = {key: [a_vintage(str(10 + n))] for n, key in enumerate(keys)}
    found = with_calculated(printed, SUMMED, {"alibaba-cloud": (weeks, Calendar())})
    assert found[a_key("year", "2024-01-29", "2025-01-26")][-1].value == 46


def test_a_print_that_comes_after_the_calculation_takes_its_place_on_its_day() -> None:
    printed = {YEAR: [a_vintage("100")], NINE: [a_vintage("70")],
               QUARTERS[3]: [a_vintage("30", "2025-06-01", low=Decimal("29.5"), high=Decimal("30.5"))]}  # fmt: skip
    found = with_calculated(printed, SUMMED, MARCH_YEAR)[QUARTERS[3]]
    assert [(v.known_on, v.derivation) for v in found] == [("2025-01-01", "difference"), ("2025-06-01", "printed")]


def test_a_derived_period_is_known_when_its_last_input_is() -> None:
    year, nine = [a_vintage("100", "2025-05-15")], [a_vintage("70", "2025-02-20"), a_vintage("71", "2025-08-01")]
    derived = with_calculated({YEAR: year, NINE: nine}, SUMMED, MARCH_YEAR)
    assert [(v.known_on, v.value) for v in derived[QUARTERS[3]]] == [("2025-05-15", 30), ("2025-08-01", 29)]


def test_growth_takes_the_ends_that_make_it_extreme() -> None:
    found = growth(a_vintage("110"), a_vintage("100"))
    assert found == (Decimal("10.0000"), Decimal("7.9207"), Decimal("12.1213"))


def test_growth_from_a_loss_or_a_mere_bound_says_nothing() -> None:
    assert growth(a_vintage("110"), a_vintage("0")) is None
    assert growth(a_vintage("110", flags=("bound",)), a_vintage("100")) is None
    assert growth(a_vintage("110", unit_id="usd-m"), a_vintage("100")) is None


def test_growth_into_a_loss_is_below_minus_one_hundred_percent() -> None:
    found = growth(a_vintage("-10"), a_vintage("100"))
    assert found is not None
    value, low, high = found
    assert low is not None and high is not None and low < value < high < -100
