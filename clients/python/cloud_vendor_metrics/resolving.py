"""Find the vendors, entities and metrics that names in English, Chinese, tickers and ids stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Literal, overload

import pandas as pd

from cloud_vendor_metrics.errors import UnknownNameError, near_names
from cloud_vendor_metrics.frames import As, Frame, Other, handed
from cloud_vendor_metrics.loading import frame_of
from cloud_vendor_metrics.package import Package, Place, open_package

__all__ = ["Names", "entity_ids", "metric_ids", "names_of", "resolve", "texts_of", "vendor_ids", "whom"]

Names = str | Iterable[str]
"""One name or several."""
BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
CLOUD = re.compile(r"\s*(cloud|云)$")


@overload
def resolve(names: Names, *, as_: Literal["pandas"] = "pandas", data: Place | None = None) -> pd.DataFrame: ...
@overload
def resolve(names: Names, *, as_: Other, data: Place | None = None) -> Any: ...
def resolve(names: Names, *, as_: As = "pandas", data: Place | None = None) -> Any:
    """Whom names stand for.

    Parameters: `names`, one or several: ids, names in English or Chinese, tickers. Returned: a row for each name in
    its order: `name`, `vendor_id`, `entity_id` (the one named, or the cloud of the vendor), `name_en`, `name_zh`, and
    `near`, names like it where nobody is called so; the other columns are then missing.
    """
    package = open_package(data)
    keys = _keys(package)
    vendors = frame_of(package, "vendors").set_index("vendor_id")
    known = _display_names(package)
    rows: list[dict[str, Any]] = []
    for name in texts_of(names):
        vendor_id, entity_id = _found(keys, name) or (None, None)
        row = vendors.loc[vendor_id] if vendor_id in vendors.index else None
        rows.append({
            "name": name, "vendor_id": vendor_id, "entity_id": entity_id,
            "name_en": None if row is None else row["name_en"], "name_zh": None if row is None else row["name_zh"],
            "near": None if vendor_id or entity_id else " ".join(near_names(name, known)) or None,
        })  # fmt: skip
    columns = ["name", "vendor_id", "entity_id", "name_en", "name_zh", "near"]
    return handed(pd.DataFrame(rows, columns=columns, dtype="str"), as_)


def texts_of(names: Names) -> list[str]:
    """One name or several as a list. Raises TypeError for what is neither a text nor a list of them."""
    if isinstance(names, str):
        return [names]
    if not isinstance(names, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"name {names!r}: expected a text, or several in a list")
    return [str(name) for name in names]


def vendor_ids(package: Package, names: Names) -> list[str]:
    """The vendors that names stand for. Raises `UnknownNameError` for one that nobody is called."""
    keys = _keys(package)
    found: list[str] = []
    for name in texts_of(names):
        pair = _found(keys, name)
        if pair is None or pair[0] is None:
            raise UnknownNameError("vendor", "厂商", name, _display_names(package))
        found.append(pair[0])
    return list(dict.fromkeys(found))


def entity_ids(package: Package, names: Names) -> list[str]:
    """The entities that ids or names stand for. Raises `UnknownNameError` for one that is none."""
    entities = _entities(package)
    called = names_of(entities, "name_en", "name_zh", "aliases")
    return _ids(entities, "entity_id", called, "entity", "主体", names)


def metric_ids(package: Package, names: Names) -> list[str]:
    """The metrics that ids, names or aliases stand for. Raises `UnknownNameError` for one that is none."""
    metrics = frame_of(package, "metrics", ["metric_id", "name_en", "name_zh", "aliases"])
    return _ids(metrics, "metric_id", names_of(metrics, "name_en", "name_zh", "aliases"), "metric", "指标", names)


def _ids(frame: Frame, column: str, called: list[list[str]], kind: str, kind_zh: str, names: Names) -> list[str]:
    ids = [str(one) for one in frame[column]]
    keys: dict[str, str] = {}
    for one, other_names in zip(ids, called, strict=True):
        for name in other_names:
            keys.setdefault(folded(name), one)
    keys |= {folded(one): one for one in ids}
    found: list[str] = []
    for name in texts_of(names):
        if folded(name) not in keys:
            raise UnknownNameError(kind, kind_zh, name, [*ids, *(name for several in called for name in several)])
        found.append(keys[folded(name)])
    return list(dict.fromkeys(found))


def names_of(frame: Frame, *columns: str) -> list[list[str]]:
    """The names of each row; aliases in one cell are divided by commas, semicolons or bars."""
    rows = zip(*(frame[column] for column in columns), strict=True)
    return [
        [part.strip() for cell in row if isinstance(cell, str) for part in re.split(r"[;|,、]", cell)] for row in rows
    ]


def folded(name: str) -> str:
    """A name as it is compared: width, case and blanks do not count."""
    return re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", name).strip().casefold())


def whom(package: Package, name: str) -> tuple[str | None, str | None]:
    """The vendor and the entity that a name stands for, None where nobody is called so."""
    return _found(_keys(package), name) or (None, None)


def _found(keys: dict[str, tuple[str | None, str]], name: str) -> tuple[str | None, str | None] | None:
    asked = folded(name)
    if asked in keys:
        return keys[asked]
    bare = folded(CLOUD.sub("", unicodedata.normalize("NFKC", name).strip().casefold()))
    return keys.get(bare)


def _keys(package: Package) -> dict[str, tuple[str | None, str]]:
    """Vendor and entity by every name they have; a vendor's own name stands for it before an entity's does."""
    keys: dict[str, tuple[str | None, str]] = {}
    clouds = frame_of(package, "vendor_clouds").set_index("vendor_id")["entity_id"].to_dict()
    for vendor in frame_of(package, "vendors").to_dict("records"):
        cloud = clouds.get(vendor["vendor_id"])
        pair = (str(vendor["vendor_id"]), cloud if isinstance(cloud, str) else None)
        for name in _vendor_names(vendor):
            keys.setdefault(folded(name), pair)  # type: ignore[arg-type]
    entities = _entities(package)
    for entity, aliases in zip(entities.to_dict("records"), names_of(entities, "aliases"), strict=True):
        vendor_id = entity["vendor_id"]
        pair = (vendor_id if isinstance(vendor_id, str) else None, str(entity["entity_id"]))
        for name in _forms([entity["entity_id"], entity["name_en"], entity["name_zh"], *aliases]):
            keys.setdefault(folded(name), pair)
    return keys


def _vendor_names(vendor: dict[Any, Any]) -> Iterator[str]:
    yield from _forms(vendor[column] for column in ("vendor_id", "name_en", "name_zh", "parent_company"))
    for ticker in str(vendor["tickers"]).split() if isinstance(vendor["tickers"], str) else ():
        yield from {ticker, ticker.partition(".")[0]}


def _forms(names: Iterable[object]) -> Iterator[str]:
    """Each name whole, without its brackets, and what stands in them."""
    for name in names:
        if isinstance(name, str):
            yield from {name, BRACKETS.sub("", name).strip(), *BRACKETS.findall(name)} - {""}


def _display_names(package: Package) -> list[str]:
    vendors = frame_of(package, "vendors")
    entities = _entities(package)
    cells = [
        *(vendors[column] for column in ("vendor_id", "name_en", "name_zh", "tickers")),
        *(entities[column] for column in ("entity_id", "name_en", "name_zh")),
        *names_of(entities, "aliases"),
    ]
    return [cell for column in cells for cell in column if isinstance(cell, str)]


def _entities(package: Package) -> Frame:
    """Who reports, with an empty column `aliases` where the release is older than that column."""
    entities = frame_of(package, "entities")
    return entities if "aliases" in entities else entities.assign(aliases=None)
