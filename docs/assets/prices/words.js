// What the page of prices says, in both languages.
"use strict";
cvm.priceWords = {
  en: {
    kinds: {model: "Model", machine: "Machines", accelerator: "Accelerators"}, kind: "Prices of", model: "Model", meter: "Meter", vendor: "Vendor", region: "Region", family: "Family", accelerator: "Accelerator", currency: "Currency",
    perToken: "per million tokens", perHour: "per hour", perEach: "per hour and accelerator", now: "Last known prices", history: "Price history", spans: "Every price and its days",
    columns: {seller: "Seller", machine: "Machine", region: "Region", amount: "Price", currency: "Currency", since: "From", until: "Last known", state: "State", source: "Source", model: "As listed"},
    states: {priced: "priced", disputed: "disputed: other lists say otherwise", unstable: "unstable: the list goes back and forth", free: "free"},
    none: "No price of this choice is known.", more: "Show all rows", csv: "CSV", svg: "SVG", png: "PNG", link: "Copy link", cite: "Copy citation", copied: "copied",
    about: "The line of a seller ends on the last day that its list speaks of. Disputed and unstable prices are listed in the table and not drawn. Spot prices, tiers, batches and commitments are in the Parquet files.",
    described: (count, labels) => `A step chart of ${count} prices: ${labels.join(", ")}. The table below holds every one.`, file: "the whole table as Parquet", pick: "Type a name",
  },
  zh: {
    kinds: {model: "模型", machine: "机型", accelerator: "加速器"}, kind: "价格类别", model: "模型", meter: "计量项", vendor: "厂商", region: "地域", family: "机型系列", accelerator: "加速器", currency: "币种",
    perToken: "每百万 Token", perHour: "每小时", perEach: "每加速器每小时", now: "最近已知价格", history: "价格历史", spans: "各价格及其起止日",
    columns: {seller: "销售方", machine: "机型", region: "地域", amount: "价格", currency: "币种", since: "起", until: "最近已知", state: "状态", source: "来源", model: "清单中的名称"},
    states: {priced: "有价", disputed: "有争议：其他清单不同", unstable: "不稳定：清单来回变动", free: "免费"},
    none: "没有符合所选条件的价格。", more: "显示全部行", csv: "CSV", svg: "SVG", png: "PNG", link: "复制链接", cite: "复制引用", copied: "已复制",
    about: "每个销售方的线画到其清单所述的最后一日。有争议和不稳定的价格只列在表中，不画入图中。竞价、分档、批量与承诺价格见 Parquet 文件。",
    described: (count, labels) => `阶梯图，共 ${count} 个价格：${labels.join("、")}。下表列出每一个。`, file: "整张表的 Parquet 文件", pick: "输入名称",
  },
};
