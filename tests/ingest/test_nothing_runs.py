"""No adapter runs what it is given: no code by name, by text or by pickle, and no archive unpacked to disk."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from canonical.table_schema import ROOT

MODULES = sorted((ROOT / "ingest").rglob("*.py"))
CALLED = {"__import__", "compile", "eval", "exec", "execfile", "extract", "extractall", "import_module", "run_module"}
IMPORTED = {"cloudpickle", "code", "codeop", "dill", "imp", "marshal", "pickle", "pty", "runpy", "shelve"}


def names_called(tree: ast.AST) -> set[str]:
    """The last names of all functions that a module calls."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def modules_imported(tree: ast.AST) -> set[str]:
    """The modules that a module imports, at any place, as the first part of their names and in full."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found | {name.partition(".")[0] for name in found}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_adapter_has_a_way_to_run_what_it_reads(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    # A pattern is compiled by the module of patterns, which runs nothing.
    called = names_called(tree) - ({"compile"} if "re.compile(" in module.read_text(encoding="utf-8") else set())
    assert not called & CALLED
    assert not modules_imported(tree) & (
        IMPORTED | {"importlib.util", "importlib.machinery", "importlib.import_module"}
    )
    assert "sys.path" not in ast.unparse(tree)


@pytest.mark.parametrize(
    "text",
    ["import importlib\nimportlib.import_module(x)", "exec(x)", "a.extractall(b)", "__import__('a')", "(eval)(x)"],
)
def test_a_way_to_run_it_would_be_found(text: str) -> None:
    assert names_called(ast.parse(text)) & CALLED


@pytest.mark.parametrize("text", ["import pickle", "from pickle import loads", "def f():\n    import runpy"])
def test_a_module_that_runs_it_would_be_found(text: str) -> None:
    assert modules_imported(ast.parse(text)) & IMPORTED
