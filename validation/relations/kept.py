"""Answers that facts keep of what they were asked: they go when the facts go, and not when others come."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from validation.relations.facts import Facts

__all__ = ["kept"]

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")


def kept(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A question about facts, which come last in what it is given, that is answered once for each of them.

    A large feed is read in parts, each with facts of its own: an answer that outlives its part would hold all its rows.
    """

    @wraps(ask)
    def answered(*asked: Asked.args, **named: Asked.kwargs) -> Answer:
        answers = cast(Facts, asked[-1]).answers
        question = (ask, *asked[:-1])
        if question not in answers:
            answers[question] = ask(*asked, **named)
        return answers[question]

    return answered
