"""Run one adapter: `python -m ingest NAME [options] PATH…` turns an upstream file or package into rows."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from canonical.guard import guarded
from canonical.reading.encodings import UnreadableError
from ingest import (
    azure_genai_prices,
    compute_prices,
    dify,
    evidence,
    exchange_rates,
    exchange_rates_hmrc,
    genai_prices,
    litellm,
    lobehub,
    model_prices,
    modelsdev,
    regions,
    tokencost,
)
from ingest.upstream import AS_SHIPPED, UpstreamError

__all__ = ["ADAPTERS", "main"]

MOST_NAMED = 3
"""Files that a line names where it is about none of them in particular."""

ADAPTERS = {
    "azure_genai_prices": azure_genai_prices,
    "compute_prices": compute_prices,
    "dify": dify,
    "evidence": evidence,
    "exchange_rates": exchange_rates,
    "exchange_rates_hmrc": exchange_rates_hmrc,
    "genai_prices": genai_prices,
    "litellm": litellm,
    "lobehub": lobehub,
    "model_prices": model_prices,
    "modelsdev": modelsdev,
    "regions": regions,
    "tokencost": tokencost,
}
UNREADABLE = (UnreadableError, OSError, UnicodeError, csv.Error, pl.exceptions.PolarsError)
"""What an upstream, or a table of the folder that is written to, raises where it cannot be read."""

USAGE = """usage: python -m ingest NAME [options] PATH…
       python -m ingest NAME --help

Each adapter reads one upstream in its own format and replaces the rows of its own sources in data/.
Exit codes: 0 done; 2 the upstream cannot be read or has changed shape, and no file was touched.

Adapters:"""


@guarded("ingest")
def main(argv: Sequence[str]) -> int:
    """Run the adapter named first; print what there is where no name, or `--help`, is given."""
    if not argv or argv[0] in ("-h", "--help"):
        print(USAGE)
        for name, module in ADAPTERS.items():
            print(f"  {name:<22} {module.HELP}")
        return 0
    name, *rest = argv
    if name not in ADAPTERS:
        raise UnreadableError(f"no adapter is called {name!r}; python -m ingest --help lists them")
    try:
        return ADAPTERS[name].main(rest)
    except UNREADABLE as error:
        raise UnreadableError(f"{_reason(error, rest)}; no file was touched") from None


def _reason(error: Exception, given: Sequence[str]) -> str:
    """What is wrong, without the number the system gives it, with the files that were given, and how to go on."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    said = str(error) or type(error).__name__
    if not isinstance(error, UpstreamError | csv.Error | UnicodeError):
        return said  # a table of our own, which the line names
    names = [Path(text.split("@")[0]).name for text in given if Path(text.split("@")[0]).is_file()]
    if names and not any(name in said for name in names):
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        said = f"{', '.join(names[:MOST_NAMED])}{more}: {said}"
    return f"{said}; fix: {error.fix if isinstance(error, UpstreamError) else AS_SHIPPED}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
