"""The benchmark is honest: what it leaves out of a run could not have been found, and its page is its own output."""

from __future__ import annotations

import random
import re
from collections import Counter
from decimal import Decimal
from itertools import product

import pytest

from benchmarks.book import Book, Injection
from benchmarks.contributions import Tried, is_cause, tried
from benchmarks.contributions import drawn as drawn_mistakes
from benchmarks.contributor_errors import stale_number, year_and_label_off
from benchmarks.day_rates import day_rate
from benchmarks.detection_power import PAGES, Outcome, found_in_files, injections_of
from benchmarks.file_errors import FILE_KINDS
from benchmarks.harmless import once_more
from benchmarks.harmless_edits import Alarms, told
from benchmarks.kinds import CONTRIBUTIONS, HARMLESS, SOURCE_ERRORS, TRANSCRIPTIONS
from benchmarks.neighbourhood import IN_ROWS, Neighbourhood, broken_keys
from benchmarks.power_page import contributed_part, with_harmless
from benchmarks.power_words import KINDS_ZH, TEXTS
from canonical.findings import Finding
from canonical.reference import Reference
from canonical.text_tables import Row, csv_path, read_rows
from validation.relations.facts import Facts

MEANING = (
    "printed_value", "printed_unit_id", "metric_id", "measure", "basis", "breakdown_id", "period_end", "period_type",
    "source_id", "bound", "precision_word",
)  # fmt: skip
"""The cells of which a mistake changes one at least."""


@pytest.fixture(scope="module")
def book() -> Book:
    """The published observations."""
    return Book(read_rows(csv_path("observations")), Reference())


@pytest.fixture(scope="module")
def neighbourhood(book: Book) -> Neighbourhood:
    """Their relations, a part at a time."""
    return Neighbourhood(book.rows)


@pytest.fixture(scope="module")
def clean(book: Book, neighbourhood: Neighbourhood) -> set[tuple[str, str]]:
    """What the relations find in all rows together."""
    return set(broken_keys(Facts.of(book.rows, book.reference, neighbourhood.folder.rows)))


def drawn(book: Book, name: str, trials: int = 1) -> list[Injection]:
    """Some injections of a kind."""
    (kind,) = [kind for kind in (*TRANSCRIPTIONS, *SOURCE_ERRORS, *HARMLESS) if kind.name == name]
    return list(injections_of(kind, book, trials, random.Random(7)))


def test_a_stale_number_is_that_of_a_document_published_before(book: Book):
    days = {key: source["published_on"] for key, source in book.reference.sources.items()}
    drawn_rows = [(row, change) for row in book.rows if (change := stale_number(row, random.Random(3), book))]
    assert len(drawn_rows) > 50
    for row, change in drawn_rows:
        older = [other for other in book.rows if other["entity_id"] == row["entity_id"]
                 and other["printed_value"] == change["printed_value"]
                 and (other["metric_id"], other["period_end"]) == (row["metric_id"], row["period_end"])]  # fmt: skip
        assert any(days[other["source_id"]] < days[row["source_id"]] for other in older), row["observation_id"]


def test_at_least_25_kinds_of_errors_are_injected():
    names = [kind.name for kind in (*TRANSCRIPTIONS, *FILE_KINDS)]
    assert len(set(names)) == len(names) >= 25


@pytest.mark.parametrize("kind", TRANSCRIPTIONS, ids=lambda kind: kind.name)
def test_a_kind_changes_what_it_names_and_leaves_a_filled_row(kind, book: Book):
    (injection,) = injections_of(kind, book, 1, random.Random(3))
    changed = {column for column, cell in injection.after.items() if cell != injection.before[column]}
    assert changed
    assert injection.after["value"] or injection.after["bound"] in ("spread", "range_up") or kind.name == "wrong_digit"


@pytest.mark.parametrize("name", ["year_off", "other_vendor", "contradicting_row"])
def test_the_neighbourhood_of_a_row_holds_every_row_that_a_relation_could_ask(
    name: str, book: Book, neighbourhood: Neighbourhood, clean: set[tuple[str, str]]
):
    """What a run over all rows finds, the run over the neighbourhood finds too, and nothing else."""
    (injection,) = drawn(book, name)
    rows = [row for n, row in enumerate(book.rows) if n != injection.number or injection.kind.adds_row]
    changed = broken_keys(Facts.of([*rows, injection.after], book.reference, neighbourhood.folder.rows))
    assert {rule for rule, row in changed if (rule, row) not in clean} == set(neighbourhood.found(injection))


