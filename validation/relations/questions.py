"""What a relation asks of many prints at once: those that surely hold are told in columns, the others one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from weakref import proxy

import numpy as np

from canonical import arithmetic
from canonical.findings import Severity
from validation.relations import inner
from validation.relations.columns import NONE, Places
from validation.relations.facts import Facts
from validation.relations.kept import kept
from validation.relations.numbers import Truths
from validation.relations.relation import Case, Option, Reach, Relation

__all__ = ["Answers", "InColumns", "Question", "Questions", "answered", "answers_to", "in_columns"]


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


Questions = Callable[[Facts], Sequence[Question]]


@dataclass(frozen=True)
class Answers:
    """The prints of a question that are asked, with their inputs, and whether each surely meets what these imply."""

    question: Question
    prints: Places
    inputs: Places
    """A row for each role."""
    of: Places | None
    is_held: Truths
    _exact: dict[int, Case | None] = field(default_factory=dict[int, Case | None])

    def case(self, at: int, facts: Facts) -> Case | None:
        """The case at a place among the prints that are asked, None where there is none."""
        prints, question = facts.columns.prints, self.question
        if self.is_held[at]:
            option = Option(
                tuple(prints[place] for place in self.inputs[:, at].tolist()), partial(question.implied, arithmetic)
            )
            return Case(prints[self.prints[at]], (option,), question.note, question.severity, is_cleared=True)
        if at not in self._exact:
            of = () if self.of is None else (int(self.of[at]),)
            self._exact[at] = question.exact(prints[self.prints[at]], *of)
        return self._exact[at]

    def left_open(self, facts: Facts) -> Iterator[Case]:
        """The cases of which doubles do not tell whether they hold."""
        found = (self.case(at, facts) for at in np.flatnonzero(~self.is_held).tolist())
        return (case for case in found if case is not None)


@dataclass(frozen=True)
class InColumns(Relation):
    """A relation whose cases answer questions, each of many prints at once."""

    questions: Questions = lambda facts: ()

    def answers(self, facts: Facts) -> Sequence[Answers]:
        """What is known of each question."""
        return answers_to(self.questions, facts)


def in_columns(
    id_: str,
    severity: Severity,
    *,
    says: str,
    rationale: str,
    fix: str,
    reach: Reach = "family",
    among: Callable[[Facts], Facts] = lambda facts: facts,
) -> Callable[[Questions], InColumns]:
    """Turn a function from facts to questions into a relation, as `relation` does for cases.

    `among` gives those of the facts that are asked or are inputs, so that columns are made of no others.
    """

    def made(questions: Questions) -> InColumns:
        return InColumns(
            id_, severity, says, rationale, fix, lambda facts: answered(among(facts), questions), reach,
            doubts=lambda facts, kept: answered(among(facts), questions, kept), questions=questions,
        )  # fmt: skip

    return made


@kept
def answers_to(questions: Questions, facts: Facts) -> tuple[Answers, ...]:
    """What is known of each question in columns."""
    given = proxy(facts)  # facts keep their answers: a question that held them would be a circle that outlives them
    return tuple(_answers(facts, question) for question in questions(given))


def answered(facts: Facts, questions: Questions, kept: Collection[str] | None = None) -> Iterator[Case]:
    """The cases of all questions in the order of the prints, those of one print in the order of the questions.

    Where rows are `kept`, by their ids, without the cases of prints of which all hold, but for these rows.
    """
    told, prints = answers_to(questions, facts), facts.columns.prints
    is_told = np.full(len(prints), kept is None)
    for answers in told if kept is not None else ():
        is_told[answers.prints[~answers.is_held]] = True
    if kept:
        is_told |= np.array([o.row_id in kept for o in prints], np.bool_)
    places = [np.flatnonzero(is_told[answers.prints]) for answers in told]
    found = [
        (int(answers.prints[at]), answers, at) for answers, of in zip(told, places, strict=True) for at in of.tolist()
    ]
    if len(told) > 1:
        found.sort(key=lambda answer: answer[0])
    cases = (answers.case(at, facts) for _, answers, at in found)
    return (case for case in cases if case is not None)


def _answers(facts: Facts, question: Question) -> Answers:
    """The prints that are asked, in their order, and which of them surely meet what their inputs imply."""
    inputs, ends = np.stack(question.inputs), facts.columns.ends
    asked = np.flatnonzero(np.all(inputs != NONE, axis=0))
    prints, inputs = question.prints[asked], inputs[:, asked]
    is_held = np.zeros(len(prints), np.bool_)
    told = np.flatnonzero(np.all(inputs >= 0, axis=0))
    if len(told):
        with np.errstate(all="ignore"):  # what is out of the reach of doubles becomes no number, and tells nothing
            implied = question.implied(inner, *(ends.of(column[told]) for column in inputs))
            is_held[told] = inner.meet(implied, ends.of(prints[told]))
    return Answers(question, prints, inputs, None if question.of is None else question.of[asked], is_held)
