"""The reference page of the command, written from what its parser is made of: each verb, argument and example."""

from __future__ import annotations

from cloud_vendor_metrics.command.arguments import arguments_of
from cloud_vendor_metrics.command.declaration import Argument, Verb, Words
from cloud_vendor_metrics.command.verbs import VERBS

__all__ = ["reference_page"]

ARGUMENT = Words("Argument", "参数")
MEANING = Words("Meaning", "含义")


def reference_page(language: str) -> str:
    """The verbs as Markdown, a section each; `language` is `en` or `zh`."""
    return "\n".join(_section(verb, language) for verb in VERBS)


def _section(verb: Verb, language: str) -> str:
    rows = [f"| `{_name(argument)}` | {_meaning(argument, language)} |" for argument in arguments_of(verb)]
    header = f"| {ARGUMENT.in_language(language)} | {MEANING.in_language(language)} |"
    examples = "\n".join(verb.examples)
    return "\n".join(
        [
            f"## cvm {verb.name}", "", verb.meaning.in_language(language), "", f"```sh\n{examples}\n```", "", header,
            "| --- | --- |", *rows, "",
        ]
    )  # fmt: skip


def _name(argument: Argument) -> str:
    """An argument as help shows it: its name, and what stands for its value."""
    name = argument.names[0]
    if not name.startswith("-"):
        return str(argument.options.get("metavar", name))
    if argument.options.get("action") == "store_true":
        return name
    return f"{name} {argument.options.get('metavar', name.lstrip('-').upper())}"


def _meaning(argument: Argument, language: str) -> str:
    choices = argument.options.get("choices", ())
    listed = f" ({', '.join(f'`{choice}`' for choice in choices)})" if choices else ""
    return argument.meaning.in_language(language).replace("|", "\\|") + listed
