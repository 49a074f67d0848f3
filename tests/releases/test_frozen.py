"""What was once released is still read: by the Python client, and by the comparison of releases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cloud_vendor_metrics import load

from canonical.table_schema import ROOT
from release.versions.files import RELEASES, released
from release.versions.schema_changes import formerly, schema_changes
from release.versions.state import state_of

FROZEN = sorted(path for path in Path(__file__).parent.iterdir() if (path / "datapackage.json").is_file())
RESOURCES = [
    pytest.param(folder, resource, id=f"{folder.name}-{resource['table']}")
    for folder in FROZEN
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
]


def test_every_release_has_its_small_files_here() -> None:
    assert [folder.name for folder in FROZEN] == sorted(released()), f"{RELEASES.name} and tests/releases differ"


@pytest.mark.parametrize(("folder", "resource"), RESOURCES)
def test_the_client_reads_a_table_of_an_older_release(folder: Path, resource: dict[str, object]) -> None:
    frame = load(str(resource["table"]), data=folder)
    fields = json.loads((folder / str(resource["table_schema"])).read_text(encoding="utf-8"))["fields"]
    assert len(frame) == resource["row_count"]
    assert list(frame.columns) == [field["name"] for field in fields]
    assert frame.attrs["version"] == folder.name


@pytest.mark.parametrize("folder", FROZEN, ids=lambda folder: folder.name)
def test_an_older_release_can_be_compared(folder: Path) -> None:
    state = state_of(str(folder))
    assert state.version == folder.name
    assert all(table.frame.height for table in state.tables.values())


@pytest.mark.parametrize("page", ["upgrading.md", "upgrading.zh.md"])
@pytest.mark.parametrize("folder", FROZEN, ids=lambda folder: folder.name)
def test_the_page_on_upgrades_names_every_break_since(folder: Path, page: str) -> None:
    """Of the tables that are kept: their columns and keys that went, under the names they had and have."""
    text = (ROOT / "docs" / "use" / page).read_text(encoding="utf-8")
    now = state_of(str(ROOT))
    for change in schema_changes(state_of(str(folder)), now):
        if change.breaks and not change.what.startswith("files moved"):
            field = now.tables[change.table].fields.get(change.field, {}) if change.table in now.tables else {}
            for name in filter(None, (change.table, change.field, formerly(field))):
                assert f"`{name}`" in text, change
