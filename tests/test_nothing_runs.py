"""No room runs what it reads: no code out of a package, a table or a name; imports are of our own modules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from canonical.table_schema import ROOT

ROOMS = ("canonical", "validation", "release", "ingest", "clients/python")
FORBIDDEN_MODULES = frozenset({"pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "code", "codeop", "runpy"})
UNPACKS_OR_RUNS = ("extractall", "spec_from_file_location", "yaml.load", "os.system", "os.popen")
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__", "execfile"})
IMPORTS_BY_NAME = {
    "release/derived/__init__.py": {'f"release.derived.{name}"'},
    "validation/engines/contract.py": {'f"validation.engines.{name}.engine"'},
    "clients/python/cloud_vendor_metrics/__init__.py": {'f"cloud_vendor_metrics.{HOME[name]}"'},
    "clients/python/cloud_vendor_metrics/frames.py": {"as_"},
}
"""Modules that import one of their own room by its name, and how they write it."""
FINDS_OURS = {"validation/engines/spark/session.py"}
"""Where executors of a cluster learn in which folder the modules lie that the command sent them."""
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def calls(tree: ast.AST) -> list[ast.Call]:
    """Every call in a module."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    """What is called, as it is written."""
    return ast.unparse(call.func)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_runs_what_it_reads(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {alias.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    imported |= {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not imported & FORBIDDEN_MODULES
    written = [name_of(call) for call in calls(tree)]
    assert not FORBIDDEN_CALLS & set(written)
    assert not [
        name for name in written if name.endswith(("extractall", "spec_from_file_location", "yaml.load", "os.system"))
    ]
    changed = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node).startswith("sys.path.")]
    assert bool(changed) == (path.relative_to(ROOT).as_posix() in FINDS_OURS)
    shell = [k for call in calls(tree) for k in call.keywords if k.arg == "shell"]
    assert not shell


def test_modules_are_imported_by_name_from_their_own_room_alone() -> None:
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            if name_of(call).endswith("import_module"):
                found.setdefault(path.relative_to(ROOT).as_posix(), set()).add(
                    ast.unparse(call.args[0]).replace("'", '"')
                )
    assert found == IMPORTS_BY_NAME
