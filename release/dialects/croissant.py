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
    "samplingRate": "cr:samplingRate",
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
    files = {table.name: _file(table) for table in catalogue.tables}
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
        "distribution": [_file_object(file) for file in files.values()],
        "recordSet": [_record_set(table, files) for table in catalogue.tables],
    }


def _file(table: CataloguedTable) -> CataloguedFile:
    """The file that holds the whole table: its Parquet, or its text where the Parquet lies in parts."""
    return table.parquet[0] if len(table.parquet) == 1 else table.text


def _file_object(file: CataloguedFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": "application/x-parquet" if file.form == "parquet" else "text/csv",
        "sha256": file.sha256,
    }


def _record_set(table: CataloguedTable, files: dict[str, CataloguedFile]) -> dict[str, Any]:
    keys = {key.fields[0]: key for key in table.schema.foreign_keys if len(key.fields) == 1 and not key.many}
    fields: list[dict[str, Any]] = []
    for field in table.schema.fields:
        entry = _field(table, field)
        key = keys.get(field.name)
        if key and key.resource in files and key.resource != table.name:
            # To the file and not to its record set: mlcroissant joins no record set that has references itself.
            entry["references"] = _source(files[key.resource], key.reference_fields[0])
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
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "description": field.descriptor["description"],
        "dataType": TYPES[field.type],
        "source": _source(_file(table), field.name),
    }


def _source(file: CataloguedFile, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": file.name}, "extract": {"column": column}}
