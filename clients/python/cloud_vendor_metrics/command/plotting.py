"""Draw series: in the terminal with letters, or as an SVG file; no other program is needed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pandas as pd

from cloud_vendor_metrics.checksums import decimal_text
from cloud_vendor_metrics.command.formats import width_of
from cloud_vendor_metrics.frames import Frame

__all__ = ["drawn", "svg"]

HEIGHT = 16
MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")
"""Colours that the colour-blind tell apart (Okabe and Ito)."""
WIDE, HIGH, LEFT, BOTTOM, TOP = 760, 420, 70, 50, 40


def drawn(wide: pd.DataFrame, unit: str, width: int) -> str:
    """A chart of letters, a letter a column of `wide`, `+` where two meet; `width` in columns of the terminal."""
    frame: Frame = wide
    top, columns = _top(frame), [str(name) for name in frame.columns]
    margin = len(_short(top)) + 1
    step = max(1, (width - margin - 1) // max(1, len(frame)))
    last = frame.tail((width - margin - 1) // step)
    grid = [[" "] * (len(last) * step) for _ in range(HEIGHT)]
    for mark, name in zip(MARKS, frame.columns, strict=False):
        for place, value in enumerate(last[name]):
            if not pd.isna(value):
                row = HEIGHT - 1 - round(max(0.0, float(value)) / top * (HEIGHT - 1))
                grid[row][place * step] = mark if grid[row][place * step] == " " else "+"
    lines = [f"{unit}"]
    for row, signs in enumerate(grid):
        label = _short(top * (HEIGHT - 1 - row) / (HEIGHT - 1)) if row % 5 == 0 else ""
        lines.append(f"{label:>{margin}}|{''.join(signs)}".rstrip())
    first, final = (str(last.index[0]), str(last.index[-1])) if len(last) else ("", "")
    blanks = max(1, len(last) * step - width_of(first) - width_of(final))
    lines += [f"{'':>{margin}}+{'-' * (len(last) * step)}", f"{'':>{margin}} {first}{' ' * blanks}{final}"]
    return "\n".join([*lines, *(f"  {mark} {name}" for mark, name in zip(MARKS, columns, strict=False))])


def _top(frame: Frame) -> float:
    """The highest value, 1 where there is none above zero."""
    highest = float(frame.max(axis=None)) if frame.size else 0.0
    return highest if highest > 0 else 1.0


def _short(value: float) -> str:
    return decimal_text(float(f"{value:.3g}"))


def svg(wide: pd.DataFrame, unit: str, title: str) -> str:
    """The same as a picture: a line a column, its points, two axes, a legend."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" font-family="sans-serif" '
            f'font-size="12"><title>{escape(title)}</title><rect width="100%" height="100%" fill="white"/>',
            f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}, {escape(unit)}</text>',
            *_axes(wide),
            *_lines(wide),
            "</svg>",
            "",
        ]
    )


def _axes(frame: Frame) -> Iterator[str]:
    top = _top(frame)
    for part in range(5):
        y = HIGH - BOTTOM - part / 4 * (HIGH - BOTTOM - TOP)
        yield f'<line x1="{LEFT}" x2="{WIDE - 10}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(top * part / 4)}</text>'
    step = max(1, len(frame) // 8)
    for place in range(0, len(frame), step):
        x = _x(frame, place)
        label = escape(str(frame.index[place]))
        yield f'<text x="{x:.1f}" y="{HIGH - BOTTOM + 18}" text-anchor="middle">{label}</text>'


def _lines(frame: Frame) -> Iterator[str]:
    top = _top(frame)
    for number, name in enumerate(frame.columns):
        colour = COLOURS[number % len(COLOURS)]
        known = [(place, float(value)) for place, value in enumerate(frame[name]) if not pd.isna(value)]
        points = [(_x(frame, place), HIGH - BOTTOM - value / top * (HIGH - BOTTOM - TOP)) for place, value in known]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in points)
        x = LEFT + number % 6 * 115
        yield f'<text x="{x}" y="{HIGH - 12 + number // 6 * 12}" fill="{colour}">{escape(str(name))}</text>'


def _x(frame: Frame, place: int) -> float:
    return LEFT + 10 + place / max(1, len(frame) - 1) * (WIDE - LEFT - 40)