def test_errors_that_share_a_run_are_told_apart(book: Book):
    injections = [*drawn(book, "lost_sign", 2), *drawn(book, "growth_as_level", 2)]
    found = found_in_files(injections)
    assert [("U.quantity" in found.get(place, set())) for place in range(4)] == [False, False, True, True]


def test_harmless_changes_raise_nothing_of_any_rule(book: Book):
    alarms = Alarms()
    for kind in HARMLESS:
        for injection in drawn(book, kind.name, 2):
            assert not alarms.raised(injection), told(injection, (), alarms.raised(injection))


def test_a_print_said_once_more_repeats_what_stands_open_of_it_and_that_is_no_alarm(book: Book):
    alarms = Alarms()
    ids = {row_id for rule, row_id, _ in alarms.known if rule == "C.growth_yoy"}
    number, row = next((n, row) for n, row in enumerate(book.rows) if row["observation_id"] in ids)
    (kind,) = [kind for kind in HARMLESS if kind.name == "once_more"]
    again = row | once_more(row, random.Random(1), book)
    assert alarms.raised(Injection(kind, "observations", number, row, again)) == []


def test_what_an_edit_raises_is_told_and_what_stood_before_is_not(book: Book):
    """A number of ten times its size, put in as if it were harmless, is an alarm at its own row."""
    (kind,) = [kind for kind in TRANSCRIPTIONS if kind.name == "times_10"]
    (injection,) = injections_of(kind, book, 1, random.Random(7))
    alarms = Alarms()
    raised = alarms.raised(injection)
    row_id = injection.before["observation_id"]
    assert any(finding.row_id == row_id for finding in raised)
    assert all(finding.status == "open" for finding in raised)
    unchanged = Injection(kind, "observations", injection.number, injection.before, injection.before)
    assert alarms.raised(unchanged) == []
    assert f"  {raised[0].severity} {raised[0].rule} {raised[0].row_id}" in told(injection, ["U.scale"], raised)


def test_relations_that_are_left_out_read_no_observations():
    assert len(IN_ROWS) >= 60


def test_the_page_states_the_power_that_is_promised():
    """The figures of the last run: 97 % of the cells in an evaluated relation, 85 % of all cells, no false alarm."""
    text = PAGES["en"].read_text(encoding="utf-8")
    all_cells, of_transcriptions = re.search(r"All cells:\*\* ([0-9.]+) % .*? ([0-9.]+) %", text).groups()
    (in_relations,) = re.search(r"[Bb]eyond its slack:(?:\*\*)? ([0-9.]+) %", text).groups()
    (false_alarms,) = re.search(r"False alarms:\*\* ([0-9]+) of", text).groups()
    assert float(all_cells) >= 85
    assert float(of_transcriptions) > 75
    assert float(in_relations) >= 97
    assert int(false_alarms) == 0


def left(page: str, language: str) -> list[str]:
    """The lines of a page without what it tells of harmless edits: their section, and the line of false alarms."""
    before, _, after = page.partition(f"## {TEXTS[language]['harmless']}\n")
    line = TEXTS[language]["clean"][:8]
    return [one for one in f"{before}## {after.partition('## ')[2]}".split("\n") if not one.startswith(line)]


def test_a_run_of_harmless_edits_alone_writes_its_section_and_its_line_and_nothing_else():
    (kind,) = [kind for kind in HARMLESS if kind.name == "coarser"]
    outcome = Outcome(kind)
    for rules in ((), ("U.bend",), ()):
        outcome.add(rules)
    for language, page in PAGES.items():
        text = page.read_text(encoding="utf-8")
        new = with_harmless(text, [outcome], Counter({("notice", "open"): 987}), 77, language)
        assert left(new, language) == left(text, language)
        assert re.search(r"(?<!\d)987 (notices|条提示)", new) and "| `coarser` |" in new and "77" in new
        assert with_harmless(new, [outcome], Counter({("notice", "open"): 987}), 77, language) == new


def test_both_pages_give_the_same_figures():
    figures = [re.findall(r"[0-9]+(?:[,.][0-9]+)*", page.read_text(encoding="utf-8")) for page in PAGES.values()]
    assert sorted(figures[0]) == sorted(figures[1])


def test_every_kind_is_said_in_chinese():
    kinds = (*TRANSCRIPTIONS, *CONTRIBUTIONS, *SOURCE_ERRORS, *FILE_KINDS, *HARMLESS)
    assert {kind.name.removeprefix("source_") for kind in kinds} == set(KINDS_ZH)


