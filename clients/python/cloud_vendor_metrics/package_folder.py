"""Find the folder of the data package: the one that holds `datapackage.json`."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["package_folder"]

CHECKOUT = Path(__file__).resolve().parents[3]
"""Where this module lies in a checkout of the repository."""


def package_folder(directory: str | os.PathLike[str] | None = None) -> Path:
    """The folder of the data package.

    Parameters: `directory` is the unpacked package, as downloaded or checked out; without it, the current folder
    and then the checkout that this module lies in are tried. Raises FileNotFoundError where there is none.
    """
    tried = [Path(directory)] if directory is not None else [Path.cwd(), CHECKOUT]
    for folder in tried:
        if (folder / "datapackage.json").is_file():
            return folder
    places = " nor in ".join(str(folder) for folder in tried)
    raise FileNotFoundError(f"no datapackage.json in {places}; name the unpacked package: load(name, directory)")
