"""One line of a table, tag of a filing or path into a file, one meaning: its columns are filed under the same names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

LINE = re.compile(r"(.*\b(?:row|line):[^|]*?) col:|(section:[a-z-]+:[A-Z]\w+) item:")
"""A place down to the column, or to the span of time of a tag."""
PATH, WITH_NUMBER = re.compile(r"item:(\S+[.:]\S+)"), re.compile(r"[^.:]*[0-9][^.:]*")
"""A path into a data file, and the steps of it that name a year, a quarter or a day: its columns."""
OF_LINE = {"entity_id": 2, "metric_id": 3, "breakdown_id": 3, "claim_status": 2}
"""So many other cells of a line must have a name in common; pages have lines of one name in several tables."""
ALIKE = {"printed_unit_id": {"measure": 2, "basis": 2}, "measure": {"printed_unit_id": 3}}
"""The same among the cells that have one cell in common: levels and rates stand in one line."""


FEWEST, UNIT = 2, "printed_unit_id"


@relation(
    "V.table_line",
    "warning",
    says="the columns of one line of a table are filed under the same names",
    rationale="Seven columns of a line are growth in constant currency; the eighth is not growth as reported.",
    fix="file the row as the other columns of the line are, or name in its locator the line that it stands in",
    reach="document",
    beside="observations.locator observations.via_source_id",
)
def table_line(facts: Facts) -> Iterator[Remark]:
    """Each row whose locator names a line and a column, against the other columns of that line of its document.

    A path into a data file is a line whose columns are its periods.
    """
    lines: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.cells.rows(facts.cells.each("locator", lambda where: bool(_line(where))) > 0):
        lines[o.source_id, o.row["via_source_id"], _line(o.row["locator"])].append(o)
    for (*_, line), rows in lines.items():
        if len(rows) > FEWEST:
            yield from _all_odd(OF_LINE, line, rows)
            for common, names in ALIKE.items():
                groups: dict[str, list[Observation]] = defaultdict(list)
                for o in rows:
                    groups[o.row[common]].append(o)
                for alike in groups.values():
                    yield from _all_odd(names, line, alike)


@lru_cache(maxsize=1 << 14)
def _line(locator: str) -> str:
    """The line that a locator names beside a column; empty where it names none."""
    if line := LINE.match(locator):
        return line[1] or line[2]
    path = PATH.fullmatch(locator)
    return WITH_NUMBER.sub("*", path[1]) if path else ""


def _all_odd(names: Mapping[str, int], line: str, rows: list[Observation]) -> Iterator[Remark]:
    for name, enough in names.items() if len(rows) > FEWEST else ():
        yield from _odd(name, enough, line, rows)


def _is_as_fine(one: Observation, other: Observation) -> bool:
    """Whether two prints are known to the same step of one canonical unit, in whatever unit they were typed."""
    ends = (one.interval.low, one.interval.high, other.interval.low, other.interval.high)
    if one.series.unit_id != other.series.unit_id or None in ends:
        return False
    low, high, least, most = (end for end in ends if end is not None)
    return high - low == most - least


def _odd(name: str, enough: int, line: str, rows: list[Observation]) -> Iterator[Remark]:
    """A remark on the row that alone has another name than all others, of which there are enough."""
    usual, times = Counter(o.row[name] for o in rows).most_common(1)[0]
    if times >= enough and len(rows) - times == 1:
        odd = next(o for o in rows if o.row[name] != usual)
        others = [o for o in rows if o is not odd][:2]
        if name == UNIT and _is_as_fine(odd, others[0]):
            return
        message = f"the {times} other columns of {line!r} stand under {usual}"
        yield remark_on(odd, name, False, usual, message, *others)


RELATIONS = (table_line,)
