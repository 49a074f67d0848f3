// Every finding of the release behind some filters: severity, status, rule, vendor, source, and words.
"use strict";
(async () => {
  const place = document.getElementById("all-findings");
  if (!place) return;
  const {el, language, told} = cvm;
  const SAID = {
    en: {comma: ", ", severity: "Severity", status: "Status", rule: "Rule", vendor: "Vendor", source: "Source", words: "Words", any: "any", count: (shown, all) => `${shown} of ${all} findings`, more: "Show all", found: "Found", expected: "Expected", said: "What is wrong"},
    zh: {comma: "，", severity: "严重程度", status: "状态", rule: "规则", vendor: "厂商", source: "来源", words: "文字", any: "全部", count: (shown, all) => `共 ${all} 条，显示 ${shown} 条`, more: "全部显示", found: "所见", expected: "应有", said: "问题"},
  }[language];
  const FEW = 50;
  const CHOICES = ["severity", "status", "rule", "vendor", "source"];

  const [names, prints, records, sources, columns] = await Promise.all(["names", "prints", "records", "sources", "findings"].map(cvm.load));
  const numbers = cvm.indexed(cvm.rowsOf({...prints, ...records}), "observation_id");
  const titles = cvm.indexed(cvm.rowsOf(sources), "source_id");
  const vendorOf = (row) => names.entities[row.entity_id]?.vendor_id ?? "";
  const findings = cvm.rowsOf(columns).map((finding) => {
    const rows = finding.observation_ids.split(" ").map((id) => numbers.get(id)).filter(Boolean);
    const list = (values) => [...new Set(values.filter(Boolean))];
    return {...finding, vendor: list(rows.map(vendorOf)), source: list(rows.map((row) => row.source_id)), text: `${finding.message} ${told(finding, "message")} ${finding.found} ${finding.expected} ${finding.finding_id}`.toLowerCase()};
  });
  const coded = (column) => (code) => (language === "zh" ? cvm.meaning(names, `findings.${column}`, code).split("：")[0] : code);
  const labels = {severity: coded("severity"), status: coded("status"), vendor: (id) => names.vendors[id]?.[language] ?? id, source: (id) => titles.get(id)?.title ?? id};
  const valuesOf = (finding, choice) => [finding[choice]].flat();

  function stateOf(address) {
    const asked = new URLSearchParams(address.includes("=") ? address.slice(1) : "");
    return Object.fromEntries([...CHOICES, "words"].map((choice) => [choice, asked.get(choice) ?? ""]));
  }

  let state = stateOf(location.hash);
  let isWhole = false;

  const fits = (finding) => CHOICES.every((choice) => !state[choice] || valuesOf(finding, choice).includes(state[choice])) && finding.text.includes(state.words.toLowerCase());

  function change(choice, value) {
    state[choice] = value;
    isWhole = false;
    history.replaceState(null, "", "#" + new URLSearchParams(Object.entries(state).filter(([, text]) => text)));
    show();
  }

  function select(choice) {
    const counts = new Map();
    for (const finding of findings) for (const value of valuesOf(finding, choice)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const label = labels[choice] ?? ((value) => value);
    const options = [...counts].map(([value, count]) => [value, `${label(value)} (${count})`]).sort((a, b) => a[1].localeCompare(b[1]));
    const made = el("select", {id: `finding-${choice}`, onchange: (event) => change(choice, event.target.value)}, el("option", {value: ""}, SAID.any), ...options.map(([value, text]) => el("option", {value}, text)));
    made.value = state[choice];
    return el("label", {for: `finding-${choice}`}, el("span", {}, SAID[choice]), made);
  }

  const rowOf = (finding) => el("tr", {}, el("td", {}, `${labels.severity(finding.severity)}${SAID.comma}${labels.status(finding.status)}`), el("th", {scope: "row"}, el("a", {href: `${cvm.home}record.html#f/${finding.finding_id}`}, finding.rule)), el("td", {}, told(finding, "found")), el("td", {}, told(finding, "expected")), el("td", {}, told(finding, "message")));

  const panel = el("div", {"aria-live": "polite"});

  function show() {
    const rows = findings.filter(fits);
    const part = isWhole ? rows : rows.slice(0, FEW);
    const head = el("tr", {}, ...[`${SAID.severity}${SAID.comma}${SAID.status}`, SAID.rule, SAID.found, SAID.expected, SAID.said].map((text) => el("th", {scope: "col"}, text)));
    panel.replaceChildren(
      el("p", {id: "finding-count"}, SAID.count(part.length, rows.length)),
      el("div", {class: "site-table", tabindex: "0", role: "region", "aria-label": SAID.said}, el("table", {}, el("thead", {}, head), el("tbody", {}, ...part.map(rowOf)))),
      part.length < rows.length ? el("button", {type: "button", onclick: () => { isWhole = true; show(); }}, `${SAID.more} (${rows.length})`) : "");
    place.dataset.shown = String(rows.length);
  }

  const words = el("input", {type: "search", id: "finding-words", oninput: (event) => change("words", event.target.value)});
  function draw() {
    words.value = state.words;
    place.replaceChildren(el("div", {class: "site-controls"}, ...CHOICES.map(select), el("label", {for: "finding-words"}, el("span", {}, SAID.words), words)), panel);
    show();
  }

  // A count on this page asks for its findings by the address.
  addEventListener("hashchange", () => {
    if (!location.hash.includes("=")) return;
    state = stateOf(location.hash);
    isWhole = false;
    draw();
    place.scrollIntoView();
  });
  draw();
})();
