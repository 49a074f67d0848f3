"""Cite the dataset, or exactly the rows used with the sources they come from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

import pandas as pd

from cloud_vendor_metrics.checksums import checksum
from cloud_vendor_metrics.frames import Frame, Rows, frame_from
from cloud_vendor_metrics.loading import frame_of
from cloud_vendor_metrics.package import Package, Place, open_package
from cloud_vendor_metrics.provenance import source_ids

__all__ = ["Style", "Work", "cite"]

Style = Literal["text", "apa", "bibtex", "ris", "csl-json"]


@dataclass(frozen=True)
class Work:
    """The dataset or a source. `date` is empty, a year, a month or a day; `kind` is that of table `sources`."""

    key: str
    author: str
    title: str
    date: str
    url: str
    note: str = ""
    version: str = ""
    kind: str = "dataset"

    @property
    def year(self) -> str:
        """Its year, empty where unknown."""
        return self.date[:4]


def cite(frame: Rows | None = None, style: Style = "text", *, data: Place | None = None) -> str:
    """A citation of the dataset, or of rows of it with their sources.

    Parameters: `frame`, the rows used, with the columns that name their sources; `style`, `text` (a line each), `apa`,
    `bibtex`, `ris` or `csl-json`. Returned: text; the entry of the dataset comes first and states version, number of
    rows and their checksum. Raises ValueError for no style, or where no column of the frame names a source.
    """
    style = cast(Style, style.lower() if isinstance(style, str) else style)  # pyright: ignore[reportUnnecessaryIsInstance]
    if style not in get_args(Style):
        raise ValueError(f"style {style!r}: expected {', '.join(get_args(Style))}")
    package, frame = open_package(data), None if frame is None else frame_from(frame)
    works = [_dataset(package, frame), *(_sources(package, frame) if frame is not None else [])]
    return STYLES[style](works)


def _dataset(package: Package, frame: Frame | None) -> Work:
    about = package.descriptor
    try:
        author, made = about["contributors"][0]["title"], str(about["created"])[:10]
        title, version = str(about["title"]), str(about["version"])
    except (KeyError, IndexError, TypeError) as error:
        raise package.damaged(f"cannot be cited, no {error}") from None
    note = "" if frame is None else f"{len(frame)} rows, {checksum(frame)}"
    key = f"{about['name']}-{version}"
    return Work(key, str(author), title, made, str(about.get("homepage", "")), note, version)


def _sources(package: Package, frame: Frame) -> list[Work]:
    known = frame_of(package, "sources")
    rows = known[known["source_id"].isin(source_ids(package, frame))].sort_values("source_id")
    return [_source(row) for row in rows.to_dict("records")]


LONG = {"day": 10, "month": 7, "quarter": 4, "year": 4}
"""How much of a date is known; of a quarter only the year can be cited."""


def _source(row: dict[Any, Any]) -> Work:
    known = LONG.get(str(row["published_precision"]), 0)
    when = "" if pd.isna(row["published_on"]) else str(row["published_on"])[:known]
    url = row["url"] if isinstance(row["url"], str) else ""
    note = row["attribution"] if isinstance(row["attribution"], str) else ""
    return Work(str(row["source_id"]), str(row["publisher"]), str(row["title"]), when, url, note, "", str(row["kind"]))


def _text(works: list[Work]) -> str:
    return "\n".join(_line(work) for work in works)


def _line(work: Work) -> str:
    version = f", version {work.version}" if work.version else ""
    note = f" [{work.note}]" if work.note else ""
    return f"{work.author} ({work.year or 'n.d.'}). {work.title}{version}{note}.{f' {work.url}' if work.url else ''}"


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def _apa(works: list[Work]) -> str:
    return "\n".join(_apa_line(work) for work in works)


def _apa_line(work: Work) -> str:
    year, *rest = work.date.split("-") if work.date else ("n.d.",)
    when = f"{year}, {MONTHS[int(rest[0]) - 1]} {int(rest[1])}" if len(rest) == 2 else year
    if len(rest) == 1:
        when = f"{year}, {MONTHS[int(rest[0]) - 1]}"
    version = f" (Version {work.version})" if work.version else ""
    kind = " [Data set]" if work.kind == "dataset" else ""
    note = f" {work.note[0].upper()}{work.note[1:]}." if work.note else ""
    author = work.author.rstrip(".")
    return f"{author}. ({when}). {work.title}{version}{kind}.{note}{f' {work.url}' if work.url else ''}"


SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def _latex(text: str) -> str:
    """Text as LaTeX prints it."""
    return "".join(SPECIAL.get(sign, sign) for sign in text)


def _bibtex(works: list[Work]) -> str:
    return "\n\n".join(_entry(work) for work in works)


def _entry(work: Work) -> str:
    fields = {
        "author": f"{{{_latex(work.author)}}}", "title": f"{{{_latex(work.title)}}}", "year": work.year,
        "date": work.date, "version": _latex(work.version), "url": re.sub(r"[{}\\\s]", "", work.url),
        "note": _latex(work.note),
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items() if text)
    return f"@{'dataset' if work.kind == 'dataset' else 'online' if work.url else 'misc'}{{{work.key},\n{lines}\n}}"


def _ris(works: list[Work]) -> str:
    return "\n".join(_record(work) for work in works)


RIS = {"dataset": "DATA", "news": "NEWS", "regulatory_filing": "RPRT", "broker_research": "RPRT"}


def _record(work: Work) -> str:
    date = work.date.replace("-", "/") + "/" * (3 - work.date.count("-")) if work.date else ""
    fields = [
        ("TY", RIS.get(work.kind, "ELEC")), ("ID", work.key), ("AU", work.author), ("TI", work.title),
        ("PY", work.year), ("DA", date), ("ET", work.version), ("UR", work.url), ("N1", work.note),
    ]  # fmt: skip
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in fields if text]
    return "\n".join([*lines, "ER  - ", ""])


def _csl(works: list[Work]) -> str:
    return json.dumps([_item(work) for work in works], ensure_ascii=False, indent=2)


def _item(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": work.key, "type": "dataset" if work.kind == "dataset" else "document",
        "author": [{"literal": work.author}], "title": work.title, "version": work.version, "URL": work.url,
        "note": work.note,
    }  # fmt: skip
    if work.date:
        item["issued"] = {"date-parts": [[int(part) for part in work.date.split("-")]]}
    return {key: value for key, value in item.items() if value}


STYLES: dict[str, Callable[[list[Work]], str]] = {
    "text": _text, "apa": _apa, "bibtex": _bibtex, "ris": _ris, "csl-json": _csl,
}  # fmt: skip
