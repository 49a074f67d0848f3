"""Tables that others refer to: of files, of parts, counted by columns, and not read again after their check."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.builders import REFERENCE, a_typed_frame, write_reference
from validation import at_hand
from validation.package import Checker
from validation.units.given import rows_by

UNITS = REFERENCE["units"]
PAIR = ("quantity", "currency")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of reference tables whose units are kept in two parts."""
    write_reference(tmp_path)
    (tmp_path / "units.csv").unlink()
    parted(tmp_path, UNITS[:3], UNITS[3:])
    return tmp_path


def parted(folder: Path, *parts: list[dict[str, str]]) -> None:
    (folder / "units").mkdir(exist_ok=True)
    for number, rows in enumerate(parts):
        a_typed_frame("units", rows).write_parquet(folder / "units" / f"part-{number}.parquet")


def test_a_table_in_parts_is_read_once_where_its_checks_find_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = Checker(folder).references("units")
    checker = Checker(folder)
    assert checker.check_tables(["units"]) == []
    monkeypatch.setattr(at_hand, "keyed_frame", lambda path, schema: pytest.fail(f"{path} is read again"))
    found = checker.references("units")
    assert found is not None and expected is not None
    assert found.equals(expected) and found.schema == expected.schema and found.height == len(UNITS)


def test_rows_are_counted_alike_before_and_after_a_table_is_read(folder: Path) -> None:
    before, after = Checker(folder), Checker(folder)
    frame = after.references("units")
    assert frame is not None
    counts = [checker.counts("units", PAIR) for checker in (before, after)]
    wanted = rows_by(frame, PAIR).sort(PAIR)
    assert wanted.get_column("len").sum() == len(UNITS)
    assert all(found is not None and found.sort(PAIR).equals(wanted) for found in counts)
    assert "units" not in before.typed
    assert Checker(folder).counts("ratings", ("level",)) is not None  # the folder has none, the package has


@pytest.mark.parametrize("is_coded", [(True, False), (False, True)], ids=["largest by codes", "other by codes"])
def test_parts_whose_texts_stand_as_codes_here_and_there_are_one_table(is_coded: tuple[bool, bool]) -> None:
    frame = a_typed_frame("units", UNITS)
    codes = pl.col("quantity", "currency").cast(pl.Categorical)
    parts = [
        part.with_columns(codes) if coded else part
        for part, coded in zip((frame[1:], frame[:1]), is_coded, strict=True)
    ]
    checker = Checker()
    assert checker.take_parts("units", parts)
    found = checker.references("units")
    assert found is not None and found.schema == parts[0].schema
    assert found.cast(frame.schema).equals(pl.concat([frame[1:], frame[:1]]))
    counts = checker.counts("units", PAIR)
    assert counts is not None and counts.sort(PAIR).equals(rows_by(frame, PAIR).sort(PAIR))


def test_a_key_that_stands_in_two_parts_is_named_at_the_later_one(folder: Path) -> None:
    parted(folder, UNITS[:3], [*UNITS[3:], UNITS[1]])
    (finding,) = Checker(folder).check_tables(["units"])
    assert (finding.rule, finding.row_number, finding.found) == ("S.unique", len(UNITS) - 2, UNITS[1]["unit_id"])
    assert Path(finding.file).name == "part-1.parquet" and "part-0.parquet" in finding.message


def test_a_part_that_is_no_table_is_named_and_its_table_is_not_taken_for_whole(folder: Path) -> None:
    (folder / "units" / "part-1.parquet").write_bytes(b"PAR1")
    checker = Checker(folder)
    checker.check_tables(["units"])
    assert "units" not in checker.typed
    assert any("part-1.parquet" in line for line in checker.not_read)


def test_a_part_that_lacks_a_column_is_no_part_of_a_whole_table(folder: Path) -> None:
    part = folder / "units" / "part-1.parquet"
    pl.read_parquet(part).drop("symbol").write_parquet(part)
    checker = Checker(folder)
    assert [(f.rule, Path(f.file).name) for f in checker.check_tables(["units"])] == [("S.columns", "part-1.parquet")]
    assert "units" not in checker.typed
