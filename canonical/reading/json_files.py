"""Read a JSON file of the package, or say in one line why it is none."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn, cast

from canonical.reading.content import file_bytes
from canonical.reading.encodings import MARK, UnreadableError

__all__ = ["json_object", "json_value"]

HALF_LETTER = re.compile(rb"\\u[dD][89a-fA-F]")
"""The escape of a letter that stands in two halves, of which one may lack the other."""


def json_object(path: Path, shown: str, fix: str) -> dict[str, Any]:
    """The object that a JSON file holds.

    Raises `UnreadableError`, which ends in `fix`, where there is no file, or it is no JSON as `json_value` reads it,
    or no object.
    """
    try:
        found = json_value(file_bytes(path, shown))
    except OSError as error:
        raise UnreadableError(f"{shown}: {error.strerror or error}; fix: {fix}") from None
    except ValueError as error:
        raise UnreadableError(f"{shown}: {error}; fix: {fix}") from None
    if not isinstance(found, dict):
        raise UnreadableError(f"{shown}: found no object, expected one in braces; fix: {fix}")
    return cast(dict[str, Any], found)


def json_value(content: bytes) -> Any:
    """What a JSON text in UTF-8 says, a byte order mark passed over.

    Raises ValueError, in words for a line of a report, where it is no JSON, nested too deeply, has a name twice in
    one object, a number that is none, or half of a letter: other readers settle these in silence, each its own way.
    """
    try:
        found = json.loads(
            content.removeprefix(MARK).decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number
        )
        if HALF_LETTER.search(content):
            json.dumps(found, ensure_ascii=False).encode("utf-8")
        return found
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: found byte 0x{error.object[error.start]:02x}, expected JSON in UTF-8") from None
    except UnicodeEncodeError:
        raise ValueError("not JSON: found half of a letter (a lone surrogate)") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except ValueError as error:
        if "integer string conversion" in str(error):
            raise ValueError("not JSON that can be read: found a number of thousands of digits") from None
        raise


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose names differ, as JSON wants them."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise ValueError(f"the name {min(name for name in found if counts[name] > 1)} stands twice in one object")
    return found


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"not JSON: found {constant}, which JSON has no number for")
