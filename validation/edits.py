"""What of the observations edits since the last build touch, and what relations find there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import polars as pl

from canonical.findings import Finding
from canonical.text_tables import DATA, Row, csv_path, read_rows
from validation.consistency import Folder, findings_in, is_unbroken
from validation.edited_first import edited_first
from validation.edited_rows import Edit, edits_of
from validation.known_issues import are_accepted
from validation.related import Held
from validation.relations import RELATIONS
from validation.relations.reach import MADE_OF, WIDEST, Touched, asked_again, family_of, touched_by_rows

__all__ = ["UNREAD", "check_edited", "related_edits", "touched_by"]

UNREAD: dict[str, frozenset[str]] = {
    "observations": frozenset(("unit_id", "value", "value_low", "value_high")),
    "statements": frozenset(("locator", "kind", "assumed", "text_en", "text_zh")),
    "supply_chain_links": frozenset(("printed_stage", "role", "mark_scope", "open_list")),
    "supply_chain_stages": frozenset(("name_en", "name_zh")),
    "companies": frozenset(("name_en", "name_zh", "tickers", "country")),
    "sources": frozenset(("cited_by", "licence", "attribution", "known_on")),
    "corrections": frozenset(("reason", "source_ids", "finding_id", "status")),
    "entities": frozenset(("definition", "definition_zh", "comparability", "comparability_zh")),
    "entity_breaks": frozenset(("kind", "from_entity_ids", "description_en", "description_zh", "source_id")),
    "metrics": frozenset(("definition", "comparability")),
    "units": frozenset(("symbol", "printed_forms")),
    "breakdowns": frozenset(("definition_zh",)),
    "exchange_rates": frozenset(),
    "vendors": frozenset(("country", "tickers", "website")),
}
"""Every table that relations read, with the columns that none reads: an edit of those changes no finding of theirs."""
ANYWHERE = ("metrics", "units", "breakdowns", "exchange_rates", "vendors")
"""Tables whose rows any observation may be held against."""
NAMES = {"entities": ("name_en", "name_zh", "vendor_id")}
"""Cells of a table that the title of any document may be held against: who comes, goes or is renamed asks for all."""
OF_ENTITY = ("entities", "entity_breaks")
"""Tables whose rows touch one entity, with its vendor and its family."""


def check_edited(tables: Folder, edited: Collection[str]) -> tuple[list[Finding], Held | None]:
    """What relations find that edits of some tables can have changed, and of how many observations they were asked.

    None of any where no relation reads what was edited. The findings that are not given are those of the last build;
    those on edited rows stand first. Where no fact differs, the rows that the edit touches are read alone, and all of
    them only where something is broken there: its cause may lie elsewhere.
    """
    edits = related_edits(edited, tables)
    if edits is not None and not any(edits.values()):
        return [], None
    touched = None if edits is None else touched_by(edits, tables)
    part = None if touched is None or touched.cells is None else _part_alone(touched, tables)
    if touched is not None and part is not None and is_unbroken(part, touched):
        again = asked_again(part.printed, touched)
        return [], Held(again, len(tables.rows.get("observations", [])) - again)
    findings = findings_in(tables, touched)
    again = asked_again(tables.printed, touched)
    held = Held(again, len(tables.rows.get("observations", [])) - again)
    return (findings if touched is None else edited_first(findings, touched.rows)), held


def related_edits(edited: Collection[str], tables: Folder) -> dict[str, list[Edit]] | None:
    """By table, the edits that relations can see; None where any relation may find something else than it did."""
    if tables.folder != DATA or _is_acceptance_gone():
        return None
    edits: dict[str, list[Edit]] = {}
    for table in UNREAD.keys() & edited:
        found = edits_of(table, _as_it_is(table, tables), UNREAD[table])
        if found is None or (found and table in ANYWHERE) or any(_is_named_anew(edit, table) for edit in found):
            return None
        edits[table] = found
    return edits


def _is_named_anew(edit: Edit, table: str) -> bool:
    """Whether an edit changes one of the names of its row."""
    before, after = (row or {} for row in edit)
    return any(before.get(name) != after.get(name) for name in NAMES.get(table, ()))


def touched_by(edits: Mapping[str, list[Edit]], tables: Folder) -> Touched:
    """What of the observations `related_edits` touch."""
    parents = {name: row["parent_entity_id"] for name, row in tables.reference.entities.items()}
    changed = [row for edit in edits.get("observations", ()) for row in edit.rows]
    ids = {row["observation_id"] for row in (*changed, *_of(edits, "corrections"))}
    sources = {row["source_id"] for row in _of(edits, "sources")}
    entities = _entities(edits, tables, parents)
    rows = [
        row
        for row in tables.rows.get("observations", [])
        if row["observation_id"] in ids
        or not sources.isdisjoint((row["source_id"], row["via_source_id"]))
        or row["entity_id"] in entities
    ]
    touched = touched_by_rows(_with_corrected([*changed, *rows], edits, tables), parents)
    return replace(touched, cells=_cells(edits, tables))


def _part_alone(touched: Touched, tables: Folder) -> Folder | None:
    """The tables with the observations alone that an edit touches, and those that are corrected, whatever they become.

    None where a relation that looks at all rows is to be asked.
    """
    if any(relation.reach in WIDEST for relation in RELATIONS if touched.asks(relation)):
        return None
    parents = {name: row["parent_entity_id"] for name, row in tables.reference.entities.items()}
    rows = tables.rows.get("observations", [])
    inside = {entity for entity in {row["entity_id"] for row in rows} if family_of(entity, parents) in touched.families}
    ids = touched.rows | {row["observation_id"] for row in tables.rows.get("corrections", ())}
    return tables.with_observations(
        [
            row
            for row in rows
            if row["entity_id"] in inside
            or row["source_id"] in touched.documents
            or row["breakdown_id"] in touched.parts
            or row["observation_id"] in ids
        ]
    )


def _is_acceptance_gone() -> bool:
    """Whether a finding that the last build published as accepted is accepted no more: it has to be found again."""
    published = [row for row in read_rows(csv_path("findings")) if row["status"] == "accepted"]
    return not are_accepted(published)


def _as_it_is(table: str, tables: Folder) -> pl.DataFrame:
    return tables.tables[table].frame if table in tables.tables else pl.DataFrame(tables.reference.rows(table))


def _of(edits: Mapping[str, list[Edit]], *names: str) -> Iterator[Row]:
    return (row for name in names for edit in edits.get(name, ()) for row in edit.rows)


def _cells(edits: Mapping[str, list[Edit]], tables: Folder) -> frozenset[str] | None:
    """The cells that differ, as `Touched` has them; a cell of a row that is corrected may undo its correction."""
    corrected = {row["observation_id"] for row in tables.rows.get("corrections", ())}
    found: set[str] = set()
    for table, edit in ((table, edit) for table, of_table in edits.items() for edit in of_table):
        before, after = edit
        if before is None or after is None or table not in MADE_OF or after.get("observation_id") in corrected:
            return None
        differ = {name for name, cell in after.items() if before[name] != cell}
        if differ & MADE_OF[table]:
            return None
        found.update(f"{table}.{name}" for name in differ)
    return frozenset(found)


def _entities(edits: Mapping[str, list[Edit]], tables: Folder, parents: Mapping[str, str]) -> set[str]:
    """The entities of the families and vendors in which an entity, or a break of one, changed."""
    entities = tables.reference.entities
    named = {row["entity_id"] for row in _of(edits, *OF_ENTITY)}
    were = {row["entity_id"]: row["parent_entity_id"] for e in edits.get("entities", ()) for row in filter(None, e[:1])}
    families = {family_of(entity, tree) for entity in named for tree in (parents, {**parents, **were})}
    vendors = {row["vendor_id"] for row in _of(edits, "entities")}
    vendors |= {entities[entity]["vendor_id"] for entity in named if entity in entities}
    return named | {
        entity
        for entity, row in entities.items()
        if named and (family_of(entity, parents) in families or row["vendor_id"] in vendors)
    }


def _with_corrected(rows: Iterable[Row], edits: Mapping[str, list[Edit]], tables: Folder) -> Iterator[Row]:
    """Rows, and what each correction of them makes or made of them."""
    cells: dict[str, list[tuple[str, str]]] = {}
    for correction in (*tables.rows.get("corrections", ()), *_of(edits, "corrections")):
        cells.setdefault(correction["observation_id"], []).append((correction["field_name"], correction["corrected"]))
    for row in rows:
        yield row
        yield from (row | {column: cell} for column, cell in cells.get(row["observation_id"], ()))
