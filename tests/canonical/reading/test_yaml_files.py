"""YAML that people type: one value for each name, no aliases, no depth that a parser takes the square of."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from canonical.reading.encodings import UnreadableError
from canonical.reading.yaml_files import yaml_value


def read(folder: Path, text: str) -> object:
    """What the text says."""
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return yaml_value(folder / "a.yaml", "a.yaml", "mend it")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "a.yaml:2: found 'a' again"), ("b:\n  - {x: 1, y: 2, x: 3}\n", "a.yaml:2: found 'x' again"),
        ("a: &b 1\nc: *b\n", "an alias"), ("a: &b [*b]\n", "an alias"),
        ("a: " + "[" * 21 + "]" * 21, "nested too deeply"),
        ("a: [", "a.yaml:1: not YAML"), ("a: 1\n---\nb: 2\n", "not YAML"), ("? [a, b]\n: 1\n", "not YAML"),
    ],
)  # fmt: skip
def test_what_readers_take_differently_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match="; fix: mend it") as refused:
        read(tmp_path, text)
    assert said in str(refused.value)


def test_a_plain_text_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "a: {x: 1}\nb: [{x: 1}, {x: 2}]\n") == {"a": {"x": 1}, "b": [{"x": 1}, {"x": 2}]}
    assert read(tmp_path, "a: " + "[" * 19 + "]" * 19)
    assert read(tmp_path, "") is None


def test_a_nesting_without_end_ends_at_once(tmp_path: Path) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableError, match="nested too deeply"):
        read(tmp_path, "a: " + "[" * 30_000)
    assert time.process_time() - started < 5
