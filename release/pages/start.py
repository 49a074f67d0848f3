"""Texts that hand-written pages take in: the package in numbers, how to cite it, whom to credit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from canonical.table_schema import load_schema
from canonical.text_tables import Row
from release.package.markdown import block, code, link, plain, state, table
from release.package.metadata import citation, package_metadata, version
from release.pages.data import row_counts, rows_of
from release.pages.language import Language, in_language, text_of
from release.pages.leading import HOME, headline
from release.pages.sources import credits_to

__all__ = ["snippets"]

RECENT = timedelta(days=366)
"""How far a cloud's last quarter may lie behind the newest of all; one that stopped reporting is left out."""


def snippets(language: Language) -> Iterator[tuple[str, str]]:
    """Each snippet as (path without suffix, Markdown); a leading underscore keeps it from being a page."""
    yield "_numbers", _numbers(language)
    yield "_citation", _citation(language)
    yield "_credits", credits_to(language)
    yield "_row", _row(language)
    yield "_places", _places(language)
    yield "_latest", _latest(language)


def _numbers(language: Language) -> str:
    counts = row_counts()
    observations = rows_of("observations")
    ends = sorted(row["period_end"] for row in observations if row["period_end"] and row["claim_status"] == "actual")
    lines = [
        (in_language(language, "printed numbers", "原文数字"), counts.get("observations", 0), "observations"),
        (in_language(language, "model prices", "模型价格"), counts.get("model_prices", 0), "model_prices"),
        (in_language(language, "machine prices", "云主机价格"), counts.get("compute_prices", 0), "compute_prices"),
        (in_language(language, "claims without a number", "不含数字的陈述"), counts.get("statements", 0), "statements"),
        (in_language(language, "sources", "来源"), counts.get("sources", 0), "sources"),
        (
            in_language(language, "vendors with numbers", "有数据的厂商"),
            len({_vendor_of(row["entity_id"]) for row in observations} - {""}),
            "vendors",
        ),
        (in_language(language, "findings published", "公开的核查结果"), counts.get("findings", 0), "findings"),
    ]
    rows = [
        [link(f"**{count:,}**", f"reference/tables/{name}.md"), words, link(code(name), f"reference/tables/{name}.md")]
        for words, count, name in lines
        if count
    ]
    span = in_language(language, "Actual numbers cover periods from {} to {}.", "实际值所属期间自 {} 至 {}。")
    headers = [in_language(language, *words) for words in (("Count", "数量"), ("Of", "内容"), ("Table", "表"))]
    said = span.format(plain(ends[0]), plain(ends[-1])) if ends else ""
    about = in_language(language, f"Version {version()}. {said}", f"版本 {version()}。{said}")
    return "\n\n".join([about, table(headers, rows, right=[0])])


def _vendor_of(entity_id: str) -> str:
    return next((row["vendor_id"] for row in rows_of("entities") if row["entity_id"] == entity_id), "")


def _citation(language: Language) -> str:
    package = package_metadata()
    licence = package["licences"]["data"]
    under = in_language(language, "Licence of the data: ", "数据许可：")
    return f"{block(citation())}\n\n{under}{link(plain(licence['title']), licence['path'])}"


def _row(language: Language) -> str:
    """One observation cell by cell: the first plain level that quotes its words."""
    shown = next((row for row in rows_of("observations") if row["printed_text"] and row["measure"] == "level"), {})
    headers = [in_language(language, *words) for words in (("Column", "列"), ("Cell", "内容"), ("Meaning", "含义"))]
    rows = [
        [
            link(code(field.name), f"../reference/tables/observations.md#{field.name}"),
            code(shown[field.name]),
            plain(text_of(field.descriptor, "title", language)),
        ]
        for field in load_schema("observations").fields
        if shown.get(field.name)
    ]
    return table(headers, rows)


def _latest(language: Language) -> str:
    """The last quarter with a revenue of each cloud that reported within a year of the newest, the largest first."""
    last: dict[str, Row] = {}
    for row in sorted(rows_of("cloud_quarters"), key=lambda row: (row["period_end"], row["entity_id"])):
        if row["revenue_usd"]:
            last[row["vendor_id"]] = row
    newest = max((date.fromisoformat(row["period_end"]) for row in last.values()), default=date.min)
    recent = [row for row in last.values() if newest - date.fromisoformat(row["period_end"]) <= RECENT]
    headers = [
        in_language(language, *words)
        for words in (
            ("Cloud", "云"),
            ("Quarter", "季度"),
            ("Revenue, USD million", "收入（百万美元）"),
            ("Growth y/y, %", "同比增速（%）"),
            ("Known since", "公开日期"),
        )
    ]
    names = {row["vendor_id"]: text_of(row, "name", language) for row in rows_of("vendors")}
    rows = [
        [
            link(plain(names[row["vendor_id"]]), f"reference/vendors/{row['vendor_id']}.md"),
            state(plain(row["calendar_quarter"]), "explore.html", "revenue", "quarter", row["entity_id"]),
            headline(f"{float(row['revenue_usd']):,.0f}", row, HOME),
            f"{float(growth):,.1f}" if (growth := row["growth_yoy"] or row["growth_yoy_printed"]) else "",
            row["known_on"],
        ]
        for row in sorted(recent, key=lambda row: -float(row["revenue_usd"]))
    ]
    return table(headers, rows, right=[2, 3])


def _places(language: Language) -> str:
    """How many observations have the address of their document, of its copy only, or none; and how many a locator."""
    addresses = {row["source_id"]: row["url"] for row in rows_of("sources")}
    observations = rows_of("observations")
    stating = sum(bool(addresses.get(row["source_id"])) for row in observations)
    either = sum(bool(addresses.get(row["source_id"]) or addresses.get(row["via_source_id"])) for row in observations)
    located = sum(bool(row["locator"]) for row in observations)
    every, copied, none = len(observations), either - stating, len(observations) - either
    return in_language(
        language,
        f"**Not every number has a page.** Of {every:,} printed numbers {stating:,} have the address of the document "
        f"that states them, {copied:,} only that of the document they were read in, and {none:,} none. "
        f"{located:,} have a locator, which says where in the document the number stands.",
        f"**并非每个数字都有页面可查。** {every:,} 个原文数字中，{stating:,} 个有陈述文件的地址，"
        f"{copied:,} 个只有实际读到的文件的地址，{none:,} 个没有地址。"
        f"{located:,} 个有位置标记，说明数字在文件中的位置。",
    )
