"""Two releases held against each other: what changed, why headlines moved, and the version that follows."""

from __future__ import annotations

from dataclasses import dataclass

from release.versions.causes import Moved, moved_headlines
from release.versions.changes import Changes, changes_between
from release.versions.numbering import Reason, least_version, version_reasons
from release.versions.state import state_of

__all__ = ["Comparison", "compared"]


@dataclass(frozen=True)
class Comparison:
    """The changes from one release to another with the causes of moved headlines and the reasons for a version."""

    changes: Changes
    moved: tuple[Moved, ...]
    reasons: tuple[Reason, ...]

    @property
    def least_version(self) -> str:
        """The least version that the newer release may have."""
        return least_version(self.changes.old, self.reasons)


def compared(old: str, new: str) -> Comparison:
    """Compare two releases, each a folder, a zip or a released version. Raises `UnreadableError` as `state_of`."""
    before, after = state_of(old), state_of(new)
    changes = changes_between(before, after)
    moved = tuple(moved_headlines(changes, before, after))
    return Comparison(changes, moved, version_reasons(changes, moved))
