"""The data that the charts of the site draw: tables by column, as plain scripts, so that they load from a folder too.

A page opened from a folder may run scripts but not fetch a file. Each script hands one table to the page:
`cvm.put(name, columns)`, where a column of repeating texts is a list of its texts and the place of each row's in it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from canonical.table_schema import load_schema
from canonical.text_tables import Row
from release.package.metadata import citation, version
from release.pages.chinese_texts import text_in
from release.pages.data import rows_of
from release.pages.finding_words import in_words, remedy, why
from release.pages.language import LANGUAGES, Language
from release.pages.price_data import price_scripts
from release.pages.search_index import Entry, search_entries
from release.pages.unit_words import chinese_symbol

__all__ = ["chart_scripts"]

MOST_ROWS = 100
"""Rows of prices that a finding's page lists; all stand in `finding_rows`."""
NUMBERS = frozenset({"value", "value_low", "value_high", "rate"})
VINTAGES = (
    "entity_id", "of_entity_id", "metric_id", "basis", "breakdown_id", "period_type", "period_start", "period_end",
    "known_on", "unit_id", "value", "value_low", "value_high", "perimeter_id", "claim_status", "flags", "derivation",
    "observation_ids", "disputed",
)  # fmt: skip
PRINTS = (
    "observation_id", "source_id", "via_source_id", "locator", "printed_value", "printed_value_to", "printed_unit_id",
    "printed_text", "known_on", "evidence",
)  # fmt: skip
RECORDS = (
    "fact_id", "entity_id", "of_entity_id", "metric_id", "measure", "basis", "breakdown_id", "perimeter_id",
    "period_type", "period_start", "period_end", "period_label", "period_precision", "bound", "precision_word",
    "claim_status", "assumed", "printed_label", "note", "unit_id", "value", "value_low", "value_high", "corrected",
    "corroboration", "corroborating_prints", "corroborating_publishers", "relations_evaluated", "relations_holding",
    "equations_holding", "relation_ids", "corroboration_lacks",
)  # fmt: skip
CORRECTIONS = ("observation_id", "field_name", "printed", "corrected", "reason", "source_ids", "status")
SOURCES = ("source_id", "title", "publisher", "published_on", "kind", "url")
FINDINGS = ("finding_id", "rule", "severity", "status", "found", "expected", "message", "fix", "reason")
CHINESE = ("message_zh", "found_zh", "expected_zh", "fix_zh", "reason_zh")
RATES = ("period_start", "period_end", "base", "quote", "rate")
CODED = {
    "observations": ("measure", "basis", "period_type", "claim_status", "evidence"),
    "observations_flat": ("corroboration",),
    "findings": ("severity", "status"),
    "corrections": ("status",),
    "sources": ("kind",),
    "vintages": ("derivation",),
}
"""Columns whose codes a page says in words."""
UNITS = ("unit_id", "symbol", "quantity", "currency")


def chart_scripts() -> dict[str, str]:
    """Every script by its file name: `vintages.js`, `names.js` and what a page loads when it is asked for."""
    tables: dict[str, Callable[[], object]] = {
        "vintages": lambda: _columns(rows_of("vintages"), VINTAGES),
        "names": _names,
        "prints": lambda: _columns(rows_of("observations_flat"), PRINTS),
        "records": lambda: _with_chinese("observations_flat", RECORDS, "note"),
        "corrections": lambda: _with_chinese("corrections", CORRECTIONS, "reason"),
        "sources": lambda: _columns(rows_of("sources"), SOURCES),
        "findings": _findings,
    }
    tables |= {f"search-{language}": partial(_entries, language) for language in LANGUAGES}
    made = {name: make() for name, make in tables.items()} | dict(price_scripts())
    return {f"{name}.js": f"cvm.put({json.dumps(name)},{_json(columns)});\n" for name, columns in made.items()}


def _entries(language: Language) -> dict[str, object]:
    rows = [entry._asdict() for entry in search_entries(language)]
    return _columns(rows, Entry._fields)


