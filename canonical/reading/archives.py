"""What a zip and the paths in it may be, for all who read one without unpacking it and without trust."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

__all__ = ["DAMAGED", "hostile"]

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError)
"""What a member ends in that is cut off, garbled, encrypted, or packed in a way that nobody knows."""


def hostile(path: str) -> str | None:
    """Why a path must not be followed when a release is unpacked; None where it is harmless."""
    parts = PurePosixPath(path).parts
    if path.startswith(("/", "\\")) or ".." in parts or "\\" in path or (len(path) > 1 and path[1] == ":"):
        return "leads out of the folder"
    if any(ord(letter) < 32 for letter in path):
        return "holds a control character"
    return None
