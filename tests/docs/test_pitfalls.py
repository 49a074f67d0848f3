"""Each pitfall is run both ways, and the wrong lines give another answer than the right ones."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import pytest

from tests.docs.snippets import ROOT, snippets

PAGES = sorted(path for path in (ROOT / "docs" / "pitfalls").glob("*.md") if ".zh" not in path.name)
TRAPS = [path for path in PAGES if path.name != "index.md"]


def answers(page: Path) -> list[Any]:
    """What the wrong lines and the right lines answer."""
    found: list[Any] = []
    for snippet in snippets(str(page.relative_to(ROOT)), "python"):
        names: dict[str, Any] = {}
        exec(compile(snippet.text, str(snippet), "exec"), names)
        found.append(names["answer"])
    return found


@pytest.mark.parametrize("page", TRAPS, ids=lambda page: page.stem)
def test_the_wrong_lines_give_another_answer_than_the_right_ones(page: Path) -> None:
    wrong, right = answers(page)
    assert wrong != right and not (isinstance(wrong, float) and math.isnan(wrong))


@pytest.mark.parametrize("page", TRAPS, ids=lambda page: page.stem)
def test_a_pitfall_is_three_lines_either_way_in_both_languages(page: Path) -> None:
    chinese = str(page.relative_to(ROOT)).replace(".md", ".zh.md")
    both = snippets(str(page.relative_to(ROOT)), "python")
    assert [s.text for s in both] == [s.text for s in snippets(chinese, "python")]
    assert [len([line for line in s.text.splitlines() if line and not line.startswith("import")]) for s in both] == [
        3,
        3,
    ]


def test_every_pitfall_is_listed() -> None:
    for name in ("index.md", "index.zh.md"):
        text = (ROOT / "docs" / "pitfalls" / name).read_text(encoding="utf-8")
        assert all(f"({page.name})" in text for page in TRAPS) and text.count(".md)") == len(TRAPS)


ANSWERS: dict[str, Any] = {
    "fiscal-years": lambda wrong, right: wrong["amazon"] == right["amazon"] and wrong["microsoft"] < right["microsoft"],
    "group-capex": lambda wrong, right: wrong > 1 > right,
    "known-on": lambda wrong, right: (wrong, right) == ([], [16964.0]),
    "list-prices": lambda wrong, right: wrong["paid"] == right["standard"] == 2 * right["batch"],
    "perimeter-steps": lambda wrong, right: wrong > 50 and math.isnan(right),
    "rounded-growth": lambda wrong, right: right[0] < wrong[0] < right[1] and right[1] - right[0] > 5,
    "year-to-date": lambda wrong, right: wrong > 2 * right,
    "currencies": lambda wrong, right: (wrong, right) == ("tencent", "amazon"),
}  # fmt: skip


@pytest.mark.parametrize("page", TRAPS, ids=lambda page: page.stem)
def test_the_answers_are_those_that_the_page_speaks_of(page: Path) -> None:
    assert ANSWERS[page.stem](*answers(page))


def test_pitfalls_read_the_checkout() -> None:
    assert "CVM_DATA" not in os.environ
