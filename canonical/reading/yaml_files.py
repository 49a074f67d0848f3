"""Read a small YAML file of the package without objects and aliases, or say why it is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from canonical.reading.content import file_bytes
from canonical.reading.encodings import UnreadableError

__all__ = ["yaml_value"]

MOST_BYTES = 1 << 16
"""The largest such file: people type it, and its parser takes a second for every 300 kilobytes."""


DEEPEST = 20
"""Lists and mappings within one another; the parser takes the square of their number."""


def yaml_value(path: Path, shown: str, fix: str) -> Any:
    """What a YAML file says.

    Raises `UnreadableError`, which ends in `fix`, where there is no file, it is no YAML, is larger than `MOST_BYTES`,
    has aliases, of which a few lines stand for more values than any memory holds, is nested more than `DEEPEST`, or
    has a name twice in one mapping, of which readers take now the first and now the last.
    """
    import yaml  # many commands read no such file

    try:
        content = file_bytes(path, shown)
        if len(content) > MOST_BYTES:
            raise UnreadableError(f"{shown}: found {len(content):,} bytes, expected at most {MOST_BYTES:,}; fix: {fix}")
        depth = 0
        for event in yaml.parse(content, yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise UnreadableError(f"{shown}: found an alias (*name), expected each value written out; fix: {fix}")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise UnreadableError(f"{shown}: nested too deeply; fix: {fix}")
        if twice := _twice(yaml.compose(content, yaml.SafeLoader)):
            line, name = twice
            raise UnreadableError(f"{shown}:{line}: found {name!r:.80} again, expected each name once; fix: {fix}")
        return yaml.safe_load(content)
    except OSError as error:
        raise UnreadableError(f"{shown}: {error.strerror}; fix: {fix}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise UnreadableError(f"{shown}{f':{mark.line + 1}' if mark else ''}: not YAML; fix: {fix}") from None


def _twice(node: Any) -> tuple[int, str] | None:
    """The line and the name of the first key that stands twice in one mapping."""
    pairs = node.value if node is not None and node.id == "mapping" else []
    seen: set[str] = set()
    for key, _ in pairs:
        if str(key.value) in seen:
            return key.start_mark.line + 1, str(key.value)
        seen.add(str(key.value))
    items = node.value if node is not None and node.id == "sequence" else []
    return next(filter(None, map(_twice, [*items, *(value for _, value in pairs)])), None)
