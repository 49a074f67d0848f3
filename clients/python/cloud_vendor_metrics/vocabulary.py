"""Find one's way: what tables, metrics and vendors there are, what a name or column means, and where a word occurs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, overload

import pandas as pd

from cloud_vendor_metrics.errors import UnknownNameError, one_text
from cloud_vendor_metrics.frames import As, Frame, Other, handed
from cloud_vendor_metrics.loading import frame_of, table_names
from cloud_vendor_metrics.package import Package, Place, open_package
from cloud_vendor_metrics.resolving import folded, names_of, whom

__all__ = ["describe", "metrics", "search", "tables", "vendors"]

NAMED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "metric": ("metrics", "metric_id", ("name_en", "name_zh", "aliases", "definition")),
    "vendor": ("vendors", "vendor_id", ("name_en", "name_zh", "tickers", "parent_company")),
    "entity": ("entities", "entity_id", ("name_en", "name_zh", "aliases", "definition", "definition_zh")),
    "breakdown": ("breakdowns", "breakdown_id", ("name_en", "name_zh", "definition", "definition_zh")),
    "unit": ("units", "unit_id", ("symbol", "printed_forms")),
    "company": ("companies", "company_id", ("name_en", "name_zh", "tickers")),
    "source": ("sources", "source_id", ("title", "publisher")),
    "observation": ("observations_flat", "observation_id", ()),
    "finding": ("findings", "finding_id", ()),
}
"""What can be described by its id, and searched by the words of some columns: table, key, columns."""
CALLED = ("name_en", "name_zh", "aliases", "tickers", "symbol")
"""Columns of what a thing is called, by which it can be described too."""


@overload
def tables(*, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...


@overload
def tables(*, as_: Other, data: Place | None = None) -> Any: ...
def tables(*, as_: As = "pandas", data: Place | None = None) -> Any:
    """The tables there are: `table_name`, `title`, `title_zh`, `description`, `rows` and `bytes` of its Parquet."""
    package = open_package(data)
    listed = [one for one in package.resources() if one.format == "parquet"]
    rows: list[dict[str, Any]] = []
    for name in table_names(package):
        schema, own = package.schema(name), [one for one in listed if one.table == name]
        rows.append({
            "table_name": name, "title": schema.get("title", ""), "title_zh": schema.get("title_zh", ""),
            "rows": sum(one.rows or 0 for one in own), "bytes": sum(one.bytes for one in own),
            "description": schema.get("description", ""),
        })  # fmt: skip
    return handed(_text_frame(rows), as_)


@overload
def metrics(
    query: str | None = None, *, as_: Literal["pandas"] = "pandas", data: Place | None = None
) -> pd.DataFrame: ...
@overload
def metrics(query: str | None = None, *, as_: Other, data: Place | None = None) -> Any: ...
def metrics(query: str | None = None, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """The metrics whose id, names, aliases or definition hold the words of `query`; all without one."""
    return handed(_searched(open_package(data), "metric", query), as_)


@overload
def vendors(
    query: str | None = None, *, as_: Literal["pandas"] = "pandas", data: Place | None = None
) -> pd.DataFrame: ...
@overload
def vendors(query: str | None = None, *, as_: Other, data: Place | None = None) -> Any: ...
def vendors(query: str | None = None, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """The vendors whose id, names, tickers or company hold the words of `query`; all without one."""
    return handed(_searched(open_package(data), "vendor", query), as_)


@overload
def search(query: str, *, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...
@overload
def search(query: str, *, as_: Other, data: Place | None = None) -> Any: ...
def search(query: str, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """Where words occur, in English or Chinese: tables, columns, metrics, vendors, entities, units, sources, models.

    Returned: `kind`, `id`, `name_en`, `name_zh`; what is called so comes before what only speaks of it. Give an `id`
    to `describe`, `load` or the verb of its kind.
    """
    package = open_package(data)
    words = _words(one_text("query", query))
    found = [hit for hit in _candidates(package) if all(word in hit[4] for word in words)]
    found.sort(key=lambda hit: (_rank(hit, folded(query)), hit[0]))
    unique = list(dict.fromkeys((*hit[1:4], hit[0]) for hit in found))
    rows = [
        {"kind": KINDS[place], "id": one, "name_en": english, "name_zh": chinese}
        for one, english, chinese, place in unique
    ]
    return handed(pd.DataFrame(rows, columns=["kind", "id", "name_en", "name_zh"], dtype="str"), as_)


KINDS = [
    "table", "metric", "vendor", "entity", "breakdown", "unit", "company", "model", "accelerator", "column", "source",
]  # fmt: skip
Hit = tuple[int, str, str | None, str | None, str, list[str]]
"""Place of its kind, id, names in both languages, the text that is searched, and its other names, folded."""


def _rank(hit: Hit, asked: str) -> int:
    """0 what is called so, 1 what has the words in its names, 2 what only speaks of them."""
    names = [*(folded(name) for name in (hit[1], hit[2], hit[3]) if name), *hit[5]]
    return 0 if asked in names else 1 if any(asked in name for name in names) else 2


def _candidates(package: Package) -> Iterator[Hit]:
    for name in table_names(package):
        schema = package.schema(name)
        yield _hit(
            "table",
            name,
            schema.get("title"),
            schema.get("title_zh"),
            schema.get("description"),
            schema.get("description_zh"),
        )
        for field in schema["fields"]:
            yield _hit("column", f"{name}.{field['name']}", field.get("title"), field.get("title_zh"))
    for kind, (table, key, _) in NAMED.items():
        columns = _own_columns(package, kind)
        for row in frame_of(package, table, [key, *columns]).to_dict("records") if columns else ():
            english, chinese = (row.get("name_en", row[columns[0]]), row.get("name_zh"))
            yield _hit(
                kind, row[key], english, chinese, *(row[column] for column in columns), aliases=row.get("aliases")
            )
    for model in sorted(set(frame_of(package, "model_price_claims", ["model"])["model"])):
        yield _hit("model", model, None, None)
    for card in sorted(set(frame_of(package, "machine_accelerators", ["accelerator"])["accelerator"])):
        yield _hit("accelerator", card, None, None)


def _hit(kind: str, one: str, english: object, chinese: object, *texts: object, aliases: object = None) -> Hit:
    names = [text if isinstance(text, str) else None for text in (english, chinese)]
    held = " ".join(folded(text) for text in (one, english, chinese, *texts) if isinstance(text, str))
    others = [folded(name) for name in aliases.split(";")] if isinstance(aliases, str) else []
    return KINDS.index(kind), str(one), names[0], names[1], held, others


def _own_columns(package: Package, kind: str) -> list[str]:
    """The columns of a kind's words that the release has: an older one may lack a newer column."""
    table, _, columns = NAMED[kind]
    own = {field["name"] for field in package.schema(table)["fields"]}
    return [column for column in columns if column in own]


