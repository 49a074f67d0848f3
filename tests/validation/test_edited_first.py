"""After an edit the report begins with the edited row, and there with what names the cause."""

from __future__ import annotations

from canonical.findings import Finding, Severity
from validation.edited_first import edited_first


def found(rule: str, row_id: str, **cells: str) -> Finding:
    """A finding on the number of a row."""
    return Finding(rule, "warning", "observations", row_id, 1, "printed_value", **cells)


def test_findings_on_edited_rows_come_first_then_those_that_rest_on_one():
    elsewhere, resting, own = found("A", "x"), found("B", "y", related="z e"), found("C", "e")
    assert edited_first([elsewhere, resting, own], {"e"}) == [own, resting, elsewhere]


def test_of_an_edited_row_what_names_the_cause_comes_first():
    plain = Finding("A", "error", "observations", "e", 1, "printed_value")
    likely, line = found("B", "e", message="odd; likely: 3 would fit"), found("C", "e", expected="another number")
    weak = found("D", "e", message="odd; likely: the last digit is off by one")
    assert edited_first([plain, weak, likely, line], {"e"}) == [likely, line, plain, weak]


def test_without_an_edit_the_order_stays():
    findings = [found("B", "x"), found("A", "y", message="odd; likely: 3 would fit")]
    assert edited_first(findings, ()) == findings


def test_the_first_finding_is_on_the_edited_row_and_names_its_error_before_what_is_only_unlikely():
    def finding(rule: str, row_id: str, severity: Severity = "warning", related: str = "") -> Finding:
        return Finding(rule, severity, "observations", row_id=row_id, related=related)

    elsewhere, beside = finding("A", "other"), finding("B", "old", "error", related="older new")
    likely, wrong = finding("C", "new"), finding("D", "new", "error")
    assert edited_first([elsewhere, beside, likely, wrong], {"new"}) == [wrong, likely, beside, elsewhere]


def test_a_document_of_another_period_comes_before_a_period_that_lies_ahead_and_a_lost_minus_before_odd_numbers():
    ahead = Finding("P.future", "error", "observations", "e", 1, "period_end", expected="a day up to 2018-08-15")
    document = found("V.document_period", "e")
    odd, sign = found("U.scale_slip", "e", found="8.7", expected="6 to 7"), found("X", "e", found="7", expected="-7")
    assert edited_first([ahead, odd, sign, document], {"e"}) == [document, ahead, sign, odd]


def test_a_notice_that_asks_comes_behind_what_is_impossible_and_before_what_is_only_odd():
    asks = Finding("A", "notice", "observations", "e", 1, "bound", expected="perhaps approximately")
    wrong, odd = Finding("B", "error", "observations", "e", 1, "printed_value"), found("C", "e")
    assert edited_first([odd, asks, wrong], {"e"}) == [wrong, asks, odd]


def test_what_the_text_of_the_row_says_comes_before_every_guess():
    guess, text = found("A", "e", message="odd; likely: 3 would fit"), found("U.text_digits", "e", expected="3")
    assert edited_first([guess, text], {"e"}) == [text, guess]


def test_what_follows_from_an_edited_row_for_a_named_cause_comes_before_what_is_only_odd_about_it():
    odd, elsewhere = found("A", "e"), found("B", "x", message="odd; likely: follows from e: 3 would fit in HKD")
    assert edited_first([odd, elsewhere], {"e"}) == [elsewhere, odd]
    rounding = found("B", "x", message="odd; likely: follows from e: the last digit is off by one, as when")
    assert edited_first([odd, rounding], {"e"}) == [odd, rounding]


def test_the_label_of_a_row_that_names_another_metric_comes_before_guesses_about_its_number():
    guess, label = found("A", "e", message="odd; likely: 3 would fit"), found("C.label_definition", "e")
    assert edited_first([guess, label], {"e"}) == [label, guess]


def test_of_what_rests_on_an_edited_row_causes_come_first_unless_they_lie_in_rows_that_nobody_edited():
    plain = Finding("A", "error", "observations", "y", 1, "printed_value", related="e")
    stale = found("B", "z", related="e", expected="another number")
    of_another = found("C", "w", related="e x", message="odd; likely: follows from x: 3 would fit")
    assert edited_first([of_another, plain, stale], {"e"}) == [stale, plain, of_another]


def test_a_cause_that_one_of_several_rows_may_have_is_one_of_the_edited_row():
    odd = found("A", "e")
    one_of = found(
        "B", "x", message="odd; likely: it fits another base; or follows from one of d, e: it would fit in HKD"
    )
    assert edited_first([odd, one_of], {"e"}) == [one_of, odd]
    assert edited_first([odd, one_of], {"c"}) == [odd, one_of]


def test_a_cause_that_was_calculated_comes_before_a_guess_and_what_other_rows_are_like_last():
    line = Finding("V.main_period", "warning", "observations", "e", 1, "period_end", expected="perhaps 2025-09-30")
    guess = Finding("U.currency_slip", "warning", "observations", "e", 1, "printed_unit_id", expected="perhaps in USD")
    calculated = found("U.pace", "e", message="odd; likely: 3 would fit as a yearly rate")
    assert edited_first([line, guess, calculated], {"e"}) == [calculated, guess, line]


def test_a_digit_that_another_basis_would_make_comes_before_what_rounding_may_explain():
    rounding = Finding(
        "A", "error", "observations", "e", 1, "printed_value", message="odd; likely: the last digit is off by one"
    )
    basis = Finding("C.last_digit", "notice", "observations", "e", 1, "basis", expected="another basis")
    assert edited_first([rounding, basis], {"e"}) == [basis, rounding]
