"""The open findings of a build, by the observation they touch: what a check found has to reach the number.

A finding touches the row it is about and the rows it holds against it. An open error or warning makes a number
*disputed* where it is about an observation that the number comes from, or holds one against a print of a source that
is trusted as much or more: a newspaper's rounded rate does not dispute two filings, a filing disputes a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from canonical.observation import TRUST
from release.series.facts import Facts
from release.series.vintage import Vintage

__all__ = ["OpenFindings"]

DISPUTING = ("error", "warning")
"""Severities that can make a number disputed; a notice tells something of it that contradicts nothing."""


@dataclass(frozen=True)
class OpenFindings:
    """Ids of open findings by observation: all of them, and those that make it disputed."""

    touching: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    disputing: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @classmethod
    def of(cls, findings: pl.DataFrame, rows: pl.DataFrame, facts: Facts) -> OpenFindings:
        """The open findings that name observations, from tables `findings` and `finding_rows`."""
        touching: dict[str, list[str]] = defaultdict(list)
        disputing: dict[str, list[str]] = defaultdict(list)
        ranks = _ranks(facts)
        severities = dict(findings.filter(pl.col("status") == "open").select("finding_id", "severity").iter_rows())
        named = rows.filter(pl.col("table_name") == "observations", pl.col("finding_id").is_in(list(severities)))
        for key, of_finding in named.partition_by("finding_id", as_dict=True, maintain_order=True).items():
            observations = dict(of_finding.select("row_id", "role").iter_rows())
            subjects = [ranks[row] for row, role in observations.items() if role == "subject" and row in ranks]
            for row in observations:
                touching[row].append(str(key[0]))
                is_trusted = bool(subjects) and min(subjects) <= ranks.get(row, -1)
                if severities[key[0]] in DISPUTING and is_trusted:
                    disputing[row].append(str(key[0]))
        return cls(_sorted(touching), _sorted(disputing))

    def of_rows(self, observation_ids: Iterable[str]) -> tuple[str, ...]:
        """The ids of the findings that touch any of the observations, in order."""
        return tuple(sorted({name for row in observation_ids for name in self.touching.get(row, ())}))

    def dispute(self, observation_ids: Iterable[str]) -> bool:
        """Whether an open error or warning makes a number disputed that comes from the observations."""
        return any(row in self.disputing for row in observation_ids)

    def told(self, vintages: Sequence[Vintage]) -> list[Vintage]:
        """The vintages with the findings that touch them; those that then differ in nothing are one."""
        told: list[Vintage] = []
        for vintage in vintages:
            rows = vintage.observation_ids
            disputed = vintage.disputed or self.dispute(rows)
            state = replace(vintage, finding_ids=self.of_rows(rows), disputed=disputed)
            if not told or told[-1].headline != state.headline:
                told.append(state)
        return told


def _ranks(facts: Facts) -> dict[str, int]:
    """The place of each observation's source in the order of trust, 0 the most trusted."""
    rank = {kind: place for place, kind in enumerate(TRUST)}
    kinds = {key: source.get("kind", "") for key, source in facts.reference.sources.items()}
    return {row["observation_id"]: rank.get(kinds.get(row["source_id"], ""), len(rank)) for row in facts.observations}


def _sorted(ids: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {row: tuple(sorted(found)) for row, found in ids.items()}
