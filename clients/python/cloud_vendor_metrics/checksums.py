"""A checksum of rows that a reader can recompute: SHA-256 of their lines of CSV, sorted."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal

import pandas as pd

from cloud_vendor_metrics.frames import Column, Rows, frame_from

__all__ = ["checksum", "csv_of"]

QUOTED = r'[",\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|^\s|\s$'
"""Cells that stand in double quotes, as in the text of the package."""


def checksum(frame: Rows) -> str:
    """The checksum of a frame, whatever the order of its rows.

    Returned: `sha256:` and 64 digits: of the header, then the rows as `csv_of` writes them, sorted by their bytes. Of a
    whole table it is that of its published text, the header first and the other records sorted, unless people wrote a
    number of it with more zeros than it needs.
    """
    header, *records = _records(frame)
    content = "".join(record + "\n" for record in [header, *sorted(records, key=lambda record: record.encode("utf-8"))])
    return "sha256:" + hashlib.sha256(content.encode("utf-8")).hexdigest()


def csv_of(frame: Rows) -> str:
    """A frame as the CSV text of the package: ISO days, `true` and `false`, shortest decimals, empty missing cells."""
    return "".join(record + "\n" for record in _records(frame))


def _records(frame: Rows) -> list[str]:
    frame = frame_from(frame)
    named = frame if isinstance(frame.index, pd.RangeIndex) or frame.index.name is None else frame.reset_index()
    columns = [_cells(named.iloc[:, place]) for place in range(named.shape[1])]
    header = ",".join(_quoted([str(name) for name in named.columns]))
    rows = [",".join(cells) for cells in zip(*columns, strict=True)]
    return [header, *(row or '""' for row in rows)]


def _cells(column: Column) -> list[str]:
    texts = _texts(column).tolist()
    of_signs = pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_datetime64_any_dtype(column.dtype)
    return texts if of_signs else _quoted(texts)


def _texts(column: Column) -> Column:
    missing = column.isna()
    if pd.api.types.is_bool_dtype(column.dtype):
        text = column.map({True: "true", False: "false"}, na_action="ignore")
    elif pd.api.types.is_datetime64_any_dtype(column.dtype):
        text = column.dt.strftime("%Y-%m-%d")
    elif pd.api.types.is_float_dtype(column.dtype):
        text = column.map(decimal_text, na_action="ignore")
    else:
        text = column.map(str, na_action="ignore")
    return text.astype("object").mask(missing, "").astype("str")


def decimal_text(number: float) -> str:
    """The shortest decimal that is this double, without an exponent."""
    text = format(Decimal(repr(float(number))), "f")
    whole = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if whole == "-0" else whole


def _quoted(texts: list[str]) -> list[str]:
    special = re.compile(QUOTED).search
    quoted = {text: '"' + text.replace('"', '""') + '"' for text in set(texts) if special(text)}
    return [quoted.get(text, text) for text in texts]
