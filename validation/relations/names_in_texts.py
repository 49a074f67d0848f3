"""Which of many names stand in a text: looked up by their first letters, not name by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["Names"]


class Names:
    """Names of some letters or more, to be found in texts."""

    def __init__(self, names: Iterable[str], shortest: int) -> None:
        """Take the names, each of at least so many letters, by the first of these."""
        self._names, self._shortest = frozenset(names), shortest
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:shortest], set()).add(len(name))
        self._lengths = {letters: sorted(found, reverse=True) for letters, found in lengths.items()}

    def at(self, text: str, place: int) -> Iterator[str]:
        """The names that begin at a place of a text, the longest first."""
        for length in self._lengths.get(text[place : place + self._shortest], ()):
            name = text[place : place + length]
            if name in self._names:
                yield name

    def within(self, text: str) -> set[str]:
        """The names that stand anywhere in a text."""
        return {name for place in range(len(text) - self._shortest + 1) for name in self.at(text, place)}

    def words(self, text: str) -> Iterator[str]:
        """The names that stand in a text one after another, the longest first; one of ASCII as words of its own."""
        read, size = 0, self._shortest
        for place in [at for at in range(len(text) - size + 1) if text[at : at + size] in self._lengths]:
            found = "" if place < read else next((n for n in self.at(text, place) if _is_apart(text, place, n)), "")
            if found:
                yield found
                read = place + len(found)


def _is_apart(text: str, place: int, name: str) -> bool:
    return not name.isascii() or (_is_edge(text, place) and _is_edge(text, place + len(name)))


def _is_edge(text: str, place: int) -> bool:
    """Whether a word begins or ends at a place, as `\\b` of a regular expression tells."""
    before, after = text[place - 1 : place] if place else "", text[place : place + 1]
    return _is_of_word(before) != _is_of_word(after)


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
