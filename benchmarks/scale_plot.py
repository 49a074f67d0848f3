"""Draw what the benchmark of scale measured, for the page on large tables: `python -m benchmarks.scale_plot`.

Its figures stand in `scale_figures.csv`, as `scale --output` writes them, and the two pictures that it draws of them in
`docs/assets/`, one for each language.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["ASSETS", "FIGURES", "NAMES", "drawn", "main"]

FIGURES = Path(__file__).with_name("scale_figures.csv")
ASSETS = Path(__file__).resolve().parents[1] / "docs" / "assets"
ROW, LABEL, WIDTH, RIGHT = 17, 320, 860, 150
LEAST = 0.25
"""Seconds where the bars begin; they grow with the logarithm."""
NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {"csv": "CSV", "parquet": "Parquet", "polars read": "polars, bare read", "duckdb read": "duckdb, bare read",
           "ours": "this package", "ours, same rules": "this package, rules of data-dict",
           "ours, frictionless' rules": "this package, rules of frictionless",
           "ours, pandera": "this package, as in a notebook", "great expectations": "Great Expectations",
           "title": "Seconds to check good tables, on a logarithmic scale", "rows": "{form}, {rows} rows"},
    "zh": {"csv": "CSV", "parquet": "Parquet", "polars read": "polars，单纯读取", "duckdb read": "duckdb，单纯读取",
           "ours": "本数据集", "ours, same rules": "本数据集，data-dict 的规则",
           "ours, frictionless' rules": "本数据集，frictionless 的规则",
           "ours, pandera": "本数据集，笔记本中的核查", "great expectations": "Great Expectations",
           "pandera on polars": "pandera（polars）", "pandera on pandas": "pandera（pandas）",
           "title": "核查没有错的表所用秒数（对数尺度）", "rows": "{form}，{rows} 行"},
}  # fmt: skip
"""What a picture calls forms of files and sides in each language; a side that is not named is called as it is."""
STYLE = (
    "text{font:12px sans-serif;fill:#333}.m{fill:#777}.b{fill:#9ab}.o{fill:#c60}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.m{fill:#aaa}}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the pictures of the page."""
    del arguments
    with FIGURES.open(encoding="utf-8", newline="") as file:
        measured = list(csv.DictReader(file))
    for language, name in (("en", "large-tables.svg"), ("zh", "large-tables-zh.svg")):
        (ASSETS / name).write_text(drawn(measured, language), encoding="utf-8")
    return 0


def drawn(measured: Sequence[Mapping[str, object]], language: str = "en") -> str:
    """A bar for each side on each good table, as SVG; `measured` has `form`, `rows`, `kind`, `side` and `wall`."""
    names = NAMES[language]
    good = [one for one in measured if one["kind"] == "clean"]
    files = dict.fromkeys((str(one["form"]), int(str(one["rows"]))) for one in good)
    most = max((float(str(one["wall"])) for one in good), default=1.0)
    lines = [f'<text x="0" y="{ROW}">{escape(names["title"])}</text>']
    at = 2 * ROW
    for form, rows in sorted(files):
        at += ROW
        lines.append(
            f'<text class="m" x="0" y="{at}">{names["rows"].format(form=names[form], rows=f"{rows:,}")}</text>'
        )
        of_file = [one for one in good if (one["form"], int(str(one["rows"]))) == (form, rows)]
        for one in sorted(of_file, key=lambda one: float(str(one["wall"]))):
            at += ROW
            lines += _bar(at, str(one["side"]), float(str(one["wall"])), most, names)
        at += ROW // 2
    height = at + ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
        f"<title>{escape(names['title'])}</title><style>{STYLE}</style>\n" + "\n".join(lines) + "\n</svg>\n"
    )


def _bar(at: int, side: str, seconds: float, most: float, names: Mapping[str, str]) -> list[str]:
    """The label, the bar and the seconds of a side."""
    share = math.log(max(seconds, LEAST) / LEAST) / math.log(max(most, 2 * LEAST) / LEAST)
    width = max(1, round(share * (WIDTH - LABEL - RIGHT)))
    kind = "o" if side.startswith("ours") else "b"
    return [
        f'<text x="16" y="{at}">{escape(names.get(side, side))}</text>',
        f'<rect class="{kind}" x="{LABEL}" y="{at - 11}" width="{width}" height="12"/>',
        f'<text x="{LABEL + width + 6}" y="{at}">{seconds:.3g} s</text>',
    ]


if __name__ == "__main__":
    sys.exit(main())
