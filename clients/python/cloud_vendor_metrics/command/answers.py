"""What verbs answer where that takes more than one call of the client."""

from __future__ import annotations

import argparse
from pathlib import Path

import cloud_vendor_metrics as cvm
from cloud_vendor_metrics.command.declaration import Answer
from cloud_vendor_metrics.command.rows import period_of

__all__ = ["listed", "plotted", "series"]


def listed(options: argparse.Namespace) -> Answer:
    """The tables, the metrics or the vendors."""
    if options.what == "tables":
        return cvm.tables(data=options.data)
    return (cvm.metrics if options.what == "metrics" else cvm.vendors)(data=options.data)


def series(options: argparse.Namespace, wide: bool) -> Answer:
    """The series of the options, a column each where `wide`."""
    return cvm.series(
        options.vendor, options.metric or "revenue", period_of(options.period), options.as_of, entity=options.entity,
        frequency=options.frequency, currency=options.currency, wide=wide, data=options.data,
    )  # fmt: skip


def plotted(options: argparse.Namespace) -> Answer:
    """The series drawn with letters, or as SVG for a file. Raises `ValueError` where there is nothing to draw."""
    from cloud_vendor_metrics.command.plotting import drawn, svg

    long = series(options, wide=False)
    units = " ".join(sorted(set(long["unit_id"].dropna())))
    if long.empty:
        raise ValueError("no number of this choice, nothing to draw; cvm series shows what there is without --period")
    wide = series(options, wide=True)
    if options.output is None:
        return drawn(wide, units, options.width)
    if Path(options.output).suffix != ".svg":
        raise ValueError(f"--output {options.output}: expected a name that ends in .svg")
    return svg(wide, units, ", ".join(options.metric or ["revenue"]))
