// What the page of one number, source or finding says, in both languages.
"use strict";
cvm.recordWords = {
  en: {
    none: "Name a number, a source or a finding in the address: #o/ID, #s/ID or #f/ID.", unknown: (id) => `There is no ${id} in this version.`,
    number: "Number", numbers: "Printed numbers", behind: "calculated from", market: "markets and aggregates", or: " or ", listed: "The numbers as they were printed, the latest period first; each leads to its page.", all: (count) => `Show all ${count}`, source: "Source", finding: "Finding: what follows is not the case here", printed: "As printed", text: "In the words of the source", value: "Value", interval: "Interval of the printed digits", period: "Period", label: "Label of the period, as printed", scope: "Label of the number, as printed",
    metric: "Metric", entity: "Entity", breakdown: "Breakdown", measure: "Measure", basis: "Basis", perimeter: "Perimeter", claim: "Kind of claim", locator: "Place in the source", via: "Read in a copy", known: "Known since", evidence: "How it was read", note: "Note", assumed: "Read into it", id: "Identifier",
    same: "Other printed numbers of the same fact", headline: "Days on which it stands for the fact", findings: "Findings that name it", corrections: "Corrections", rows: "Numbers read in it", open: "unbounded",
    title: "Title", publisher: "Publisher", published: "Published on", kind: "Kind of source", address: "Address", rule: "Rule", severity: "Severity", status: "Status", found: "Found", expected: "Expected", comma: ", ", message: "In this case", fix: "What to do", reason: "Why it is accepted", named: "Numbers it names", others: "Other rows it names", more: (shown, all) => `${shown} of ${all} rows; all are in the table finding_rows.`,
    explore: "Show the series", empty: "none", report: "Report a mistake in this row", day: "Day", column: "Column", corrected: "Corrected to",
    held: "What holds it", holding: "Relations that hold", lacks: "What is missing",
    heldBy: (row) => `${{publisher: "a print of another publisher", print: "another print of its publisher", equation: "an equation with other numbers", limit: "limits alone", none: "nothing"}[row.corroboration]}: other prints that meet it ${row.corroborating_prints}, of other publishers ${row.corroborating_publishers}; relations evaluated ${row.relations_evaluated}, holding ${row.relations_holding}, equations among them ${row.equations_holding}`,
    lack: {no_period: "it has no period", no_second_print: "no other print of the fact meets it", no_neighbour: "its series has no other period", no_whole: "no total, part, share or margin to set it against"},
  },
  zh: {
    none: "请在地址中写明数字、来源或核查结果：#o/编号、#s/编号或 #f/编号。", unknown: (id) => `本版本中没有 ${id}。`,
    number: "数字", numbers: "原文数字", behind: "由以下数字计算", market: "市场与合计", or: "或", listed: "以下为原文数字，期间最近者在前；每个数字链接到其详情页。", all: (count) => `显示全部 ${count} 个`, source: "来源", finding: "核查结果：以下情形在此不成立", printed: "原文数字", text: "原文用词", value: "数值", interval: "原文位数所代表的区间", period: "期间", label: "原文期间写法", scope: "原文对数字的称呼",
    metric: "指标", entity: "主体", breakdown: "细分", measure: "度量", basis: "计算基础", perimeter: "统计口径", claim: "陈述类型", locator: "在来源中的位置", via: "实际读到的副本", known: "公开日期", evidence: "读取方式", note: "备注", assumed: "推定的列", id: "编号",
    same: "同一事实的其他原文数字", headline: "作为该事实代表值的日期", findings: "涉及它的核查结果", corrections: "更正", rows: "在该来源中读到的数字", open: "无界",
    title: "标题", publisher: "发布者", published: "发布日期", kind: "来源类型", address: "地址", rule: "规则", severity: "严重程度", status: "状态", found: "所见", expected: "应有", comma: "，", message: "本例情况", fix: "处理办法", reason: "认可理由", named: "涉及的数字", others: "涉及的其他行", more: (shown, all) => `共 ${all} 行，此处列出 ${shown} 行；全部见 finding_rows 表。`,
    explore: "查看该序列", empty: "无", report: "报告此行有误", day: "日期", column: "列", corrected: "更正为",
    held: "印证", holding: "成立的关系", lacks: "所缺印证",
    heldBy: (row) => `${{publisher: "另一发布者的原文数字", print: "同一发布者的另一处原文数字", equation: "与其他数字之间的等式", limit: "仅有限度", none: "无"}[row.corroboration]}：相符的其他原文数字 ${row.corroborating_prints} 个，其他发布者 ${row.corroborating_publishers} 家；核验关系 ${row.relations_evaluated} 次，成立 ${row.relations_holding} 次，其中等式 ${row.equations_holding} 次`,
    lack: {no_period: "没有期间", no_second_print: "没有其他相符的原文数字", no_neighbour: "所在序列没有其他期间", no_whole: "没有可与之对照的总额、部分、占比或利润率"},
  },
};