@pytest.mark.parametrize("seed", range(4))
def test_a_year_off_together_with_its_label_is_off_in_one_direction(book: Book, seed: int):
    row = {"period_type": "quarter", "period_end": "2025-12-31", "period_label": "Q4 2025"}
    change = year_and_label_off(row, random.Random(seed), book)
    assert change in [{"period_end": f"{year}-12-31", "period_label": f"Q4 {year}"} for year in (2024, 2026)]


@pytest.mark.parametrize("kind", CONTRIBUTIONS, ids=lambda kind: kind.name)
def test_mistakes_of_contributors_are_put_into_large_and_small_vendors_new_and_published_rows(kind, book: Book):
    mistakes = list(drawn_mistakes(kind, book, 8, random.Random(5)))
    assert {(m.is_large, m.is_new, m.is_read_twice) for m in mistakes} == set(product((True, False), repeat=3))
    for mistake in mistakes:
        before, after = mistake.injection.before, mistake.injection.after
        assert any(before[column] != after[column] for column in MEANING)
        assert mistake.is_read_twice or not after["printed_text"]


def test_a_mistake_is_named_only_by_what_is_said_of_its_row(book: Book):
    (kind,) = (kind for kind in CONTRIBUTIONS if kind.name == "year_growth_as_quarter")
    mistakes = list(drawn_mistakes(kind, book, 8, random.Random(5)))
    found = list(tried(mistakes, {}))
    assert len(found) == 8 and sum("C.growth_kind" in t.rules for t in found) >= 3
    assert all(t.is_asked_for for t in found if not t.contribution.is_new)  # it differs from the last build


@pytest.mark.parametrize(
    ("name", "before", "after", "found", "is_named"),
    [
        ("lost_breakdown", {"breakdown_id": "ai"}, {"breakdown_id": "total"}, {"message": " as breakdown ai"}, True),
        ("lost_breakdown", {"breakdown_id": "ai"}, {"breakdown_id": "total"}, {"message": " as breakdown ai-x"}, False),
        ("lost_about", {"precision_word": "nearly"}, {"precision_word": "none"}, {"column": "bound"}, True),
        ("year_to_date", {"period_type": "year"}, {"period_type": "quarter"}, {"expected": "year to 2025-12-31"}, True),
        ("year_to_date", {"period_type": "year"}, {"period_type": "quarter"}, {"column": "bound"}, False),
        ("lost_minus", {"printed_value": "-3"}, {"printed_value": "3"}, {"expected": "-3"}, True),
        ("lost_minus", {"printed_value": "-3"}, {"printed_value": "3"}, {"message": "a rate near others"}, False),
    ],
)  # fmt: skip
def test_a_finding_names_the_cause_by_the_cell_or_in_words(
    name: str, before: Row, after: Row, found: dict[str, str], is_named: bool
):
    (kind,) = (kind for kind in CONTRIBUTIONS if kind.name == name)
    cells = {"observation_id": "p1", "printed_value": "1"}
    injection = Injection(kind, "observations", 1, cells | before, cells | after)
    assert is_cause(Finding("C.agreement", "warning", "observations", "p1", **found), injection) is is_named


def test_a_report_converts_at_the_rate_of_the_day_or_of_the_last_one_that_has_a_rate():
    assert day_rate("CNY", "2026-06-30") == Decimal("7.7314") and day_rate("USD", "2026-06-30") == Decimal("1.1394")
    assert day_rate("HKD", "2024-12-01") == day_rate("HKD", "2024-11-29") != day_rate("HKD", "2024-12-02")
    assert day_rate("USD", "1999-01-01") == day_rate("USD", "2010-01-04")


def test_a_rate_is_given_with_the_interval_of_wilson(book: Book):
    (kind,) = (kind for kind in CONTRIBUTIONS if kind.name == "lost_bound")
    mistakes = list(drawn_mistakes(kind, book, 4, random.Random(5)))
    half = [Tried(mistake, {"U.text_bound": "warning"} if place % 2 else {}) for place, mistake in enumerate(mistakes)]
    assert "| 4 | 50 % (15–85) | 0 |" in "\n".join(contributed_part(half, "en"))


def test_no_harmless_change_repeats_what_a_correction_or_an_accepted_finding_calls_wrong() -> None:
    every = Book(read_rows(csv_path("observations")), Reference())
    settled = Book([row for row in every.rows if row["observation_id"] in every.settled], every.reference)
    assert settled.rows
    for kind in HARMLESS:
        assert list(injections_of(kind, settled, 1, random.Random(1))) == []
