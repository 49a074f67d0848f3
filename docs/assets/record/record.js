// One printed number, one source or one finding, by its identifier in the address: #o/ID, #s/ID, #f/ID; or the numbers
// whose columns have certain values: #l/COLUMN=VALUE/COLUMN=VALUE.
"use strict";
(async () => {
  const place = document.getElementById("record");
  if (!place) return;
  const {el, address, language, told} = cvm;
  const words = cvm.recordWords[language];
  const FEW = 200;

  const [names, prints, records, sources, findings, corrections, vintages] = await Promise.all(
    ["names", "prints", "records", "sources", "findings", "corrections", "vintages"].map(cvm.load));
  const numbers = cvm.rowsOf({...prints, ...records});
  const byId = cvm.indexed(numbers, "observation_id");
  const byFact = cvm.grouped(numbers, (row) => [row.fact_id]);
  const bySource = cvm.grouped(numbers, (row) => [row.source_id, row.via_source_id].filter(Boolean));
  const sourceOf = cvm.indexed(cvm.rowsOf(sources), "source_id");
  const allFindings = cvm.rowsOf(findings);
  const findingOf = cvm.indexed(allFindings, "finding_id");
  const findingsOf = cvm.grouped(allFindings, (finding) => finding.observation_ids.split(" "));
  const correctionsOf = cvm.grouped(cvm.rowsOf(corrections), (row) => [row.observation_id]);
  const headlinesOf = cvm.grouped(cvm.rowsOf(vintages), (row) => row.observation_ids.split(" "));

  const named = (kind, id) => names[kind][id]?.[language] ?? id;
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const symbol = (unit) => names.units[unit] ? told(names.units[unit], "symbol") : unit;
  const meaning = (column, code) => code && cvm.meaning(names, column, code);
  const coded = (column, code) => (language === "zh" ? meaning(column, code) : `${code}: ${meaning(column, code)}`);
  const numberOf = (value) => (value === null ? words.open : value.toLocaleString("en", {maximumFractionDigits: 6}));
  const printedOf = (row) => `${row.printed_value}${row.printed_value_to ? ` – ${row.printed_value_to}` : ""} ${symbol(row.printed_unit_id)}`;
  const periodOf = (row) => [row.period_start, row.period_end].filter(Boolean).join(" – ");
  const factOf = (row) => [named("entities", row.entity_id), named("metrics", row.metric_id), row.breakdown_id === "total" ? "" : named("breakdowns", row.breakdown_id), row.measure === "level" ? "" : meaning("observations.measure", row.measure), periodOf(row)].filter(Boolean).join(words.comma);

  const toNumber = (id, text) => el("a", {href: `#o/${id}`}, text ?? id);
  const toFinding = (finding) => el("a", {href: `#f/${finding.finding_id}`}, `${finding.rule}: ${told(finding, "message")}`);
  const toSource = (id) => el("a", {href: `#s/${id}`}, sourceOf.get(id)?.title ?? id);
  const outside = (url) => (address(url) ? el("a", {href: url, rel: "noopener"}, url) : url);

  /** Terms and what they are; an empty one is left out. */
  const facts = (pairs) => el("dl", {class: "record-facts"}, ...pairs.filter(([, what]) => what !== "" && what !== null && what !== undefined).flatMap(([term, what]) => [el("dt", {}, term), el("dd", {}, what)]));
  const section = (title, rows) => (rows.length ? [el("h2", {}, `${title} (${rows.length})`), el("ul", {}, ...rows.map((row) => el("li", {}, ...[row].flat())))] : []);
  const numberLine = (row) => [toNumber(row.observation_id, `${printedOf(row)}`), ` · ${factOf(row)} · ${row.known_on} · `, toSource(row.source_id)];
  const correctionLine = (row) => `${row.field_name}: ${row.printed} → ${row.corrected}. ${told(row, "reason")} (${meaning("corrections.status", row.status)})`;

  function oneNumber(row) {
    const others = (byFact.get(row.fact_id) ?? []).filter((other) => other !== row);
    const series = row.of_entity_id || row.basis !== "reported" || row.breakdown_id !== "total" ? `${row.entity_id}|${row.of_entity_id}|${row.basis}|${row.breakdown_id}` : row.entity_id;
    return [
      el("p", {class: "record-kind"}, words.number), el("h1", {}, factOf(row)), el("p", {class: "record-big"}, printedOf(row)),
      facts([
        [words.text, row.printed_text], [words.scope, row.printed_label], [words.value, `${numberOf(row.value)} ${symbol(row.unit_id)}`], [words.interval, `[${numberOf(row.value_low)}, ${numberOf(row.value_high)}]`],
        [words.entity, named("entities", row.entity_id)], [words.metric, named("metrics", row.metric_id)], [words.breakdown, named("breakdowns", row.breakdown_id)], [words.measure, meaning("observations.measure", row.measure)], [words.basis, meaning("observations.basis", row.basis)], [words.perimeter, row.perimeter_id],
        [words.period, `${periodOf(row)} (${meaning("observations.period_type", row.period_type)})`], [words.label, row.period_label], [words.claim, meaning("observations.claim_status", row.claim_status)], [words.source, toSource(row.source_id)], [words.address, outside(sourceOf.get(row.source_id)?.url ?? "")], [words.locator, row.locator],
        [words.via, row.via_source_id ? toSource(row.via_source_id) : ""], [words.known, row.known_on], [words.evidence, meaning("observations.evidence", row.evidence)], [words.assumed, row.assumed], [words.note, told(row, "note")], [words.id, row.observation_id],
        [words.held, words.heldBy(row)], [words.holding, row.relation_ids], [words.lacks, row.corroboration_lacks.split(" ").filter(Boolean).map((lack) => words.lack[lack]).join("; ")],
      ]),
      row.measure === "level" ? el("p", {}, el("a", {href: `explore.html#${new URLSearchParams({metric: row.metric_id, period: row.period_type, series})}`}, words.explore)) : null,
      ...section(words.corrections, (correctionsOf.get(row.observation_id) ?? []).map(correctionLine)),
      ...section(words.findings, (findingsOf.get(row.observation_id) ?? []).map(toFinding)),
      ...section(words.headline, (headlinesOf.get(row.observation_id) ?? []).map((vintage) => `${vintage.known_on}: ${numberOf(vintage.value)} ${symbol(vintage.unit_id)} (${meaning("vintages.derivation", vintage.derivation)})`)),
      ...section(words.same, others.map(numberLine)),
    ];
  }

  function oneSource(source) {
    const rows = bySource.get(source.source_id) ?? [];
    const open = [...new Set(rows.flatMap((row) => findingsOf.get(row.observation_id) ?? []))];
    return [
      el("p", {class: "record-kind"}, words.source), el("h1", {}, source.title),
      facts([[words.publisher, source.publisher], [words.published, source.published_on], [words.kind, meaning("sources.kind", source.kind)], [words.address, outside(source.url)], [words.id, source.source_id]]),
      ...section(words.findings, open.map((finding) => [toFinding(finding), ` (${meaning("findings.status", finding.status)})`])),
      ...section(words.corrections, rows.flatMap((row) => (correctionsOf.get(row.observation_id) ?? []).map((one) => [toNumber(row.observation_id), ` ${correctionLine(one)}`]))),
      ...section(words.rows, rows.map((row) => [toNumber(row.observation_id, printedOf(row)), ` · ${factOf(row)}`, row.locator ? ` · ${row.locator}` : ""])),
    ];
  }

  function oneFinding(finding) {
    const rows = finding.observation_ids.split(" ").map((id) => byId.get(id)).filter(Boolean);
    const others = finding.others.split(" ").filter(Boolean).map(decodeURIComponent);
    const listed = rows.length + others.length;
    const [rule, ...details] = told(finding, "message").split(/; |；/);
    return [
      el("p", {class: "record-kind"}, words.finding), el("h1", {}, capital(rule)),
      facts([[words.message, details.length ? el("ul", {}, ...details.map((detail) => el("li", {}, detail))) : ""], [words.found, told(finding, "found")], [words.expected, told(finding, "expected")], [words.fix, told(finding, "fix")], [words.severity, coded("findings.severity", finding.severity)], [words.status, coded("findings.status", finding.status)], [words.reason, told(finding, "reason")], [words.rule, el("a", {href: "reference/rules.html"}, finding.rule)], [words.id, finding.finding_id]]),
      ...section(words.named, rows.map(numberLine)), ...section(words.others, others),
      listed < finding.count ? el("p", {}, words.more(listed, finding.count)) : null,
    ];
  }

  const valueOf = (row, column) => (column === "vendor_id" ? names.entities[row.entity_id]?.vendor_id ?? "" : row[column]);
  const NAMES = {vendor_id: "vendors", entity_id: "entities", metric_id: "metrics", breakdown_id: "breakdowns"};

  /** What an address such as `entity_id=aws/measure=level` asks of each number; `~` stands between values of a column. */
  const askedIn = (id) => id.split("/").map((part) => [part.split("=")[0], part.slice(part.indexOf("=") + 1).split("~")]);

  /** The numbers that an address asks for, the latest period first; none where a column is not known. */
  function listed(id) {
    const conditions = askedIn(id);
    if (!conditions.every(([column]) => column === "vendor_id" || column in numbers[0])) return undefined;
    const rows = numbers.filter((row) => conditions.every(([column, values]) => values.includes(valueOf(row, column))));
    return rows.length ? {id, rows: rows.sort((a, b) => b.period_end.localeCompare(a.period_end) || b.known_on.localeCompare(a.known_on))} : undefined;
  }

  function manyNumbers({id, rows}) {
    const said = ([column, values]) => (column === "observation_id" ? words.behind : values.map((value) => (NAMES[column] ? named(NAMES[column], value) || words.market : meaning(`${column === "corroboration" ? "observations_flat" : "observations"}.${column}`, value))).join(words.or));
    const list = el("ul", {});
    const button = el("button", {type: "button", onclick: () => { list.replaceChildren(...rows.map(line)); button.remove(); }}, words.all(rows.length));
    const line = (row) => el("li", {}, ...numberLine(row));
    list.append(...rows.slice(0, FEW).map(line));
    return [el("p", {class: "record-kind"}, words.numbers), el("h1", {}, `${askedIn(id).map(said).join(words.comma)} (${rows.length})`), el("p", {}, words.listed), list, rows.length > FEW ? button : null];
  }

  const KINDS = {o: [byId, oneNumber], s: [sourceOf, oneSource], f: [findingOf, oneFinding], l: [{get: listed}, manyNumbers]};

  function show() {
    const [, kind, id] = /^#([osfl])\/(.+)$/.exec(decodeURIComponent(location.hash)) ?? [];
    const row = kind && KINDS[kind][0].get(id);
    const shown = row ? KINDS[kind][1](row) : [el("h1", {}, id ? words.unknown(id) : words.none)];
    place.replaceChildren(...shown.filter(Boolean));
    place.dataset.shown = row ? id : "";
    place.dataset.rows = String(row?.rows?.length ?? "");
    document.title = place.querySelector("h1").textContent;
    scrollTo(0, 0);
  }

  addEventListener("hashchange", show);
  show();
})();
