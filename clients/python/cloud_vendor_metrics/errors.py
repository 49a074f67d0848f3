"""What the client raises: one line that says what was found, what was expected and how to go on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from cloud_vendor_metrics.safe import safe

__all__ = ["AGAIN", "DamagedPackageError", "ForeignPackageError", "UnknownNameError", "one_text"]

AGAIN = "download and unpack the package again"
CLOSE = 0.6
"""How alike two names are that one may be a slip of the other, from 0 to 1."""


class DamagedPackageError(ValueError):
    """A package that is not as its descriptor says; the message names the file, what is wrong and what to do.

    What it holds of the package is shown with escapes: a damaged one may name files that drive a terminal.
    """

    def __init__(self, message: str) -> None:
        """`message` is one line in words."""
        super().__init__(safe(message))


class ForeignPackageError(ValueError):
    """A data package that is not Cloud Vendor Metrics; nothing of it is read."""

    def __init__(self, message: str) -> None:
        """`message` is one line in words, shown as that of a damaged package."""
        super().__init__(safe(message))


class UnknownNameError(LookupError):
    """A name that the package does not know; the message gives near ones, in both languages."""

    def __init__(self, kind: str, kind_zh: str, name: object, known: Iterable[str]) -> None:
        """`kind` in both languages (`table`, `表`), the `name` that was asked for, and every `known` one."""
        choices = sorted({one for one in known if one})
        near = near_names(str(name), choices)
        if near:
            english, chinese = f"did you mean {', '.join(near)}?", f"是否指 {'、'.join(near)}？"
        else:
            shown = choices[:MOST_SHOWN]
            more = f" and {len(choices) - len(shown)} more" if len(choices) > len(shown) else ""
            english = f"there are {', '.join(shown) or 'none'}{more}"
            chinese = f"现有 {len(choices)} 个"
        super().__init__(f"no {kind} {name!r}; {english} / 没有{kind_zh} {name!r}；{chinese}")
        self.near = near


def one_text(what: str, value: object) -> str:
    """The value, which has to be a text; else TypeError, which says `what` was asked for."""
    if isinstance(value, str):
        return value
    raise TypeError(f"{what} {value!r}: expected one text")


MOST_SHOWN = 60


def near_names(name: str, choices: Iterable[str]) -> list[str]:
    """At most five of the choices that `name` may be a slip or a part of, the likeliest first."""
    folded = {one: one.casefold() for one in choices}
    asked = name.strip().casefold()
    if not asked:
        return []
    holding = [one for one, text in folded.items() if asked in text or (len(text) > 1 and text in asked)]
    slips = difflib.get_close_matches(asked, sorted(set(folded.values())), n=5, cutoff=CLOSE)
    alike = [one for slip in slips for one, text in folded.items() if text == slip]
    return list(dict.fromkeys([*alike, *sorted(holding, key=len)]))[:5]
