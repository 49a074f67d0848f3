"""What the page of the detection benchmark says, in English and Chinese; figures stand in braces."""

from __future__ import annotations

__all__ = ["KINDS_ZH", "TEXTS"]

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Detection power",
        "introduction": (
            "Errors of {kinds} kinds were put into the published tables ({rows:,} observations), {trials} of each "
            "kind where so many rows take it, one cell or one row at a time ({drawn:,} trials, seed {seed}). An "
            "error counts as found where any rule says something that it does not say of the clean tables. Prices, "
            "which adapters write, are left out, as their checks have tests of their own; regions, exchange rates and "
            "other lists beside the observations are told of at the end."
        ),
        "all": "- **All cells:** {found} found; of wrong transcriptions alone {typed}.",
        "contributed": (
            "- **Mistakes of contributors:** {named} of {mistakes} named, with the interval that holds the rate in 95 "
            "of 100 cases; by size of vendor and for new rows [below](#contributors)."
        ),
        "source": "- **Errors of the source itself**, which nothing else of the print betrays: {found} found.",
        "clean": (
            "- **False alarms:** {raised} of {drawn:,} harmless changes raised a finding. On the clean tables the "
            "relations between numbers leave {errors} errors open; {accepted} findings are accepted with a reason "
            "and {corrected} settled by a correction. {warnings} warnings and {notices} notices on observations and "
            "statements name what a reader should know of: they are about the sources. The findings page adds those "
            "on prices."
        ),
        "contribution": "Mistakes of contributors { #contributors }",
        "contribution_text": (
            "These kinds follow how people err who type a number from a page: the wrong column, definition, currency,"
            " part or word. Some of the rows are published ones, some are new: of these all rows of their document "
            "but a few are left out first. In half of all `printed_text` and `printed_label` are empty, so that "
            "nothing was read twice. A mistake is named where a rule speaks of its row. Two notices are not counted "
            "there, as they know nothing of right and wrong: that a new row is held by nothing (`V.unheld`, "
            "`V.second_reading`), and that a published row says something else than in the last build "
            "(`V.changed_print`). The last column adds new rows where the first asks for the very cell that is wrong,"
            " such as whether a round number is about, and published rows that the second speaks of. A vendor is "
            "large from 230 observations on."
        ),
        "first": (
            "Of the {named} named mistakes {row} are named by the first finding of the report that follows the edit, "
            "on their own row or with it, and {cause} by one that also says what went wrong: the cell, or how the "
            "number came about. Not every mistake has such a cause that one finding could tell."
        ),
        "groups": "| rows | mistakes | named | as an error | named, asked for or told as a change |",
        "known": "published rows",
        "new": "new rows",
        "twice": "with a second reading",
        "once": "typed once",
        "large": "of large vendors",
        "small": "of small vendors",
        "mistakes": "| kind | what was done | mistakes | named | only asked for or told as a change | by which rules |",
        "footnote": "Footnote: cells in an evaluated relation",
        "reachable": (
            "Beyond its slack: {caught} of {reachable:,} trials on cells in an evaluated relation are found, and "
            "{source} of those among the errors of the source itself. A cell is in this number where the changed "
            "print, taken as the only one of its fact, breaks a relation, or misses another print of the same fact. "
            "That is nearly true by construction, and says little: only other prints that agree with the error can "
            "hide it. Errors in the file stand in no relation and are left out."
        ),
        "transcription": "Wrong transcriptions",
        "transcription_text": (
            "The wrong cell was typed, and `make fill` completed the row: the generated cells agree with it."
        ),
        "file": "Wrong edits of a file",
        "file_text": "The table itself was edited, in any typed table of the package.",
        "source_title": "Errors of the source itself",
        "source_text": (
            "The same errors made by the document: neither the printed text nor the label of the period tells. These "
            "change more than one cell and stand apart from the figures on top."
        ),
        "harmless": "Harmless changes",
        "harmless_text": (
            "The same number said in another way. Here nothing should be found. Every edit (seed {seed}) is asked of "
            "all rules as `make check` asks them, of the prints and of the corrected values; a finding is new where "
            "its rule says nothing yet of the row and column. The notices of a new row that nothing holds and of a "
            "published row that changed are left out, as above. `python -m benchmarks.detection_power "
            "--only-harmless --seed 1` draws other edits and names what they raise."
        ),
        "table": "| kind | what was done | trials | found | beyond the slack | found of these | by which rules |",
    },
    "zh": {
        "title": "检出能力",
        "introduction": (
            "把 {kinds} 类错误逐一放入已发布的表（{rows:,} 条观测），凡有足够多的行可用者每类 {trials} 次，"
            "每次改一个单元格或一行（共 {drawn:,} 次试验，随机种子 {seed}）。"
            "只要有任何规则说出了它对干净的表不会说的话，即算检出。由适配器写入的价格表不在其内，其核查另有测试；"
            "地区、汇率等观测以外的表见文末。"
        ),
        "all": "- **全部单元格**：检出 {found}；仅就错误录入而言为 {typed}。",
        "contributed": (
            "- **贡献者的差错**：{mistakes} 次中点名 {named}，括号内的区间在 100 次中有 95 次包含该比率；"
            "按厂商规模与新行分列于[下文](#contributors)。"
        ),
        "source": "- **来源自身的错误**（原文数字的其他部分都不泄露）：检出 {found}。",
        "clean": (
            "- **误报**：{drawn:,} 次无害改动中有 {raised} 次引出核查结果。在干净的表上，"
            "数字之间的关系留下 {errors} 个未决错误；{accepted} 条结果附理由接受，{corrected} 条由更正了结。"
            "关于观测与陈述的 {warnings} 条警告与 {notices} 条提示指出读者应知之事：它们说的是来源。"
            "核查结果页另列价格方面的结果。"
        ),
        "contribution": "贡献者的差错 { #contributors }",
        "contribution_text": (
            "这些类别照着人从页面录入数字时的差错来定：取错了列、定义、货币、部分或用词。"
            "有的是已发布的行，有的是新行："
            "后者先把所在文件的其余各行去掉，只留少数几行。"
            "全部之中一半的 `printed_text` 与 `printed_label` 为空，"
            "没有第二次读数。"
            "有规则说到该行，才算点名。"
            "有两种提示不辨对错，不计在内：新行没有任何印证（`V.unheld`、`V.second_reading`），"
            "以及已发布的行与上次构建不同（`V.changed_print`）。"
            "最后一列加上新行中前者问到了恰好出错的那个单元格的次数（如整数是否为约数），与已发布的行中后者说到该行的次数。"
            "观测达 230 条的厂商算大厂商。"
        ),
        "first": (
            "点名的 {named} 次差错中，改动之后的报告以点名该行（在该行上，或与该行相关）的结果开头者占 {row}，"
            "且说明错在哪个单元格、数字从何而来者占 {cause}。并非每种差错都有一条结果说得出的原因。"
        ),
        "groups": "| 行 | 差错 | 点名 | 报为错误 | 点名、问及或报为改动 |",
        "known": "已发布的行",
        "new": "新行",
        "twice": "有第二次读数",
        "once": "只录入一次",
        "large": "大厂商",
        "small": "小厂商",
        "mistakes": "| 类别 | 做了什么 | 差错 | 点名 | 仅问及或报为改动 | 由哪些规则 |",
        "footnote": "脚注：处在已求值关系中的单元格",
        "reachable": (
            "超出容许范围：处在已求值关系中的单元格上的 {reachable:,} 次试验检出 {caught}，"
            "来源自身的错误中检出 {source}。"
            "若把改动后的原文数字当作该事实唯一的原文数字，它违反某个关系，或与同一事实的另一原文数字不相交，即计入此数。"
            "这几乎由定义决定，说明不了多少：只有与错误相合的其他原文数字才能掩盖它。文件错误不处于任何关系中，不计。"
        ),
        "transcription": "错误录入",
        "transcription_text": "录入了错误的单元格，再由 `make fill` 补全该行：自动生成的单元格与之一致。",
        "file": "对文件的错误改动",
        "file_text": "直接改动了表本身，可为本数据集任何一张手工表。",
        "source_title": "来源自身的错误",
        "source_text": "同样的错误由文档犯下：引文与期间标签都看不出来。它们改动不止一个单元格，不计入上面的数字。",
        "harmless": "无害改动",
        "harmless_text": (
            "同一个数换一种说法。这里不应有任何核查结果。"
            "每次改动（随机种子 {seed}）都像 `make check` 那样交由全部规则核查，"
            "既查原文数字，也查更正后的数值；某规则对该行该列此前未有结果者，方算新结果。"
            "与上文相同，不计新行无从核对、已发布行有改动这两类提示。"
            "`python -m benchmarks.detection_power --only-harmless --seed 1` 另抽改动，并列出其引出的结果。"
        ),
        "table": "| 类别 | 做了什么 | 试验 | 检出 | 超出容许范围 | 其中检出 | 由哪些规则 |",
    },
}

