"""The relations around one changed row: every row that any relation could hold against it, and what they find there."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from benchmarks.book import Injection
from canonical.arithmetic import meets
from canonical.findings import Severity
from canonical.text_tables import Row
from validation.consistency import Folder, check_consistency
from validation.known_issues import mark_accepted
from validation.relations import RELATIONS, Remark
from validation.relations.facts import Facts, Observation, observation_of
from validation.relations.relation import evaluated

__all__ = ["IN_ROWS", "Neighbourhood", "broken_keys", "clean_counts"]

Key = tuple[str, str]
BESIDE = ("C.stage", "V.listed_company", "V.url", "V.repeated_source", "V.correction")
IN_ROWS = tuple(relation for relation in RELATIONS if relation.id not in BESIDE)
"""Relations that read observations."""


class Neighbourhood:
    """The clean observations, and the part of them that a change of one row can reach."""

    def __init__(self, rows: list[Row]) -> None:
        """Read the package once; `rows` are its observations in file order."""
        self.folder = Folder()
        self.reference = self.folder.reference
        found = [observation_of(row, number, self.reference) for number, row in enumerate(rows, start=1)]
        self.observations = {o.row_id: o for o in found if o is not None}
        self._clean: dict[frozenset[str], set[Key]] = {}

    def found(self, injection: Injection) -> dict[str, Severity]:
        """The rules that find something new once the row is changed, each with its severity."""
        tied = self._tied(injection.before, injection.after)
        clean = self._clean_broken(tied)
        broken = broken_keys(self._facts(tied, injection))
        return {rule: severity for (rule, row_id), (severity, _) in broken.items() if (rule, row_id) not in clean}

    def is_reachable(self, injection: Injection, found: dict[str, Severity]) -> bool:
        """Whether the changed row stands in an evaluated relation and lies outside its slack.

        That is so where the row, taken as the only print of its fact, breaks a relation to other facts, or where it
        misses another print of its fact.
        """
        if any(rule.startswith(("C.", "U.scale", "U.rate", "U.bend")) for rule in found):
            return True
        changed = observation_of(injection.after, 0, self.reference)
        if changed is None or changed.period is None:
            return False
        tied = self._tied(injection.before, injection.after)
        same = [o for o in self._others(tied, injection) if (o.series, o.period) == (changed.series, changed.period)]
        if any(not meets(o.interval, changed.interval) for o in same):
            return True
        if not same:
            return False
        alone = tied - {o.row_id for o in same}
        clean = self._clean_broken(tied)
        return any(
            key[0].startswith("C.") and key not in clean and changed.row_id in rows
            for key, (_, rows) in broken_keys(self._facts(alone, injection)).items()
        )

    def _others(self, tied: frozenset[str], injection: Injection) -> list[Observation]:
        return [
            self.observations[i] for i in tied if i != injection.before["observation_id"] or injection.kind.adds_row
        ]

    def _facts(self, tied: frozenset[str], injection: Injection) -> Facts:
        changed = observation_of(injection.after, len(self.observations) + 1, self.reference)
        rows = sorted(self._others(tied, injection), key=lambda o: o.number)
        return Facts((*rows, *([changed] if changed else [])), self.reference, self.folder.rows)

    def _clean_broken(self, tied: frozenset[str]) -> set[Key]:
        if tied not in self._clean:
            rows = tuple(sorted((self.observations[i] for i in tied), key=lambda o: o.number))
            self._clean[tied] = set(broken_keys(Facts(rows, self.reference, self.folder.rows)))
        return self._clean[tied]

    def _tied(self, *rows: Row) -> frozenset[str]:
        """Ids of the rows tied to some rows: of their entities' kin, of their markets, of their documents."""
        kin = {
            entity for row in rows for named in (row["entity_id"], row["of_entity_id"]) for entity in self._kin(named)
        }
        ids = {i for entity in kin for i in self._by_entity.get(entity, ())}
        return frozenset(ids.union(*(self._by_source.get(row["source_id"], ()) for row in rows)))

    def _kin(self, entity_id: str) -> set[str]:
        """An entity with everything above and below it, the aggregates it is in, and their members."""
        if not entity_id:
            return set()
        found, left = {entity_id}, [entity_id]
        while left:
            for near in self._links.get(left.pop(), ()):
                if near not in found:
                    found.add(near)
                    left.append(near)
        return found

    @cached_property
    def _links(self) -> dict[str, set[str]]:
        """Entities tied to one another: parents with children; aggregates, one way, with their members."""
        links: dict[str, set[str]] = defaultdict(set)
        for entity_id, row in self.reference.entities.items():
            if row["parent_entity_id"]:
                links[entity_id].add(row["parent_entity_id"])
                links[row["parent_entity_id"]].add(entity_id)
            for member in row["members"].split():
                links[member].add(entity_id)
        return links

    @cached_property
    def _by_entity(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for o in self.observations.values():
            found[o.series.entity_id].add(o.row_id)
            if o.series.of_entity_id:
                found[o.series.of_entity_id].add(o.row_id)
        return found

    @cached_property
    def _by_source(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for o in self.observations.values():
            found[o.source_id].add(o.row_id)
        return found


def broken_keys(facts: Facts) -> dict[Key, tuple[Severity, set[str]]]:
    """The broken cases of all relations by rule and row, with their severity and the prints they rest on."""
    found: dict[Key, tuple[Severity, set[str]]] = {}
    for relation in IN_ROWS:
        for case in evaluated(relation, facts):
            if not case.holds:
                row_id = case.row_id if isinstance(case, Remark) else case.printed.row_id
                found[relation.id, row_id] = (case.severity or relation.severity, {o.row_id for o in case.observations})
    return found


def clean_counts() -> Counter[tuple[str, str]]:
    """Findings of all relations on the clean tables, by severity and status."""
    return Counter((f.severity, f.status) for f in mark_accepted(check_consistency()))
