"""True reports that are added again: the tables are those of the day before, and right rows raise nothing."""

from __future__ import annotations

from functools import cache

from benchmarks.edited import Edited
from benchmarks.new_quarters import alarms_of, reports_of
from canonical.fill import complete_row
from canonical.table_schema import load_schema


@cache
def edited() -> Edited:
    """The package, asked once."""
    return Edited()


def test_what_came_out_later_is_not_there_and_the_rows_themselves_are():
    facts = edited().facts
    known = facts.reference.source_known_on
    earlier, later = reports_of(facts, 2, ["oracle"])
    assert {o.source_id for o in earlier.rows} == {earlier.source_id}
    assert {o.row_id for o in later.rows} <= set(earlier.later)
    assert not {o.row_id for o in earlier.rows} & set(earlier.later)
    assert all(known(facts.by_row_id[row].source_id) > known(earlier.source_id) for row in earlier.later)


def test_the_last_report_of_a_vendor_is_let_be_and_a_slip_in_it_is_not():
    (report,) = reports_of(edited().facts, 1, ["oracle"])
    assert alarms_of(report, edited()) == []
    slip = max(report.rows, key=lambda o: (o.row["metric_id"] == "revenue", o.row["measure"] == "level"))
    typed = slip.row | {"printed_value": slip.row["printed_value"] + "0", "decimals": "", "value": ""}
    row = complete_row(load_schema("observations"), typed, edited().facts.reference)
    facts, touched = edited().after([row], ())
    assert edited().found(facts, touched, {slip.row_id})
