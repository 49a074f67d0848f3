"""The bill of materials lists what the lock pins, and stands in the archive."""

from __future__ import annotations

import json
import re

import pytest

from canonical.table_schema import ROOT
from release.package.sbom import LOCK, components, sbom_bytes


def test_every_pin_of_the_lock_is_a_component_with_its_hashes() -> None:
    lock = LOCK.read_text(encoding="utf-8")
    found = components(lock)
    assert len(found) == len(re.findall("^[a-z0-9].*==", lock, re.MULTILINE)) > 5
    assert sum(len(component.hashes) for component in found) == lock.count("--hash=sha256:")
    bill = json.loads(sbom_bytes())
    assert [entry["name"] for entry in bill["components"]] == [component.name for component in found]
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert all(entry["purl"] == f"pkg:pypi/{entry['name'].lower()}@{entry['version']}" for entry in bill["components"])
    assert len({entry["bom-ref"] for entry in bill["components"]}) == len(found)


def test_a_pin_without_a_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="pandas is pinned without a hash"):
        components("pandas==3.1.0\n    # via x\n")


def test_both_locks_pin_everything_with_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert components((ROOT / name).read_text(encoding="utf-8"))
