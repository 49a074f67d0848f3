"""The command `cvm`: the verbs of the client in a terminal, each declared once for parser, completion and page."""

from __future__ import annotations

from cloud_vendor_metrics.command import early
from cloud_vendor_metrics.command.line import main

__all__ = ["early", "main"]
