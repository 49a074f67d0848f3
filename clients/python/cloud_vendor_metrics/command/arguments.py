"""The arguments of the verbs, and those that all verbs have."""

from __future__ import annotations

from typing import Any, get_args

from cloud_vendor_metrics.command.declaration import Argument, Verb, Words
from cloud_vendor_metrics.headlines import Frequency

__all__ = [
    "CURRENCY", "DAY", "ENTITY", "FILTERS", "FREQUENCY", "METRIC", "PERIOD", "QUERY", "SHOWN", "TABLE", "VENDOR",
    "arguments_of",
]  # fmt: skip

SEVERAL: dict[str, Any] = {"action": "append", "metavar": "NAME"}
VENDOR = Argument(
    ("--vendor",),
    Words("id, name or ticker of a vendor; may be repeated", "厂商的标识、名称或股票代码，可重复"),
    SEVERAL,
)
ENTITY = Argument(("--entity",), Words("id or name of an entity; may be repeated", "主体的标识或名称，可重复"), SEVERAL)
METRIC = Argument(("--metric",), Words("id or name of a metric; may be repeated", "指标的标识或名称，可重复"), SEVERAL)
PERIOD = Argument(
    ("--period",),
    Words(
        "2025, 2025-Q2, 2025-06-30, FY2025Q2, or a span such as 2020..2024 or 2020..",
        "2025、2025-Q2、2025-06-30、FY2025Q2，或 2020..2024、2020.. 这样的区间",
    ),
    {"metavar": "PERIOD"},
)
AS_OF = Argument(("--as-of",), Words("what was known on this day", "截至该日的已知情况"), {"metavar": "DAY"})
FILTERS = (VENDOR, ENTITY, METRIC, PERIOD, AS_OF)
FREQUENCY = Argument(
    ("--frequency",),
    Words("quarter, half_year or year", "季度、半年或年"),
    {"choices": get_args(Frequency), "default": "quarter"},
)
CURRENCY = Argument(
    ("--currency",), Words("USD; without it the one reported in", "USD；不填则用披露币种"), {"metavar": "CODE"}
)
TABLE = Argument(("table",), Words("name of a table", "表名"), {"metavar": "TABLE"})
DAY = Argument(("--day",), Words("the day; today without it", "日期，不填则为今天"), {"metavar": "DAY"})
QUERY = Argument(("query",), Words("words in English or Chinese", "英文或中文的词"), {"metavar": "WORDS", "nargs": "+"})
SHOWN = 20
"""Rows that a terminal shows unless more are asked for."""
FORMATS = ("table", "csv", "json", "jsonl", "markdown")
DATA = Argument(
    ("--data",),
    Words(
        "a downloaded release, folder or zip; else CVM_DATA, else the tables of the client",
        "下载的发布包（文件夹或 zip）；否则取 CVM_DATA，再否则取客户端自带的表",
    ),
    {"metavar": "PATH"},
)
OUTPUT = Argument(
    ("--output",), Words("a file to write instead of the terminal", "写入的文件，不填则输出到终端"), {"metavar": "FILE"}
)
ROWS = (
    Argument(
        ("--format",),
        Words("table for the eye, the others for programs", "table 供阅读，其余供程序使用"),
        {"choices": FORMATS, "default": "table"},
    ),
    Argument(("--columns",), Words("columns to keep, joined by commas", "保留的列，以逗号分隔"), {"metavar": "NAMES"}),
    Argument(
        ("--limit",),
        Words(f"rows at most, 0 for all; {SHOWN} for a table", f"最多行数，0 为全部；table 默认 {SHOWN} 行"),
        {"metavar": "N", "type": int},
    ),
)


def arguments_of(verb: Verb) -> tuple[Argument, ...]:
    """The arguments of a verb, those that all have behind its own."""
    return (*verb.arguments, *(ROWS if verb.rows else ()), OUTPUT, DATA)
