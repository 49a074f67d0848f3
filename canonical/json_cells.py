"""Cells that hold JSON: arrays, objects, points and shapes; whether a column of texts holds such, row by row."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import polars as pl

__all__ = ["is_geojson", "is_geopoint", "is_json", "json_length"]

Column = Callable[[pl.Series], pl.Series]

SHAPES = {
    "default": frozenset({
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
        "Feature", "FeatureCollection",
    }),
    "topojson": frozenset({"Topology"}),
}  # fmt: skip
KINDS: dict[str, type] = {"array": list, "object": dict}


def is_json(kind: str) -> Column:
    """Whether each text is a JSON `array` or `object`."""
    return _over(lambda text: isinstance(_json(text), KINDS[kind]))


def json_length(column: pl.Series) -> pl.Series:
    """The number of items of each JSON array or object; null for other texts."""
    values = [_json(text) for text in column.to_list()]
    return pl.Series(column.name, [len(v) if isinstance(v, list | dict) else None for v in values], dtype=pl.Int64)


def is_geopoint(form: str) -> Column:
    """Whether each text is a longitude and a latitude in degrees, in one of the three formats of the standard."""
    return _over(lambda text: _is_point(_coordinates(text, form)))


def is_geojson(form: str) -> Column:
    """Whether each text is a JSON object of a type that GeoJSON (or TopoJSON) knows."""

    def has_type(text: str) -> bool:
        value = _json(text)
        return isinstance(value, dict) and value.get("type") in SHAPES[form]

    return _over(has_type)


def _over(holds: Callable[[str], bool]) -> Column:
    def column(texts: pl.Series) -> pl.Series:
        known = {text: holds(text) for text in texts.unique().to_list() if text is not None}
        return pl.Series(texts.name, [known.get(text) for text in texts.to_list()], dtype=pl.Boolean)

    return column


def _json(text: str | None) -> Any:
    try:
        return json.loads(text or "")
    except (ValueError, RecursionError):
        return None


def _coordinates(text: str, form: str) -> list[Any]:
    if form == "default":
        try:
            return [float(part) for part in text.split(",")]
        except ValueError:
            return []
    value = _json(text)
    if form == "array":
        return value if isinstance(value, list) else []
    return [value["lon"], value["lat"]] if isinstance(value, dict) and set(value) == {"lon", "lat"} else []


def _is_point(degrees: list[Any]) -> bool:
    numbers = [d for d in degrees if isinstance(d, int | float) and not isinstance(d, bool) and math.isfinite(d)]
    return len(numbers) == len(degrees) == 2 and abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90
