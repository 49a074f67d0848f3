"""Read a list of constructor calls out of the text of a Python module, which is parsed and never run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from typing import Any

from ingest.upstream import UpstreamError, shown

__all__ = ["Node", "list_of_calls"]

Node = dict[str, Any]
"""A call as a mapping of its keywords, `kind` its name, `values` its other arguments; what is no constant is None."""


def list_of_calls(text: str, name: str, where: str) -> list[Node]:
    """The calls in the list that a module assigns to `name`, once.

    UpstreamError where it assigns none, or several, or a call or mapping has a key twice; SyntaxError and others
    where the text is no Python.
    """
    with warnings.catch_warnings(action="ignore"):
        body = ast.parse(text).body
    lists = [part.value for part in body if isinstance(part, ast.AnnAssign | ast.Assign) and name in _targets(part)]
    if len(lists) > 1:
        raise UpstreamError(f"{where}: {name} is assigned {len(lists)} times")
    if not lists or not isinstance(lists[0], ast.List):
        raise UpstreamError(f"{where}: {name} is missing or no list")
    return [_plain(item, where) for item in lists[0].elts]


def _targets(statement: ast.AnnAssign | ast.Assign) -> list[str]:
    targets = [statement.target] if isinstance(statement, ast.AnnAssign) else statement.targets
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _plain(node: ast.expr, where: str) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_plain(item, where) for item in items]
        case ast.Dict(keys=keys, values=values):
            named = [(_plain(key, where) if key else None, value) for key, value in zip(keys, values, strict=True)]
            return _mapping(named, where)
        case ast.Call(func=function, args=arguments, keywords=keywords):
            name = getattr(function, "id", "") or getattr(function, "attr", "")
            named = [(keyword.arg or "", keyword.value) for keyword in keywords]
            return {"kind": name, "values": [_plain(item, where) for item in arguments], **_mapping(named, where)}
        case _:
            return None


def _mapping(pairs: Sequence[tuple[Any, ast.expr]], where: str) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if key in found:
            raise UpstreamError(f"{where} line {value.lineno}: key {shown(key)} stands twice in one place")
        found[key] = _plain(value, where)
    return found
