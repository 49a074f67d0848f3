"""The floors of the house: a lower room imports nothing from a higher one, and no circle joins modules."""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from canonical.table_schema import ROOT
from tests.conftest import FIRST

FLOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("canonical", ()),
    ("ingest", ("canonical",)),
    ("validation.engines", ("canonical",)),
    ("validation.engines.polars", ("canonical", "validation.engines")),
    ("validation.engines.pandera", ("canonical", "validation.engines")),
    ("validation.engines.spark", ("canonical", "validation.engines")),
    ("validation.structure", ("canonical", "validation.engines")),
    ("validation.units", ("canonical", "validation.engines", "validation.structure")),
    ("validation.prices", ("canonical", "validation.structure")),
    ("validation.relations", ("canonical", "validation.engines", "validation.structure")),
    ("validation.causes", ("canonical", "validation.relations")),
    ("validation.cluster", ("canonical", "validation")),
    ("validation", ("canonical", "validation")),
    ("release.series", ("canonical", "validation")),
    ("release.package", ("canonical", "validation", "release.series")),
    ("release.derived", ("canonical", "validation", "release.series", "release.package")),
    ("release.dialects", ("canonical", "validation", "release.package")),
    (
        "release.pages",
        ("canonical", "validation", "release.series", "release.package", "release.derived", "release.dialects"),
    ),
    ("release.versions", ("canonical", "validation")),
    ("release.verifying", ("canonical",)),
    ("release.making", ("canonical", "validation", "release")),
    ("release", ("canonical", "validation", "release")),
)
"""Each room with those below it, which are all it may import beside itself; the innermost room of a module counts."""

ROOMS = [room for room, _ in FLOORS]
HOUSES = ("canonical", "ingest", "validation", "release")
MODULES = sorted(path for house in HOUSES for path in (ROOT / house).rglob("*.py"))
MOST_LINES = 250


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}


def room_of(name: str) -> str:
    """The innermost room that holds a module."""
    return max((room for room in ROOMS if name == room or name.startswith(f"{room}.")), key=len)


@cache
def imports_of(name: str, deferred: bool = True) -> frozenset[str]:
    """The modules of ours that a module imports; `deferred` counts those inside functions and for types alone."""
    tree = ast.parse(NAMES[name].read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if deferred else iter(tree.body)
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & NAMES.keys()
            found |= inner or {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(found & NAMES.keys())


@pytest.mark.parametrize("name", NAMES)
def test_a_module_imports_its_own_room_and_those_below_alone(name: str) -> None:
    room = room_of(name)
    allowed = (room, *dict(FLOORS)[room])
    above = sorted(
        other for other in imports_of(name) if not any(other == r or other.startswith(f"{r}.") for r in allowed)
    )
    assert not above


def test_no_circle_joins_modules() -> None:
    graph = {name: imports_of(name, deferred=False) - {name} for name in NAMES}
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_module_opens_with_a_sentence_and_stays_short(name: str) -> None:
    text = NAMES[name].read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module says in one sentence what it is for"
    assert text.count("\n") <= MOST_LINES


def test_what_a_number_is_names_no_rule_on_it() -> None:
    # Layer S is stated by the schemas themselves, so that its ids stand with the rules they compile to.
    named = re.compile(r'"[PUCV]\.[a-z_]+"')
    assert not [name for name, path in NAMES.items() if room_of(name) == "canonical" and named.search(path.read_text())]


def test_every_room_says_what_lives_there_and_the_guide_shows_it() -> None:
    guides = [ROOT / "docs" / "development" / f"rooms{language}.md" for language in ("", ".zh")]
    for room in ROOMS:
        for guide in guides:
            assert f"`{room.replace('.', '/')}/`" in guide.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FIRST)
def test_what_is_begun_first_is_there(name: str) -> None:
    assert (ROOT / name).exists()
