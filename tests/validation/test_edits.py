"""After an edit: only what it touches is held together again, and the findings are those of the whole check."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache

import polars as pl
import pytest

from canonical.findings import Finding
from canonical.reference import Reference
from canonical.text_tables import DATA, Row
from tests.validation.relations.worlds import WORLDS
from validation.changed import last_build, not_published
from validation.consistency import Folder, findings_in
from validation.edited_first import edited_first
from validation.edited_prices import edited_prices
from validation.edited_rows import edits_of
from validation.edits import UNREAD, check_edited, related_edits, touched_by
from validation.known_issues import mark_accepted
from validation.package import Checker
from validation.relations import RELATIONS, relation_of
from validation.relations.facts import Facts
from validation.relations.reach import MADE_OF, asked_again

Change = Callable[[list[Row]], list[Row]]


@dataclass(frozen=True)
class EditedReference(Reference):
    """The package's reference with another content of some tables."""

    edited: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, as edited where they are."""
        return self.edited[table] if table in self.edited else Reference.rows(self, table)


def edited(table: str, change: Change) -> Folder:
    """The package with one table changed in memory."""
    rows = change([dict(row) for row in (package().rows.get(table) or package().reference.rows(table))])
    folder = Folder(DATA, EditedReference(edited={table: rows}))
    tables = package().tables
    folder.__dict__["tables"] = {
        name: replace(read, frame=pl.DataFrame(rows)) if name == table else read for name, read in tables.items()
    }
    folder.__dict__["rows"] = package().rows | ({table: rows} if table in package().rows else {})
    return folder


@cache
def package() -> Folder:
    """The tables of the package."""
    return Folder()


def a_cell(column: str, cell: str, place: float = 0.5, **where: str) -> Change:
    """Another cell in one row, at a place between the first (0) and the last (1) of those that hold what is given."""

    def change(rows: list[Row]) -> list[Row]:
        fitting = [row for row in rows if all(row[name] == wanted for name, wanted in where.items())]
        row = fitting[int(place * (len(fitting) - 1))]
        assert row[column] != cell
        row[column] = cell
        return rows

    return change


def a_row_less(rows: list[Row]) -> list[Row]:
    """Without the row in the middle."""
    return rows[: len(rows) // 2] + rows[len(rows) // 2 + 1 :]


def a_row_more(rows: list[Row]) -> list[Row]:
    """With the row in the middle once more, under another id and with other digits."""
    row = rows[len(rows) // 2]
    return [*rows, row | {"observation_id": "another-row.001", "printed_value": "1" + row["printed_value"]}]


def several(*changes: Change) -> Change:
    """One change after the other."""

    def change(rows: list[Row]) -> list[Row]:
        for each in changes:
            rows = each(rows)
        return rows

    return change


EDITS: dict[str, tuple[str, Change]] = {
    "numbers": ("observations", several(
        a_cell("printed_value", "987654", metric_id="revenue", entity_id="aws"),
        a_cell("printed_value", "987", measure="growth_yoy", entity_id="tencent"),
        a_cell("printed_unit_id", "usd-bn", printed_unit_id="usd-m"),
    )),
    "names": ("observations", several(
        a_cell("entity_id", "oracle", 0.3, entity_id="aws", metric_id="revenue"),
        a_cell("metric_id", "capex", metric_id="revenue", entity_id="alibaba-cloud"),
        a_cell("period_end", "2019-06-30", 0.7, period_type="quarter"),
        a_cell("source_id", "amazon-10k-2019", 0.2, entity_id="alibaba-cloud"),
    )),
    "words": ("observations", several(
        a_cell("printed_label", "Cloud revenue of 2016", entity_id="aws", metric_id="revenue"),
        a_cell("printed_text", "more than a loss of 7 billion", entity_id="alibaba-cloud"),
        a_cell("via_source_id", "amazon-10k-2019", via_source_id="", entity_id="tencent"),
        a_cell("locator", "page 1", 0.7),
    )),
    "rows": ("observations", several(a_row_less, a_row_more)),
    "sources": ("sources", several(
        a_cell("title", "Results of the quarter ended June 30, 2017", 0.9),
        a_cell("published_on", "2016-01-31", source_id="amazon-10k-2019"),
        a_cell("kind", "digest", kind="regulatory_filing"),
    )),
    "titles": ("sources", several(
        a_cell("title", "Results of the quarter ended June 30, 2017", 0.9, kind="company_release"),
        a_cell("title", "Oracle and Tencent: results of fiscal 2020", 0.3, kind="regulatory_filing"),
        a_cell("url", "https://example.org/a?utm_source=b", 0.1),
    )),
    "corrections": ("corrections", several(
        a_row_less, a_cell("corrected", "12345", field_name="printed_value")
    )),
    "entities": ("entities", a_cell("parent_entity_id", "tencent", entity_id="alibaba-cloud")),
    "entity_breaks": ("entity_breaks", a_cell("first_published_on", "2019-01-31")),
    "statements": ("statements", a_cell("relation", "falls_every_period", relation="rises_every_period")),
    "supply_chain_links": ("supply_chain_links", a_cell("stage_id", "stage-not-printed", 0.2)),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_the_part_that_it_touches_gives_the_findings_of_the_whole(name: str):
    table, change = EDITS[name]
    folder = edited(table, change)
    edits = related_edits({table}, folder)
    assert edits is not None and edits[table]
    touched = touched_by(edits, folder)
    assert len(touched.families) < 30
    assert news(findings_in(folder, touched)) == news(findings_in(folder))


def news(findings: list[Finding]) -> list[Finding]:
    """What the last build did not publish."""
    return not_published(mark_accepted(findings))


@pytest.mark.parametrize("table", ["metrics", "units", "breakdowns", "exchange_rates", "vendors"])
def test_a_cell_that_every_observation_may_be_held_against_asks_for_the_whole(table: str):
    read = {"metrics": "sign", "units": "factor", "breakdowns": "axis", "exchange_rates": "rate", "vendors": "name_en"}
    assert related_edits({table}, edited(table, a_cell(read[table], "9"))) is None


@pytest.mark.parametrize(
    "change",
    [a_cell("name_en", "Revenue", entity_id="oracle"), a_cell("name_zh", "收入", entity_id="oracle"), a_row_less],
)
def test_an_entity_that_is_named_anew_may_be_named_in_any_title(change: Change):
    assert related_edits({"entities"}, edited("entities", change)) is None


@pytest.mark.parametrize("table", [table for table, columns in UNREAD.items() if columns])
def test_an_edit_of_a_column_that_no_relation_reads_touches_nothing(table: str):
    column = min(UNREAD[table])
    assert related_edits({table}, edited(table, a_cell(column, "another text"))) == {table: []}


HARMLESS: Change = a_cell("locator", "page:1", entity_id="sap", metric_id="revenue")


@pytest.mark.parametrize(
    ("table", "change", "is_read_alone"), [*((*EDITS[name], False) for name in ("words", "titles")),
                                           ("observations", HARMLESS, True)],
)  # fmt: skip
def test_rows_that_keep_their_facts_are_read_alone_where_they_break_nothing(
    table: str, change: Change, is_read_alone: bool
):
    folder = edited(table, change)
    found, held = check_edited(folder, {table})
    assert ("printed" not in folder.__dict__) == is_read_alone
    touched = touched_by(related_edits({table}, folder) or {}, folder)
    assert found == edited_first(findings_in(folder, touched), touched.rows)
    again = asked_again(folder.printed, touched)
    assert held == (again, len(folder.printed.observations) - again)
    assert bool(found) != is_read_alone


@pytest.mark.parametrize(
    ("table", "change", "cells"),
    [
        ("observations", a_cell("printed_label", "another"), {"observations.printed_label"}),
        ("sources", a_cell("title", "another"), {"sources.title"}),
        ("observations", a_cell("printed_value", "9"), None),
        ("sources", a_cell("published_on", "2016-01-31", 0.9), None),
        ("observations", a_row_less, None),
        ("statements", a_cell("relation", "falls_every_period", relation="rises_every_period"), None),
        ("observations", lambda rows: a_cell("printed_label", "another", observation_id=a_corrected_row())(rows), None),
    ],
)
def test_the_cells_that_differ_are_told_where_no_fact_changes(table: str, change: Change, cells: set[str] | None):
    folder = edited(table, change)
    edits = related_edits({table}, folder)
    assert edits and edits[table]
    assert touched_by(edits, folder).cells == cells


def a_corrected_row() -> str:
    """The id of an observation that is corrected."""
    return package().rows["corrections"][0]["observation_id"]


def test_no_cell_beside_those_of_the_fact_makes_an_observation():
    read: dict[str, set[str]] = {table: set() for table in MADE_OF}
    tables = {table: watched(package().rows[table], read[table]) for table in MADE_OF}
    assert Facts.of(tables["observations"], EditedReference(edited={"sources": tables["sources"]})).observations
    assert {table: read[table] - MADE_OF[table] for table in MADE_OF} == {table: set[str]() for table in MADE_OF}


@pytest.mark.parametrize("rule", [relation.id for relation in RELATIONS])
def test_a_relation_reads_no_cell_beside_those_that_it_names(rule: str):
    relation, world = relation_of(rule), WORLDS[rule]
    for watch in (package_watched(), Watch(world.bad.facts()), Watch(world.good.facts())):
        assert len(list(relation.cases(watch.unasked()))) == len(list(relation.cases(watch.facts)))
        beside = {f"{table}.{name}" for table in MADE_OF for name in watch.read[table] - MADE_OF[table]}
        assert beside <= relation.beside, beside


class Watch:
    """Facts that note which cells of the rows that they are made of are asked for."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.read = facts, {table: set[str]() for table in MADE_OF}
        sources = watched(facts.rows("sources"), self.read["sources"])
        rows = watched([o.row for o in facts.observations], self.read["observations"])
        self.own = tuple(replace(o, row=row) for o, row in zip(facts.observations, rows, strict=True))
        self.tables = {**facts.tables, "sources": sources, "observations": rows}
        known = facts.reference.sources
        self.known = dict(zip(known, watched(list(known.values()), self.read["sources"]), strict=True))

    def unasked(self) -> Facts:
        """These facts before anything was asked of them, with no cell noted."""
        for cells in self.read.values():
            cells.clear()
        reference = copy(self.facts.reference)
        reference.__dict__["sources"] = self.known
        return Facts(self.own, reference, self.tables)


