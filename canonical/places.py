"""Where the files of the package lie."""

from __future__ import annotations

from pathlib import Path

__all__ = ["DATA", "ROOT", "SCHEMAS"]

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "schemas"
DATA = ROOT / "data"
