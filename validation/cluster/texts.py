"""Findings and rules as texts, in which executors send them back."""

from __future__ import annotations

import json
from dataclasses import asdict

from canonical.findings import Finding, NamedRow
from canonical.rules.rule import Rule
from validation.structure.faults import Plan

__all__ = ["finding_of", "rule_of", "text_of", "text_of_finding"]


def text_of(rule: Rule) -> str:
    """A rule as text, from which `rule_of` makes it again but for its arguments."""
    return json.dumps([rule.key, rule.id, rule.kind, rule.columns, rule.severity, rule.fix])


def rule_of(text: str, plan: Plan) -> Rule:
    """The rule of a text: that of the plan, else one of a layer."""
    key, name, kind, columns, severity, fix = json.loads(text)
    known = {rule.key: rule for rule in plan.rules}
    return known.get(key) or Rule(name, kind, tuple(columns), severity=severity, fix=fix)


def text_of_finding(finding: Finding) -> str:
    """A finding as text, from which `finding_of` makes it again."""
    return json.dumps(asdict(finding))


def finding_of(text: str) -> Finding:
    """A finding from the text an executor gave."""
    cells = json.loads(text)
    cells["rows"] = tuple(NamedRow(*row) for row in cells["rows"])
    cells["key"] = tuple((column, cell) for column, cell in cells["key"])
    return Finding(**cells)
