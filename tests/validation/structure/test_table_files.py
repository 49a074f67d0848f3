"""Where a table of a folder lies, and what a folder lacks."""

from __future__ import annotations

from pathlib import Path

from canonical.table_schema import ROOT
from tests.builders import REFERENCE, a_typed_frame, write_reference
from validation.structure.table_files import missing_texts, shown_path, table_files, table_of


def test_a_table_is_read_from_its_text_before_its_parquet_and_its_parts(tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()
    for name in ("units/part-2.parquet", "units/part-1.parquet"):
        (tmp_path / name).touch()
    assert [path.name for path in table_files(tmp_path, "units")] == ["part-1.parquet", "part-2.parquet"]
    (tmp_path / "units.parquet").touch()
    assert [path.name for path in table_files(tmp_path, "units")] == ["units.parquet"]
    (tmp_path / "units.csv").touch()
    assert [path.name for path in table_files(tmp_path, "units")] == ["units.csv"]
    assert table_files(tmp_path, "vendors") == []


def test_a_path_inside_the_package_is_shown_from_its_root(tmp_path: Path) -> None:
    assert shown_path(ROOT / "data" / "units.csv") == "data/units.csv"
    assert shown_path(tmp_path / "units.csv") == str(tmp_path / "units.csv")


def test_a_file_is_called_after_its_table_or_after_none() -> None:
    assert (table_of(Path("x/units.parquet")), table_of(Path("x/notes.csv"))) == ("units", None)


def test_a_typed_table_whose_text_is_gone_is_not_read_from_what_a_build_made_of_it(tmp_path: Path) -> None:
    write_reference(tmp_path)
    a_typed_frame("units", REFERENCE["units"]).write_parquet(tmp_path / "units.parquet")
    assert missing_texts(tmp_path) == []
    (tmp_path / "units.csv").unlink()
    (finding,) = missing_texts(tmp_path)
    assert (finding.rule, finding.severity, finding.table) == ("V.file", "error", "units")
