"""Every verb of either client and of the command stands on the page of verbs, in both languages."""

from __future__ import annotations

import inspect
import re

import cloud_vendor_metrics as cvm
import pytest
from cloud_vendor_metrics.command.verbs import VERBS

from tests.docs.snippets import ROOT

ROW = re.compile(r"^\| `(\w+)\(([^)]*)\)` \| `(\w+)` \| `cvm ([\w-]+)[^`]*` \| .{4,} \|$", re.MULTILINE)


@pytest.mark.parametrize("page", ["verbs.md", "verbs.zh.md"])
def test_every_verb_is_on_the_page_and_no_other(page: str) -> None:
    rows = ROW.findall((ROOT / "docs" / "use" / page).read_text(encoding="utf-8"))
    public = {name for name in cvm.__all__ if inspect.isfunction(getattr(cvm, name))}
    exported = set(re.findall(r"cvm_\w+", (ROOT / "clients" / "r" / "NAMESPACE").read_text(encoding="utf-8")))
    assert {python for python, *_ in rows} == public
    assert {r for _, _, r, _ in rows} == exported == {f"cvm_{name}" for name in public}
    assert {command for *_, command in rows} <= {verb.name for verb in VERBS}


def test_the_arguments_on_the_page_are_those_of_the_verbs() -> None:
    for python, arguments, *_ in ROW.findall((ROOT / "docs" / "use" / "verbs.md").read_text(encoding="utf-8")):
        known = list(inspect.signature(getattr(cvm, python)).parameters)
        asked = [argument.strip() for argument in arguments.split(",") if argument.strip()]
        assert asked == known[: len(asked)], python
