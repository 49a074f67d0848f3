"""True reports as a contributor would add them: the last documents of each vendor, taken out and added again as new.

    python -m benchmarks.new_quarters --last 3

Of each vendor the tables are those of the day before a document came out: neither its rows nor those of later
documents are there. Then its rows are added, all of them right, and whatever a relation says of them is a false alarm.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from benchmarks.edited import Edited
from validation.relations import RELATIONS
from validation.relations.broken import broken_cases
from validation.relations.facts import Facts, Observation
from validation.relations.reach import Part

__all__ = ["Alarm", "Report", "alarms_of", "main", "reports_of"]

FEWEST = 4
"""A vendor with fewer documents of its own has no last one that others foretell."""
Documents = Mapping[str, list[Observation]]


class Report(NamedTuple):
    """A document of a vendor's own with its rows, and the rows that were not there when it came out."""

    vendor: str
    source_id: str
    rows: tuple[Observation, ...]
    later: tuple[str, ...]


class Alarm(NamedTuple):
    """What a relation says of a right row: the rule, the document and the row."""

    rule: str
    source_id: str
    row_id: str


def reports_of(facts: Facts, last: int, only: Collection[str] = ()) -> Iterator[Report]:
    """So many of the last documents of its own of each vendor, or of those asked for, the earlier ones first."""
    known = facts.reference.source_known_on
    for vendor, documents in sorted(_documents(facts).items()):
        own = sorted((day, name) for name, rows in documents.items() if rows[0].is_own_word and (day := known(name)))
        for day, name in own[-last:] if len(own) >= FEWEST and (not only or vendor in only) else ():
            later = (rows for other, rows in documents.items() if (known(other) or day) > day)
            yield Report(vendor, name, tuple(documents[name]), tuple(o.row_id for rows in later for o in rows))


def _documents(facts: Facts) -> Mapping[str, Documents]:
    """The rows of each vendor by document."""
    found: dict[str, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o in facts.observations:
        vendor = facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "")
        if vendor:
            found[vendor][o.source_id].append(o)
    return found


def alarms_of(report: Report, edited: Edited) -> list[Alarm]:
    """What is said of the rows of a report, or with them, that is not said of the same row in the whole tables."""
    known = {(rule, what[0]) for rule, what in edited.clean}
    rows = {o.row_id for o in report.rows}
    facts, touched = edited.after([o.row for o in report.rows], report.later)
    part, found = Part(facts, touched), list[Alarm]()
    for relation in RELATIONS:
        for case in broken_cases(part.cases(relation)):
            is_of_rows = not {o.row_id for o in case.observations}.isdisjoint(rows)
            if is_of_rows and (relation.id, case.row_id) not in known:
                found.append(Alarm(relation.id, report.source_id, case.row_id))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: print every false alarm, and how many rows there were."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.new_quarters", description=__doc__)
    parser.add_argument("--last", type=int, default=3, help="documents of each vendor (default 3)")
    parser.add_argument("--vendor", action="append", default=[], help="only this vendor; may be repeated")
    options = parser.parse_args(arguments)
    start, edited, rows, count, alarms = time.perf_counter(), Edited(), 0, 0, list[Alarm]()
    for report in reports_of(edited.facts, options.last, options.vendor):
        rows, count = rows + len(report.rows), count + 1
        for alarm in alarms_of(report, edited):
            alarms.append(alarm)
            print(*alarm, flush=True)
    seconds = time.perf_counter() - start
    print(f"{len(alarms)} false alarms in {rows:,} rows of {count} documents, {seconds:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
