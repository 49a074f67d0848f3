"""Where the programs of other people stand that judge what we judge; `make test` installs them."""

from __future__ import annotations

import pytest

from canonical.table_schema import ROOT

__all__ = ["REFEREES", "needs_referees"]

REFEREES = ROOT / ".venv" / "referees"
needs_referees = pytest.mark.skipif(
    not (REFEREES / "installed").exists(), reason="the referees are not installed: make .venv/referees/installed"
)
"""Skips on a machine without them; in CI a skip is a failure."""
