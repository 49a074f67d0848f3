"""Hostile tables: bytes that are no text, shapes that are no table, cells that hide, run or lead in circles."""
# ruff: noqa: E501

from __future__ import annotations

import gzip
from collections.abc import Iterator

from benchmarks.hostile_kind import (
    MISSHAPEN,
    OBSERVATIONS,
    UNREADABLE,
    VENDORS,
    WRONG,
    Kind,
    a_circle_of_links,
    a_folder,
    a_pipe,
    a_sparse_file,
    bytes_changed,
    cell_changed,
    cell_set,
    text_changed,
)

__all__ = ["table_kinds"]


def table_kinds() -> Iterator[Kind]:
    """Every kind of damage to a table."""
    for kinds in (_unreadable_texts, _misshapen_texts, _texts, _circles, _numbers_and_days):
        yield from kinds()


def _unreadable_texts() -> Iterator[Kind]:
    for name, change, words in (
        ("UTF-16", lambda b: b.decode().encode("utf-16"), "UTF-16"),
        ("UTF-32", lambda b: b.decode().encode("utf-32"), "UTF-"),
        ("GBK", lambda b: b.decode().encode("gbk"), "UTF-8"),
        ("a workbook", lambda b: b"PK\x03\x04\x14\x00" + b, ""),
        ("NUL bytes", lambda b: b.replace(b"Acme", b"Ac\x00me"), "NUL"),
        ("an empty file", lambda b: b"", "empty"),
        ("blanks alone", lambda b: b" \n\n ", "empty"),
        ("random bytes", lambda b: bytes(range(256)) * 8, ""),
        ("a quote not closed", lambda b: b.replace(b",Acme", b',"Acme'), "quote"),
        ("a quote inside a cell", lambda b: b.replace(b"Acme", b'Ac"me'), "quote"),
        ("line ends of CR alone", lambda b: b.replace(b"\n", b"\r"), ""),
        ("a lone CR in a bare cell", lambda b: b.replace(b",Acme", b",Ac\rme"), ""),
        ("a cell of 200,000 letters", lambda b: b.replace(b"Acme", b"x" * 200_000), ""),
    ):
        yield Kind("bytes", name, VENDORS, bytes_changed(change), UNREADABLE, words)
    packed = {**UNREADABLE, "feed": (0,)}  # others give their tables packed; those of the package are plain texts
    yield Kind("bytes", "gzip", VENDORS, bytes_changed(gzip.compress), packed, "gzip")
    for name, change in (("a pipe", a_pipe), ("a circle of links", a_circle_of_links), ("a folder", a_folder)):
        codes = {**UNREADABLE, "table": (2,), "check": (1, 2), "changed": (1, 2), "build": (1, 2)}
        yield Kind("special files", name, VENDORS, change, codes)
    yield Kind("special files", "a sparse file of 3 GB", VENDORS, a_sparse_file, UNREADABLE, "bytes")


def _misshapen_texts() -> Iterator[Kind]:
    for name, change in (
        ("semicolons", lambda s: s.replace(",", ";")),
        ("tabs", lambda s: s.replace(",", "\t")),
        ("JSON", lambda s: '{"a": 1}\n'),
        ("a page of HTML", lambda s: "<html><body>404</body></html>\n"),
        ("another table", lambda s: "metric_id,name_en\nrevenue,Revenue\n"),
        ("a cell too many", lambda s: s.rstrip("\n") + ",more\n"),
        ("an unknown column", lambda s: s.replace("\n", ",colour\n", 1).rstrip("\n") + ",red\n"),
        ("a column twice", lambda s: s.replace("\n", ",vendor_id\n", 1).rstrip("\n") + ",acme\n"),
        ("60,000 columns", lambda s: s.replace("\n", "," + ",".join(f"x{n}" for n in range(60_000)) + "\n", 1)),
    ):
        codes = {**MISSHAPEN, **dict.fromkeys(("feed", "table", "check", "changed", "build"), (1, 2))}
        yield Kind("shape", name, VENDORS, text_changed(change), codes)
    short = {**MISSHAPEN, "fill": (0,), "changed": (1,)}
    yield Kind("shape", "a blank line", VENDORS, text_changed(lambda s: s.replace("\n", "\n\n", 1)), short)
    yield Kind("shape", "a row cut off", OBSERVATIONS, text_changed(lambda s: s[:-40]), {**MISSHAPEN, "fill": (0, 2)})


