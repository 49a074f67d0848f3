"""The command line: read it, run the verb, write what it gives; every fault is one line and an exit code."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from cloud_vendor_metrics._version import __version__
from cloud_vendor_metrics.command.arguments import SHOWN, arguments_of
from cloud_vendor_metrics.command.declaration import Verb, Words
from cloud_vendor_metrics.command.early import own_way
from cloud_vendor_metrics.package import DESCRIPTOR
from cloud_vendor_metrics.safe import safe

__all__ = ["language_of", "main", "parser_of"]

ABOUT = Words(
    "What cloud vendors report, as printed, with source, precision and date: look it up, take it away, cite it.",
    "云厂商披露的数字，按原文记录，附来源、精度与公开日期：查询、取用、引用。",
)
PARTS = (
    DESCRIPTOR, "data", "schemas", "README.md", "LICENSE", "LICENSE-DATA", "CITATION.cff", "NOTES.md", "SHA256SUMS",
    "manifest.json", "package.yaml", "CHANGELOG.md", "SECURITY.md",
)  # fmt: skip
"""What a package is made of, below its folder."""
EXAMPLES = Words("examples:", "示例：")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Exit codes: 0 done; 1 `verify` found a file that is not the published one; 2 the call is wrong
    or the package cannot be read; 130 broken off with Ctrl-C."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    own_way()
    # Where the shell has closed this stream there is none, and what is said to it goes nowhere.
    sys.stderr = sys.stderr or io.StringIO()
    try:
        return _run(typed)
    except KeyboardInterrupt:
        print("cvm: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        print(f"cvm: {safe(next(iter(str(error).splitlines()), type(error).__name__))}", file=sys.stderr)
        return 2


def _run(typed: list[str]) -> int:
    if typed[:1] == ["--complete"]:
        return _complete(typed[1:])
    options = parser_of(language_of(os.environ)).parse_args(typed)
    options.width = shutil.get_terminal_size((120, 24)).columns
    verb: Verb = options.verb
    answer = verb.run(options)
    _write(_written(answer, options) if verb.rows else answer, options.output)
    return int(verb.name == "verify" and bool((answer["state"] != "ok").any()))


def _complete(typed: list[str]) -> int:
    from cloud_vendor_metrics.command.completion import words_after
    from cloud_vendor_metrics.command.verbs import VERBS

    print("\n".join(words_after(typed, {verb.name: arguments_of(verb) for verb in VERBS})))
    return 0


def language_of(environment: Any) -> str:
    """`zh` where the environment asks for Chinese, else `en`."""
    asked = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if asked.lower().startswith("zh") else "en"


class _Parser(argparse.ArgumentParser):
    """A parser that says a wrong call in one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to learn more, and exit with 2."""
        self.exit(2, f"{self.prog}: {safe(message)}; see {self.prog} --help\n")


def parser_of(language: str) -> argparse.ArgumentParser:
    """The parser, in English or Chinese, made of the declarations of the verbs."""
    from cloud_vendor_metrics.command.verbs import VERBS

    parser = _Parser(prog="cvm", description=ABOUT.in_language(language))
    parser.add_argument("--version", action="version", version=f"cvm {__version__}")
    parsers = parser.add_subparsers(dest="name", required=True, metavar="VERB", parser_class=_Parser)
    for verb in VERBS:
        meaning = verb.meaning.in_language(language)
        lines = "\n".join(f"  {example}" for example in verb.examples)
        own = parsers.add_parser(
            verb.name, help=meaning, description=meaning, epilog=f"{EXAMPLES.in_language(language)}\n{lines}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        for argument in arguments_of(verb):
            argument.add_to(own, language)
        own.set_defaults(verb=verb)
    return parser


def _written(frame: Any, options: argparse.Namespace) -> str:
    from cloud_vendor_metrics.command.formats import FORMATS as WRITERS
    from cloud_vendor_metrics.command.formats import shown_table

    if frame.index.name is not None:
        frame = frame.reset_index()
    picked = _picked(frame, options.columns)
    if options.limit is not None and options.limit < 0:
        raise ValueError(f"--limit {options.limit}: expected a number of rows, or 0 for all")
    if options.format == "table":
        return shown_table(picked, options.width, SHOWN if options.limit is None else options.limit) + "\n"
    return WRITERS[options.format](picked.head(options.limit) if options.limit else picked)


def _picked(frame: Any, columns: str | None) -> Any:
    if columns is None:
        return frame
    names = [name.strip() for name in columns.split(",")]
    known = [str(name) for name in frame.columns]
    for name in names:
        if name not in known:
            from cloud_vendor_metrics.errors import UnknownNameError

            raise UnknownNameError("column", "列", name, known)
    return frame[names]


def _write(text: str, output: str | None) -> None:
    if output is None:
        if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] -- a shell closed it before we began
            raise ValueError("standard output is closed; fix: name a file, --output FILE")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
        return
    try:
        _write_file(text, Path(output))
    except OSError as error:
        raise ValueError(f"--output {output}: {error.strerror or error}; name a file in a folder there is") from None


def _write_file(text: str, path: Path) -> None:
    _refuse_part_of_package(path)
    if path.exists() and not path.is_file():  # a pipe or a device is written to; a rename would take it away
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _refuse_part_of_package(path: Path) -> None:
    """Raise ValueError where a file to be written is one of a package: what was downloaded stays as it is."""
    real = path.resolve()
    for above in real.parents:
        if (above / DESCRIPTOR).is_file() and real.relative_to(above).parts[0] in PARTS:
            raise ValueError(f"--output {path}: a file of the package in {above}; name another place")