def _with_chinese(table: str, columns: Sequence[str], told: str) -> dict[str, object]:
    """A table with a further column for what one of its columns tells in English: `note_zh` for `note`."""
    rows = rows_of(table)
    chinese = f"{told}_zh"
    return _columns(rows, columns) | {chinese: _column([text_in("zh", row[told]) for row in rows], is_number=False)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _columns(rows: Sequence[Row], columns: Sequence[str]) -> dict[str, object]:
    """A table by column: numbers as such, texts as they are or, where they repeat, by their place in a list."""
    return {column: _column([row[column] for row in rows], column in NUMBERS) for column in columns}


def _column(cells: list[str], is_number: bool) -> object:
    if is_number:
        return [float(cell) if cell else None for cell in cells]
    texts = sorted(set(cells))
    if len(texts) * 2 > len(cells):
        return cells
    places = {text: place for place, text in enumerate(texts)}
    return {"texts": texts, "rows": [places[cell] for cell in cells]}


def _names() -> dict[str, object]:
    """What the controls of a chart offer and its labels say, and the rates that it converts at."""
    return {
        "version": version(),
        "citation": citation(),
        "vendors": _vendors(),
        "entities": _named("entities", "entity_id", "vendor_id", "reporting_currency"),
        "metrics": _named("metrics", "metric_id", "quantity", "unit_id", "period_kind"),
        "breakdowns": _named("breakdowns", "breakdown_id"),
        "units": {row["unit_id"]: _unit(row) for row in rows_of("units")},
        "rates": _columns([row for row in rows_of("exchange_rate_means") if row["quote"] == "USD"], RATES),
        "quarters": _calendar_quarters(),
        "codes": _codes(),
    }


def _unit(row: Row) -> dict[str, str]:
    return {column: row[column] for column in UNITS} | {"symbol_zh": chinese_symbol(row)}


def _codes() -> dict[str, dict[str, dict[str, str]]]:
    """What the codes of columns mean in both languages, by table and column."""
    return {
        f"{table}.{column}": load_schema(table).field(column).descriptor["codes"]
        for table, columns in CODED.items()
        for column in columns
    }


def _vendors() -> dict[str, dict[str, str]]:
    """The names of vendors, with the entity that stands for the cloud of each."""
    clouds = {row["vendor_id"]: row["entity_id"] for row in rows_of("vendor_clouds")}
    return {
        vendor: names | {"cloud_entity_id": clouds.get(vendor, "")}
        for vendor, names in _named("vendors", "vendor_id").items()
    }


def _named(table: str, key: str, *more: str) -> dict[str, dict[str, str]]:
    """The names of the rows of a table in both languages, with some of their other cells."""
    return {
        row[key]: {"en": row["name_en"], "zh": row["name_zh"] or row["name_en"]} | {cell: row[cell] for cell in more}
        for row in rows_of(table)
    }


def _calendar_quarters() -> dict[str, str]:
    """The calendar quarter of each quarter's last day, where it is not the one that the day lies in."""
    return {
        f"{row['entity_id']}|{row['period_end']}": row["calendar_quarter"]
        for row in rows_of("quarterly_metrics")
        if row["calendar_quarter"] and row["aligned"] == "false"
    }


def _findings() -> dict[str, object]:
    """Every finding, the first rows that it names, table before id, and the observations among them."""
    named: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of("finding_rows"):
        named[row["finding_id"]].append(row)
    findings = [row | {"message": why(row, "en")} for row in rows_of("findings")]
    every = [named[finding["finding_id"]] for finding in findings]
    chinese = [
        {"message_zh": why(row, "zh"), "fix_zh": remedy(row, "zh"), "reason_zh": text_in("zh", row["reason"])}
        | {f"{column}_zh": in_words(row[column], "zh") for column in ("found", "expected")}
        for row in rows_of("findings")
    ]
    columns = _columns(findings, FINDINGS) | _columns(chinese, CHINESE)
    columns["observation_ids"] = [_ids(rows, "observations") for rows in every]
    columns["others"] = [
        " ".join(f"{row['table_name']}:{row['row_id'].replace(' ', '%20')}" for row in rows[:MOST_ROWS]
                 if row["table_name"] != "observations") for rows in every
    ]  # fmt: skip
    columns["count"] = [len(rows) for rows in every]
    return columns


def _ids(rows: Sequence[Row], table: str) -> str:
    return " ".join(row["row_id"] for row in rows if row["table_name"] == table)
