"""The page on consistency names every relation that runs, and none that does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validation.relations import RELATIONS

METHOD = Path(__file__).resolve().parents[2] / "docs" / "method"


@pytest.mark.parametrize("page", ["consistency.md", "consistency.zh.md"])
def test_the_page_names_every_relation(page: str):
    named = set(re.findall(r"`([UPCV]\.[a-z_]+)`", (METHOD / page).read_text(encoding="utf-8")))
    assert named == {relation.id for relation in RELATIONS}