def _words(query: str) -> list[str]:
    return [folded(word) for word in query.split()]


def _searched(package: Package, kind: str, query: str | None) -> Frame:
    table, key, _ = NAMED[kind]
    columns = _own_columns(package, kind)
    frame = frame_of(package, table)
    if query is None:
        return frame
    cells = zip(*(frame[column].fillna("") for column in (key, *columns)), strict=True)
    texts = [" ".join(map(folded, row)) for row in cells]
    words = _words(one_text("query", query))
    return frame[[all(word in text for word in words) for text in texts]].reset_index(drop=True)


@overload
def describe(name: str, *, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...
@overload
def describe(name: str, *, as_: Other, data: Place | None = None) -> Any: ...
def describe(name: str, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """What a name means.

    Parameters: `name` of a table, of a column as `table.column`, or the id of a metric, vendor, entity, breakdown,
    unit, company, source, observation or finding, or what one of them is called in either language. Returned for a
    table: a row a column: `column_name`, `type`, `unit`, `title`, `title_zh`, `description`, `description_zh`,
    `example`. For the rest: a row a property: `property`, `title`, `title_zh`, `text`. Raises `UnknownNameError`.
    """
    package = open_package(data)
    known = table_names(package)
    name = one_text("name", name).strip()
    table = name.partition(".")[0]
    if name in known:
        return handed(_columns_of(package.schema(name)), as_)
    if table in known:
        every = _columns_of(package.schema(table))
        one = every[f"{table}." + every["column_name"] == name]
        if len(one):
            return handed(one.reset_index(drop=True), as_)
    for place, key, _ in NAMED.values():
        if (row := _row_of(package, place, key, name)) is not None:
            return handed(row, as_)
    if (row := _called(package, name)) is not None:
        return handed(row, as_)
    columns = [f"{table}.{field['name']}" for field in package.schema(table)["fields"]] if table in known else []
    ids = [one for place, key, columns_ in NAMED.values() if columns_ for one in frame_of(package, place, [key])[key]]
    raise UnknownNameError("name", "名称", name, [*known, *columns, *ids])


DESCRIBED = ("type", "unit", "title", "title_zh", "description", "description_zh", "example")


def _columns_of(schema: dict[str, Any]) -> Frame:
    fields = schema["fields"]
    rows = [{"column_name": field["name"], **{key: field.get(key) for key in DESCRIBED}} for field in fields]
    return _text_frame(rows)


def _called(package: Package, name: str) -> Frame | None:
    """What is called so, the first kind of `NAMED` that has it; a table whatever the case of its letters."""
    if name.lower() in table_names(package):
        return _columns_of(package.schema(name.lower()))
    for kind, (place, key, _) in NAMED.items():
        if called := [column for column in _own_columns(package, kind) if column in CALLED]:
            frame = frame_of(package, place, [key, *called])
            for one, names in zip(frame[key], names_of(frame, *called), strict=True):
                if folded(name) in map(folded, names):
                    return _row_of(package, place, key, str(one))
    _, entity_id = whom(package, name)
    return _row_of(package, "entities", "entity_id", entity_id) if entity_id else None


def _row_of(package: Package, table: str, key: str, name: str) -> Frame | None:
    frame = frame_of(package, table)
    own = frame[frame[key].str.casefold() == name.strip().casefold()]
    if own.empty:
        return None
    row, rows = own.iloc[0], []
    for field in package.schema(table)["fields"]:
        value = row[field["name"]]
        if not pd.isna(value):
            text = str(value.date()) if isinstance(value, pd.Timestamp) else re.sub(r"\.0$", "", str(value))
            rows.append(
                {
                    "property": field["name"],
                    "title": field.get("title"),
                    "title_zh": field.get("title_zh"),
                    "text": text,
                }
            )
    return _text_frame(rows)


def _text_frame(rows: list[dict[str, Any]]) -> Frame:
    frame = pd.DataFrame(rows)
    texts = [column for column in frame if column not in ("rows", "bytes")]
    return frame.astype(dict.fromkeys(texts, "str"))
