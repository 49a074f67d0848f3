"""The main job: check every table, derive, and write Parquet, descriptor and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from canonical.descriptor import refuse_lost
from canonical.file_writing import PART, only_writer, replace_files
from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.reading.folders import files_in
from canonical.table_order import tables_in_order
from canonical.table_schema import ROOT, load_schema, typed_tables
from canonical.text_tables import DATA
from release.derived import ORDER, build_derived
from release.package.chart import PICTURES, revenue_picture
from release.package.citation import citation_bytes
from release.package.descriptor import PackagedFile, descriptor_bytes
from release.package.finding_rows import finding_rows_frame
from release.package.findings_table import findings_frame
from release.package.metadata import package_metadata, version
from release.package.parquet import parquet_bytes
from release.package.readme import readme_bytes
from release.package.text import csv_bytes
from release.series.tables import Tables
from validation.derived_keys import derived_key_findings
from validation.known_issues import accept
from validation.package import Checker
from validation.structure.table_files import table_files

__all__ = [
    "BuildRefusedError",
    "Built",
    "build",
    "built_tables",
    "generated",
    "packaged_files",
    "stale_files",
    "summary",
    "write_built",
]

GENERATED = (*ORDER, "findings", "finding_rows")
"""Tables that a build makes."""
DESCRIPTOR = "datapackage.json"
WRITTEN = (".", "data")
"""Folders that a build writes files into."""

Built = dict[str, bytes]
"""Files to be, by their path from the package's root."""


class BuildRefusedError(Exception):
    """The tables hold errors that nobody accepted; `findings` are all of them."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings for the report."""
        super().__init__(f"{len(findings)} unaccepted errors")
        self.findings = findings


def build() -> tuple[Built, list[Finding], dict[str, int]]:
    """Every generated file, the findings, and the row count of each table; nothing is written.

    Raises `BuildRefusedError` as `built_tables` does.
    """
    tables, findings = built_tables()
    built, counts = generated(tables)
    return built, findings, counts


def generated(tables: Tables) -> tuple[Built, dict[str, int]]:
    """Every generated file of the tables as `built_tables` gives them, and the row count of each table."""
    files = list(packaged_files(tables))
    built = {file.path: file.content for file in files if not _is_typed(file)}
    built[DESCRIPTOR] = descriptor_bytes(files)
    quarters = tables["cloud_quarters"]
    built |= {"CITATION.cff": citation_bytes(), "README.md": readme_bytes(quarters)}
    built |= {path: revenue_picture(quarters, theme) for path, theme in PICTURES.items()}
    return built, _row_counts(files)


def built_tables() -> tuple[Tables, list[Finding]]:
    """Every table, checked and derived, and the findings; nothing is written.

    Raises `BuildRefusedError` where a check of severity error fails that is not accepted in
    `validation/known_issues.csv`.
    """
    refuse_lost()
    checker = Checker(DATA)
    findings = accept(checker.check_package())
    if unread := checker.unreadable(findings):
        raise UnreadableError(unread[0])
    errors = [f for f in findings if f.severity == "error" and f.status == "open"]
    if errors:
        raise BuildRefusedError(errors)
    tables = Tables(DATA)
    tables["findings"], tables["finding_rows"] = findings_frame(findings), finding_rows_frame(findings)
    build_derived(tables)
    checker.typed.update({name: tables[name] for name in GENERATED})
    errors = [finding for name in GENERATED for finding in checker.check_frame(name, tables[name])]
    errors += derived_key_findings(checker, typed_tables())
    # A warning about a typed cell comes again where the cell is copied to, and lets the build go on there too.
    errors = [finding for finding in errors if finding.severity == "error"]
    if errors:
        raise BuildRefusedError(errors)
    return tables, findings


