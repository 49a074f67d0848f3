"""The adapter of collected evidence, on rows made up in the collectors' words."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import DATA, Row, read_rows, write_rows
from ingest.__main__ import main
from ingest.evidence.evidence_rows import COLUMNS
from ingest.evidence.mappings import read_mapping

VOCABULARY = ("vendors", "entities", "metrics", "units", "breakdowns")
ID_COLUMNS = ("source_id", "via_source_id")
PAGE = "https://example.org/aws-quarter"
REVENUE = {
    "vendor": "aws",
    "reporting_entity": "AWS",
    "metric": "revenue",
    "period_type": "quarter",
    "period_start": "2025-04-01",
    "period_end": "2025-06-30",
    "period_label": "Q2 2025",
    "value": "30873",
    "unit": "USD million",
    "value_as_printed": "30,873",
    "qualifier": "exact",
    "source_url": PAGE,
    "source_title": "A quarter of AWS",
    "publisher": "Example Wire",
    "published_date": "2025-07-31",
    "source_kind": "news",
}
PRICE = REVENUE | {
    "vendor": "deepseek",
    "reporting_entity": "DeepSeek",
    "metric": "llm_price_input",
    "dimension": "deepseek-chat",
    "period_type": "instant",
    "period_start": "",
    "period_end": "2025-09-05",
    "period_label": "until 2025-09-05 16:00 UTC",
    "value": "0.27",
    "unit": "USD/1M tokens",
    "value_as_printed": "0.27",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A package of the real vocabulary and nothing else."""
    folder = tmp_path / "data"
    folder.mkdir()
    for table in VOCABULARY:
        shutil.copy(DATA / f"{table}.csv", folder)
    for table in ("sources", "entity_breaks", "observations", "model_prices"):
        write_rows(folder / f"{table}.csv", load_schema(table), [])
    return folder


def take_up(data: Path, *rows: Mapping[str, str], file: str = "evidence") -> int:
    evidence = data.parent / f"{file}.csv"
    with evidence.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return main(["evidence", str(evidence), "--data", str(data)])


def observed(data: Path, *rows: Mapping[str, str]) -> list[Row]:
    assert take_up(data, *rows) == 0
    return read_rows(data / "observations.csv")


def coverage(data: Path) -> list[tuple[str, str, str]]:
    rows = read_rows(data / "evidence_coverage.csv")
    return [(row["evidence_row"], row["row_id"], row["reason"]) for row in rows]


def test_a_row_becomes_an_observation_of_its_source(data: Path) -> None:
    (row,) = observed(data, REVENUE)
    assert (row["entity_id"], row["metric_id"], row["period_start"]) == ("aws", "revenue", "2025-04-01")
    assert (row["printed_value"], row["printed_unit_id"], row["value"]) == ("30873", "usd-m", "30873")
    (source,) = read_rows(data / "sources.csv")
    assert (source["source_id"], source["published_on"]) == (row["source_id"], "2025-07-31")
    assert coverage(data) == [("1", row["observation_id"], "")]


def test_an_undated_page_is_known_from_the_day_it_was_read(data: Path) -> None:
    observed(data, REVENUE | {"published_date": ""})
    (source,) = read_rows(data / "sources.csv")
    assert (source["published_on"], source["published_precision"]) == ("", "unknown")
    assert source["retrieved_on"] == source["known_on"] != ""


def test_the_words_of_a_print_become_its_bound(data: Path) -> None:
    (row,) = observed(data, REVENUE | {"value": "30", "unit": "USD billion", "value_as_printed": "over $30 billion"})
    assert (row["printed_value"], row["printed_unit_id"], row["bound"]) == ("30", "usd-bn", "gt")
    assert (row["value_low"], row["value_high"]) == ("30000", "")


def test_the_two_ends_of_a_range_are_one_observation(data: Path) -> None:
    low = REVENUE | {"value": "29", "unit": "USD billion", "value_as_printed": "29", "qualifier": "range_low"}
    (row,) = observed(data, low, low | {"value": "31", "value_as_printed": "31", "qualifier": "range_high"})
    assert (row["printed_value"], row["printed_value_to"], row["bound"]) == ("29", "31", "range")
    assert [row_id for _, row_id, _ in coverage(data)] == [row["observation_id"]] * 2


def test_an_end_without_the_other_bounds_one_side(data: Path) -> None:
    lone = {"value": "29", "unit": "USD billion", "value_as_printed": "29"}
    low = REVENUE | lone | {"qualifier": "range_low"}
    high = REVENUE | lone | {"qualifier": "range_high", "period_start": "2025-07-01", "period_end": "2025-09-30"}
    assert [row["bound"] for row in observed(data, low, high)] == ["ge", "le"]


