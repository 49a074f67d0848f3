"""The table of real numbers in `README.md`: the latest quarter of each cloud, between two markers."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from canonical.reading.content import file_text
from canonical.table_schema import ROOT
from release.package.markdown import plain, ticked

__all__ = ["BEGIN", "END", "latest_quarters", "readme_bytes"]

BEGIN = "<!-- latest quarters: written by make dataset -->\n"
END = "<!-- end of latest quarters -->\n"
README = ROOT / "README.md"
RECENT = timedelta(days=366)
"""How far a cloud's last quarter may lie behind the newest of all; one that stopped reporting is left out."""
HEADINGS = ("Cloud", "Quarter", "Revenue, million", "USD million", "Growth y/y", "Operating margin")


def readme_bytes(quarters: pl.DataFrame) -> bytes:
    """`README.md` with its table written anew from the frame of `cloud_quarters`; all else as it stands.

    Raises ValueError where a marker is missing.
    """
    text = file_text(README)
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md: no lines {BEGIN.strip()} and {END.strip()}; fix: put them back")
    return (f"{before}{begin}\n{latest_quarters(quarters)}\n{end}{after}").encode()


def latest_quarters(quarters: pl.DataFrame) -> str:
    """The last quarter with a revenue of every vendor as a Markdown table, the largest in dollars first.

    Vendors whose last quarter is older than the newest by more than `RECENT` are left out.
    """
    latest = (
        quarters.filter(pl.col("revenue").is_not_null())
        .sort("period_end", "entity_id")
        .group_by("vendor_id", maintain_order=True)
        .last()
        .filter(pl.col("period_end") >= pl.col("period_end").max() - RECENT)
        .sort("revenue_usd", "vendor_id", descending=[True, False], nulls_last=True)
    )
    lines = [_line(HEADINGS), "| --- | --- | ---: | ---: | ---: | ---: |"]
    lines += [_line(_cells(row)) for row in latest.iter_rows(named=True)]
    return "\n".join(lines) + "\n"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: dict[str, object]) -> tuple[str, ...]:
    growth = row["growth_yoy_printed"] if row["growth_yoy"] is None else row["growth_yoy"]
    return (
        f"{plain(str(row['vendor_name']))} ({ticked(str(row['entity_id']))})",
        plain(str(row["calendar_quarter"])),
        f"{_number(row['revenue'])} {plain(str(row['currency']))}",
        _number(row["revenue_usd"]),
        _percent(growth),
        _margin(row),
    )


def _margin(row: dict[str, object]) -> str:
    """The margin, with the name of the result it is made of where that is not operating income."""
    margin = _percent(row["operating_margin"])
    is_usual = row.get("operating_result_metric_id") in (None, "", "operating-income")
    return margin if is_usual or not margin else f"{margin} ({plain(str(row['operating_result_metric_name']))})"


def _number(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) else ""


def _percent(value: object) -> str:
    return f"{value:.1f} %" if isinstance(value, float) else ""
