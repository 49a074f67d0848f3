"""The folder of a command line in which a benchmark makes its files."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["made_folder"]


def made_folder(text: str) -> Path:
    """The folder that a text names, made where it is not there; `ArgumentTypeError` where there can be none."""
    folder = Path(text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text}: no folder can be made there ({error.strerror})") from None
    return folder
