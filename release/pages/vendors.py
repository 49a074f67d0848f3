"""One page per vendor: its latest quarters, its model prices, its entities, and what the package holds of each."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.text_tables import Row
from release.package.markdown import code, front_matter, link, plain, section, state, table
from release.pages.corroboration import held_share
from release.pages.data import rows_of, uses
from release.pages.language import Language, in_language, text_of
from release.pages.leading import chart_state, counted
from release.pages.metrics import reach_of
from release.pages.vendor_gaps import vendor_gaps
from release.pages.vendor_prices import own_prices, vendor_prices
from release.pages.vendor_quarters import vendor_quarters
from release.pages.vocabulary import meaning_of

__all__ = ["vendor_pages"]


def vendor_pages(language: Language) -> Iterator[tuple[str, str]]:
    """Each page as (path without suffix, Markdown): the list of vendors, then every vendor."""
    yield "vendors/index", _index(language)
    for vendor in rows_of("vendors"):
        yield f"vendors/{vendor['vendor_id']}", _vendor(vendor, language)


def _index(language: Language) -> str:
    headers = [
        in_language(language, *words)
        for words in (
            ("Vendor", "厂商"),
            ("Country", "国家"),
            ("Tickers", "证券代码"),
            ("Entities", "主体数"),
            ("Rows", "行数"),
            ("Model prices", "模型价格"),
        )
    ]
    rows = [
        [
            link(plain(text_of(vendor, "name", language)), f"{vendor['vendor_id']}.md"),
            plain(vendor["country"]),
            plain(vendor["tickers"]),
            str(len(_entities_of(vendor))),
            counted(_numbers_of(vendor), vendor_id=vendor["vendor_id"]),
            _own_prices(vendor["vendor_id"]),
        ]
        for vendor in rows_of("vendors")
    ]
    return "\n\n".join(
        [
            "# " + in_language(language, "Vendors", "厂商"),
            in_language(
                language,
                "*Rows* counts the printed numbers about the vendor's entities, prices apart; *Model prices* the "
                "current prices at which it sells models itself.",
                "“行数”为该厂商各主体的原文数字条数，不含价格；“模型价格”为其自售模型的现行价格条数。",
            ),
            table(headers, rows, right=[3, 4, 5]),
        ]
    )


def _numbers_of(vendor: Row) -> int:
    return sum(uses("entity_id")[entity["entity_id"]] for entity in _entities_of(vendor))


def _own_prices(vendor_id: str) -> str:
    count = len(own_prices(vendor_id))
    return link(f"{count:,}", f"{vendor_id}.md#model-prices") if count else "0"


def _entities_of(vendor: Row) -> list[Row]:
    return [entity for entity in rows_of("entities") if entity["vendor_id"] == vendor["vendor_id"]]


def _vendor(vendor: Row, language: Language) -> str:
    facts = [
        (in_language(language, "Company", "公司"), plain(vendor["parent_company"])),
        (in_language(language, "Country", "国家"), plain(vendor["country"])),
        (in_language(language, "Tickers", "证券代码"), plain(vendor["tickers"])),
        (in_language(language, "Site", "网站"), link(plain(vendor["website"]), vendor["website"])),
    ]
    name = plain(text_of(vendor, "name", language))
    parts = [front_matter(text_of(vendor, "name", language)), f"# {name} {code(vendor['vendor_id'])}"]
    parts.append(_introduction(vendor, language))
    parts.append(
        "\n".join(
            f"- {label}{in_language(language, ': ', '：')}{fact}" for label, fact in facts if fact and fact != "[]()"
        )
    )
    parts += vendor_quarters(vendor["vendor_id"], language)
    parts += vendor_prices(vendor["vendor_id"], language)
    parts += vendor_gaps(vendor["vendor_id"], language)
    parts.append(
        in_language(
            language,
            "Below, *Held* counts the numbers that [another print or an equation](../corroboration/index.md) holds.",
            "下列各表中，“有印证”为有[其他原文数字或等式印证](../corroboration/index.md)的数字条数。",
        )
    )
    for entity in _entities_of(vendor):
        parts += _entity(entity, language)
    return "\n\n".join(parts)


def _introduction(vendor: Row, language: Language) -> str:
    """Who the vendor is, and how much of it the package has, in a sentence or two."""
    name = plain(text_of(vendor, "name", language))
    entities = {entity["entity_id"] for entity in _entities_of(vendor)}
    rows = [row for row in rows_of("observations") if row["entity_id"] in entities]
    first, last, *_, count, sources = reach_of(rows)
    if not rows:
        return in_language(
            language,
            f"No number that {name} reported is in this dataset yet; what it charges for models and machines may be.",
            f"本数据集尚无{name}披露的数字，但可能有其模型与机型的价格。",
        )
    return in_language(
        language,
        f"This page shows what is known of {name} in numbers: {count} figures, each as a document printed it, from "
        f"{sources} documents, about the time from {first or '…'} to {last or '…'}. The sections below tell apart whom "
        "the figures are about, such as the whole company and its cloud business.",
        f"本页列出关于{name}的数字：{count} 个，均按文件原文记录，出自 {sources} 份文件，"
        f"所属期间自 {first or '…'} 至 {last or '…'}。下文按数字所属的主体分节，例如集团与其云业务。",
    )


def _entity(entity: Row, language: Language) -> list[str]:
    key = entity["entity_id"]
    facts = [meaning_of("entities", "scope", entity["scope"], language)]
    if entity["parent_entity_id"]:
        facts.append(in_language(language, "part of ", "隶属于 ") + code(entity["parent_entity_id"]))
    if entity["reporting_currency"]:
        facts.append(in_language(language, "reports in ", "报告币种 ") + plain(entity["reporting_currency"]))
    if entity["fiscal_year_end_month"]:
        month = plain(entity["fiscal_year_end_month"])
        facts.append(in_language(language, f"fiscal year ends in month {month}", f"财年截止于 {month} 月"))
    parts = [section(2, f"{plain(text_of(entity, 'name', language))} {code(key)}", key)]
    parts.append(in_language(language, "; ", "；").join(facts))
    parts += _breaks(key, language)
    rows = list(_holdings(key, language))
    if not rows:
        return [*parts, in_language(language, "No printed number yet.", "暂无数据。")]
    headers = [
        in_language(language, *words)
        for words in (
            ("Metric", "指标"),
            ("From", "起"),
            ("To", "止"),
            ("Expected to", "预期至"),
            ("Numbers", "原文数字"),
            ("Sources", "来源数"),
            ("Held", "有印证"),
        )
    ]
    return [*parts, table(headers, rows, right=[4, 5, 6])]


def _breaks(entity_id: str, language: Language) -> list[str]:
    breaks = [row for row in rows_of("entity_breaks") if row["entity_id"] == entity_id]
    lines = [
        " ".join(
            (
                "-",
                plain(row["first_published_on"]),
                code(row["perimeter_id"]),
                plain(text_of(row, "description", language)),
            )
        )
        for row in sorted(breaks, key=lambda row: row["first_published_on"])
    ]
    return ["\n".join(lines)] if lines else []


def _holdings(entity_id: str, language: Language) -> Iterator[list[str]]:
    """One row per metric of an entity: first and last period of results, the last one that is only expected, counts."""
    names = {row["metric_id"]: text_of(row, "name", language) for row in rows_of("metrics")}
    prints: dict[str, list[Row]] = {}
    for row in rows_of("observations_flat"):
        if row["entity_id"] == entity_id:
            prints.setdefault(row["metric_id"], []).append(row)
    for metric_id, rows in sorted(prints.items()):
        name = plain(names.get(metric_id, metric_id))
        *ends, _, sources = reach_of(rows)
        yield [
            f"{_series(entity_id, metric_id, name)} {link(code(metric_id), f'../metrics/{metric_id}.md')}",
            *ends,
            counted(len(rows), entity_id=entity_id, metric_id=metric_id),
            sources,
            held_share(rows),
        ]


def _series(entity_id: str, metric_id: str, name: str) -> str:
    """The name of a metric, leading to the chart of its totals where there are any."""
    drawn = chart_state(metric_id, entity_id)
    return state(name, "../../explore.html", *drawn, entity_id) if drawn else name