@cache
def package_watched() -> Watch:
    """The prints of the package, watched."""
    return Watch(package().printed)


def test_no_relation_reads_a_column_that_is_said_to_be_unread():
    read: dict[str, set[str]] = {table: set() for table in UNREAD}
    edited_tables = {t: watched(package().rows.get(t) or package().reference.rows(t), read[t]) for t in UNREAD}
    folder = Folder(DATA, EditedReference(edited=edited_tables))
    folder.__dict__["tables"] = package().tables
    folder.__dict__["rows"] = {table: edited_tables[table] for table in package().rows}
    assert len(findings_in(folder)) == len(findings_in(package()))
    assert {table: read[table] & UNREAD[table] for table in UNREAD if read[table] & UNREAD[table]} == {}
    assert read["metrics"] and read["observations"] and read["sources"]


def watched(rows: list[Row], read: set[str]) -> list[Row]:
    """Rows that note which of their columns are asked for."""

    class Watched(dict[str, str]):
        def __getitem__(self, column: str) -> str:
            read.add(column)
            return super().__getitem__(column)

        def get(self, column: str, default: str = "") -> str:  # type: ignore[override]
            read.add(column)
            return super().get(column, default)

    return [Watched(row) for row in rows]


def test_rows_that_changed_places_ask_for_the_whole():
    assert related_edits({"observations"}, edited("observations", lambda rows: rows[::-1])) is None