def _row_counts(files: list[PackagedFile]) -> dict[str, int]:
    """Rows by table; a table in parts has the sum of theirs."""
    counts: dict[str, int] = {}
    for table in {file.table for file in files}:
        own = [file for file in files if file.table == table]
        form = "csv" if any(file.form == "csv" for file in own) else "parquet"
        counts[table] = sum(file.rows for file in own if file.form == form)
    return counts


def packaged_files(tables: Tables) -> Iterable[PackagedFile]:
    """Every file of every table: text and Parquet, Parquet alone, or the parts of a typed table kept as Parquet.

    Tables come in the order in which they can be loaded with their keys on.
    """
    for name in tables_in_order():
        schema = load_schema(name)
        typed = table_files(DATA, name) if schema.kind != "derived" else []
        if typed and typed[0].suffix == ".parquet":
            yield from (_part(name, path) for path in typed)
        elif typed or name in GENERATED:
            yield from _both(name, tables[name], typed[0].read_bytes() if typed else None)


def _both(name: str, frame: pl.DataFrame, text: bytes | None) -> Iterable[PackagedFile]:
    """The text of a table, as typed or made from its frame, and its Parquet; the Parquet alone where that is kept."""
    schema = load_schema(name)
    if schema.descriptor.get("kept_as") != "parquet":
        yield PackagedFile(name, f"data/{name}.csv", text or csv_bytes(schema, frame), frame.height)
    yield PackagedFile(name, f"data/{name}.parquet", parquet_bytes(schema, frame), frame.height)


def _part(name: str, path: Path) -> PackagedFile:
    rows = pl.scan_parquet(path, hive_partitioning=False).select(pl.len()).collect().item()
    return PackagedFile(name, str(path.relative_to(ROOT)), path.read_bytes(), rows)


def _is_typed(file: PackagedFile) -> bool:
    return load_schema(file.table).kind != "derived" and file.path != f"data/{file.table}.parquet"


def stale_files(built: Built) -> list[str]:
    """Generated files in the checkout that differ from what a build gives."""
    return [
        path
        for path, content in sorted(built.items())
        if not (ROOT / path).exists() or (ROOT / path).read_bytes() != content
    ]


def write_built(built: Built, root: Path = ROOT) -> list[str]:
    """Write the files that changed, all of them or none; returns their paths.

    The descriptor comes last: after a death in the middle it is not that of the files beside it, which the checks
    say. What such a death left behind is taken away. Raises ValueError for a path that leads out of `root`.
    """
    with only_writer(root):
        _sweep(root)
        changed = [p for p, content in built.items() if not _holds(_inside(root, p), content)]
        changed.sort(key=lambda path: path == DESCRIPTOR)
        for path in changed:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
        replace_files({root / path: built[path] for path in changed})
    return changed


def _inside(root: Path, path: str) -> Path:
    if ".." in Path(path).parts or Path(path).is_absolute():
        raise ValueError(f"{path} leads out of the package")
    return root / path


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _sweep(root: Path) -> None:
    """Take away what writers that died left beside the files; who holds the lock knows that none is at work."""
    for folder in WRITTEN:
        for part in files_in(root / folder, PART):
            part.unlink(missing_ok=True)


def summary(findings: list[Finding], rows: dict[str, int], changed: list[str]) -> str:
    """What a build made, in a few lines."""
    counts = Counter(f.severity if f.status == "open" else f.status for f in findings)
    still_open = ", ".join(f"{counts[severity]} {severity}s" for severity in ("error", "warning", "notice"))
    width = max(map(len, rows))
    lines = [f"  {table:<{width}} {count:>9,}" for table, count in sorted(rows.items())]
    return "\n".join(
        [
            f"{package_metadata()['title']} {version()}",
            *lines,
            f"{len(rows)} tables, {sum(rows.values()):,} rows; {len(findings)} findings, open: {still_open}; "
            f"accepted: {counts['accepted']}; corrected: {counts['corrected']}",
            f"{len(changed)} files written" if changed else "nothing changed",
        ]
    )
