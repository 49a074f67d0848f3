"""The package's own tables: all of them, one, or those changed since the last build, each with what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from canonical.findings import Finding
from canonical.reading.reader import UnreadableError
from canonical.table_schema import typed_tables
from canonical.text_tables import DATA
from validation.changed import built_table, edited_tables, not_published
from validation.changed_prints import CHANGED, check_changed_prints
from validation.derived_keys import derived_key_findings
from validation.descriptor_check import check_descriptor, check_generated
from validation.known_issues import accept, mark_accepted
from validation.new_rows import NEW_ROWS
from validation.package import Checker
from validation.prices.checks import PRICE_TABLES
from validation.related import Related
from validation.report import ReadFile, Report, Step, counted
from validation.steps import FOLDER, RELATED, STRUCTURE, folder_steps, price_step, relation_step, table_steps
from validation.structure.table_files import shown_path, table_files

__all__ = ["check_changed_tables", "check_one_table", "check_whole_package"]

ALONE = "a table was named; python -m validation without --table holds all of them against one another"
UNCHANGED = "nothing that it reads has changed since the last build"
KEPT = "{:,} rows keep the findings of the last build, as nothing that they are held against has changed"


@dataclass
class _Once:
    """What relations tell, asked once."""

    ask: Callable[[], Related]
    told: Related = field(default_factory=lambda: Related([], None))

    def findings(self) -> list[Finding]:
        """Ask them, and give what they find. Raises `UnreadableError` where a table cannot be read."""
        self.told = self.ask()
        return self.told.findings


def check_whole_package(relations: Callable[[], Related], engine: str = "polars") -> Report:
    """Every layer over every table of the package, with what is accepted in it.

    `relations` gives what theirs finds; it is asked last, as another process may be at it.
    """
    checker = Checker(engine=engine, built=built_table)
    derived: list[Finding] = []
    unread: list[str] = []
    related = _Once(relations)

    def check_rest() -> None:
        found, lines = checker.noted(lambda: [*checker.check_derived(), *derived_key_findings(checker, typed_tables())])
        derived.extend([*found, *check_descriptor(checker.sizes), *check_changed_prints(built_table("observations"))])
        unread.extend(lines)

    found = checker.check_package(related.findings, meanwhile=check_rest)
    # Where a table was not read, its accepted findings cannot fire, and no entry is in vain for that.
    findings = (mark_accepted if checker.not_read else accept)(found) + derived
    checker.not_read += unread
    steps = counted(list(folder_steps(checker.sizes, related.told.rules)), findings)
    return Report(f"all tables of {shown_path(DATA)}", findings, checker.unreadable(findings), steps, _files(checker))


def check_one_table(name: str, engine: str = "polars") -> Report:
    """Structure and values of one table of the package. Raises `UnreadableError` where it has no file."""
    files = table_files(DATA, name)
    if not files:
        raise UnreadableError(f"{shown_path(DATA)}: holds no file of table {name}")
    checker = Checker(engine=engine, built=built_table)
    findings = mark_accepted(checker.check_tables([name]) + derived_key_findings(checker, [name]))
    steps = [
        *table_steps(checker.sizes),
        relation_step(not_run=ALONE),
        *(price_step(n, not_run=ALONE) for n in PRICE_TABLES),
    ]
    shown = f"{len(files)} files" if len(files) > 1 else shown_path(files[0])
    return Report(shown, findings, checker.unreadable(findings), counted(steps, findings), _files(checker))


def check_changed_tables(relations: Callable[[], Related], engine: str = "polars") -> Report:
    """What edits since the last build can break, and of that what the build did not publish; `relations` as above."""
    edited, related = edited_tables(), _Once(relations)
    checker = Checker(engine=engine, built=built_table)
    findings = not_published(mark_accepted(checker.check_changed(edited, related.findings))) + check_generated()
    if "observations" in edited:
        findings += [*check_changed_prints(built_table("observations")), *related.told.of_new_rows]
    steps = counted(list(_changed_steps(checker, edited, related.told)), findings)
    checked = f"changed tables ({', '.join(sorted(edited)) or 'none'})"
    return Report(checked, findings, checker.unreadable(findings), steps, _files(checker))


def _changed_steps(checker: Checker, edited: set[str], related: Related) -> Iterator[Step]:
    yield from table_steps(checker.sizes)
    rest = tuple(name for name in typed_tables() if name not in checker.sizes)
    if rest:
        yield Step(STRUCTURE, rest, not_run=UNCHANGED)
    held = related.held
    yield relation_step(held.again if held else 0, not_run="" if held else UNCHANGED, rules=related.rules)
    if held and held.kept:
        yield Step(RELATED, ("observations",), not_run=KEPT.format(held.kept))
    yield Step(FOLDER, ("observations",), (CHANGED, *NEW_ROWS), checker.sizes.get("observations", 0),
               not_run="" if "observations" in edited else UNCHANGED)  # fmt: skip
    for name in PRICE_TABLES:
        if name in checker.priced:
            frame = checker.typed.get(name)
            yield price_step(name, 0 if frame is None else frame.height)
        else:
            yield price_step(name, not_run=UNCHANGED)


def _files(checker: Checker) -> tuple[ReadFile, ...]:
    """The tables that were read; of one kept in parts the folder of its parts."""
    found: list[ReadFile] = []
    for name, rows in checker.sizes.items():
        files = table_files(DATA, name)
        path = shown_path(files[0]) if len(files) == 1 else shown_path(DATA / name)
        found.append(ReadFile(path, name, rows))
    return tuple(found)
