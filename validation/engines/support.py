"""Which kinds of rules each engine answers, and how: `python -m validation.engines.support` prints the table."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from validation.engines.contract import ENGINES, KINDS, Answer, engine_of

__all__ = ["support_table"]

WORDS: Mapping[str, Mapping[Answer, str]] = {
    "en": {
        "values": "each different value of a block", "rows": "each row", "keys": "each different key of a block",
        "hashes": "hashes in the stream, then the keys themselves", "table": "the columns as a whole",
        "polars": "as polars; in a notebook a check over the frame",
        "executors": "as polars, of each batch of an executor",
        "query": "a query of the cluster, then the keys themselves",
        "driver": "the columns as a whole, where the command runs",
    },
    "zh": {
        "values": "数据块中每个不同的值", "rows": "每一行", "keys": "数据块中每个不同的键",
        "hashes": "流中用散列值，候选者再比较键本身", "table": "整列",
        "polars": "同 polars；在笔记本中为对整个数据框的检查",
        "executors": "同 polars，针对执行器的每个批次", "query": "集群上的查询，候选者再比较键本身",
        "driver": "整列，在运行命令的机器上",
    },
}  # fmt: skip
HEAD = {"en": "Kind of rule", "zh": "规则类别"}


def support_table(language: str = "en") -> str:
    """The table in Markdown: a row for each kind of rule, a column for each engine."""
    engines = [engine_of(name) for name in ENGINES]
    rows = [[f"`{kind}`", *(WORDS[language][engine.answers[kind]] for engine in engines)] for kind in KINDS]
    head = [HEAD[language], *ENGINES]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


if __name__ == "__main__":
    print(support_table(*sys.argv[1:2]))
