"""Completion for bash, zsh and fish: verbs, options, choices, and names of tables, vendors and metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cloud_vendor_metrics.command.declaration import Argument

__all__ = ["SHELLS", "completion", "words_after"]

SHELLS = ("bash", "zsh", "fish")
BASH = """_cvm() {
  local IFS=$'\\n'
  local words="$(cvm --complete "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)"
  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _cvm cvm
"""
ZSH = """#compdef cvm
_cvm() {
  local -a found
  found=("${(@f)$(cvm --complete "${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
  compadd -a found
}
compdef _cvm cvm
"""
FISH = """function __cvm_complete
    set -l typed (commandline -opc)
    cvm --complete $typed[2..-1] 2>/dev/null
end
complete -c cvm -f -a '(__cvm_complete)'
"""


def completion(shell: str) -> str:
    """What a shell has to read so that it completes `cvm`; it asks the command itself what may follow."""
    return {"bash": BASH, "zsh": ZSH, "fish": FISH}[shell]


def words_after(typed: list[str], verbs: Mapping[str, Sequence[Argument]]) -> list[str]:
    """What may follow the words that are typed, a verb first; `verbs` by their arguments. Nothing where any may."""
    if not typed:
        return sorted(verbs)
    arguments = verbs.get(typed[0], ())
    options = {name: argument for argument in arguments for name in argument.names if name.startswith("-")}
    if typed[-1] in options and options[typed[-1]].options.get("action") != "store_true":
        return list(_values(options[typed[-1]]))
    places = [argument for argument in arguments if not argument.names[0].startswith("-")]
    values = list(_values(places[0])) if places and len(typed) == 1 else []
    return [*values, *sorted(options)]


def _values(argument: Argument) -> Iterator[str]:
    """The choices of an argument, or the names that the package has for it."""
    if "choices" in argument.options:
        yield from argument.options["choices"]
        return
    from cloud_vendor_metrics.loading import frame_of, table_names
    from cloud_vendor_metrics.package import open_package

    package, name = open_package(), argument.names[0].lstrip("-")
    if name == "table":
        yield from table_names(package)
    if name in ("vendor", "metric"):
        yield from frame_of(package, f"{name}s", [f"{name}_id"])[f"{name}_id"]
