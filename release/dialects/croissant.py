"""Croissant 1.1: files, record sets with typed fields and keys, provenance and terms of use, for machine learning."""

from __future__ import annotations

from typing import Any

from canonical.table_schema import Field
from release.dialects.catalogue import Catalogue, CataloguedFile, CataloguedTable

__all__ = ["croissant"]

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES = {
    "string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
}  # fmt: skip
COLLECTION = (
    "Numbers are typed as printed in the documents that table sources lists, each with its place, the precision of its "
    "print and the day it became known; prices come from published price lists. Checks hold them against one another."
)


def croissant(catalogue: Catalogue) -> dict[str, Any]:
    """The metadata as JSON-LD; record sets read the Parquet files, by column, and refer to one another by keys."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": catalogue.about["name"],
        "alternateName": [catalogue.about["title"], catalogue.about["title_zh"]],
        "description": catalogue.description,
        "version": catalogue.version,
        "datePublished": catalogue.released_on,
        "license": catalogue.licence["path"],
        "usageInfo": catalogue.licence["path"],
        "creditText": catalogue.citation,
        "citeAs": catalogue.citation,
        "creator": [{"@type": "sc:Organization", "name": name} for name in catalogue.authors],
        "keywords": catalogue.about["keywords"],
        "inLanguage": ["en", "zh"],
        "isLiveDataset": False,
        **({"url": catalogue.about["homepage"]} if "homepage" in catalogue.about else {}),
        "rai:dataCollection": COLLECTION,
        "rai:personalSensitiveInformation": "None: companies alone.",
        "distribution": [entry for table in catalogue.tables for entry in _files(table)],
        "recordSet": [_record_set(table) for table in catalogue.tables],
    }


def _files(table: CataloguedTable) -> list[dict[str, Any]]:
    objects = [_file_object(file) for file in table.parquet]
    if len(objects) > 1:
        folder = table.parquet[0].path.rsplit("/", 2)[0]
        objects.append(
            {
                "@type": "cr:FileSet",
                "@id": f"{table.name}-parts",
                "containedIn": [{"@id": entry["@id"]} for entry in objects],
                "encodingFormat": "application/x-parquet",
                "includes": f"{folder}/*/*.parquet",
            }
        )
    return objects


def _file_object(file: CataloguedFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _record_set(table: CataloguedTable) -> dict[str, Any]:
    keys = {key.fields[0]: key for key in table.schema.foreign_keys if len(key.fields) == 1 and not key.many}
    fields: list[dict[str, Any]] = []
    for field in table.schema.fields:
        entry = _field(table, field)
        if field.name in keys and keys[field.name].resource != table.name:
            key = keys[field.name]
            entry["references"] = {"field": {"@id": f"{key.resource}/{key.reference_fields[0]}"}}
        fields.append(entry)
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.schema.primary_key],
        "field": fields,
    }


def _field(table: CataloguedTable, field: Field) -> dict[str, Any]:
    many = len(table.parquet) > 1
    place = {"fileSet": {"@id": f"{table.name}-parts"}} if many else {"fileObject": {"@id": table.parquet[0].name}}
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "description": field.descriptor["description"],
        "dataType": TYPES[field.type],
        "source": {**place, "extract": {"column": field.name}},
    }
