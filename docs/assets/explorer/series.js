// From the vintages of facts to the points of a chart: as known on a day, in a currency, as levels or growth.
"use strict";
cvm.series = (() => {
  const DAY = 86400000;
  const FACT = ["entity_id", "of_entity_id", "metric_id", "basis", "breakdown_id", "period_type", "period_start", "period_end"];
  const SERIES = ["entity_id", "of_entity_id", "basis", "breakdown_id"];

  const keyOf = (row, columns) => columns.map((column) => row[column]).join("|");

  /** The key of the series that a row belongs to, within one metric and kind of period. */
  const seriesOf = (row) => keyOf(row, SERIES);

  /** Of each fact its last vintage known on `day` or before (ISO text); vintages of a fact stand in order of day. */
  function asOf(vintages, day) {
    const last = new Map();
    for (const row of vintages) if (row.known_on <= day && row.value !== null) last.set(keyOf(row, FACT), row);
    return [...last.values()];
  }

  /** What one unit of `currency` was in USD on the mean of a period, or on its last day: null where no rate is known. */
  function rateOf(rates, currency, row) {
    if (currency === "USD") return 1;
    return rates.get(`${currency}|${row.period_start || row.period_end}|${row.period_end}`) ?? null;
  }

  /** Points in dollars; one without a rate is left out. Amounts are millions before and after. */
  function inDollars(points, rates, units) {
    return points.flatMap((point) => {
      const rate = rateOf(rates, units[point.unit_id].currency, point);
      if (rate === null) return [];
      const times = (value) => (value === null ? null : value * rate);
      return [{...point, unit_id: "usd-m", rate, value: times(point.value), value_low: times(point.value_low), value_high: times(point.value_high)}];
    });
  }

  /** Whether `before` ends a year before `point`, give or take the days by which a 52-week year differs. */
  function isYearBefore(point, before) {
    const days = (Date.parse(point.period_end) - Date.parse(before.period_end)) / DAY;
    return days > 355 && days < 376;
  }

  /** Growth in percent on the same period a year before, within one perimeter and unit, with the interval it may have. */
  function growth(points) {
    const bySeries = cvm.grouped(points, (point) => [seriesOf(point)]);
    return points.flatMap((point) => {
      const before = bySeries.get(seriesOf(point)).find((other) => isYearBefore(point, other));
      if (!before || before.perimeter_id !== point.perimeter_id || before.unit_id !== point.unit_id || before.value <= 0) return [];
      const ratio = (over, under) => (over === null || under === null || under <= 0 ? null : (over / under - 1) * 100);
      return [{
        ...point, unit_id: "percent", value: ratio(point.value, before.value),
        value_low: ratio(point.value_low, before.value_high), value_high: ratio(point.value_high, before.value_low),
        observation_ids: `${point.observation_ids} ${before.observation_ids}`, disputed: point.disputed === "true" || before.disputed === "true" ? "true" : "false",
        derivation: "growth",
      }];
    });
  }

  /** The points that a state of the controls shows, oldest first. */
  function pointsOf(vintages, names, rates, state) {
    const asked = vintages.filter((row) => row.metric_id === state.metric && row.period_type === state.period);
    let points = asOf(asked, state.asof);
    if (state.currency === "USD" && names.metrics[state.metric].quantity === "money") points = inDollars(points, rates, names.units);
    if (state.show === "growth") points = growth(points);
    points = points.filter((point) => state.entities.includes(seriesOf(point)));
    return points.sort((a, b) => (a.period_end < b.period_end ? -1 : a.period_end > b.period_end ? 1 : 0));
  }

  /** The tables behind every chart, read once, with what their rows are called in the language of `words`. */
  async function world(words) {
    const [columns, names] = await Promise.all([cvm.load("vintages"), cvm.load("names")]);
    const vintages = cvm.rowsOf(columns).filter((row) => row.value !== null);
    const rates = new Map(cvm.rowsOf(cvm.plain(names.rates)).map((row) => [`${row.base}|${row.period_start || row.period_end}|${row.period_end}`, row.rate]));
    const newest = vintages.reduce((last, row) => (row.known_on > last ? row.known_on : last), "");
    const oldest = vintages.reduce((first, row) => (row.known_on < first ? row.known_on : first), newest);
    const clouds = new Set(Object.values(names.vendors).map((vendor) => vendor.cloud_entity_id));
    const named = (kind, id) => names[kind][id]?.[cvm.language] ?? id;

    /** The label of a series: its entity, and its breakdown, whole and basis where they are not the usual ones. */
    function labelOf(row) {
      const parts = [named("entities", row.entity_id)];
      if (row.breakdown_id !== "total") parts.push(named("breakdowns", row.breakdown_id));
      if (row.of_entity_id) parts.push(named("entities", row.of_entity_id));
      if (row.basis !== "reported") parts.push(cvm.meaning(names, "observations.basis", row.basis));
      return parts.join(" · ");
    }

    /** The series that have a point of a metric and kind of period: key, label and the parts of the key. */
    function offered(metric, period) {
      const found = new Map();
      for (const row of vintages) if (row.metric_id === metric && row.period_type === period) found.set(seriesOf(row), row);
      return [...found].map(([key, row]) => ({key, label: labelOf(row), ...row})).sort((a, b) => a.label.localeCompare(b.label));
    }

    /** Points of each series of a metric and kind of period, by key. */
    function counted(metric, period) {
      const counts = new Map();
      for (const row of vintages) if (row.metric_id === metric && row.period_type === period) counts.set(seriesOf(row), (counts.get(seriesOf(row)) ?? 0) + 1);
      return counts;
    }

    /**
     * What is shown before a reader chooses: one whole a vendor, its cloud where that has two points; vendors with a cloud
     * come first. Markets and others that are no vendor are shown where no vendor has a series.
     */
    function usual(series, metric, period) {
      const all = series.filter((one) => one.breakdown_id === "total" && one.basis === "reported" && !one.of_entity_id);
      const ofVendors = all.filter((one) => names.entities[one.entity_id]?.vendor_id);
      const whole = ofVendors.length ? ofVendors : all;
      const counts = counted(metric, period);
      const weight = (one) => counts.get(one.key) + (clouds.has(one.entity_id) && counts.get(one.key) > 1 ? 1e6 : 0);
      const best = new Map();
      for (const one of whole) {
        const vendor = names.entities[one.entity_id]?.vendor_id || one.entity_id;
        if (!best.has(vendor) || weight(one) > weight(best.get(vendor))) best.set(vendor, one);
      }
      const sells = (one) => Number(Boolean(names.vendors[names.entities[one.entity_id]?.vendor_id]?.cloud_entity_id));
      const chosen = whole.length ? [...best.values()] : series;
      return chosen.sort((a, b) => sells(b) - sells(a) || counts.get(b.key) - counts.get(a.key)).map((one) => one.key);
    }

    const periods = new Map();
    for (const row of vintages) periods.set(row.metric_id, (periods.get(row.metric_id) ?? new Set()).add(row.period_type));
    const periodsOf = (metric) => Object.keys(words.periods).filter((period) => periods.get(metric)?.has(period));
    const isMoney = (metric) => names.metrics[metric].quantity === "money";
    const symbolOf = (unit) => (unit === "percent" ? "%" : cvm.told(names.units[unit], "symbol"));

    function periodLabel(point) {
      if (point.period_type !== "quarter") return point.period_end;
      const [year, month] = point.period_end.split("-").map(Number);
      return names.quarters[`${point.entity_id}|${point.period_end}`] ?? `${year}-Q${Math.ceil(month / 3)}`;
    }

    /** The points of a state with what a chart and a table say of each. */
    const shown = (state) => pointsOf(vintages, names, rates, state).map((point) => ({
      ...point, series: labelOf(point), date: new Date(point.period_end), label: periodLabel(point), symbol: symbolOf(point.unit_id),
    }));

    return {vintages, names, named, labelOf, symbolOf, periodLabel, offered, usual, periodsOf, isMoney, oldest, newest, shown};
  }

  return {asOf, growth, inDollars, pointsOf, seriesOf, world};
})();
