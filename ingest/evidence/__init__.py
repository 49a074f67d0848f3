"""Take up an evidence file: numbers in collectors' words become sources, observations and prices."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from canonical.reference import Reference
from ingest.evidence.evidence_rows import COLUMNS, read_evidence
from ingest.evidence.merge import merge_uptake
from ingest.evidence.uptake import take_up
from ingest.options import add_data
from ingest.tables import staged
from ingest.upstream import UpstreamError

__all__ = ["HELP", "main"]

HELP = "a CSV of printed numbers in collectors' words (observations, model_prices, sources, evidence_coverage)"


def main(argv: Sequence[str]) -> int:
    """Take up the file given; every row of it is in the tables or listed with the reason why not."""
    parser = argparse.ArgumentParser(prog="python -m ingest evidence", description=HELP)
    parser.add_argument("path", type=Path, help=f"a CSV with the columns {', '.join(COLUMNS)}")
    add_data(parser)
    options = parser.parse_args(argv)
    rows = read_evidence(options.path)
    if not rows:
        raise UpstreamError(f"{options.path.name}: holds no row")
    uptake = take_up(rows, Reference(options.data))
    with staged(options.data, options.least) as folder:
        counts = merge_uptake(uptake, options.path.stem, folder)
    print(
        f"evidence: {counts['observations']} observations, {counts['model_prices']} prices, "
        f"{len(uptake.sources)} new sources; {len(uptake.left_out)} rows left out, listed in evidence_coverage"
    )
    return 0
