"""Write rows as a table for the eye, as CSV, JSON, JSON lines or Markdown."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from cloud_vendor_metrics.checksums import csv_of, decimal_text
from cloud_vendor_metrics.frames import Frame
from cloud_vendor_metrics.safe import safe

__all__ = ["FORMATS", "shown_table", "width_of"]

WIDEST = 40
"""Columns of the terminal that one cell may take."""
GAP = "  "


def shown_table(frame: pd.DataFrame, width: int, limit: int) -> str:
    """A table that fits a terminal: numbers to the right, as many columns as fit, and what was left out.

    `width` in columns of the terminal, where a Chinese letter takes two; `limit` rows, 0 for all.
    """
    rows: Frame = frame.head(limit) if limit else frame
    texts = {str(name): [_cell(cell) for cell in rows[name]] for name in rows.columns}
    widths = {name: max(map(width_of, [name, *cells])) for name, cells in texts.items()}
    shown = _fitting(widths, width)
    right = {str(name) for name in rows.columns if pd.api.types.is_numeric_dtype(rows[name].dtype)}
    lines = [GAP.join(_padded(name, widths[name], name in right) for name in shown).rstrip()]
    lines.append(GAP.join("-" * widths[name] for name in shown))
    for place in range(len(rows)):
        lines.append(GAP.join(_padded(texts[name][place], widths[name], name in right) for name in shown).rstrip())
    return "\n".join([*lines, *_left_out(frame, len(rows), [name for name in texts if name not in shown])])


def _fitting(widths: dict[str, int], width: int) -> list[str]:
    shown, taken = [], -len(GAP)
    for name, own in widths.items():
        taken += own + len(GAP)
        if taken > width and shown:
            break
        shown.append(name)
    return shown


def _left_out(frame: pd.DataFrame, rows: int, columns: list[str]) -> list[str]:
    said: list[str] = []
    if len(frame) > rows:
        said.append(f"{len(frame) - rows:,} more rows; --limit 0 shows all")
    if columns:
        said.append(f"{len(columns)} more columns ({', '.join(columns)}); --columns picks, --format csv writes all")
    return [f"... {'; '.join(said)}"] if said else []


def _cell(cell: Any) -> str:
    text = safe(_text(cell).replace("\n", " "))
    while width_of(text) > WIDEST:
        text = text[:-2] + "…"
    return text


def _text(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, pd.Timestamp | date):
        return cell.strftime("%Y-%m-%d")
    return decimal_text(cell) if isinstance(cell, float) else str(cell)


def width_of(text: str) -> int:
    """Columns of a terminal that a text takes; a wide letter takes two and a combining mark none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def _padded(text: str, width: int, to_the_right: bool) -> str:
    blanks = " " * (width - width_of(text))
    return blanks + text if to_the_right else text + blanks


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: Frame = frame
    columns = {str(name): [_value(cell) for cell in rows[name]] for name in rows.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _value(cell: Any) -> Any:
    """A cell as JSON has it."""
    if pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp | date):
        return cell.strftime("%Y-%m-%d")
    return cell.item() if hasattr(cell, "item") else cell


def _json(frame: pd.DataFrame) -> str:
    return json.dumps(_records(frame), ensure_ascii=False, indent=2) + "\n"


def _json_lines(frame: pd.DataFrame) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in _records(frame))


def _markdown(frame: pd.DataFrame) -> str:
    rows: Frame = frame
    columns = [[_text(cell) for cell in rows[name]] for name in rows.columns]
    lines: list[Sequence[str]] = [[str(name) for name in rows.columns], ["---"] * len(columns)]
    lines += zip(*columns, strict=True)
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |\n" for line in lines
    )


FORMATS: dict[str, Callable[[pd.DataFrame], str]] = {
    "csv": csv_of, "json": _json, "jsonl": _json_lines, "markdown": _markdown,
}  # fmt: skip
"""Each format for programs, with the function that writes rows in it."""
