"""The page of the hostile cases, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from canonical.table_schema import ROOT

__all__ = ["write_pages"]

Rows = Sequence[tuple[str, int, int, int]]

TEXTS = {
    "en": (
        "# How it holds up\n\nHostile and damaged inputs, each under every command that reads the file: the check of a "
        "feed, of a table, of the package and of what changed, filling, the build, the pages and the client. A case "
        "ends *as expected* where the exit code is the one a careful user expects, one line names what is wrong, no "
        "traceback is shown, no half file is left and nothing that people typed is touched. *Lost* counts cases in "
        "which a file was taken away or changed. `python -m benchmarks.robustness --page` writes this page.\n\n"
        "| Group | Tried | As expected | Lost |\n| --- | ---: | ---: | ---: |\n",
        "Total",
    ),
    "zh": (
        "# 抗损坏测试\n\n将有害或损坏的输入逐一交给每个会读取该文件的命令：核查外部数据、单表、整个数据包、改动部分，"
        "以及补全、构建、生成页面和客户端加载。退出码符合细心用户的预期、用一行指出问题、不出现调用栈、"
        "不留下半个文件、不触动手工录入的内容，才算*符合预期*；*丢失*指有文件被删除或改动的用例数。"
        "本页由 `python -m benchmarks.robustness --page` 生成。\n\n"
        "| 分组 | 用例 | 符合预期 | 丢失 |\n| --- | ---: | ---: | ---: |\n",
        "合计",
    ),
}
GROUPS_ZH = {
    "bytes": "字节与编码", "special files": "特殊文件", "shape": "表格形状", "texts": "文本内容", "circles": "循环引用",
    "numbers and days": "数字与日期", "gone": "缺失", "lists": "清单文件", "descriptor": "描述文件", "schema": "表结构",
    "package.yaml": "package.yaml", "Parquet": "Parquet", "upstreams": "上游文件", "own schema": "自有表结构",
    "corpora": "公开语料", "clients": "客户端", "deaths": "进程被杀", "errors of the disk": "磁盘出错",
    "interruptions": "中断", "full disks": "磁盘写满",
    "Parquet bits": "Parquet 逐位翻转", "two writers": "同时写入", "read-only": "只读", "clocks": "时钟异常",
}  # fmt: skip


def write_pages(rows: Rows) -> None:
    """Write the page in both languages."""
    for language, suffix in (("en", ""), ("zh", ".zh")):
        head, total = TEXTS[language]
        named = [(GROUPS_ZH[group] if language == "zh" else group, *counts) for group, *counts in rows]
        sums = (total, *(sum(row[place] for row in rows) for place in (1, 2, 3)))
        lines = [f"| {name} | {tried:,} | {expected:,} | {lost:,} |" for name, tried, expected, lost in [*named, sums]]
        (ROOT / "docs" / "method" / f"robustness{suffix}.md").write_text(
            head + "\n".join(lines) + "\n", encoding="utf-8"
        )
