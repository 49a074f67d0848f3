"""What was asked of something that stays as it is: each question once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, TypeVar

__all__ = ["Memory"]

Answer = TypeVar("Answer")


class Memory:
    """The answers to what was asked of something, as of the different values of a column, or of a schema."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Any] = {}
        self._lock = RLock()

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        """Another process begins with none: a lock is of one process."""
        return Memory, ()

    def of(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question, asked where it is new; it may be asked in several threads."""
        if question not in self._answers:
            with self._lock:
                if question not in self._answers:
                    self._answers[question] = ask()
        return self._answers[question]

    def knows(self, question: Hashable) -> bool:
        """Whether a question was asked and answered."""
        return question in self._answers
