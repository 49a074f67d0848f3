"""A question is asked once, of a copy, as another process has it, anew."""

from __future__ import annotations

from copy import copy

from canonical.memory import Memory


def test_a_question_is_asked_once() -> None:
    memory, asked = Memory(), list[int]()

    def ask() -> int:
        asked.append(1)
        return 7

    assert not memory.knows("days")
    assert memory.of("days", ask) == memory.of("days", ask) == 7
    assert memory.knows("days") and not memory.knows("weeks")
    assert asked == [1]
    assert not copy(memory).knows("days")
