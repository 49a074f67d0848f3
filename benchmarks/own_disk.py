"""A disk of the checkout's own, where one is mounted: fill it up to some bytes, or let nothing be written on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

__all__ = ["remounted", "resized"]


def resized(root: Path, kib_left: int | None) -> bool:
    """Leave so many KiB on the checkout's own disk, without number half of the memory; False where it has none."""
    used = shutil.disk_usage(root).used // 1024
    return remounted(root, "size=50%" if kib_left is None else f"size={used + kib_left}k")


def remounted(root: Path, how: str) -> bool:
    """Mount the checkout's own disk otherwise; False where it has none, or the system refuses."""
    if not os.path.ismount(root):
        return False
    with contextlib.suppress(OSError):
        return (
            subprocess.run(["mount", "-o", f"remount,{how}", str(root)], capture_output=True, check=False).returncode
            == 0
        )
    return False