def _texts() -> Iterator[Kind]:
    for name, cell, words in (
        ("an escape sequence", "Ac\x1b[2Jme", "control"), ("a C1 control", "Ac\x9bme", "control"),
        ("U+2028", "Ac\u2028me", "control"), ("U+FFFD", "Ac\ufffdme", "U+FFFD"), ("a turned text", "Ac\u202eme", "sees"),
        ("a zero-width blank", "Ac\u200bme", "sees"), ("a byte order mark inside", "Ac\ufeffme", "sees"),
        ("a tag letter", "Ac\U000e0041me", "sees"), ("a formula", "=1+1", "formula"), ("a function", "@SUM(1)", "formula"),
        ("another program", "+cmd|' /C calc'!A0", "formula"), ("a sum", "-2+3", "formula"),
        ("a link of a spreadsheet", '"=HYPERLINK(""http://x"")"', "formula"),
        ("a formula behind a blank", " =1+1", "formula"), ("a wide formula", "\uff1d1+1", "formula"),
        ("a no-break blank alone", "\u00a0", "sees"), ("a blank of Braille", "Ac\u2800me", "sees"),
    ):  # fmt: skip
        yield Kind("texts", name, VENDORS, cell_changed(",Acme", f",{cell}"), WRONG, words)
    marked = bytes_changed(lambda b: b.replace(b"\nacme", b"\n\xef\xbb\xbfacme", 1))
    yield Kind("texts", "a byte order mark before a row", VENDORS, marked, WRONG, "vendor_id")
    quiet = {"feed": (0,), "table": (0,), "check": (1,), "changed": (0,), "fill": (0,), "build": (0,), "docs": (1,)}
    for name, cell in (
        ("a script", "<script>alert(1)</script>"), ("Markdown", "](javascript:alert(1))"), ("a quoted CR", '"Ac\rme"'),
        ("a quoted LF", '"Ac\nme"'), ("front matter", '"a: b\n---\n<svg onload=x>"'), ("a template", "{{ 7*7 }}"),
    ):  # fmt: skip
        yield Kind("texts", name, VENDORS, cell_changed(",Acme", f",{cell}"), quiet)
    for scheme in ("javascript://host/%0aalert(1)", "data:text/html", "vbscript://x", "file:///etc/passwd"):
        yield Kind("texts", f"an address {scheme[:12]}", "data/sources.csv", cell_changed("https://acme.example/results", scheme),
                   WRONG, "http")  # fmt: skip


def _circles() -> Iterator[Kind]:
    for name, file, column, value, row in (
        ("an entity above itself", "data/entities.csv", "parent_entity_id", "acme-cloud", -1),
        ("two entities", "data/entities.csv", "parent_entity_id", "acme-cloud", 0),
        ("a breakdown", "data/breakdowns.csv", "parent_breakdown_id", "total", -1),
        ("a source that cites itself", "data/sources.csv", "cited_by", "acme-2025", -1),
        ("a stage", "data/supply_chain_stages.csv", "parent_stage_id", "chips", -1),
        ("two units", "data/units.csv", "canonical_unit_id", "cny-100m", 0),
        ("a metric", "data/metrics.csv", "broader_metric_id", "revenue", -1),
        ("a numerator", "data/metrics.csv", "numerator_metric_id", "revenue", -1),
        ("a denominator", "data/metrics.csv", "denominator_metric_id", "revenue", -1),
        ("a member", "data/entities.csv", "members", "acme-cloud", -1),
    ):
        yield Kind("circles", name, file, cell_set(column, value, row), WRONG, "leads back")


def _numbers_and_days() -> Iterator[Kind]:
    for file, column, values in (
        ("data/reporting.csv", "last_period_end", ("9999-12-31", "2025-02-30", "２０２５-06-30")),
        ("data/reporting.csv", "first_period_end", ("0001-03-31", "yesterday")),
        ("data/sources.csv", "published_on", ("0001-01-01", "9999-12-31", "2025-11-31")),
        ("data/exchange_rates.csv", "date", ("9999-12-31", "0001-01-01")),
        ("data/exchange_rates.csv", "rate", ("0", "-1", "1e308", "1e-300", "NaN", "inf", "1" * 400, "1e99999999")),
        ("data/units.csv", "factor", ("0", "-1", "1e400", "NaN", "1" * 31, "0." + "1" * 31, "1e-400", "1e-30")),
        ("data/observations.csv", "printed_value", ("NaN", "1e5", "9" * 400, "３９８", "1,000", "--1", "0x10")),
        ("data/observations.csv", "decimals", ("-999999999", "1e9", "99")),
        ("data/observations.csv", "period_end", ("9999-12-31", "0001-01-01", "2025-06-31")),
    ):
        for value in values:
            name = f"{column} {value[:12]}{'…' if len(value) > 12 else ''}"
            yield Kind("numbers and days", name, file, cell_set(column, value), WRONG)
    for rate in ("inf", "1" * 400, "-1"):  # a rate that relations between observations ask for
        name = f"rate {rate[:12]} of a year that is read"
        yield Kind("numbers and days", name, "data/exchange_rates.csv", cell_set("rate", rate, 0), WRONG)
