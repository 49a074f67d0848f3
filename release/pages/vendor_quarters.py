"""What a vendor's page shows of its last quarters: the chart of its cloud and a row a quarter."""

from __future__ import annotations

from canonical.text_tables import Row
from release.package.markdown import chart, code, folded, plain, section, table
from release.pages.data import rows_of
from release.pages.language import Language, in_language
from release.pages.leading import chart_state, headline
from release.pages.metrics import unseen

__all__ = ["vendor_quarters"]

QUARTERS = 8
"""Quarters that a page shows at first; the earlier ones unfold below."""


def vendor_quarters(vendor_id: str, language: Language) -> list[str]:
    """The vendor's last quarters in `cloud_quarters`, newest first; nothing where the table has none."""
    quarters = [row for row in rows_of("cloud_quarters") if row["vendor_id"] == vendor_id]
    if not quarters:
        return []
    newest = sorted(quarters, key=lambda row: (row["period_end"], row["entity_id"]), reverse=True)
    headers = [
        in_language(language, *words)
        for words in (
            ("Quarter", "季度"),
            ("Entity", "主体"),
            ("Ends", "截止日"),
            ("Revenue, million", "收入（百万）"),
            ("Growth y/y, %", "同比增速（%）"),
            ("As printed, %", "原文增速（%）"),
            ("Operating margin, %", "经营利润率（%）"),
        )
    ]
    rows = [_quarter(row) for row in newest]
    about = in_language(
        language,
        "The table gives one number for each quarter, chosen by [a rule](../../method/headline.md) where sources "
        "disagree; it is part of [cloud_quarters](../tables/cloud_quarters.md).",
        "下表每个季度一个数字；来源不一致时，按[取数规则](../../method/headline.md)选定，"
        "取自 [cloud_quarters](../tables/cloud_quarters.md)。",
    )
    title = in_language(language, "Quarters", "各季度")
    cloud = next((row["entity_id"] for row in rows_of("vendor_clouds") if row["vendor_id"] == vendor_id), "")
    drawn = chart_state("revenue", cloud)
    parts = [section(2, title, "quarters"), about, table(headers, rows[:QUARTERS], right=[3, 4, 5, 6])]
    parts[1:1] = [chart(unseen(language), *drawn, cloud)] if drawn else []
    if rows[QUARTERS:]:
        earlier = in_language(
            language, f"{len(rows) - QUARTERS} earlier quarters", f"更早的 {len(rows) - QUARTERS} 个季度"
        )
        parts.append(folded(earlier, table(headers, rows[QUARTERS:], right=[3, 4, 5, 6])))
    return parts


def _quarter(row: Row) -> list[str]:
    return [
        plain(row["calendar_quarter"]),
        code(row["entity_id"]),
        plain(row["period_end"]),
        headline(_revenue(row), row),
        _amount(row["growth_yoy"], 1),
        plain(row["growth_yoy_printed"]),
        _amount(row["operating_margin"], 1),
    ]


def _revenue(row: Row) -> str:
    return f"{_amount(row['revenue'], 0)} {plain(row['currency'])}" if row["revenue"] else ""


def _amount(text: str, decimals: int) -> str:
    return f"{float(text):,.{decimals}f}" if text else ""