@pytest.mark.parametrize(
    ("table", "column", "asked"),
    [
        ("sources", "title", set[str]()),
        ("sources", "publisher", {"model_prices", "compute_prices"}),
        ("units", "symbol", set[str]()),
        ("units", "canonical_unit_id", {"model_prices", "compute_prices"}),
        ("price_bounds", "high", {"model_prices", "compute_prices"}),
        ("machine_accelerators", "memory_gb", set[str]()),
        ("machine_accelerators", "accelerator_count", {"model_prices", "compute_prices"}),
        ("observations", "note", set[str]()),
        ("model_prices", "note", {"model_prices"}),
    ],
)
def test_rules_over_prices_are_asked_after_edits_of_what_they_read(table: str, column: str, asked: set[str]):
    changes = {} if table in ("observations", "model_prices") else {table: edited(table, a_cell(column, "other"))}
    reference = changes[table].reference if changes else Reference()
    assert edited_prices({table}, reference, {}) == asked


@pytest.mark.parametrize(("column", "is_asked"), [("note", False), ("printed_text", True), ("amount", True)])
def test_rules_over_prices_are_asked_after_edits_of_cells_that_they_read(column: str, is_asked: bool):
    built = last_build("model_prices")
    assert built is not None
    is_middle = pl.int_range(pl.len()) == pl.len() // 2
    other = pl.lit("another") if built.schema[column] == pl.String else pl.col(column).fill_null(1) * 2
    edited = built.with_columns(pl.when(is_middle).then(other).otherwise(pl.col(column)).alias(column))
    assert not edited.equals(built)
    assert edited_prices({"model_prices"}, Reference(), {"model_prices": edited}) == (
        {"model_prices"} if is_asked else set()
    )


def test_rules_over_prices_are_asked_where_a_row_is_gone():
    built = last_build("model_prices")
    assert built is not None
    assert edited_prices({"model_prices"}, Reference(), {"model_prices": built[1:]}) == {"model_prices"}


def test_the_rules_over_one_table_of_prices_find_the_same_without_the_other():
    both, found = Checker(), list[Finding]()
    for table in ("model_prices", "compute_prices"):
        alone = Checker(typed=both.typed, priced=frozenset((table,)))
        found += alone.check_prices()
    assert sorted(found, key=str) == sorted(both.check_prices(), key=str)


def test_where_no_row_has_the_key_of_one_before_all_are_gone_and_all_came():
    built = last_build("vendors")
    assert built is not None
    edits = edits_of("vendors", built.with_columns(vendor_id="new-" + pl.col("vendor_id")))
    assert edits is not None
    names = [tuple(row["vendor_id"] if row else "" for row in edit) for edit in edits]
    assert sorted(names) == sorted(pair for name in built["vendor_id"] for pair in ((name, ""), ("", f"new-{name}")))


def test_a_cell_that_differs_is_found_where_rows_came_and_went_too():
    built = last_build("vendors")
    assert built is not None
    one = pl.when(pl.int_range(pl.len()) == 2).then(pl.lit("Zzyzx")).otherwise("name_en").alias("name_en")
    edits = edits_of("vendors", built.with_columns(one).slice(1))
    assert edits is not None
    told = [tuple(row["name_en"] if row else "" for row in edit) for edit in edits]
    assert told == [(built["name_en"][0], ""), (built["name_en"][2], "Zzyzx")]
