// Prices over time: of a model by seller, of a family of machines in a region, of an hour of an accelerator.
// The address is the state: #model/KEY/METER, #machine/VENDOR/REGION/FAMILY, #accelerator/NAME.
"use strict";
(async () => {
  const place = document.getElementById("prices");
  if (!place) return;
  const {el, language} = cvm;
  const words = cvm.priceWords[language];
  const FEW = 60;
  const LINES = 12;
  const HOME = {amazon: "us-east-1", microsoft: "eastus", google: "us-central1", alibaba: "cn-hangzhou"};
  const FIRST = {model: ["model", "gpt-4o", "input"], machine: ["machine", "amazon", "us-east-1", "m5"], accelerator: ["accelerator", "H100"]};

  const [models, machines, names] = await Promise.all(["models", "machines", "names"].map(cvm.load));
  const modelIndex = cvm.indexed(cvm.rowsOf(models), "model_key");
  const regions = cvm.rowsOf(machines);
  const vendorName = (id) => names.vendors[id]?.[language] ?? id;
  const unique = (values) => [...new Set(values)].sort((a, b) => a.localeCompare(b));
  let isWhole = false;
  let state = null;

  function askedFor() {
    const parts = location.hash.replace(/^#/, "").split("/").map(decodeURIComponent);
    return parts[0] in FIRST ? [...parts, ...FIRST[parts[0]].slice(parts.length)] : FIRST.model;
  }

  function go(...parts) {
    isWhole = false;
    history.replaceState(null, "", "#" + parts.map(encodeURIComponent).join("/"));
    show();
  }

  const select = (name, options, value, onchange) => {
    const made = el("select", {id: `prices-${name}`, onchange: (event) => onchange(event.target.value)}, ...options.map(([code, label]) => el("option", {value: code}, label)));
    made.value = value;
    return el("label", {for: `prices-${name}`}, el("span", {}, words[name]), made);
  };

  const input = (name, options, value, onchange) => {
    const list = el("datalist", {id: `prices-${name}-list`}, ...options.map((option) => el("option", {value: option})));
    const made = el("input", {id: `prices-${name}`, list: list.id, value, placeholder: words.pick, autocomplete: "off", onchange: (event) => options.includes(event.target.value) && onchange(event.target.value)});
    return el("label", {for: `prices-${name}`}, el("span", {}, words[name]), made, list);
  };

  /** Of one seller the source that is trusted most, and before that one speaks the next: one line a seller. */
  function trusted(rows) {
    const lines = [];
    for (const [, all] of cvm.grouped(rows, (row) => [`${row.seller}|${row.region}|${row.currency}`])) {
      let begun = "9999-12-31";
      for (const rank of [...new Set(all.map((row) => row.rank))].sort((a, b) => a - b)) {
        const before = all.filter((row) => row.rank === rank && row.since && row.since < begun);
        lines.push(...before.map((row) => ({...row, until: row.until && row.until < begun ? row.until : begun === "9999-12-31" ? row.until : begun})));
        begun = before.reduce((first, row) => (row.since < first ? row.since : first), begun);
      }
    }
    return lines;
  }

  async function ofModel([, key, meter]) {
    const entry = modelIndex.get(key);
    const rows = entry ? cvm.rowsOf(await cvm.load(`models-${entry.part}`)).filter((row) => row.model_key === key) : [];
    const meters = unique(rows.map((row) => row.meter));
    const chosen = meters.includes(meter) ? meter : meters[0];
    const own = (row) => (row.seller === entry?.maker ? 0 : 1);
    const shown = rows.filter((row) => row.meter === chosen).map((row) => ({...row, series: row.region === "any" ? row.seller : `${row.seller} ${row.region}`})).sort((a, b) => own(a) - own(b) || a.rank - b.rank || a.seller.localeCompare(b.seller));
    return {
      title: key, unit: words.perToken, rows: shown, lines: trusted(shown), table: "model_prices",
      controls: [input("model", [...modelIndex.keys()], key, (value) => go("model", value, chosen ?? "input")), select("meter", meters.map((one) => [one, one]), chosen, (value) => go("model", key, value))],
      columns: [["seller", (row) => row.series], ["model", (row) => row.model]],
    };
  }

  async function ofMachines([, vendor, asked, family]) {
    const held = regions.filter((row) => row.vendor_id === vendor).map((row) => row.region);
    const region = held.includes(asked) ? asked : held.includes(HOME[vendor]) ? HOME[vendor] : held[0];
    const rows = cvm.rowsOf(await cvm.load(`machines-${vendor}-${region}`));
    const families = unique(rows.map((row) => row.family));
    const chosen = families.includes(family) ? family : families[0];
    const shown = rows.filter((row) => row.family === chosen).map((row) => ({...row, series: row.instance_type}));
    return {
      title: `${vendorName(vendor)} ${chosen}, ${region}`, unit: words.perHour, rows: shown, lines: shown, table: "compute_prices",
      controls: [
        select("vendor", unique(regions.map((row) => row.vendor_id)).map((id) => [id, vendorName(id)]), vendor, (value) => go("machine", value, HOME[value] ?? "", "")),
        select("region", held.map((one) => [one, one]), region, (value) => go("machine", vendor, value, chosen)), select("family", families.map((one) => [one, one]), chosen, (value) => go("machine", vendor, region, value))],
      columns: [["machine", (row) => row.instance_type]],
    };
  }

  async function ofAccelerators([, name]) {
    const all = cvm.rowsOf(await cvm.load("accelerators"));
    const kinds = unique(all.map((row) => row.accelerator));
    const chosen = kinds.includes(name) ? name : kinds[0];
    const rows = all.filter((row) => row.accelerator === chosen).map((row) => ({...row, series: `${vendorName(row.vendor_id)} ${row.instance_type} ${row.region}`}));
    const lines = rows.filter((row) => row.region === HOME[row.vendor_id]);
    return {
      title: chosen, unit: words.perEach, rows: rows.sort((a, b) => a.amount - b.amount), lines: lines.length ? lines : rows, table: "compute_prices",
      controls: [select("accelerator", kinds.map((one) => [one, one]), chosen, (value) => go("accelerator", value))],
      columns: [["seller", (row) => vendorName(row.vendor_id)], ["machine", (row) => row.instance_type], ["region", (row) => row.region]],
    };
  }

  const KINDS = {model: ofModel, machine: ofMachines, accelerator: ofAccelerators};
  const newest = (rows) => rows.reduce((last, row) => [last, row.since, row.until].reduce((a, b) => (b > a ? b : a), ""), "");

  /** The lines of one currency that stand, as the corners of steps; the busiest first, and no more than can be told apart. */
  function steps(view, currency) {
    const end = newest(view.rows);
    const good = view.lines.filter((row) => row.currency === currency && (row.state === "priced" || row.state === "free") && row.since);
    const labels = [...new Set(good.map((row) => row.series))].slice(0, LINES);
    return good.filter((row) => labels.includes(row.series)).flatMap((row) => [row.since, row.until || end].map((day) => ({...row, day, date: new Date(day)})))
      .sort((a, b) => labels.indexOf(a.series) - labels.indexOf(b.series) || a.date - b.date);
  }

  /** The chart of a view at a width in pixels, or null where it has no line in the currency. */
  function drawn(view, currency, width) {
    const points = steps(view, currency);
    if (!points.length) return null;
    const labels = [...new Set(points.map((point) => point.series))];
    const wide = width > cvm.chart.NARROW;
    const ends = labels.map((label) => points.findLast((point) => point.series === label));
    const colour = {domain: labels, range: labels.map((_, n) => cvm.chart.colours[n % cvm.chart.colours.length]), legend: !wide};
    const made = Plot.plot({
      width, height: Math.max(300, Math.min(480, width * 0.5)), marginLeft: 64, marginRight: wide ? 200 : 16, marginTop: 28,
      style: {background: "transparent", fontSize: "12px", fontFamily: "inherit", color: "inherit"}, ariaLabel: `${view.title}, ${currency} ${view.unit}`, ariaDescription: words.described(points.length / 2, labels),
      color: colour, x: {type: "utc", label: null}, y: {label: `${currency} ${view.unit}`, grid: true, nice: true, zero: true},
      marks: [
        Plot.ruleY([0], {strokeOpacity: 0.4}),
        Plot.line(points, {x: "date", y: "amount", stroke: "series", strokeWidth: 1.8, curve: "step-after"}),
        Plot.dot(points.filter((point) => point.day === point.since), {x: "date", y: "amount", fill: "series", r: 2.4}),
        wide ? Plot.text(ends, {x: "date", y: "amount", text: "series", fill: "series", textAnchor: "start", dx: 8, lineWidth: 18}) : null,
        Plot.tip(points, Plot.pointer({x: "date", y: "amount", title: (point) => `${point.series}\n${point.since} – ${point.until || "…"}\n${point.amount} ${point.currency}`, fill: "var(--md-default-bg-color, white)"})),
      ],
    });
    return cvm.chart.finished(made);
  }

  function table(view) {
    const columns = [...view.columns, ["amount", (row) => String(row.amount)], ["currency", (row) => row.currency], ["since", (row) => row.since], ["until", (row) => row.until], ["state", (row) => words.states[row.state] ?? row.state], ["source", (row) => el("a", {href: `record.html#s/${row.source_id}`}, row.source_id)]];
    const rows = [...view.rows].sort((a, b) => (state[0] === "accelerator" ? a.amount - b.amount : (b.since > a.since ? 1 : -1)));
    const part = isWhole ? rows : rows.slice(0, FEW);
    return [
      el("h2", {}, `${words.spans} (${rows.length})`),
      el("div", {class: "site-table", tabindex: "0", role: "region", "aria-label": words.spans}, el("table", {},
        el("thead", {}, el("tr", {}, ...columns.map(([name]) => el("th", {scope: "col"}, words.columns[name])))),
        el("tbody", {}, ...part.map((row) => el("tr", {}, ...columns.map(([name, told]) => el("td", {class: name === "amount" ? "number" : ""}, told(row)))))))),
      part.length < rows.length ? el("button", {type: "button", onclick: () => { isWhole = true; show(); }}, `${words.more} (${rows.length})`) : null,
    ];
  }

  function takeaways(view, currency) {
    const name = `cloud-vendor-metrics-${names.version}-${view.title.replace(/[^\w.-]+/g, "-")}`;
    const picture = () => drawn(view, currency, cvm.take.WIDTH);
    const button = (what, onclick) => el("button", {type: "button", "data-take": what, onclick}, words[what]);
    const copy = (text) => cvm.take.copy(text, words.copied);
    return el("p", {class: "explorer-take"},
      button("csv", () => cvm.take.save(`${name}.csv`, cvm.take.csv(view.rows), "text/csv")),
      button("png", async () => picture() && cvm.take.save(`${name}.png`, await cvm.take.png(picture()), "image/png")),
      button("svg", () => picture() && cvm.take.save(`${name}.svg`, cvm.take.svg(picture()), "image/svg+xml")),
      button("link", copy(location.href)), button("cite", copy(names.citation)), " ", el("a", {href: `${cvm.home}reference/tables/${view.table}.html`}, words.file));
  }

  async function show() {
    state = askedFor();
    const view = await KINDS[state[0]](state);
    const currencies = unique(view.rows.map((row) => row.currency));
    const usual = currencies.includes("USD") ? "USD" : currencies[0];
    const box = el("div", {});
    const draw = (currency) => {
      const chart = drawn(view, currency, Math.min(1100, place.clientWidth));
      box.replaceChildren(chart ? el("div", {class: "explorer-chart"}, chart) : el("p", {}, words.none), el("p", {}, words.about), takeaways(view, currency));
    };
    place.replaceChildren(
      el("div", {class: "site-controls"}, select("kind", Object.entries(words.kinds), state[0], (kind) => go(...FIRST[kind])), ...view.controls, currencies.length > 1 ? select("currency", currencies.map((one) => [one, one]), usual, draw) : null),
      el("h2", {}, `${words.history}: ${view.title}`), box, ...table(view).filter(Boolean));
    draw(usual);
    place.dataset.state = state.join("/");
    place.dataset.rows = String(view.rows.length);
  }

  addEventListener("hashchange", show);
  await show();
})();
