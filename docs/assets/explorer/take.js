// What a reader takes away: the rows as CSV, what they are as JSON, the picture, and the lines that give the same rows.
"use strict";
cvm.take = (() => {
  const WIDTH = 960; // pixels of a picture that is taken away, whatever the window is
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    // A text that a spreadsheet would take for a formula gets an apostrophe; numbers keep their sign.
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  /** Rows of equal keys as CSV text with a header; lines end as the standard has it. */
  const csv = (rows) => [Object.keys(rows[0] ?? {}), ...rows.map(Object.values)].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

  function save(name, content, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** The chart as a file of its own: on paper white, in the ink of the page. */
  function svg(figure) {
    const copy = figure.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.style.background = "white";
    copy.style.color = "#222";
    copy.style.fontFamily = "system-ui, sans-serif";
    return cvm.chart.onPaper(new XMLSerializer().serializeToString(copy));
  }

  /** The same as pixels, twice as many as on the page. */
  function png(figure) {
    return new Promise((resolve, reject) => {
      const image = new Image();
      image.onerror = () => reject(new Error("the chart could not be drawn as pixels"));
      image.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = image.width * 2;
        canvas.height = image.height * 2;
        const context = canvas.getContext("2d");
        context.fillStyle = "white";
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(resolve, "image/png");
      };
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(figure))}`;
    });
  }

  /** What a button that copies does: it says so for a moment; where there is no clipboard, the text is shown to copy. */
  const copy = (text, copied) => async (event) => {
    const button = event.target;
    const before = button.textContent;
    try { await navigator.clipboard.writeText(text); } catch { window.prompt(before, text); }
    button.textContent = copied;
    setTimeout(() => { button.textContent = before; }, 1200);
  };

  const quoted = (texts) => texts.map((text) => `"${text}"`).join(", ");

  /** The columns that choose the rows of the series shown, with their values. */
  const choices = (series) =>
    ["entity_id", "basis", "breakdown_id"].map((column) => [column, [...new Set(series.map((one) => one[column]))]]);

  /** The lines of Python that give the levels behind the chart, from the folder of the package. */
  function python(state, series) {
    const filters = [`("metric_id", "==", "${state.metric}")`, `("period_type", "==", "${state.period}")`];
    for (const [column, values] of choices(series)) filters.push(`("${column}", "in", [${quoted(values)}])`);
    return [
      "import pandas as pd",
      `v = pd.read_parquet("data/vintages.parquet", filters=[${filters.join(", ")}])`,
      `v = v[pd.to_datetime(v["known_on"]) <= "${state.asof}"].sort_values("known_on").groupby("fact_id").tail(1)`,
    ].join("\n");
  }

  /** The same in R, with nothing but R itself. */
  function r(state, series) {
    const tests = [`metric_id == "${state.metric}"`, `period_type == "${state.period}"`, `known_on <= "${state.asof}"`];
    for (const [column, values] of choices(series)) tests.push(`${column} %in% c(${quoted(values)})`);
    return [
      'v <- read.csv("data/vintages.csv", encoding = "UTF-8", na.strings = "")',
      `v <- subset(v, ${tests.join(" & ")})`,
      "v <- v[order(v$known_on), ]; v <- v[!duplicated(v$fact_id, fromLast = TRUE), ]",
    ].join("\n");
  }

  return {csv, save, svg, png, copy, python, r, WIDTH};
})();