KINDS_ZH = {
    "wrong_digit": "换掉一位数字", "swapped_digits": "对调两位数字", "lost_digit": "漏掉一位数字",
    "doubled_digit": "多打一位数字", "times_10": "大十倍", "over_10": "小十倍", "times_100": "大一百倍",
    "thousandfold_unit": "以 million 代 billion，或以 thousand 代 million", "ten_thousandfold_unit": "万与亿相混",
    "wrong_currency": "美元与人民币相混", "lost_sign": "正负号颠倒", "ratio_for_percent": "以 0.36 代 36 %",
    "quarter_off": "期间错一个季度", "year_off": "期间错一年", "calendar_for_fiscal": "把财年标签按自然年定日期",
    "wrong_length": "季度录成全年，或全年录成季度", "group_for_part": "部分记在集团名下，或集团记在部分名下",
    "other_vendor": "记在另一家厂商名下", "other_metric": "同类量的另一指标", "other_growth": "环比当同比",
    "growth_as_level": "增速录成水平值", "other_breakdown": "部分当总额，或总额当部分",
    "other_basis": "固定汇率口径录成报告口径", "neighbour_number": "取了相邻期间的数：串行",
    "result_for_guidance": "指引录成结果", "guidance_for_result": "结果录成指引", "repeated_row": "同一行录入两次",
    "contradicting_row": "同一行录入两次且错一位", "padded_zeros": "以 36.00 代 36", "lost_word": "漏掉“超过”一类词",
    "emptied": "必填单元格被清空", "mistyped_code": "代码中两个字母对调", "mistyped_key": "外键中两个字母对调",
    "mangled_date": "电子表格写法的日期", "separators": "以 39,824 代 39824", "full_width": "全角数字",
    "blank_added": "代码或键后多一个空格", "generated_changed": "自动生成的数大十倍",
    "print_not_refilled": "原文数字大十倍而未重新补全", "decimals_raised": "声称了原文没有的小数位",
    "start_moved": "期间起点晚一个月", "coarser": "同一个数少一位", "in_other_unit": "同一个数换单位",
    "other_definition": "以资本开支的一个定义代另一个", "year_growth_as_quarter": "同比录成环比",
    "convenience_dollars": "把便利折算的美元列录成人民币", "hong_kong_dollars": "港元录成人民币",
    "constant_as_reported": "固定汇率录成报告口径", "lost_minus": "漏掉负号、括号或亏损一词",
    "year_and_label_off": "期间连同名称错一年", "column_before": "取了上一季度或上一年的列",
    "year_to_date": "累计数录成期末的季度", "lost_breakdown": "部分录成整体", "peer_value": "取了另一家厂商的行",
    "acceleration": "加速的百分点录成增速", "thousands_for_millions": "千与百万、百万与十亿相混",
    "run_rate_as_level": "年化数录成季度数", "other_document": "同一发布者的另一文件",
    "lost_about": "漏掉“约”“近”", "lost_bound": "漏掉“超过”“至少”", "stale_number": "较早文件中后来重述的数",
    "more_words": "同一原文数字连同更多上下文", "once_more": "同一原文数字在另一处",
}  # fmt: skip
"""What was done, by kind; errors of the source are those of the same name without `source_`."""
