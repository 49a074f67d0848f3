"""Every verb of the command, declared once."""

from __future__ import annotations

from typing import get_args

import cloud_vendor_metrics as cvm
from cloud_vendor_metrics.citation import Style
from cloud_vendor_metrics.command.answers import listed, plotted, series
from cloud_vendor_metrics.command.arguments import (
    CURRENCY,
    DAY,
    ENTITY,
    FILTERS,
    FREQUENCY,
    METRIC,
    PERIOD,
    QUERY,
    TABLE,
    VENDOR,
)  # fmt: skip
from cloud_vendor_metrics.command.completion import SHELLS, completion
from cloud_vendor_metrics.command.declaration import Argument, Verb, Words
from cloud_vendor_metrics.command.rows import period_of, rows_of

__all__ = ["VERBS"]


VERBS = (
    Verb(
        "list",
        Words("List the tables, metrics or vendors there are.", "列出现有的表、指标或厂商。"),
        listed,
        (
            Argument(
                ("what",),
                Words("tables, metrics or vendors", "tables（表）、metrics（指标）或 vendors（厂商）"),
                {"nargs": "?", "choices": ("tables", "metrics", "vendors"), "default": "tables"},
            ),
        ),
        ("cvm list", "cvm list metrics --columns metric_id,name_zh --limit 0"),
    ),
    Verb(
        "search",
        Words(
            "Find tables, columns, metrics, vendors, models and sources by words.",
            "按词查找表、列、指标、厂商、模型和来源。",
        ),
        lambda options: cvm.search(" ".join(options.query), data=options.data),
        (QUERY,),
        ("cvm search 资本开支", "cvm search capital expenditure --limit 5"),
    ),
    Verb(
        "describe",
        Words("Say what a table, a column, or the id of anything means.", "说明一张表、一列或任一标识的含义。"),
        lambda options: cvm.describe(options.name, data=options.data),
        (Argument(("name",), Words("a table, table.column, or an id", "表名、表名.列名或标识"), {"metavar": "NAME"}),),
        ("cvm describe quarterly_metrics", "cvm describe quarterly_metrics.value", "cvm describe capex-cash"),
    ),
    Verb(
        "resolve",
        Words("Say which vendor a name, ticker or id stands for.", "说明名称、股票代码或标识所指的厂商。"),
        lambda options: cvm.resolve(options.names, data=options.data),
        (Argument(("names",), Words("names", "名称"), {"metavar": "NAME", "nargs": "+"}),),
        ("cvm resolve 阿里云 AWS MSFT",),
    ),
    Verb(
        "show",
        Words("Show rows of a table.", "显示一张表的行。"),
        rows_of,
        (TABLE, *FILTERS),
        (
            "cvm show quarterly_metrics --vendor aws --as-of 2025-06-30 --format csv",
            "cvm show cloud_quarters --vendor 阿里云 --period 2025",
        ),
    ),
    Verb(
        "observations",
        Words("Show every number as printed, with its source.", "显示每个按原文记录的数字及其来源。"),
        lambda options: cvm.observations(
            options.vendor,
            options.metric,
            period_of(options.period),
            options.as_of,
            entity=options.entity,
            data=options.data,
        ),
        FILTERS,
        ("cvm observations --vendor AWS --metric revenue --period 2025-Q2",),
    ),
    Verb(
        "series",
        Words("Show one number a period.", "每期显示一个数字。"),
        lambda options: series(options, options.wide),
        (
            *FILTERS,
            FREQUENCY,
            CURRENCY,
            Argument(("--wide",), Words("a column a vendor", "每个厂商一列"), {"action": "store_true"}),
        ),
        (
            "cvm series --vendor AWS --vendor 阿里云 --period 2024.. --currency USD --wide",
            "cvm series --vendor alibaba --metric capex --period FY2025 --frequency year --as-of 2025-06-30",
        ),
    ),
    Verb(
        "vintages",
        Words("Show how facts changed as more was published.", "显示事实随披露增多而发生的变化。"),
        lambda options: cvm.vintages(
            options.vendor,
            options.metric,
            period_of(options.period),
            entity=options.entity,
            wide=options.wide,
            data=options.data,
        ),
        (
            VENDOR,
            ENTITY,
            METRIC,
            PERIOD,
            Argument(("--wide",), Words("a column a vintage", "每个版本一列"), {"action": "store_true"}),
        ),
        ("cvm vintages --vendor MSFT --metric revenue --period 2021-Q3 --wide",),
    ),
    Verb(
        "as-of",
        Words("Show the headline of every fact as it was known on a day.", "显示每个事实截至某日已知的代表值。"),
        lambda options: cvm.as_of(options.day, data=options.data),
        (Argument(("day",), Words("the day", "日期"), {"metavar": "DAY"}),),
        ("cvm as-of 2025-06-30 --limit 5",),
    ),
    Verb(
        "price",
        Words("Show what each seller asked for a model on a day.", "显示各卖方某日对一个模型的要价。"),
        lambda options: cvm.price_on(options.model, options.day, data=options.data),
        (Argument(("model",), Words("the model as sold", "所售模型的名称"), {"metavar": "MODEL"}), DAY),
        ("cvm price gpt-4o --day 2025-06-01 --columns seller,meter,amount,currency,known",),
    ),
    Verb(
        "cheapest",
        Words("Show where an hour of an accelerator is cheapest.", "显示加速器每小时价格最低之处。"),
        lambda options: cvm.cheapest(options.accelerator, options.region, options.day, data=options.data),
        (
            Argument(("accelerator",), Words("such as H100", "例如 H100"), {"metavar": "ACCELERATOR"}),
            Argument(
                ("--region",),
                Words("as the vendor writes it; all without it", "按厂商写法，不填则为全部"),
                {"metavar": "REGION"},
            ),
            DAY,
        ),
        ("cvm cheapest H100 --day 2026-06-15 --limit 5",),
    ),
    Verb(
        "sources",
        Words("Show the sources of the rows that `show` gives.", "显示 `show` 所得各行的来源。"),
        lambda options: cvm.sources(rows_of(options), data=options.data),
        (TABLE, *FILTERS),
        ("cvm sources cloud_quarters --vendor aws --period 2025",),
    ),
    Verb(
        "findings",
        Words("Show what the checks found on the rows that `show` gives.", "显示核查在 `show` 所得各行上的发现。"),
        lambda options: cvm.findings(rows_of(options), data=options.data),
        (TABLE, *FILTERS),
        ("cvm findings cloud_quarters --vendor alibaba",),
    ),
    Verb(
        "cite",
        Words(
            "Cite the dataset, or the rows that `show` gives with their sources.",
            "引用数据集，或引用 `show` 所得各行及其来源。",
        ),
        lambda options: cvm.cite(rows_of(options) if options.table else None, options.style, data=options.data) + "\n",
        (
            Argument(
                ("table",),
                Words("name of a table; the dataset alone without it", "表名，不填则只引用数据集"),
                {"metavar": "TABLE", "nargs": "?"},
            ),
            *FILTERS,
            Argument(
                ("--style",),
                Words("the form of the citation", "引用格式"),
                {"choices": get_args(Style), "default": "text"},
            ),
        ),
        ("cvm cite", "cvm cite cloud_quarters --vendor aws --period 2025 --style bibtex"),
        rows=False,
    ),
    Verb(
        "checksum",
        Words("Print the checksum of the rows that `show` gives.", "输出 `show` 所得各行的校验和。"),
        lambda options: cvm.checksum(rows_of(options)) + "\n",
        (TABLE, *FILTERS),
        ("cvm checksum cloud_quarters --vendor aws",),
        rows=False,
    ),
    Verb(
        "verify",
        Words(
            "Hold every file against its sum; exit 1 where one is not the published one.",
            "逐一核对文件校验和，有不符者退出码为 1。",
        ),
        lambda options: cvm.verify(data=options.data),
        (),
        ("cvm verify", "cvm verify --data cloud-vendor-metrics-1.0.0.zip"),
    ),
    Verb(
        "plot",
        Words("Draw series in the terminal, or into an SVG file.", "在终端或 SVG 文件中画出序列。"),
        plotted,
        (*FILTERS, FREQUENCY, CURRENCY),
        (
            "cvm plot --vendor AWS --vendor 阿里云 --period 2020.. --currency USD",
            "cvm plot --vendor AWS --metric capex-cash --output capex.svg",
        ),
        rows=False,
    ),
    Verb(
        "version",
        Words("Print the version of the data that is read.", "输出所读数据的版本。"),
        lambda options: cvm.version(data=options.data) + "\n",
        (),
        ("cvm version",),
        rows=False,
    ),
    Verb(
        "completion",
        Words("Print the completion of a shell.", "输出 shell 的补全脚本。"),
        lambda options: completion(options.shell),
        (Argument(("shell",), Words("bash, zsh or fish", "bash、zsh 或 fish"), {"choices": SHELLS}),),
        ('eval "$(cvm completion bash)"', "cvm completion fish"),
        rows=False,
    ),
)
"""In the order in which help and reference page show them."""
