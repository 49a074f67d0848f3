"""Every dependency stands on its page with a reason, in both languages, and nothing else does."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.docs.snippets import ROOT

NAME = re.compile(r"^[A-Za-z0-9._-]+")
LISTED = re.compile(r"^\| ([a-z0-9._-]+) \| (.{4,}) \|$", re.MULTILINE)


@pytest.mark.parametrize("page", ["dependencies.md", "dependencies.zh.md"])
def test_every_dependency_has_its_reason(page: str) -> None:
    declarations = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declarations["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for group in declarations["dependency-groups"].values():
        declared += [one for one in group if one not in declared]
    declared.append("hyparquet")  # from npm, see tests/readers/package.json
    names = [match[0] for requirement in declared if (match := NAME.match(requirement))]
    text = (ROOT / "docs" / "development" / page).read_text(encoding="utf-8")
    assert sorted(name for name, _ in LISTED.findall(text)) == sorted(names)
