"""Imported before anything imports polars: where workers share the cores, it works in one thread in each.

Threads would wait for each other there, and many small frames take a quarter less in one. What tests start has the
threads that users have.
"""

from __future__ import annotations

import os

__all__ = ["THREADS"]

THREADS = "POLARS_MAX_THREADS"

if "PYTEST_XDIST_WORKER" in os.environ and THREADS not in os.environ:
    os.environ[THREADS] = "1"
    import polars as polars

    del os.environ[THREADS]