def test_a_loss_is_negative_and_an_outflow_is_not(data: Path) -> None:
    loss = REVENUE | {"metric": "operating_income", "value": "-591", "value_as_printed": "(591)"}
    outflow = REVENUE | {
        "vendor": "aws",
        "reporting_entity": "Amazon.com, Inc. (consolidated)",
        "metric": "capital_expenditure",
        "value": "32183",
        "value_as_printed": "(32,183)",
    }
    signs = {row["metric_id"]: row["printed_value"] for row in observed(data, loss, outflow)}
    assert signs["operating-income"] == "-591"
    assert set(signs.values()) == {"-591", "32183"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": "30783"}, "the print 30,873 does not give the recorded 30783 USD million"),
        ({"value_as_printed": "umpteen"}, "not a known word"),
        ({"unit": "doubloons"}, "doubloons"),
        ({"metric": "mood"}, "metric mood"),
        ({"reporting_entity": "Nobody"}, "reporting entity Nobody of aws"),
        ({"period_type": "fortnight"}, "period type fortnight"),
        ({"qualifier": "perhaps"}, "qualifier perhaps"),
    ],
)
def test_a_row_that_cannot_be_taken_up_is_listed_with_the_reason(
    data: Path, change: dict[str, str], reason: str
) -> None:
    assert observed(data, REVENUE | change) == []
    ((number, row_id, listed),) = coverage(data)
    assert (number, row_id) == ("1", "")
    assert reason in listed


def test_one_print_taken_twice_is_one_observation(data: Path) -> None:
    (row,) = observed(data, REVENUE, REVENUE | {"note": "the same again"})
    assert [row_id for _, row_id, _ in coverage(data)] == [row["observation_id"]] * 2


def test_a_copy_is_the_way_to_the_document_it_copies(data: Path) -> None:
    entry = next(e for e in read_mapping("documents") if e["via_source_id"] and not e["note_contains"])
    known = {"title": "A document", "publisher": "Example", "published_on": "2025-07-31", "known_on": "2025-07-31"}
    known |= {"published_precision": "day", "language": "en", "kind": "news"}
    schema = load_schema("sources")
    blank = dict.fromkeys((field.name for field in schema.fields), "")
    ids = sorted((entry["source_id"], entry["via_source_id"]))
    write_rows(data / "sources.csv", schema, [blank | known | {"source_id": source_id} for source_id in ids])
    copied = {"source_url": entry["url"], "source_title": entry["title"]}
    if entry["period_end"]:
        copied |= {"period_end": entry["period_end"], "period_start": "", "period_type": "instant"}
    (row,) = observed(data, REVENUE | copied)
    assert (row["source_id"], row["via_source_id"]) == (entry["source_id"], entry["via_source_id"])
    assert len(read_rows(data / "sources.csv")) == 2


def test_a_second_run_changes_no_byte_and_no_row_of_others(data: Path) -> None:
    rows = (REVENUE, REVENUE | {"value": "1", "value_as_printed": "2"}, PRICE)
    assert take_up(data, *rows) == 0
    (mine,) = read_rows(data / "observations.csv")
    other = mine | {"observation_id": f"{mine['source_id']}.007", "period_label": "typed by hand"}
    write_rows(data / "observations.csv", load_schema("observations"), [mine, other])
    assert take_up(data, *rows) == 0
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    assert take_up(data, *rows) == 0
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before
    assert [row["period_label"] for row in read_rows(data / "observations.csv")] == ["Q2 2025", "typed by hand"]


def test_two_files_keep_their_rows_apart(data: Path) -> None:
    assert take_up(data, REVENUE) == 0
    other = REVENUE | {"value": "29267", "value_as_printed": "29,267", "period_start": "2025-01-01"}
    other |= {"period_end": "2025-03-31", "period_label": "Q1 2025"}
    assert take_up(data, other, REVENUE, file="evidence2") == 0
    first, second = read_rows(data / "observations.csv")
    rows = read_rows(data / "evidence_coverage.csv")
    assert [(row["evidence_file"], row["row_id"], row["role"]) for row in rows] == [
        ("evidence", first["observation_id"], "made"),
        ("evidence2", second["observation_id"], "made"),
        ("evidence2", first["observation_id"], "found"),
    ]
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    assert take_up(data, REVENUE) == take_up(data, other, REVENUE, file="evidence2") == 0
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before


def test_a_place_typed_in_a_row_outlives_another_run(data: Path) -> None:
    (row,) = observed(data, REVENUE)
    write_rows(data / "observations.csv", load_schema("observations"), [row | {"locator": "p:3"}])
    (again,) = observed(data, REVENUE)
    assert again["locator"] == "p:3"


