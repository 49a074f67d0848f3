"""Walk up from row to row, and find the rows that stand above themselves: no walk is longer than its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

__all__ = ["above", "in_circles"]


def above(start: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The ids above `start`, the nearest first; in a circle each is named once, and `start` is none of them."""
    found: dict[str, None] = {}
    current = parents.get(start, "")
    while current and current != start and current not in found:
        found[current] = None
        current = parents.get(current, "")
    return tuple(found)


def in_circles(links: Mapping[str, Sequence[str]]) -> set[str]:
    """The ids from which a walk along `links` comes back to where it began.

    Parameters: `links` has for each id those it names. Ids that only lead into a circle are none of it. Time and
    memory grow with the number of links, whatever their shape.
    """
    inside = {name: [n for n in named if n in links] for name, named in links.items()}
    return {name for group in _groups(inside) if len(group) > 1 or group[0] in inside[group[0]] for name in group}


class _Search:
    """What Tarjan's algorithm knows on its way: the order of ids, how far back each leads, those not yet grouped."""

    def __init__(self) -> None:
        self.order: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.open: dict[str, None] = {}

    def enter(self, name: str) -> None:
        self.order[name] = self.low[name] = len(self.order)
        self.open[name] = None

    def reach(self, name: str, low: int) -> None:
        self.low[name] = min(self.low[name], low)

    def group(self, name: str) -> list[str]:
        """The ids entered since `name`, where none of them leads further back; else none."""
        if self.low[name] != self.order[name]:
            return []
        found: list[str] = []
        while not found or found[-1] != name:
            found.append(self.open.popitem()[0])
        return found


def _groups(links: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Ids that lead to one another, together: strongly connected components, without recursion."""
    search = _Search()
    for root in links:
        walk = [] if root in search.order else [(root, iter(links[root]))]
        if walk:
            search.enter(root)
        while walk:
            name, left = walk[-1]
            following = next(left, None)
            if following is None:
                walk.pop()
                if walk:
                    search.reach(walk[-1][0], search.low[name])
                if group := search.group(name):
                    yield group
            elif following not in search.order:
                search.enter(following)
                walk.append((following, iter(links[following])))
            elif following in search.open:
                search.reach(name, search.order[following])
