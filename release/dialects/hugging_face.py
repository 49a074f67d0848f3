"""The card of the Hugging Face Hub: the head of a README by which `datasets` finds every table."""

from __future__ import annotations

from typing import Any

import yaml

from release.dialects.catalogue import Catalogue, CataloguedTable

__all__ = ["card_head"]

SIZES = ((10**6, "100K<n<1M"), (10**7, "1M<n<10M"))


def card_head(catalogue: Catalogue) -> str:
    """The YAML between two lines of `---`: licence, languages, and a configuration for each table."""
    rows = sum(table.rows for table in catalogue.tables)
    head: dict[str, Any] = {
        "license": catalogue.licence["name"].lower(),
        "language": ["en", "zh"],
        "pretty_name": catalogue.about["title"],
        "tags": [word.replace(" ", "-") for word in catalogue.about["keywords"]],
        "size_categories": [next(size for limit, size in SIZES if rows < limit)],
        "configs": [_configuration(table) for table in catalogue.tables],
    }
    return f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=110)}---\n"


def _configuration(table: CataloguedTable) -> dict[str, Any]:
    paths = [file.path for file in table.parquet]
    first = {"default": True} if table.name == "cloud_quarters" else {}
    return {"config_name": table.name, **first, "data_files": [{"split": "train", "path": paths}]}
