// The chart of some series: lines within one perimeter, intervals as bars, a dashed rule where a perimeter begins.
"use strict";
cvm.chart = (() => {
  /** Colours of lines on white paper and on dark, told apart with any kind of colour vision as far as ten can be. */
  const INKS = {
    default: ["#0072b2", "#d55e00", "#00805c", "#b3568b", "#8a6d00", "#2f8fc4", "#7b4ab0", "#a33c2a", "#3c6e71", "#6b6b6b"],
    slate: ["#5cb3e6", "#ff9257", "#3fcf9f", "#eba6cb", "#d9bd4f", "#a3d5f7", "#bfa0ee", "#f29383", "#93c7ca", "#b8b8b8"],
  };
  const COLOURS = INKS.default.map((_, n) => `var(--series-${n})`);
  document.head.append(cvm.el("style", {}, ...Object.entries(INKS).map(([scheme, inks]) => `[data-md-color-scheme="${scheme}"] { ${inks.map((ink, n) => `--series-${n}: ${ink}`).join("; ")} }\n`)));

  /** A text with the colours of lines as they are on white paper, for a picture that stands alone. */
  const onPaper = (text) => text.replace(/var\(--series-(\d+)\)/g, (_, n) => INKS.default[n]);

  const NARROW = 560; // pixels, up to which a legend above the chart names the lines, not their ends

  /** The first point of each further perimeter of a series. */
  function breaksOf(points) {
    const last = new Map();
    return points.filter((point) => {
      const before = last.get(point.series);
      last.set(point.series, point.perimeter_id);
      return before !== undefined && before !== point.perimeter_id;
    });
  }

  /** Points of one series get the number of the run they belong to: a missing period or a new perimeter ends a run. */
  function runsOf(points) {
    const DAY = 86400000;
    const longest = {month: 45, quarter: 130, half_year: 260, year: 500, trailing_12_months: 130, nine_months: 500, instant: 260};
    const last = new Map();
    for (const point of points) {
      const before = last.get(point.series);
      const follows = before && before.perimeter_id === point.perimeter_id && point.date - before.date < (longest[point.period_type] ?? 500) * DAY;
      point.run = follows ? before.run : (before?.run ?? 0) + 1;
      last.set(point.series, point);
    }
    return points;
  }

  const isWide = (point) => point.value_low !== null && point.value_high !== null && point.value_high > point.value_low;

  /**
   * An SVG of the points. Each has `series` (its label), `date`, `value`, `value_low`, `value_high`, `perimeter_id`.
   * Options: `width` in pixels, `unit` of the axis, `title` for a reader who does not see it, `words` for the tip.
   */
  function draw(points, {width, unit, title, words}) {
    runsOf(points);
    const labels = [...new Set(points.map((point) => point.series))];
    const ends = labels.map((label) => points.findLast((point) => point.series === label));
    const format = (value) => (value === null ? "" : value.toLocaleString("en", {maximumFractionDigits: unit === "%" ? 1 : 2}));
    const wide = width > NARROW;
    const x = {x: "date"};
    const stroke = {stroke: "series"};
    const figure = Plot.plot({
      width, height: Math.max(300, Math.min(520, width * 0.55)), marginLeft: 64, marginRight: wide ? 190 : 16, marginTop: 28,
      style: {background: "transparent", fontSize: "12px", fontFamily: "inherit", color: "inherit"},
      ariaLabel: title, ariaDescription: words.described(points.length, labels),
      color: {domain: labels, range: labels.map((_, n) => COLOURS[n % COLOURS.length]), legend: !wide},
      x: {type: "utc", label: null}, y: {label: unit, grid: true, nice: true, zero: unit !== "%" && points.every((point) => point.value >= 0)},
      marks: [
        Plot.ruleY([0], {strokeOpacity: 0.4}),
        Plot.ruleX(breaksOf(points), {...x, ...stroke, strokeDasharray: "2,4", strokeOpacity: 0.7}),
        Plot.ruleX(points.filter(isWide), {...x, y1: "value_low", y2: "value_high", ...stroke, strokeWidth: 5, strokeOpacity: 0.25}),
        Plot.line(points, {...x, y: "value", ...stroke, z: (point) => `${point.series}|${point.run}`, strokeWidth: 1.8}),
        Plot.dot(points, {...x, y: "value", ...stroke, r: 2.2, fill: (point) => (point.disputed === "true" ? "none" : point.series)}),
        wide ? Plot.text(ends, {...x, y: "value", text: "series", fill: "series", textAnchor: "start", dx: 8, lineWidth: 14, lineHeight: 1.05}) : null,
        Plot.tip(points, Plot.pointer({...x, y: "value", title: (point) => `${point.series}\n${point.label}\n${format(point.value)} ${unit}\n[${format(point.value_low)}, ${format(point.value_high)}]`, fill: "var(--md-default-bg-color, white)"})),
      ],
    });
    const [, breaks, intervals] = figure.querySelectorAll("g[aria-label='rule']"); // the first is the line of zero
    breaks?.setAttribute("aria-label", words.breaks);
    intervals?.setAttribute("aria-label", words.intervals);
    return finished(figure);
  }

  /** The picture of what the library drew: of a figure with a legend the chart itself, not a sign of the legend. */
  const pictureOf = (drawn) => (drawn.tagName === "svg" ? drawn : drawn.querySelector(":scope > svg"));

  /** What the library drew, with the roles that its names need, its legend's signs silent, its labels apart. */
  function finished(drawn) {
    const picture = pictureOf(drawn);
    picture.setAttribute("role", "img");
    for (const group of picture.querySelectorAll("g[aria-label]")) group.setAttribute("role", "group");
    for (const sign of drawn.querySelectorAll("svg")) if (sign !== picture) { sign.removeAttribute("role"); sign.setAttribute("aria-hidden", "true"); }
    spread([...picture.querySelectorAll("[aria-label='text'] text")]);
    return drawn;
  }

  /** Move labels to the right of all lines and apart from one another, in order of height. */
  function spread(labels) {
    const placed = labels.map((label) => ({label, at: /translate\(([-\d.]+),([-\d.]+)\)/.exec(label.getAttribute("transform"))}))
      .map(({label, at}) => ({label, x: Number(at[1]), y: Number(at[2]), height: 13 * Math.max(1, label.querySelectorAll("tspan").length)}))
      .sort((a, b) => b.y - a.y);
    const right = Math.max(...placed.map((one) => one.x));
    let ceiling = Infinity;
    for (const one of placed) {
      const y = Math.min(one.y, ceiling - one.height / 2);
      one.label.setAttribute("transform", `translate(${right},${y})`);
      ceiling = y - one.height / 2;
    }
  }

  return {draw, finished, onPaper, NARROW, colours: COLOURS};
})();
