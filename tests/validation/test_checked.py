"""A file after the checks of its rows: read as a whole it is the table that the reader gives, gzipped or not."""

from __future__ import annotations

import gzip
from pathlib import Path

from canonical.reading.reader import read_table
from canonical.reference import Reference
from canonical.table_schema import load_schema
from tests.builders import an_observation, write_csv
from validation.package import Checker


def test_a_file_as_a_whole_is_what_the_reader_gives(
    reference: Reference, reference_folder: Path, tmp_path: Path
) -> None:
    rows = [an_observation(reference, note=note) for note in ("", "a\nb", "云, ok")]
    plain = write_csv(tmp_path / "observations.csv", rows)
    packed = tmp_path / "observations.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    expected, _ = read_table(plain, load_schema("observations"))
    for path in (plain, packed):
        one = Checker(reference_folder).checked(path, "observations")
        assert expected is not None and one.table is not None and one.rows == 3
        assert one.table.frame.equals(expected.frame) and [one.table.line(n) for n in range(3)] == [2, 3, 5]
