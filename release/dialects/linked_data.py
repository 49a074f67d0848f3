"""Linked data about the package: a schema.org Dataset, a DCAT catalogue record, and CSV on the Web."""

from __future__ import annotations

from typing import Any

from canonical.table_schema import Field
from release.dialects.catalogue import Catalogue, CataloguedFile, CataloguedTable

__all__ = ["csvw", "dcat", "schema_org"]

CSVW_TYPES = {"string": "string", "integer": "integer", "number": "double", "boolean": "boolean", "date": "date"}


def schema_org(catalogue: Catalogue) -> dict[str, Any]:
    """The Dataset as search engines for data read it, with a download for each file."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": catalogue.about["title"],
        "alternateName": catalogue.about["title_zh"],
        "description": catalogue.description,
        "version": catalogue.version,
        "datePublished": catalogue.released_on,
        "license": catalogue.licence["path"],
        "creditText": catalogue.citation,
        "creator": [{"@type": "Organization", "name": name} for name in catalogue.authors],
        "keywords": catalogue.about["keywords"],
        "inLanguage": ["en", "zh"],
        "isAccessibleForFree": True,
        **({"url": catalogue.about["homepage"]} if "homepage" in catalogue.about else {}),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": f"{table.name}.{field.name}", "unitText": field.unit}
            for table in catalogue.tables
            for field in table.schema.fields
            if field.unit and field.unit != "none"
        ],
        "distribution": [_download(file) for table in catalogue.tables for file in table.files],
    }


def _download(file: CataloguedFile) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.name,
        "contentUrl": file.path,
        "encodingFormat": file.media,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def dcat(catalogue: Catalogue) -> dict[str, Any]:
    """The package as a `dcat:Dataset` in DCAT 3, with a distribution and its checksum for each file."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"urn:{catalogue.about['name']}:{catalogue.version}",
        "@type": "dcat:Dataset",
        "dct:title": [_said(catalogue.about["title"], "en"), _said(catalogue.about["title_zh"], "zh")],
        "dct:description": [
            _said(catalogue.description, "en"),
            _said(str(catalogue.about["description_zh"]).strip(), "zh"),
        ],
        "dct:issued": {"@value": catalogue.released_on, "@type": "xsd:date"},
        "dct:license": {"@id": catalogue.licence["path"]},
        "dct:creator": [{"@type": "foaf:Agent", "foaf:name": name} for name in catalogue.authors],
        "dct:bibliographicCitation": catalogue.citation,
        "dcat:version": catalogue.version,
        "dcat:keyword": catalogue.about["keywords"],
        "dcat:distribution": [_distribution(file) for table in catalogue.tables for file in table.files],
    }


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _distribution(file: CataloguedFile) -> dict[str, Any]:
    return {
        "@id": file.path,
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media}"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def csvw(catalogue: Catalogue) -> dict[str, Any]:
    """CSV on the Web: the tables that are kept as plain text, with types, units, keys and references."""
    plain = [table for table in catalogue.tables if table.text.form == "csv"]
    names = {table.name for table in plain}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": catalogue.about["title"],
        "dc:description": catalogue.description,
        "dc:license": {"@id": catalogue.licence["path"]},
        "dc:issued": catalogue.released_on,
        "dialect": {"encoding": "utf-8", "header": True, "trim": False, "lineTerminators": "\n"},
        "tables": [_csvw_table(table, names) for table in plain],
    }


def _csvw_table(table: CataloguedTable, names: set[str]) -> dict[str, Any]:
    keys = [
        {
            "columnReference": list(key.fields),
            "reference": {"resource": f"data/{key.resource}.csv", "columnReference": list(key.reference_fields)},
        }
        for key in table.schema.foreign_keys
        if not key.many and key.resource in names
    ]
    return {
        "url": table.text.path,
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": {
            "columns": [_column(field) for field in table.schema.fields],
            "primaryKey": list(table.schema.primary_key),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _column(field: Field) -> dict[str, Any]:
    base = CSVW_TYPES[field.type]
    return {
        "name": field.name,
        "titles": field.name,
        "dc:description": field.descriptor["description"],
        "datatype": {"base": base, "format": "true|false"} if base == "boolean" else base,
        "null": "",
        "required": field.required,
    }
