"""Read a small YAML file of the package without objects and aliases, or say why it is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from canonical.reading.content import file_bytes
from canonical.reading.encodings import UnreadableError

__all__ = ["yaml_value"]

MOST_BYTES = 1 << 16
"""The largest such file: people type it, and its parser takes a second for every 300 kilobytes."""


def yaml_value(path: Path, shown: str, fix: str) -> Any:
    """What a YAML file says.

    Raises `UnreadableError`, which ends in `fix`, where there is no file, it is no YAML, is larger than `MOST_BYTES`,
    or has aliases: a few lines of them stand for more values than any memory holds.
    """
    import yaml  # many commands read no such file

    try:
        content = file_bytes(path, shown)
        if len(content) > MOST_BYTES:
            raise UnreadableError(f"{shown}: found {len(content):,} bytes, expected at most {MOST_BYTES:,}; fix: {fix}")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(content, yaml.SafeLoader)):
            raise UnreadableError(f"{shown}: found an alias (*name), expected each value written out; fix: {fix}")
        return yaml.safe_load(content)
    except OSError as error:
        raise UnreadableError(f"{shown}: {error.strerror}; fix: {fix}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise UnreadableError(f"{shown}{f':{mark.line + 1}' if mark else ''}: not YAML; fix: {fix}") from None
