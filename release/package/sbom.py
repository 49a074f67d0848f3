"""The software bill of materials of the build: every pinned dependency with its hashes, as CycloneDX 1.5."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from canonical.reading.content import file_text
from canonical.table_schema import ROOT
from release.package.metadata import package_metadata, version

__all__ = ["Component", "components", "sbom_bytes"]

LOCK = ROOT / "requirements.lock"
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:(?P<hash>[0-9a-f]{64})")


@dataclass(frozen=True)
class Component:
    """One dependency: its name and version, and the SHA-256 of every file it may be installed from."""

    name: str
    version: str
    hashes: tuple[str, ...]


def components(lock: str) -> list[Component]:
    """What the text of a lock file pins, in its order. Raises ValueError where a pin has no hash."""
    found: list[Component] = []
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock):
        pin = PIN.match(block)
        if pin:
            hashes = tuple(HASH.findall(block))
            if not hashes:
                raise ValueError(f"{pin['name']} is pinned without a hash")
            found.append(Component(pin["name"], pin["version"], hashes))
    return found


def sbom_bytes() -> bytes:
    """The bill of materials of this version (https://cyclonedx.org/docs/1.5/json/); same lock, same bytes."""
    package = package_metadata()
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": f"{package['released_on'].isoformat()}T00:00:00Z",
            "component": {"type": "data", "name": package["name"], "version": version()},
        },
        "components": [_described(component) for component in components(file_text(LOCK))],
    }
    return (json.dumps(bill, indent=1) + "\n").encode("utf-8")


def _described(component: Component) -> dict[str, object]:
    """A component by its package URL; the hashes are those of its files, any of which may be installed."""
    address = f"pkg:pypi/{component.name.lower()}@{component.version}"
    files = [
        {"type": "distribution", "url": address, "hashes": [{"alg": "SHA-256", "content": digest}]}
        for digest in component.hashes
    ]
    return {
        "type": "library", "bom-ref": address, "name": component.name, "version": component.version, "purl": address,
        "externalReferences": files,
    }  # fmt: skip
