"""Read every Table Schema in folders and print our verdict: `python -m benchmarks.table_schema_suites FOLDER …`.

For the public suites of tableschema-py and goodtables-py, fetched by the reader; none of their files is kept here.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from canonical.schema_faults import SchemaError
from canonical.table_schema import own_schema

__all__ = ["main", "verdict"]


def verdict(path: Path) -> str:
    """`valid`, or `invalid` with the reasons."""
    try:
        own_schema(path)
    except SchemaError as error:
        return f"invalid: {error}"
    return "valid"


def main() -> None:
    """Print a line for each JSON file, and how many of them are valid."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    paths = [path for folder in parser.parse_args().folders for path in sorted(folder.rglob("*.json"))]
    verdicts = [verdict(path) for path in paths]
    for path, words in zip(paths, verdicts, strict=True):
        print(f"{path}: {words}")
    print(f"{verdicts.count('valid')} of {len(paths)} are valid")


if __name__ == "__main__":
    main()
