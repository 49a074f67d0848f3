"""Metadata for archives and catalogues of software: DataCite, Zenodo and CodeMeta."""

from __future__ import annotations

from typing import Any

from release.dialects.catalogue import Catalogue

__all__ = ["codemeta", "datacite", "zenodo"]


def datacite(catalogue: Catalogue) -> dict[str, Any]:
    """DataCite 4.5 without the identifier, which the archive gives when it takes the release."""
    sizes = sum(file.size for table in catalogue.tables for file in table.files)
    return {
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Tables"},
        "creators": [{"name": name, "nameType": "Organizational"} for name in catalogue.authors],
        "titles": [
            {"title": catalogue.about["title"], "lang": "en"},
            {"title": catalogue.about["title_zh"], "titleType": "TranslatedTitle", "lang": "zh"},
        ],
        "publisher": {"name": catalogue.authors[0]},
        "publicationYear": catalogue.released_on[:4],
        "subjects": [{"subject": word} for word in catalogue.about["keywords"]],
        "dates": [{"date": catalogue.released_on, "dateType": "Issued"}],
        "language": "en",
        "version": catalogue.version,
        "sizes": [f"{sizes} B", f"{sum(table.rows for table in catalogue.tables)} rows"],
        "formats": sorted({file.media for table in catalogue.tables for file in table.files}),
        "rightsList": [
            {
                "rights": catalogue.licence["title"],
                "rightsUri": catalogue.licence["path"],
                "rightsIdentifier": catalogue.licence["name"],
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "descriptions": [
            {"description": catalogue.description, "descriptionType": "Abstract", "lang": "en"},
            {
                "description": str(catalogue.about["description_zh"]).strip(),
                "descriptionType": "Abstract",
                "lang": "zh",
            },
        ],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }


def zenodo(catalogue: Catalogue) -> dict[str, Any]:
    """`.zenodo.json`: what Zenodo fills the form of a deposit with."""
    return {
        "upload_type": "dataset",
        "title": f"{catalogue.about['title']} {catalogue.version}",
        "description": catalogue.description,
        "creators": [{"name": name} for name in catalogue.authors],
        "publication_date": catalogue.released_on,
        "version": catalogue.version,
        "access_right": "open",
        "license": catalogue.licence["name"].lower(),
        "keywords": catalogue.about["keywords"],
        "language": "eng",
    }


def codemeta(catalogue: Catalogue) -> dict[str, Any]:
    """CodeMeta 3: the code that the release carries, and the dataset it reads."""
    code = catalogue.about["licences"]["code"]
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "type": "SoftwareSourceCode",
        "name": catalogue.about["title"],
        "description": catalogue.description,
        "version": catalogue.version,
        "datePublished": catalogue.released_on,
        "license": f"https://spdx.org/licenses/{code['name']}",
        "author": [{"type": "Organization", "name": name} for name in catalogue.authors],
        "keywords": catalogue.about["keywords"],
        "programmingLanguage": ["Python", "R", "SQL"],
        **({"url": catalogue.about["homepage"]} if "homepage" in catalogue.about else {}),
    }
