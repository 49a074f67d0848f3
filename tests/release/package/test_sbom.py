"""The bill of materials lists what the lock pins, and stands in the archive."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema import Draft7Validator

from canonical.table_schema import ROOT
from release.package.sbom import LOCK, components, sbom_bytes


def _object(required: str, **properties: object) -> dict[str, object]:
    return {"type": "object", "required": required.split(), "properties": properties, "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
HASH = _object(
    "alg content",
    alg={"enum": ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512", "BLAKE3"]},
    content={"pattern": "^([a-fA-F0-9]{32}|[a-fA-F0-9]{40}|[a-fA-F0-9]{64}|[a-fA-F0-9]{96}|[a-fA-F0-9]{128})$"},
)
REFERENCE = _object("url type", url=TEXT, type={"enum": ["distribution"]}, comment=TEXT,
                    hashes={"type": "array", "items": HASH})  # fmt: skip
KINDS = ["application", "framework", "library", "container", "platform", "operating-system", "device", "device-driver",
         "firmware", "file", "machine-learning-model", "data"]  # fmt: skip
COMPONENT = _object(
    "type name", type={"enum": KINDS}, name=TEXT, version=TEXT, purl={"pattern": "^pkg:pypi/[a-z0-9.-]+@[^@]+$"},
    hashes={"type": "array", "items": HASH}, externalReferences={"type": "array", "items": REFERENCE},
    **{"bom-ref": TEXT},
)  # fmt: skip
BILL = _object(
    "bomFormat specVersion version",
    bomFormat={"const": "CycloneDX"}, specVersion={"const": "1.5"}, version={"type": "integer", "minimum": 1},
    serialNumber={"pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},
    metadata=_object("", timestamp={"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$"}, component=COMPONENT),
    components={"type": "array", "items": COMPONENT, "uniqueItems": True},
)  # fmt: skip
"""What CycloneDX 1.5 asks of the properties that the bill has; a property that is not among these is none of its."""


def test_the_bill_has_the_form_of_cyclonedx() -> None:
    bill = json.loads(sbom_bytes())
    assert [error.message for error in Draft7Validator(BILL).iter_errors(bill)] == []
    bill["components"][0]["hashes"] = [{"alg": "SHA256", "content": "x"}]
    assert list(Draft7Validator(BILL).iter_errors(bill))


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
