// What the explorer says, in both languages.
"use strict";
cvm.words = {
  en: {
    metric: "Metric", period: "Period", currency: "Currency", show: "Show", asof: "As known on", series: "Series", all: "all", none: "none",
    periods: {quarter: "quarters", half_year: "half years", year: "years", instant: "points in time", trailing_12_months: "trailing 12 months", nine_months: "nine months", month: "months", window: "other spans", cumulative: "since the start"},
    reported: "as reported", level: "amount", growth: "growth on the year before, %", csv: "CSV", meta: "metadata (JSON)", png: "PNG", svg: "SVG", link: "Copy link", cite: "Copy citation", python: "Copy Python", r: "Copy R", copied: "copied",
    columns: {period: "Period", entity: "Series", value: "Value", unit: "Unit", interval: "Interval", printed: "As printed", source: "Source", published: "Published", findings: "Findings", how: "How"},
    how: {printed: "printed", difference: "difference of printed numbers", sum: "sum of printed numbers", growth: "recomputed from two amounts"},
    disputed: "another source disagrees", empty: "Nothing is known of this choice on that day.", more: "Show all rows", points: "points", open: "Open in the explorer: every number with its source, downloads, other series",
    intervals: "intervals of the printed numbers", breaks: "a new perimeter begins", unmixed: "These series have different units, and one axis cannot show them. Choose USD, or fewer series.",
    described: (count, labels) => `A line chart of ${count} points: ${labels.join(", ")}. The table below holds every point.`,
  },
  zh: {
    metric: "指标", period: "期间", currency: "币种", show: "显示", asof: "截至该日所知", series: "序列", all: "全选", none: "清空",
    periods: {quarter: "季度", half_year: "半年度", year: "年度", instant: "时点", trailing_12_months: "近十二个月", nine_months: "九个月", month: "月度", window: "其他区间", cumulative: "累计"},
    reported: "按披露币种", level: "数值", growth: "同比增速（%）", csv: "CSV", meta: "元数据（JSON）", png: "PNG", svg: "SVG", link: "复制链接", cite: "复制引用", python: "复制 Python", r: "复制 R", copied: "已复制",
    columns: {period: "期间", entity: "序列", value: "数值", unit: "单位", interval: "区间", printed: "原文数字", source: "来源", published: "公开日期", findings: "核查结果", how: "得出方式"},
    how: {printed: "原文数字", difference: "原文数字之差", sum: "原文数字之和", growth: "由两期数值重算"},
    disputed: "另有来源不一致", empty: "该日尚无符合所选条件的数字。", more: "显示全部行", points: "个点", open: "在浏览页中打开：每个数字的来源、下载与其他序列",
    intervals: "原文数字的区间", breaks: "新口径开始", unmixed: "所选序列单位不同，无法共用一个坐标轴。请选择美元，或减少序列。",
    described: (count, labels) => `折线图，共 ${count} 个点：${labels.join("、")}。下表列出每一个点。`,
  },
};
