"""Check tables together: the package as a whole, or one file as a table of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import polars as pl

from canonical.findings import Finding
from canonical.reading.content import readable, real_path
from canonical.reading.folder_cells import FolderCells
from canonical.reading.header import header_findings
from canonical.reading.reader import Table, UnreadableError, order_findings, read_columns, width_findings
from canonical.reading.table_file import TableFile, table_file, width_of
from canonical.rules.compiled import compile_schema
from canonical.table_schema import TableSchema, load_schema, referred_first, table_names, typed_tables
from canonical.text_tables import DATA
from validation.at_hand import AtHand
from validation.changed import referring_tables
from validation.checked import Checked
from validation.derived_keys import derived_key_findings
from validation.edited_prices import edited_prices
from validation.engines.polars.set_rules import KEY_KINDS
from validation.prices.checks import PRICE_TABLES, check_prices
from validation.structure.answers import Answers, Watching
from validation.structure.checks import check_source, check_structure, restrict
from validation.structure.faults import Layer
from validation.structure.second_pass import TableKeys
from validation.structure.shared_keys import repeated_keys, shared_ids
from validation.structure.table_files import missing_texts, shown_path, table_files
from validation.structure.wording import Words
from validation.units.checks import UnitLayer
from validation.units.frame import CHECKED, UNITS_FOLLOW
from validation.units.given import Built, not_built
from validation.units.others import OtherLayer

__all__ = ["Checker"]

Found = TypeVar("Found")


@dataclass
class Checker(AtHand):
    """Checks tables against the reference tables of one folder, reading each of them once.

    `sizes` counts the rows that were checked, by table; `keys_of` names the columns of `Finding.key`, `watch` is told
    of rows.
    """

    engine: str = "polars"
    sizes: dict[str, int] = field(default_factory=dict[str, int])
    keys_of: Callable[[TableSchema], tuple[str, ...]] = lambda schema: ()
    watch: Watching = lambda file: None
    built: Built = not_built
    priced: Set[str] = frozenset(PRICE_TABLES)
    """The tables of prices that rules over prices are asked of."""

    def check_file(self, path: Path, table_name: str) -> list[Finding]:
        """Layers S and U of one file. Raises `UnreadableError` where it is no readable table."""
        return self.checked(path, table_name).findings

    def checked(
        self, path: Path, table_name: str, keeps: bool = False, cells: FolderCells | None = None,
        keys: TableKeys | None = None,
    ) -> Checked:  # fmt: skip
        """Layers S and U of one file of any size, whose rows are kept with their types where the caller needs them.

        `cells` are those that folders above it tell, `keys` those of its table. Raises `UnreadableError` if it is none.
        """
        schema, shown = load_schema(table_name), shown_path(path)
        self.sizes.setdefault(table_name, 0)
        with readable(shown, table_name):
            file = table_file(path, shown, schema, cells)
            if faults := header_findings(file.header, schema, shown):
                return Checked(path, table_name, faults)
            answers, findings = self._checked_source(file, restrict(schema, file.header), path, keeps, keys)
        if answers.ragged:
            return Checked(path, table_name, width_findings(answers.ragged, width_of(file), schema, shown))
        self.sizes[table_name] += answers.rows
        findings = sorted(findings, key=lambda finding: finding.sort_key)
        typed, columns = answers.kept if keeps else None, tuple(file.header)
        return Checked(path, table_name, findings, answers.rows, columns, answers.was_stopped, typed, cells or {})

    def _checked_source(
        self, file: TableFile, schema: TableSchema, path: Path, keeps: bool, keys: TableKeys | None
    ) -> tuple[Answers, list[Finding]]:
        is_of_folder = real_path(path).parent == real_path(self.folder)
        words = Words(file.shown, self.keys_of(load_schema(schema.name)))
        units = UnitLayer(load_schema(schema.name), self.reference, words)
        layers: tuple[Layer, ...] = (units, self._other_layer(schema, words, is_of_folder))
        others = self._others(schema.name) if is_of_folder else self.references
        asked = tuple(self._as_far(layer) for layer in layers) if is_of_folder else layers
        watch = self.watch(file.shown)
        answers, findings = check_source(file, schema, words, others, self.engine, asked, watch, keeps, keys)
        if is_of_folder and answers.only is not None:
            self.typed[schema.name] = answers.only
        return answers, findings

    def _other_layer(self, schema: TableSchema, words: Words, is_of_folder: bool) -> OtherLayer:
        built = self.built if is_of_folder else not_built
        known = None if is_of_folder else self.rows_known
        return OtherLayer(schema, self.reference, self.references, self.counts, words, is_of_folder, built, known)

    def _as_far(self, layer: Layer) -> Layer:
        """A layer that finds nothing, and leaves a line in `not_read`, where it needs a table that cannot be read."""
        return lambda block: self._as_far_as_read(lambda: list(layer(block)))

    def _others(self, name: str) -> Callable[[str], pl.DataFrame | None]:
        """`references` for a file that is itself the folder's table `name`: keys to that table stand in the file.

        One that cannot be read keeps no other from being checked; one that a build makes is looked up once made.
        """
        unread = {t for t in table_names() if load_schema(t).kind == "derived"} - self.typed.keys() | {name}
        return lambda other: None if other in unread else self._at_hand(other)

    def _as_far_as_read(self, check: Callable[[], list[Found]]) -> list[Found]:
        """What a check finds; nothing, and a line in `not_read`, where it needs a table that cannot be read."""
        try:
            return check()
        except UnreadableError as error:
            self.not_read.append(str(error))
            return []

    def lost_texts(self) -> list[Finding]:
        """Typed tables of the package whose text is gone; a folder of others may hold Parquet alone."""
        return missing_texts(self.folder) if self.folder == DATA else []

    def check_tables(self, tables: Iterable[str]) -> list[Finding]:
        """Layers S and U of tables of the folder, each from its text where it has one, findings in their order.

        A table is checked after those that it refers to, which are at hand then and not read by themselves.
        """
        files = {name: found for name in tables if (found := table_files(self.folder, name))}
        found = {name: self._check_table(load_schema(name), files[name]) for name in referred_first(files)}
        self.sizes |= {name: self.sizes.pop(name) for name in files}
        return [finding for name in files for finding in found[name]]

    def _check_table(self, schema: TableSchema, files: Sequence[Path]) -> list[Finding]:
        """Layers S and U of a table of the folder, which some files hold."""
        findings: list[Finding] = []
        parts: list[Checked] = []
        for path in files:
            found, part = self._of_package(path, schema, keeps=len(files) > 1)
            parts += [part] if part else []
            findings += found
        if len(files) > 1 and len(parts) == len(files):
            frames = {part.path: part.typed for part in parts if part.typed is not None}
            if self.take_parts(schema.name, frames.values()):
                findings += repeated_keys(frames, schema)
        return findings

    def _of_package(self, path: Path, schema: TableSchema, keeps: bool) -> tuple[list[Finding], Checked | None]:
        """Layers S and U of a file of the folder with the order of its columns, and the file where it is a table.

        Raises KeyboardInterrupt where Ctrl-C ended the check of the file: of a package half is not told as the whole.
        """
        try:
            part = self.checked(path, schema.name, keeps)
            is_table = not any(finding.rule in ("S.columns", "S.row_shape") for finding in part.findings)
            ordered = order_findings(path, schema, shown_path(path)) if is_table else []
        except UnreadableError as error:
            self.not_read.append(str(error))
            return [], None
        if part.was_stopped:
            raise KeyboardInterrupt
        return part.findings + ordered, part if is_table else None

    def check_changed(self, edited: Set[str], relations: Callable[[], list[Finding]] | None = None) -> list[Finding]:
        """What edits of tables of a folder that passed all checks can break: they, what refers to them, relations.

        In a table that only refers to an edited one the keys are looked up again, and the units where the edit
        may change what they mean. `relations` as for `check_package`.
        """
        referring = referring_tables(edited)
        whole = edited | (referring & CHECKED.keys() if edited & UNITS_FOLLOW else set())
        findings = self.lost_texts() + self.check_tables(sorted(whole)) + derived_key_findings(self, sorted(edited))
        for table in sorted(referring - whole):
            findings += self.check_keys(table, edited)
        findings += self._as_far_as_read(lambda: shared_ids(self.folder, edited))
        read = {table: self.references(table) for table in PRICE_TABLES if table in self.typed}
        self.priced = edited_prices(edited, self.reference, read)
        prices, of_prices = self.noted(self.check_prices) if self.priced else ([], [])
        findings += self._as_far_as_read(relations or (lambda: self._related_to(edited)))
        self.not_read += of_prices
        return findings + prices

    def check_keys(self, name: str, referred: Set[str]) -> list[Finding]:
        """Layers S and U of a table of the folder where a key to one of the tables `referred` names no row of it.

        For a table that was checked as it stands, after an edit of `referred`: it reads the keys alone.
        """
        schema = load_schema(name)
        rules = [r for r in compile_schema(schema) if r.kind in KEY_KINDS and r.arguments[0] in referred]
        columns = sorted({column for rule in rules for column in rule.columns})
        for path in table_files(self.folder, name):
            frame = read_columns(path, columns)
            for rule in rules:
                reference = self._at_hand(rule.arguments[0])
                if reference is not None and KEY_KINDS[rule.kind](rule, frame, reference).any():
                    return self.check_tables([name])
        return []

    def check_package(
        self, relations: Callable[[], list[Finding]] | None = None, meanwhile: Callable[[], None] = lambda: None
    ) -> list[Finding]:
        """All layers over every typed table of the folder.

        `relations` gives what theirs finds: it is asked last, after `meanwhile`, as another process may be at it, and
        told before what the prices give.
        """
        findings = self.lost_texts() + self.check_tables(typed_tables())
        findings += self._as_far_as_read(lambda: shared_ids(self.folder, set(typed_tables())))
        meanwhile()  # it keeps one core busy and the relations the other; rules over prices use whatever is free
        prices, of_prices = self.noted(self.check_prices)
        findings += self._as_far_as_read(relations or self._relations)
        self.not_read += of_prices
        return findings + prices

    def _related_to(self, edited: Set[str]) -> list[Finding]:
        """What relations find that edits of some tables can have changed."""
        from validation.consistency import Folder
        from validation.edits import check_edited

        return check_edited(Folder(self.folder, self.reference), edited)[0]

    def _relations(self) -> list[Finding]:
        from validation.consistency import check_consistency

        return check_consistency(self.folder, self.reference)

    def check_prices(self) -> list[Finding]:
        """The rules over prices of models and machines in the folder, each row against its neighbours."""
        return self._as_far_as_read(self._prices)

    def _prices(self) -> list[Finding]:
        units = {unit.unit_id: unit.canonical_unit_id for unit in self.reference.units.values()}
        asked = [name if table_files(self.folder, name) else "" for name in PRICE_TABLES]
        models, machines = (self.references(name) if name in self.priced else None for name in asked)
        return check_prices(models, machines, units, self.references("sources"))

    def check_derived(self) -> list[Finding]:
        """Layer S over the derived tables of the folder."""
        return self.check_tables(name for name in table_names() if name not in typed_tables())

    def check_frame(self, name: str, frame: pl.DataFrame) -> list[Finding]:
        """Layer S of a derived table that is not written yet."""
        return check_structure(Table(load_schema(name), name, frame, is_text=False), self.references, self.engine)[1]
