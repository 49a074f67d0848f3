"""What a verb of the command is: its words in two languages, its arguments, its examples and the function it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Answer", "Argument", "Verb", "Words"]

Answer = Any
"""What a verb gives: a pandas frame or a text."""


@dataclass(frozen=True)
class Words:
    """A text in English and in Chinese."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The text in `en` or `zh`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Argument:
    """An argument of a verb: its names or its place, what it means, and how argparse reads it."""

    names: tuple[str, ...]
    meaning: Words
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def add_to(self, parser: argparse.ArgumentParser, language: str) -> None:
        """Add the argument to a parser, its meaning in one language."""
        parser.add_argument(*self.names, help=self.meaning.in_language(language), **self.options)


@dataclass(frozen=True)
class Verb:
    """A verb: `examples` are whole lines as one types them; `rows` says whether it gives rows, which have a format."""

    name: str
    meaning: Words
    run: Callable[[argparse.Namespace], Answer]
    arguments: tuple[Argument, ...]
    examples: tuple[str, ...]
    rows: bool = True
