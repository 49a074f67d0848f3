"""Remedies for files of somebody's own: `make fill` completes the tables of the package and no others."""

from __future__ import annotations

from dataclasses import replace

from canonical.findings import Finding
from validation.units.frame import UNFILLED
from validation.units.verdicts import CONTRADICTED

__all__ = ["for_own"]

IN_PLACE = {
    "run make fill": "type the value, or leave the column out of the file",
    UNFILLED: "write what is expected, or leave the column out of the file",
    CONTRADICTED: "write what is expected, or correct the print or its unit",
    "run make fill on the cell left empty, or correct the type or the end of the period": (
        "write the day expected, or correct the type or the end of the period"
    ),
    "restore zeros lost in a spreadsheet, or empty decimals and run make fill": (
        "restore zeros lost in a spreadsheet, or write the decimals printed"
    ),
}
"""What is said of the package's own tables, and what of others."""
EMPTIED = "empty the cell and run make fill, or "


def for_own(finding: Finding) -> Finding:
    """The finding with a remedy that works in a file of somebody's own."""
    if finding.fix.startswith(EMPTIED):
        return replace(finding, fix="leave the column out of the file, or " + finding.fix.removeprefix(EMPTIED))
    return replace(finding, fix=IN_PLACE.get(finding.fix, finding.fix))
