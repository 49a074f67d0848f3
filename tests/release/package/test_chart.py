"""The picture of cloud revenue: one line a cloud, broken where quarters do not follow on one another."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date
from itertools import pairwise

import polars as pl

from release.package.chart import PICTURES, revenue_picture

SVG = "{http://www.w3.org/2000/svg}"
ENDS = [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)]
THEME = next(iter(PICTURES.values()))


def quarters(name: str, usd: list[float | None], breaks: list[bool] | None = None) -> pl.DataFrame:
    """The quarters of 2024 of one cloud."""
    return pl.DataFrame(
        {
            "vendor_id": name, "vendor_name": name, "vendor_name_zh": f"{name} 云", "entity_id": name,
            "period_end": ENDS, "revenue_usd": usd, "perimeter_break": breaks or [False] * 4,
        }
    )  # fmt: skip


def drawn(frame: pl.DataFrame) -> ElementTree.Element:
    """The picture as a tree."""
    return ElementTree.fromstring(revenue_picture(frame, THEME))


def test_a_cloud_is_one_line_and_a_dot_a_quarter() -> None:
    picture = drawn(quarters("A & B <cloud>", [1000.0, 2000.0, 3000.0, 4000.0]))
    assert len(picture.findall(f"{SVG}path")) == 1
    assert len(picture.findall(f"{SVG}circle")) == 4
    assert "A & B <cloud>" in [text.text for text in picture.findall(f"{SVG}text")]


def test_a_chinese_reader_sees_chinese_names() -> None:
    svg = revenue_picture(quarters("a", [1000.0, 2000.0, 3000.0, 4000.0]), THEME, chinese=True).decode()
    assert "十亿美元" in svg
    assert "a 云</text>" in svg


def test_a_cloud_without_a_chinese_name_keeps_its_own() -> None:
    frame = pl.concat([quarters(name, [1000.0] * 4) for name in "ab"]).with_columns(
        vendor_name_zh=pl.lit(None, pl.String)
    )
    svg = revenue_picture(frame, THEME, chinese=True).decode()
    assert "None" not in svg
    assert svg.count("<path") == 2
    assert ">a</text>" in svg


def test_a_missing_quarter_and_a_new_perimeter_break_the_line() -> None:
    missing = drawn(quarters("a", [1000.0, None, 3000.0, 4000.0]))
    recast = drawn(quarters("a", [1000.0, 2000.0, 3000.0, 4000.0], [False, False, True, False]))
    assert len(missing.findall(f"{SVG}path")) == len(recast.findall(f"{SVG}path")) == 2


def test_labels_of_clouds_of_one_size_do_not_lie_on_one_another() -> None:
    frame = pl.concat([quarters(name, [1000.0] * 4) for name in "abcdef"])
    heights = sorted(
        float(text.get("y", 0)) for text in drawn(frame).findall(f"{SVG}text") if text.text in set("abcdef")
    )
    assert len(heights) == 6
    assert min(after - before for before, after in pairwise(heights)) >= 14


def test_a_larger_number_stands_higher() -> None:
    circles = drawn(quarters("a", [1000.0, 2000.0, 1500.0, 4000.0])).findall(f"{SVG}circle")
    first, second, third, fourth = (float(circle.get("cy", 0)) for circle in circles)
    assert fourth < second < third < first
