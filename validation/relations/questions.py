"""What a relation asks of many prints at once: those that surely hold are told in columns, the others one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from canonical import arithmetic
from canonical.findings import Severity
from validation.relations import inner
from validation.relations.columns import NONE, Places
from validation.relations.facts import Facts
from validation.relations.relation import Case, Option

__all__ = ["Question", "answered"]


@dataclass(frozen=True)
class Question:
    """Prints, for each a column of inputs for each role, and what these imply.

    A print may stand several times. It is not asked where an input is `NONE`; `exact` gives its case, if any, where
    an input is `MANY`, or where doubles do not show that it holds. `implied` calculates with an `inner.Arithmetic`.
    `of` are numbers that tell what each print is asked, where it stands several times: `exact` is given these too.
    """

    prints: Places
    inputs: Sequence[Places]
    implied: Callable[..., Any]
    exact: Callable[..., Case | None]
    note: str = ""
    severity: Severity | None = None
    of: Places | None = None


def answered(facts: Facts, questions: Sequence[Question]) -> Iterator[Case]:
    """The cases of all questions in the order of the prints, those of one print in the order of the questions."""
    found = [case for number, question in enumerate(questions) for case in _answers(facts, number, question)]
    if len(questions) > 1:
        found.sort(key=lambda answer: answer[:2])
    prints = facts.columns.prints
    for print_, number, of, inputs in found:
        question = questions[number]
        if inputs is None:
            case = question.exact(prints[print_], *of)
            if case is not None:
                yield case
        else:
            option = Option(tuple(prints[place] for place in inputs), partial(question.implied, arithmetic))
            yield Case(prints[print_], (option,), question.note, question.severity, is_cleared=True)


def _answers(
    facts: Facts, number: int, question: Question
) -> Iterator[tuple[int, int, tuple[int, ...], tuple[int, ...] | None]]:
    """The prints that are asked, in their order, each with what it is asked and the inputs that it surely meets."""
    inputs, ends = np.stack(question.inputs), facts.columns.ends
    asked = np.flatnonzero(np.all(inputs != NONE, axis=0))
    prints, inputs = question.prints[asked], inputs[:, asked]
    is_held = np.zeros(len(prints), np.bool_)
    told = np.flatnonzero(np.all(inputs >= 0, axis=0))
    if len(told):
        with np.errstate(all="ignore"):  # what is out of the reach of doubles becomes no number, and tells nothing
            implied = question.implied(inner, *(ends.of(column[told]) for column in inputs))
            is_held[told] = inner.meet(implied, ends.of(prints[told]))
    of = [()] * len(asked) if question.of is None else [(told,) for told in question.of[asked].tolist()]
    rows = zip(*inputs.tolist(), strict=True)
    for print_, told, holds, row in zip(prints.tolist(), of, is_held.tolist(), rows, strict=True):
        yield print_, number, told, row if holds else None
