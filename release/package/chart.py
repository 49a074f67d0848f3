"""The picture on top of the README and of the site: cloud revenue in dollars by quarter, as SVG, light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import polars as pl

__all__ = ["PICTURES", "Theme", "revenue_picture"]

WIDTH, HEIGHT = 860, 430
LEFT, RIGHT, TOP, BOTTOM = 60, 190, 44, 32
MOST = 10
"""Clouds drawn: those with the largest revenue in their last quarter."""
FIRST_YEAR = 2018
GAP = timedelta(days=130)
"""Quarters whose last days lie farther apart do not follow on one another, and no line joins them."""
LINE = 14
"""Pixels from one label to the next at least."""


@dataclass(frozen=True)
class Theme:
    """The colours of a picture: ground, ink, faint lines, and one for each cloud."""

    ground: str
    ink: str
    faint: str
    lines: tuple[str, ...]


PICTURES = {
    "docs/assets/revenue-light.svg": Theme(
        "#ffffff", "#333333", "#dddddd",
        ("#0072b2", "#009e73", "#8a6d00", "#b0568f", "#d55e00", "#2b7bba", "#7b4ab0", "#a33c2a", "#3c6e71", "#6b6b6b"),
    ),
    "docs/assets/revenue-dark.svg": Theme(
        "#1e2129", "#dddddd", "#444a57",
        ("#56b4e9", "#2fc79b", "#e0c04c", "#e79bcb", "#ff9a4d", "#8fc7f2", "#bb98e8", "#e58a78", "#86b8bb", "#bbbbbb"),
    ),
}  # fmt: skip
"""Each picture by its path, with its colours."""


@dataclass(frozen=True)
class _Line:
    """One cloud: its name and its quarters as (last day, USD million, whether a new perimeter begins)."""

    name: str
    points: tuple[tuple[date, float, bool], ...]


def revenue_picture(quarters: pl.DataFrame, theme: Theme, *, chinese: bool = False) -> bytes:
    """The SVG of the clouds with the largest last quarter, from the frame of `cloud_quarters`, in English or Chinese.

    A line is broken where a quarter is missing or an entity begins to count in another way; each ends in the name
    of its cloud.
    """
    named = pl.coalesce("vendor_name_zh", "vendor_name") if chinese else pl.col("vendor_name")
    lines = _lines(quarters.with_columns(label=named))
    newest = max((point[0] for line in lines for point in line.points), default=date(FIRST_YEAR + 1, 1, 1))
    top = max((point[1] for line in lines for point in line.points), default=1.0)
    scale = _Scale(date(FIRST_YEAR, 1, 1), newest, _step(top), top)
    body = [
        *_axes(scale, theme),
        *(part for n, line in enumerate(lines) for part in _drawn(line, scale, theme.lines[n])),
    ]
    body += _labels(lines, scale, theme)
    title = "各云季度收入，十亿美元" if chinese else "Cloud revenue by quarter, USD billion"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{title}" font-family="system-ui, sans-serif" font-size="12" fill="{theme.ink}">\n'
        f"<title>{title}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.ground}"/>\n'
        f'<text x="{LEFT}" y="24" font-size="15">{title}</text>\n' + "\n".join(body) + "\n</svg>\n"
    ).encode()


def _lines(quarters: pl.DataFrame) -> list[_Line]:
    """The clouds to draw, by the column `label`, the largest first; one entity stands for a vendor."""
    known = quarters.filter(pl.col("revenue_usd").is_not_null(), pl.col("period_end").dt.year() >= FIRST_YEAR)
    found: list[_Line] = []
    for (name,), rows in known.sort("period_end", "entity_id").group_by("label", maintain_order=True):
        last = rows.row(-1, named=True)["entity_id"]
        own = rows.filter(pl.col("entity_id") == last).select("period_end", "revenue_usd", "perimeter_break")
        if own.height > 1:
            found.append(_Line(str(name), tuple((end, usd, bool(new)) for end, usd, new in own.iter_rows())))
    return sorted(found, key=lambda line: (-line.points[-1][1], line.name))[:MOST]


def _step(top: float) -> float:
    """The distance of grid lines, in USD million: the one of 1, 2, 5 times a power of ten that gives four to ten."""
    sizes = (factor * 10.0**power for power in range(8) for factor in (1, 2, 5))
    return next(size for size in sizes if top / size <= 8)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    step: float
    top: float

    def x(self, day: date) -> float:
        """Pixels from the left."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, amount: float) -> float:
        """Pixels from above."""
        ceiling = self.step * -(-self.top // self.step)
        return round(HEIGHT - BOTTOM - amount / ceiling * (HEIGHT - TOP - BOTTOM), 1)


def _axes(scale: _Scale, theme: Theme) -> Iterator[str]:
    amount = 0.0
    while amount <= scale.top + scale.step * 0.999:
        y = scale.y(amount)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="{theme.faint}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{amount / 1000:g}</text>'
        amount += scale.step
    for year in range(scale.first.year, scale.last.year + 1):
        yield f'<text x="{scale.x(date(year, 1, 1))}" y="{HEIGHT - BOTTOM + 18}">{year}</text>'


def _drawn(line: _Line, scale: _Scale, colour: str) -> Iterator[str]:
    """A path for each run of quarters that follow on one another and are counted in one way."""
    runs: list[list[tuple[date, float]]] = [[]]
    for end, usd, is_new in line.points:
        if runs[-1] and (is_new or end - runs[-1][-1][0] > GAP):
            runs.append([])
        runs[-1].append((end, usd))
    for run in runs:
        path = " L".join(f"{scale.x(end)} {scale.y(usd)}" for end, usd in run)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>'
        yield from (f'<circle cx="{scale.x(end)}" cy="{scale.y(usd)}" r="1.8" fill="{colour}"/>' for end, usd in run)


def _labels(lines: Sequence[_Line], scale: _Scale, theme: Theme) -> Iterator[str]:
    """The name of each cloud beside its last point, moved up where two would lie on one another."""
    wanted = sorted(((scale.y(line.points[-1][1]) + 4, n) for n, line in enumerate(lines)), reverse=True)
    heights: list[float] = []
    for y, _ in wanted:
        heights.append(min(y, heights[-1] - LINE) if heights else y)
    for height, (_, n) in zip(heights, wanted, strict=True):
        yield f'<text x="{WIDTH - RIGHT + 10}" y="{height:.1f}" fill="{theme.lines[n]}">{escape(lines[n].name)}</text>'
