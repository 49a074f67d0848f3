"""Every engine, one after the other, for the tests of what an engine answers."""

from __future__ import annotations

import pytest

from validation.engines.contract import ENGINES, Engine, engine_of


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """An engine."""
    return engine_of(request.param)
