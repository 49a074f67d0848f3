// The explorer: controls whose state is the address, a chart, the table behind it, and what to take away.
"use strict";
(async () => {
  const place = document.getElementById("explorer");
  if (!place) return;
  const {el, address, language} = cvm;
  const words = cvm.words[language];
  const FEW = 60;
  const MOST = 10;

  const world = await cvm.series.world(words);
  const {vintages, names, named, labelOf, symbolOf, periodLabel, offered, usual, periodsOf, isMoney, oldest, newest} = world;

  /** What an address asks for: `metric=…&period=…&series=…`, or in short METRIC/PERIOD/SERIES. */
  function askedFor(text) {
    if (text.includes("=")) return new URLSearchParams(text);
    const [metric, period, series] = decodeURIComponent(text).split("/");
    return new URLSearchParams(Object.entries({metric, period, series}).filter(([, value]) => value));
  }

  /** The state that an address names, with what it leaves out or names wrongly put right. */
  function stateOf(address) {
    const asked = askedFor(address.replace(/^#/, ""));
    const metric = asked.get("metric") in names.metrics ? asked.get("metric") : "revenue";
    const period = periodsOf(metric).includes(asked.get("period")) ? asked.get("period") : periodsOf(metric)[0];
    const series = offered(metric, period);
    const keys = new Set(series.map((one) => one.key));
    const entities = (asked.get("series") ?? "").split("~").map((key) => (key.includes("|") ? key : `${key}||reported|total`)).filter((key) => keys.has(key));
    const asof = /^\d{4}-\d\d-\d\d$/.test(asked.get("asof") ?? "") ? asked.get("asof") : newest;
    return {
      metric, period, entities: entities.length || asked.get("series") === "" ? entities : usual(series, metric, period).slice(0, MOST), asof,
      currency: isMoney(metric) && asked.get("currency") !== "reported" ? "USD" : "reported",
      show: asked.get("show") === "growth" ? "growth" : "level",
    };
  }

  /** The address of a state; a series that is whole and as reported goes by its entity alone. */
  function addressOf(state) {
    const series = state.entities.map((key) => key.replace(/\|\|reported\|total$/, "")).join("~");
    return "#" + new URLSearchParams({metric: state.metric, period: state.period, series, currency: state.currency, show: state.show, asof: state.asof});
  }

  let state = stateOf(location.hash);
  let isWhole = false;

  function change(changes) {
    const next = {...state, ...changes};
    if (changes.metric || changes.period) {
      next.period = periodsOf(next.metric).includes(next.period) ? next.period : periodsOf(next.metric)[0];
      next.entities = usual(offered(next.metric, next.period), next.metric, next.period).slice(0, MOST);
      next.currency = isMoney(next.metric) ? next.currency : "reported";
    }
    state = next;
    history.replaceState(null, "", addressOf(state));
    show();
  }

  function select(name, options, value) {
    const made = el("select", {id: `explorer-${name}`, onchange: (event) => change({[name]: event.target.value})},
      ...options.map(([code, label]) => el("option", code === value ? {value: code, selected: ""} : {value: code}, label)));
    return el("label", {for: `explorer-${name}`}, el("span", {}, words[name]), made);
  }

  const dayNumber = (day) => Math.round(Date.parse(day) / 86400000);
  const dayText = (number) => new Date(number * 86400000).toISOString().slice(0, 10);

  function controls() {
    const metrics = Object.keys(names.metrics).filter((metric) => periodsOf(metric).length).map((metric) => [metric, `${named("metrics", metric)} (${metric})`]).sort((a, b) => a[1].localeCompare(b[1]));
    const series = offered(state.metric, state.period);
    const boxes = series.map((one) => el("label", {}, el("input", {
      type: "checkbox", value: one.key, ...(state.entities.includes(one.key) ? {checked: ""} : {}),
      onchange: (event) => change({entities: event.target.checked ? [...state.entities, one.key] : state.entities.filter((key) => key !== one.key)}),
    }), one.label));
    const day = el("input", {type: "date", id: "explorer-asof", value: state.asof, min: oldest, max: newest, onchange: (event) => event.target.value && change({asof: event.target.value})});
    const slider = el("input", {type: "range", "aria-label": words.asof, min: dayNumber(oldest), max: dayNumber(newest), value: dayNumber(state.asof), oninput: (event) => { day.value = dayText(Number(event.target.value)); }, onchange: (event) => change({asof: dayText(Number(event.target.value))})});
    return [
      el("div", {class: "site-controls"},
        select("metric", metrics, state.metric),
        select("period", periodsOf(state.metric).map((period) => [period, words.periods[period]]), state.period),
        isMoney(state.metric) ? select("currency", [["USD", "USD"], ["reported", words.reported]], state.currency) : null,
        select("show", [["level", words.level], ["growth", words.growth]], state.show),
        el("label", {for: "explorer-asof"}, el("span", {}, words.asof), day, slider)),
      el("details", {class: "explorer-series", ...(place.querySelector("details")?.open ? {open: ""} : {})}, el("summary", {}, `${words.series} (${state.entities.length} / ${series.length})`),
        el("p", {}, el("button", {type: "button", onclick: () => change({entities: series.map((one) => one.key)})}, words.all), " ", el("button", {type: "button", onclick: () => change({entities: []})}, words.none)),
        el("div", {class: "explorer-boxes"}, ...boxes)),
    ];
  }

  const shown = () => world.shown(state);

  const drawn = (points, width) => cvm.chart.draw(points, {width, unit: points[0].symbol, title: `${named("metrics", state.metric)}, ${words.periods[state.period]}`, words});

  function figure(points) {
    const units = new Set(points.map((point) => point.symbol));
    if (!points.length) return el("p", {class: "explorer-none"}, words.empty);
    if (units.size > 1) return el("p", {class: "explorer-none"}, words.unmixed);
    return el("div", {class: "explorer-chart"}, drawn(points, Math.min(1100, place.clientWidth)));
  }

  const number = (value) => (value === null ? "" : value.toLocaleString("en", {maximumFractionDigits: 4}));

  /** What lies behind the numbers: prints by id, sources by id, findings by the row they name. */
  const behind = Promise.all(["prints", "sources", "findings"].map(cvm.load)).then(([prints, sources, findings]) => {
    const byRow = cvm.grouped(cvm.rowsOf(findings), (finding) => finding.observation_ids.split(" "));
    return {prints: cvm.indexed(cvm.rowsOf(prints), "observation_id"), sources: cvm.indexed(cvm.rowsOf(sources), "source_id"), findings: byRow};
  });

  const inputsOf = (point, known) => point.observation_ids.split(" ").map((id) => known.prints.get(id)).filter(Boolean);
  const printed = (print) => `${print.printed_value}${print.printed_value_to ? `–${print.printed_value_to}` : ""} ${names.units[print.printed_unit_id] ? cvm.told(names.units[print.printed_unit_id], "symbol") : print.printed_unit_id}`;
  const openFindings = (point, known) => [...new Set(point.observation_ids.split(" ").flatMap((id) => known.findings.get(id) ?? []))].filter((finding) => finding.status === "open");

  function sourceLink(print, known) {
    const source = known.sources.get(print.source_id);
    const where = [source?.title ?? print.source_id, print.locator].filter(Boolean).join(", ");
    const url = source && address(source.url);
    return url ? el("a", {href: url, rel: "noopener"}, where) : where;
  }

  function rowOf(point, known) {
    const prints = inputsOf(point, known);
    const findings = openFindings(point, known);
    const lines = (children) => children.flatMap((child, n) => (n ? [el("br"), child] : [child]));
    return el("tr", {},
      el("th", {scope: "row"}, point.label), el("td", {}, point.series),
      el("td", {class: "number"}, number(point.value), point.disputed === "true" ? el("abbr", {title: words.disputed}, " *") : null),
      el("td", {}, point.symbol), el("td", {class: "number"}, `[${number(point.value_low)}, ${number(point.value_high)}]`),
      el("td", {}, ...lines(prints.map((print) => el("a", {href: `record.html#o/${print.observation_id}`}, printed(print))))), el("td", {}, ...lines(prints.map((print) => sourceLink(print, known)))),
      el("td", {}, point.known_on), el("td", {}, words.how[point.derivation] ?? point.derivation),
      el("td", {}, ...lines(findings.map((finding) => el("a", {href: `record.html#f/${finding.finding_id}`}, finding.rule)))));
  }

  function table(points, known) {
    const rows = [...points].reverse();
    const part = isWhole ? rows : rows.slice(0, FEW);
    const head = el("tr", {}, ...["period", "entity", "value", "unit", "interval", "printed", "source", "published", "how", "findings"].map((column) => el("th", {scope: "col"}, words.columns[column])));
    return el("div", {class: "site-table", tabindex: "0", role: "region", "aria-label": words.columns.value},
      el("table", {}, el("thead", {}, head), el("tbody", {}, ...part.map((point) => rowOf(point, known)))),
      part.length < rows.length ? el("button", {type: "button", onclick: () => { isWhole = true; show(); }}, `${words.more} (${rows.length})`) : null);
  }

  /** The rows that a download holds: one a point, with its sources and what is open about them. */
  const taken = (points, known) => points.map((point) => ({
    entity_id: point.entity_id, metric_id: point.metric_id, breakdown_id: point.breakdown_id, basis: point.basis, period_type: point.period_type,
    period_start: point.period_start, period_end: point.period_end, label: point.label, measure: state.show === "growth" ? "growth_yoy" : "level",
    value: point.value, value_low: point.value_low, value_high: point.value_high, unit_id: point.unit_id, perimeter_id: point.perimeter_id,
    known_on: point.known_on, derivation: point.derivation, disputed: point.disputed, observation_ids: point.observation_ids,
    source_ids: [...new Set(inputsOf(point, known).map((print) => print.source_id))].join(" "),
    source_urls: [...new Set(inputsOf(point, known).map((print) => known.sources.get(print.source_id)?.url).filter(Boolean))].join(" "),
    finding_ids: openFindings(point, known).map((finding) => finding.finding_id).join(" "),
  }));

  const metadata = (points, known) => ({
    title: `${named("metrics", state.metric)}, ${words.periods[state.period]}`, citation: names.citation, version: names.version, state,
    permalink: location.href.split("#")[0] + addressOf(state), rows: points.length,
    sources: [...new Set(taken(points, known).flatMap((row) => row.source_ids.split(" ")))].filter(Boolean).map((id) => known.sources.get(id)),
  });

  function takeaways(points, known) {
    const name = `cloud-vendor-metrics-${names.version}-${state.metric}-${state.period}`;
    const picture = () => place.querySelector(".explorer-chart") && drawn(points, cvm.take.WIDTH);
    const copy = (text) => cvm.take.copy(text, words.copied);
    const series = offered(state.metric, state.period).filter((one) => state.entities.includes(one.key));
    const button = (what, onclick, text = "") => el("button", {type: "button", "data-take": what, ...(text ? {"data-text": text} : {}), onclick}, words[what]);
    return el("p", {class: "explorer-take"},
      button("csv", () => cvm.take.save(`${name}.csv`, cvm.take.csv(taken(points, known)), "text/csv")),
      button("meta", () => cvm.take.save(`${name}.json`, JSON.stringify(metadata(points, known), null, 1), "application/json")),
      button("png", async () => picture() && cvm.take.save(`${name}.png`, await cvm.take.png(picture()), "image/png")),
      button("svg", () => picture() && cvm.take.save(`${name}.svg`, cvm.take.svg(picture()), "image/svg+xml")),
      button("link", copy(location.href.split("#")[0] + addressOf(state))), button("cite", copy(names.citation), names.citation),
      button("python", copy(cvm.take.python(state, series)), cvm.take.python(state, series)), button("r", copy(cvm.take.r(state, series)), cvm.take.r(state, series)));
  }

  async function show() {
    const points = shown();
    const focused = document.activeElement?.id;
    const panel = el("div", {class: "explorer-below"});
    place.replaceChildren(...controls(), figure(points), panel);
    if (focused) document.getElementById(focused)?.focus();
    const known = await behind;
    panel.replaceChildren(takeaways(points, known), table(points, known));
    place.dataset.points = String(points.length);
    place.dataset.state = addressOf(state);
  }

  addEventListener("hashchange", () => { state = stateOf(location.hash); show(); });
  addEventListener("resize", (() => { let timer; return () => { clearTimeout(timer); timer = setTimeout(show, 200); }; })());
  place.replaceChildren();
  await show();
})();
