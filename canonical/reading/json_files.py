"""Read a JSON file of the package, or say in one line why it is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from canonical.reading.content import file_bytes
from canonical.reading.encodings import UnreadableError

__all__ = ["json_object"]


def json_object(path: Path, shown: str, fix: str) -> dict[str, Any]:
    """The object that a JSON file holds.

    Raises `UnreadableError`, which ends in `fix`, where there is no file, or it is not UTF-8, not JSON, nested too
    deeply, or no object.
    """
    try:
        found = json.loads(file_bytes(path, shown).decode("utf-8"))
    except OSError as error:
        raise UnreadableError(f"{shown}: {error.strerror or error}; fix: {fix}") from None
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{shown}: found byte 0x{error.object[error.start]:02x}, not UTF-8; fix: {fix}") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"{shown}:{error.lineno}: not JSON ({error.msg}); fix: {fix}") from None
    except (RecursionError, ValueError):
        raise UnreadableError(f"{shown}: not JSON that can be read; fix: {fix}") from None
    if not isinstance(found, dict):
        raise UnreadableError(f"{shown}: found no object, expected one in braces; fix: {fix}")
    return cast(dict[str, Any], found)
