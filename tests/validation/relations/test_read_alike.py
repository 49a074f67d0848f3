"""What all rows of a document have in common, and which single row may differ from it."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, Cells, now, quarters, year


def found(rule: str, *rows: Cells) -> list[tuple[str, str, str]]:
    """Row, column and what is expected of each finding of a rule."""
    return [(f.row_id, f.column, f.expected) for f in World(list(rows)).findings(rule)]


def test_a_single_quotation_among_rows_of_one_copy_is_named_with_their_evidence():
    rows = [now("1", via_source_id="wire", evidence="secondary"), *quarters("4", "5", "6", via_source_id="wire")]
    assert found("V.usual_evidence", *rows) == [("p1", "evidence", "value_read")]


@pytest.mark.parametrize("cells", [{"note": "Quoted by the page"}, {"locator": "table:2 row:1"}], ids=str)
def test_a_row_of_another_form_of_place_or_with_a_note_may_have_another_evidence(cells: dict[str, str]):
    assert found("V.usual_evidence", now("1", evidence="secondary", **cells), *quarters("4", "5", "6")) == []


@pytest.mark.parametrize(("alike", "named"), [(2, []), (3, [("p1", "evidence", "value_read")])])
def test_three_rows_at_places_like_its_own_tell_how_a_row_was_read(alike: int, named: list[tuple[str, str, str]]):
    places = [f"p:{n}" if n < alike else f"table:1 row:{n}" for n in range(4)]
    others = [{**row, "locator": place} for row, place in zip(quarters("4", "5", "6", "7"), places, strict=True)]
    assert found("V.usual_evidence", now("1", evidence="secondary", locator="p:9"), *others) == named


def test_a_document_with_an_address_may_have_been_read_itself():
    rows = [now("1", locator="p:3"), *quarters("4", "5", "6", via_source_id="wire")]
    read = {"sources": [{"source_id": "release", "url": "https://acme.example/q3"}]}
    assert found("V.usual_copy", *rows) == [("p1", "via_source_id", "perhaps wire")]
    assert World(rows, known=read).findings("V.usual_copy") == []


def test_a_number_typed_alone_says_nothing_of_what_was_read():
    assert found("V.usual_copy", now("1"), *quarters("4", "5", "6", via_source_id="wire")) == []


@pytest.mark.parametrize(
    ("precision", "published", "found"),
    [("day", "2025-12-31", True), ("unknown", "", False), ("year", "2025-12-31", False)],
)
def test_of_a_document_without_a_day_every_perimeter_since_the_period_may_be_meant(
    precision: str, published: str, found: bool
):
    source = {"source_id": "wire", "published_on": published, "published_precision": precision}
    rows = [year("2025-03-31", "1", entity_id="acme-media", perimeter_id="original", source_id="wire")]
    world = World(rows, known={"sources": [source | {"retrieved_on": "2026-03-01"}]})
    assert [f.expected for f in world.findings("V.usual_perimeter")] == ["acme-media.2025-06"] * found


def test_a_document_of_no_day_that_can_be_read_is_taken_for_the_last():
    source = {"source_id": "wire", "published_on": "31/12/2025", "published_precision": "day", "retrieved_on": "soon"}
    rows = [year("2025-03-31", "1", entity_id="acme-media", perimeter_id="original", source_id="wire")]
    world = World(rows, known={"sources": [source]})
    assert [f.expected for f in world.findings("V.usual_perimeter")] == ["acme-media.2025-06"]


def test_an_entity_reports_no_estimate_of_another_metric_in_its_own_document():
    rows = [now("1", metric_id="capex", claim_status="estimate"), *quarters("4", "5", "6")]
    assert found("V.usual_status", *rows) == [("p1", "claim_status", "actual")]
    assert found("V.usual_status", *({**row, "source_id": "news"} for row in map(dict, rows))) == []


@pytest.mark.parametrize(("bound", "text", "found"), [
    ("gt", "", True), ("gt", "36 亿", False), ("gt", "1,234 亿", True), ("gt", "超 1,234 亿", False), ("eq", "", False),
])  # fmt: skip
def test_a_bound_needs_its_text_and_a_fine_number_its_word(bound: str, text: str, found: bool):
    row = now("1234" if "1,234" in text else "36", bound=bound, printed_text=text)
    assert bool(World([row]).findings("U.unsaid_bound")) == found


@pytest.mark.parametrize(("text", "far", "found"), [
    ("$28.4–28.7 bn", "", True), ("$28.4 to $28.7 billion", "", True), ("284 亿至 287 亿", "", True),
    ("from 28.4 to 28.7", "", False), ("28.4 billion", "", False), ("28.4 – 28.7", "28.7", False),
    ("28.4 – 28.7", "29.7", True), ("$28.4 million – $1.1 billion", "1100", False),
])  # fmt: skip
def test_a_range_in_the_text_has_both_ends(text: str, far: str, found: bool):
    bound = "range" if far else "eq"
    row = now("28.4", printed_text=text, printed_value_to=far, bound=bound)
    assert bool(World([row]).findings("U.text_range")) == found


def test_digits_beyond_the_decimals_claimed_are_zeros_also_left_of_the_point():
    claims = [("1072000000", "-6"), ("1072500000", "-6"), ("26431.0", "0"), ("26431.5", "0"), ("36.9", "1")]
    rows = [now(value, decimals=decimals) for value, decimals in claims]
    assert [row for row, *_ in found("U.claimed_decimals", *rows)] == ["p2", "p4"]


def test_a_number_without_a_text_is_no_finer_than_its_page():
    page = quarters("24.3", "25.1", "25")
    assert found("U.usual_decimals", now("26.48"), *page) == [("p1", "printed_value", "a number with up to 1 decimals")]
    assert found("U.usual_decimals", now("26.48", printed_text="26.48 亿"), *page) == []
    assert found("U.usual_decimals", now("26.40"), *page) == []


def test_growth_alone_in_constant_currency_needs_a_word_of_it():
    line = quarters("30", "31", "32", **GROWTH)
    assert found("V.usual_basis", now("36", basis="constant_currency", **GROWTH), *line) == [
        ("p1", "basis", "reported")
    ]
    said = now("36", basis="constant_currency", printed_text="36% at constant currency", **GROWTH)
    assert found("V.usual_basis", said, *line) == []


def test_the_whole_of_a_share_is_no_part_of_it_and_a_market_is_in_markets_alone():
    of_market = {"entity_id": "market", "of_entity_id": "rival"}
    of_part = {"entity_id": "acme", "of_entity_id": "acme-cloud"}
    right = {"entity_id": "acme-cloud", "of_entity_id": "market"}
    share = {"measure": "share", "printed_unit_id": "percent"}
    rows = [now("12", **share, **cells) for cells in (of_market, of_part, right)]
    assert [(row, column) for row, column, _ in found("C.share_whole", *rows)] == [
        ("p1", "of_entity_id"), ("p2", "of_entity_id"),
    ]  # fmt: skip


def test_twelve_months_to_the_end_of_the_fiscal_year_are_the_year():
    ends = {"period_end": "2025-03-31", "period_type": "trailing_12_months"}
    rows = [
        now("1", period_label="12 Months Ended Mar. 31, 2025") | ends,
        now("1", period_label="TTM to March 2025") | ends,
    ]
    assert found("P.label", *rows, year("2025-03-31", "1", period_label="12 Months Ended Mar. 31, 2025")) == [
        ("p1", "period_type", "year")
    ]


@pytest.mark.parametrize(("copied", "found_at"), [(4, ["p1"]), (3, [])])
def test_a_page_that_is_a_copy_for_all_other_rows_states_nothing_itself(copied: int, found_at: list[str]):
    rows = [now("9", source_id="wire"), *quarters(*"4567"[:copied], via_source_id="wire")]
    assert [row for row, *_ in found("V.copy_document", *rows)] == found_at


@pytest.mark.parametrize(("copied", "found_at"), [(20, ["p1"]), (10, [])])
def test_a_page_that_quotes_several_documents_may_state_a_number_itself_where_it_quotes_few(
    copied: int, found_at: list[str]
):
    quoted = [now(str(n), via_source_id="wire", source_id=("filing", "news")[n % 2]) for n in range(11, 11 + copied)]
    assert [row for row, *_ in found("V.copy_document", now("9", source_id="wire"), *quoted)] == found_at