def test_two_documents_never_get_one_id(data: Path) -> None:
    title = "A very long title of a results release of a company that names its year at the very end: "
    pages = [f"https://example.org/{year}" for year in ("2023", "2024", "2025")]
    rows = [REVENUE | {"source_title": title + page[-4:], "source_url": page} for page in pages]
    assert len({row["source_id"] for row in observed(data, *rows)}) == 3
    before = (data / "sources.csv").read_bytes()
    assert take_up(data, *rows) == 0
    assert (data / "sources.csv").read_bytes() == before


def test_the_ends_of_a_range_meet_in_either_order_and_in_the_finer_unit(data: Path) -> None:
    high = REVENUE | {"value": "1.1", "unit": "USD billion", "value_as_printed": "$1.1 billion"}
    high |= {"metric": "revenue_guidance", "dimension": "high end", "qualifier": "range_high"}
    low = high | {"value": "900", "unit": "USD million", "value_as_printed": "$900 million"}
    low |= {"dimension": "low end", "qualifier": "range_low"}
    between = REVENUE | {"period_start": "2025-07-01", "period_end": "2025-09-30"}
    row, _ = observed(data, high, between, low)
    assert (row["printed_value"], row["printed_value_to"], row["printed_unit_id"]) == ("900", "1100", "usd-m")
    assert (row["bound"], row["value_low"], row["value_high"]) == ("range", "900", "1100")


def test_a_row_keeps_its_id_when_its_print_is_read_anew(data: Path) -> None:
    (first,) = observed(data, REVENUE)
    (second,) = observed(data, REVENUE | {"value": "30874", "value_as_printed": "30,874"})
    assert (second["observation_id"], second["value"]) == (first["observation_id"], "30874")


def test_a_price_goes_to_the_prices_with_the_day_its_list_ended(data: Path) -> None:
    assert observed(data, PRICE) == []
    (price,) = read_rows(data / "model_prices.csv")
    assert (price["seller"], price["model"], price["meter"]) == ("deepseek", "deepseek-chat", "input")
    assert (price["printed_amount"], price["currency"], price["printed_per_unit_id"]) == ("0.27", "USD", "token-1m")
    assert (price["valid_from"], price["valid_to"]) == ("", "2025-09-05")


