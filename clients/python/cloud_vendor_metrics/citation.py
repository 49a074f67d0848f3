"""Cite the version of the package that is loaded."""

from __future__ import annotations

import os

from cloud_vendor_metrics.package_files import AGAIN, DamagedPackageError, descriptor_of
from cloud_vendor_metrics.package_folder import package_folder

__all__ = ["cite"]


def cite(directory: str | os.PathLike[str] | None = None) -> str:
    """One line that cites the package: author, year, title, version, and address where there is one.

    Parameters: `directory` of the unpacked package. Raises FileNotFoundError where there is none,
    `DamagedPackageError` where its descriptor says none of it. The numbers
    themselves are those of the sources that table `sources` names.
    """
    folder = package_folder(directory)
    package = descriptor_of(folder)
    try:
        author, year = package["contributors"][0]["title"], package["created"][:4]
        address = f" {package['homepage']}" if "homepage" in package else ""
        return f"{author} ({year}). {package['title']}, version {package['version']}.{address}"
    except (KeyError, IndexError, TypeError) as error:
        raise DamagedPackageError(f"{folder / 'datapackage.json'}: cannot be cited, no {error}; {AGAIN}") from None
