"""The reference of the command `cvm`, as the client writes it from what its parser is made of."""

from __future__ import annotations

from collections.abc import Iterator

from cloud_vendor_metrics.command.reference import reference_page

from release.pages.language import Language

__all__ = ["command_pages"]


def command_pages(language: Language) -> Iterator[tuple[str, str]]:
    """The stem and text of the part that the page of the command takes in."""
    yield "_command", reference_page(language)