def test_a_file_of_another_shape_touches_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = data.parent / "evidence.csv"
    evidence.write_text("vendor,metric\naws,revenue\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    assert main(["evidence", str(evidence), "--data", str(data)]) == 2
    assert "column reporting_entity is missing" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before


@pytest.mark.parametrize(
    ("mapping", "column", "table", "key"),
    [
        ("entities", "entity_id", "entities", "entity_id"),
        ("entities", "of_entity_id", "entities", "entity_id"),
        ("metrics", "metric_id", "metrics", "metric_id"),
        ("metrics", "entity_id", "entities", "entity_id"),
        ("metrics", "breakdown_id", "breakdowns", "breakdown_id"),
        ("units", "unit_id", "units", "unit_id"),
        ("documents", "source_id", "sources", "source_id"),
        ("documents", "via_source_id", "sources", "source_id"),
    ],
)
def test_the_tables_of_words_name_what_the_package_holds(mapping: str, column: str, table: str, key: str) -> None:
    held = {row[key] for row in Reference().rows(table)}
    named = {entry[column] for entry in read_mapping(mapping)} - {""}
    assert named <= held


def test_a_day_read_for_a_document_is_the_day_of_its_source() -> None:
    held = {row["source_id"]: row for row in Reference().rows("sources")}
    read = {entry["source_id"]: entry["published_on"] for entry in read_mapping("release_dates")}
    assert {source_id: held[source_id]["published_on"] for source_id in read} == read
    assert all(entry["read_in"] for entry in read_mapping("release_dates"))


def test_documents_of_the_large_five_carry_their_own_day() -> None:
    vendors = {row["entity_id"]: row["vendor_id"] for row in read_rows(DATA / "entities.csv")}
    sources = {row["source_id"]: row for row in read_rows(DATA / "sources.csv")}
    stated = [
        sources[row["source_id"]]
        for row in read_rows(DATA / "observations.csv")
        if vendors[row["entity_id"]] in ("amazon", "microsoft", "google", "oracle", "alibaba")
    ]
    own = [s for s in stated if s["kind"] in ("company_release", "regulatory_filing", "earnings_call")]
    dated = [source for source in own if source["published_precision"] == "day"]
    assert len(own) >= 1000
    assert len(dated) >= 0.9 * len(own)


def test_a_reader_types_meter_and_last_day_of_a_price_and_says_so(data: Path) -> None:
    cached = {
        "dimension": "API (V2), after the August 2024 cut",
        "period_label": "August 2024",
        "period_end": "2024-08-31",
        "unit": "CNY/1M tokens",
        "source_url": "https://xmsumi.com/detail/310",
        "note": "likely the cache-hit price only",
    }
    ended = {
        "dimension": "deepseek-chat (V3), off-peak 00:30-08:30 Beijing",
        "period_label": "26 Feb 2025",
        "period_end": "2025-02-26",
        "unit": "CNY/1M tokens",
        "source_url": "https://faxianai.com/news/7934.html",
    }
    assert take_up(data, PRICE | cached, PRICE | ended) == 0
    rows = {row["model"]: row for row in read_rows(data / "model_prices.csv")}
    first, second = rows["DeepSeek-V2"], rows["deepseek-chat (V3)"]
    assert (first["meter"], first["assumed"], first["valid_to"]) == ("cache_read", "valid_from meter", "")
    assert (second["meter"], second["assumed"], second["valid_to"]) == ("input", "valid_to", "2025-09-05")


def test_a_document_that_repeats_a_package_is_left_out_with_the_reason(data: Path) -> None:
    assert take_up(data, PRICE | {"source_url": "pypi:model-prices==0.0.5:snapshot.json"}) == 0
    assert read_rows(data / "model_prices.csv") == [] == read_rows(data / "sources.csv")
    assert coverage(data) == [("1", "", "repeats the package model-prices 0.0.5, which its own adapter takes up whole")]


def test_what_was_read_again_stands_in_the_tables_and_outlives_another_run() -> None:
    coverage = read_rows(DATA / "evidence_coverage.csv")
    became = {(row["evidence_file"], row["evidence_row"]): row["row_id"] for row in coverage}
    observations = {row["observation_id"]: row for row in read_rows(DATA / "observations.csv")}
    entries = [entry for entry in read_mapping("rereadings") if entry["column"] != "range_end"]
    assert entries and all(entry["reason"] for entry in entries)
    for entry in entries:
        row_id = became[entry["evidence_file"], entry["evidence_row"]]
        assert observations[row_id][entry["column"]] == entry["value"], entry


def test_a_cell_read_again_takes_the_place_of_the_collectors(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setattr("ingest.evidence.uptake.read_again", lambda row: {"locator": f"row:{row.number}"})
    (row,) = observed(data, REVENUE)
    assert (row["locator"], row["printed_value"]) == ("row:1", "30873")


def test_what_was_read_is_the_page_that_its_row_leads_to() -> None:
    """Two releases of one title, a year apart, are two copies: each has the address that the evidence gives."""
    sources = {row["source_id"]: row for row in read_rows(DATA / "sources.csv")}
    entries = [entry for entry in read_mapping("documents") if entry["via_source_id"] and not entry["evidence"]]
    addresses = {
        (entry["via_source_id"], entry["url"]): {sources[entry[column]]["url"] for column in ID_COLUMNS}
        for entry in entries
    }
    assert addresses
    assert not [read for read, known in addresses.items() if read[1] not in known]


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("value", "NaN", "value is 'NaN', not a number in plain digits"),
        ("value", "1e99999999", "not a number in plain digits"),
        ("value", "9" * 400, "not a number in plain digits"),
        ("value", "３", "not a number in plain digits"),
        ("period_end", "2025-06-31", "period_end is '2025-06-31', not a day of the calendar"),
        ("period_end", "9999-12-31", "not a day of the calendar"),
        ("period_start", "0001-01-01", "not a day of the calendar"),
        ("published_date", "soon", "published_date is 'soon', not a day of the calendar"),
    ],
)
def test_a_cell_that_is_no_number_and_no_day_leaves_its_row_out_with_the_reason(
    data: Path, column: str, cell: str, words: str
) -> None:
    assert take_up(data, REVENUE | {column: cell}) == 0
    ((_, row_id, reason),) = coverage(data)
    assert not row_id and words in reason


@pytest.mark.parametrize("cell", ["a\u202eb", "a\x1b[2J", "a\ufffdb", "a\u200bb", "a\rb"])
def test_a_text_with_signs_that_nobody_sees_is_no_evidence(data: Path, cell: str) -> None:
    before = {path: path.read_bytes() for path in data.iterdir()}
    assert take_up(data, REVENUE | {"note": cell}) == 2
    assert {path: path.read_bytes() for path in data.iterdir()} == before


def test_a_file_without_a_row_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take_up(data) == 2
    assert "evidence.csv: holds no row; fix: give the file as its upstream ships it" in capsys.readouterr().err
