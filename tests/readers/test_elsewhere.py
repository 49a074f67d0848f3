"""What nanoparquet, arrow and frictionless-r need of the files; they are in no registry that the tests reach."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from canonical.table_schema import ROOT

FILES = sorted((ROOT / "data").rglob("*.parquet"))
ENCODINGS = {"PLAIN", "RLE", "RLE_DICTIONARY", "PLAIN_DICTIONARY", "BIT_PACKED"}
"""The encodings that nanoparquet reads, of those that a writer of version 2.6 may choose."""
TYPES = {pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()}
FRICTIONLESS = {"string", "integer", "number", "boolean", "date"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "data")))
def test_a_parquet_file_is_flat_and_plainly_written(path: Path) -> None:
    file = pq.ParquetFile(path)
    # The column of a folder's name is kept by its codes, as readers of such folders give it back.
    types = {kind.value_type if pa.types.is_dictionary(kind) else kind for kind in file.schema_arrow.types}
    assert types <= TYPES
    for group in range(file.metadata.num_row_groups):
        for column in range(file.metadata.num_columns):
            chunk = file.metadata.row_group(group).column(column)
            assert chunk.compression == "ZSTD" and set(chunk.encodings) <= ENCODINGS
            assert "." not in chunk.path_in_schema


def test_a_text_resource_has_what_frictionless_r_asks_for() -> None:
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    texts = [one for one in descriptor["resources"] if one["format"] == "csv"]
    assert texts and len({one["name"] for one in descriptor["resources"]}) == len(descriptor["resources"])
    for one in texts:
        assert re.fullmatch(r"[a-z0-9._-]+", one["name"]) and one["profile"] == "tabular-data-resource"
        assert one["encoding"] == "utf-8" and not Path(one["path"]).is_absolute() and (ROOT / one["path"]).is_file()
        schema = json.loads((ROOT / one["schema"]).read_text(encoding="utf-8"))
        assert {field["type"] for field in schema["fields"]} <= FRICTIONLESS


@pytest.mark.r
@pytest.mark.skipif(not shutil.which("Rscript"), reason="Rscript is not on the PATH")
def test_the_script_for_readers_elsewhere_says_what_it_read_with() -> None:
    script = ROOT / "tests" / "readers" / "read_elsewhere.R"
    done = subprocess.run(["Rscript", "--vanilla", str(script), str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for reader in ("nanoparquet", "arrow", "frictionless"):
        assert re.search(
            rf"^{reader} (is not installed; nothing was read with it|read \d+ tables)$", done.stdout, re.MULTILINE
        )
