"""The page of the hostile cases and of the faults of the machine, in both languages."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from canonical.table_schema import ROOT

__all__ = ["GROUPS", "page", "write_pages"]

Rows = Sequence[tuple[str, int, int, int]]
"""Group, tried, as expected, lost."""

GROUPS: dict[str, tuple[str, str]] = {
    "bytes": ("Tables that are no text: UTF-16, GBK, gzip, NUL, open quotes, CR alone", "不是文本的表：UTF-16、GBK、gzip、NUL、未闭合的引号、仅有 CR 的行尾"),
    "special files": ("A pipe, a folder, a circle of links, 3 GB of nothing in place of a table", "以管道、目录、循环链接或 3 GB 空文件代替表"),
    "shape": ("Rows and columns that do not fit, another table, 60,000 columns", "行列不合、另一张表、六万列"),
    "texts": ("Scripts, formulas, escape sequences, invisible and turning signs in cells", "单元格中的脚本、公式、转义序列、不可见字符与反向字符"),
    "circles": ("Rows that are their own parent, directly or through others", "直接或间接以自身为上级的行"),
    "numbers and days": ("Numbers and days beyond every bound, or in another script", "超出一切界限或以其他文字书写的数字与日期"),
    "gone": ("Files and folders that are gone", "文件或目录缺失"),
    "lists": ("Damaged lists of accepted findings and of conventions", "已接受结果清单与约定清单损坏"),
    "descriptor": ("A damaged or outdated `datapackage.json`", "损坏或过时的 `datapackage.json`"),
    "schema": ("Damaged schemas of the package", "数据包的表结构损坏"),
    "package.yaml": ("A damaged `package.yaml`, names that lead out of the package", "损坏的 `package.yaml`、指向数据包之外的名称"),
    "Parquet": ("Damaged Parquet files", "损坏的 Parquet 文件"),
    "upstreams": ("Files and packages that adapters read: damaged wheels, CSV and JSON", "适配器读取的文件与软件包：损坏的 wheel、CSV 与 JSON"),
    "own schema": ("Schemas of others under `--schema`", "以 `--schema` 给出的外部表结构"),
    "releases": ("Releases that were downloaded: damaged, forged with sums that fit, zips that lead out", "下载的发布版：损坏的、连校验和一并伪造的、指向包外的压缩包"),
    "client": ("A damaged package under the Python client and its command `cvm`", "Python 客户端及其命令 `cvm` 读取损坏的数据包"),
    "names": ("Names of files and folders that drive a terminal", "会驱动终端的文件名与目录名"),
    "sizes": ("Cells of 40 MB, a million blank lines, 100,000 rows that are all wrong, 66,000 files in a zip", "40 MB 的单元格、上百万空行、全部有误的十万行、含 66,000 个文件的压缩包"),
    "surroundings": ("Folders that cannot be listed, sixteen open files, no folder to stand in, streams that are closed", "无法列出的目录、只许打开十六个文件、当前目录已被删除、已关闭的输出流"),
    "Parquet bits": ("Every bit of a Parquet file, footer and pages, and 2,000 of a larger one turned, a hundred a trial", "逐位翻转一个 Parquet 文件（文件尾与数据页）及另一较大文件中的 2,000 位，每次试验一百位"),
    "deaths": ("The process is killed, at a step or at any moment", "进程在某一步骤或任意时刻被杀"),
    "errors of the disk": ("The system refuses a step: full, failing or read-only disk, no right, no quota", "系统拒绝某一步骤：磁盘写满、出错、只读、无权限、超配额"),
    "interruptions": ("Ctrl-C at a step", "在某一步骤按下 Ctrl-C"),
    "orders to end": ("Ctrl-C, or an order to end (SIGTERM, SIGHUP), at any moment", "在任意时刻按下 Ctrl-C 或收到结束信号（SIGTERM、SIGHUP）"),
    "full disks": ("A disk of its own with some KiB left, files of limited size", "仅余若干 KiB 的独立磁盘、限制文件大小"),
    "two writers": ("Two commands begin to write at once", "两个命令同时写入"),
    "read-only": ("A disk that is mounted read-only", "以只读方式挂载的磁盘"),
    "clocks": ("A clock that jumps, or stands in 1975, 2038 or 2106", "跳变的时钟，或停在 1975、2038、2106 年的时钟"),
}  # fmt: skip
"""What each group tries, in both languages, in the order of the page."""

TEXTS = {
    "en": (
        "# Robustness\n\n<!-- Written by python -m benchmarks.robustness --page: do not edit. -->\n\n"
        "Each damaged or hostile input is given to every command that reads the file, in a small package of its own: the "
        "check of somebody's own file, of a table, of the package and of what changed; `make fill`, the build, the pages, the "
        "adapters, the verification and comparison of releases, and the Python client with its command `cvm`. Then the machine fails under every command that writes, at its steps, which are "
        "wherever it is about to open, rename or take away a file, and at any moment.\n\n"
        "A case ends *as expected* where the exit code is the one that a careful user expects, a line names what is "
        "wrong, no Python traceback is shown, the memory stays below 1.5 GB, nothing of the input reaches the terminal as "
        "an escape sequence, no half-written file stays behind, and no file that people typed is touched. After a fault "
        "of the machine every file holds what it held before or what it was to hold, and the same command, run once more, "
        "completes what was begun, byte for byte. *Lost* counts the cases in which a file was taken away or changed "
        "without right. That nothing in a table runs in a browser, and nothing in a package runs at all, is tried by "
        "tests of their own (`tests/docs/test_injection.py`, `tests/test_nothing_runs.py`).\n\n",
        "| What is tried | Tried | As expected | Lost |\n| --- | ---: | ---: | ---: |\n",
        "Total",
        "\n{asserts:,} comparisons of files and outputs were made. Every case was tried, and of the faults of the slower "
        "commands (build, release, pages), of pairs and of clocks a part. "
        "The figures gather several runs; what did not end as expected was mended and run again. "
        "`python -m benchmarks.robustness` runs all and prints such figures, with `--only WORDS` and `--share` a part, and "
        "`--keep FILE` gathers several runs. The tests of the project run every case, each as a test of its own. What is defended, and within which limits, is said in `SECURITY.md`.\n",
    ),
    "zh": (
        "# 抗损坏能力\n\n<!-- Written by python -m benchmarks.robustness --page: do not edit. -->\n\n"
        "每种损坏或恶意的输入，都在一个独立的小型数据包中交给每个会读取该文件的命令：核查外部数据、单表、整个数据包与改动部分，以及 `make fill`、构建、生成页面、适配器、发布版的验证与比较，以及 Python 客户端及其命令 `cvm`。随后，让机器在每个写文件的命令运行中出错：在命令即将打开、改名或删除文件之处，以及任意时刻。\n\n"
        "退出码符合细心用户的预期、有一行指出问题、不出现 Python 调用栈、内存低于 1.5 GB、输入内容不会以转义序列到达终端、不留下半个文件、不触动手工录入的文件，才算*符合预期*。机器出错之后，每个文件要么保持原样，要么已是应有的内容；再次运行同一命令，会逐字节补完未竟之事。*丢失*指有文件被无故删除或改动的用例数。表中内容不会在浏览器中运行、软件包中的内容不会被执行，另有专门测试（`tests/docs/test_injection.py`、`tests/test_nothing_runs.py`）。\n\n",
        "| 测试内容 | 用例 | 符合预期 | 丢失 |\n| --- | ---: | ---: | ---: |\n",
        "合计",
        "\n共对文件与输出做了 {asserts:,} 次比对。全部用例均已运行；较慢的命令（构建、发布、生成页面）、两两同时写入与时钟异常所试的是其中一部分。此处数字汇集多次运行；未符合预期者已修正并重新运行。`python -m benchmarks.robustness` 运行全部并打印此类数字，`--only WORDS` 与 `--share` 只运行一部分，`--keep FILE` 汇集多次运行。项目的测试运行全部用例，每例一项测试。防护范围与限度见 `SECURITY.md`。\n",
    ),
}


def page(language: str, rows: Rows, asserts: int) -> str:
    """The page in `en` or `zh`; groups stand in the order of `GROUPS`."""
    head, header, total, end = TEXTS[language]
    place = list(TEXTS).index(language)
    ordered = sorted(rows, key=lambda row: list(GROUPS).index(row[0]))
    named = [(GROUPS[group][place], *counts) for group, *counts in ordered]
    sums = (total, *(sum(row[column] for row in rows) for column in (1, 2, 3)))
    lines = [f"| {name} | {tried:,} | {expected:,} | {lost:,} |\n" for name, tried, expected, lost in [*named, sums]]
    return head + header + "".join(lines) + end.format(asserts=asserts)


def write_pages(rows: Rows, asserts: int) -> None:
    """Write the page in both languages."""
    for language, suffix in (("en", ""), ("zh", ".zh")):
        path = ROOT / "docs" / "method" / f"robustness{suffix}.md"
        path.write_text(page(language, rows, asserts), encoding="utf-8")
