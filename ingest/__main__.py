"""Run one adapter: `python -m ingest NAME [options] PATH…` turns an upstream file or package into rows."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

import ingest
from ingest.upstream import UpstreamError

__all__ = ["adapter_names", "main"]

USAGE = """usage: python -m ingest NAME [options] PATH…
       python -m ingest NAME --help

Each adapter reads one upstream in its own format and replaces the rows of its own sources in data/.
Exit codes: 0 done; 2 the upstream cannot be read or has changed shape, and no file was touched.

Adapters:"""


def main(argv: Sequence[str]) -> int:
    """Run the adapter named first; print what there is where no name, or `--help`, is given."""
    helps = _adapter_helps() if not argv or argv[0] in ("-h", "--help") else {}
    if helps:
        print(USAGE)
        for name, text in helps.items():
            print(f"  {name:<22} {text}")
        return 0
    name, *rest = argv
    if name not in adapter_names() or not _is_adapter(module := importlib.import_module(f"ingest.{name}")):
        print(f"error: no adapter is called {name!r}; python -m ingest --help lists them", file=sys.stderr)
        return 2
    try:
        return int(module.main(rest))
    except (UpstreamError, OSError) as error:
        print(f"error: {_reason(error)}; no file was touched", file=sys.stderr)
        return 2


def adapter_names() -> tuple[str, ...]:
    """Modules of this package, in alphabetical order; which of them are adapters shows on import."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(ingest.__path__) if module.name[0] != "_"))


def _reason(error: UpstreamError | OSError) -> str:
    """What is wrong, without the number the system gives it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _adapter_helps() -> dict[str, str]:
    modules = {name: importlib.import_module(f"ingest.{name}") for name in adapter_names()}
    return {name: str(module.HELP) for name, module in modules.items() if _is_adapter(module)}


def _is_adapter(module: ModuleType) -> bool:
    return hasattr(module, "HELP") and hasattr(module, "main")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
