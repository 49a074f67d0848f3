// The search of the site: a box in the head of each page, and the list of what is meant, best first.
"use strict";
(() => {
  const {el, language} = cvm;
  const SAID = {
    en: {label: "Search", none: "Nothing found. Try a metric, a vendor, a model or a word of a title.", kinds: {series: "series", metric: "metric", vendor: "vendor", entity: "entity", table: "table", model: "model", page: "page", word: "term", column: "column", source: "source", finding: "finding"}},
    zh: {label: "搜索", none: "没有找到。请尝试指标、厂商、模型或标题中的词。", kinds: {series: "序列", metric: "指标", vendor: "厂商", entity: "主体", table: "表", model: "模型", page: "页面", word: "术语", column: "列", source: "来源", finding: "核查结果"}},
  }[language];
  const MOST = 20;
  const KINDS = ["series", "metric", "vendor", "entity", "word", "column", "table", "model", "source", "page", "finding"];
  const CHINESE = /[\u3400-\u9fff]+/g;
  const folded = (text) => text.normalize("NFKC").toLowerCase();

  const SMALL = new Set("how to the a an of in on for is are what does do i my me 的 是 什么 怎么 如何".split(" "));

  const isName = (entry) => !["source", "finding", "page"].includes(entry.kind);

  let entries = null;
  let known = null;

  /** The entries, read once, when a reader first types. */
  async function ready() {
    if (entries) return;
    const columns = await cvm.load(`search-${language}`);
    entries = cvm.rowsOf(columns).map((entry) => ({...entry, head: folded(entry.title), body: ` ${folded(`${entry.title} ${entry.words}`)} `}));
    known = new Set(entries.filter(isName).flatMap((entry) => entry.body.match(CHINESE) ?? []));
  }

  /** A run of Chinese as the longest names known, from its start: 阿里云收入 asks for 阿里云 and 收入. */
  function cut(run) {
    if (entries.some((entry) => isName(entry) && entry.body.includes(run))) return [run];
    const words = [];
    for (let start = 0; start < run.length; ) {
      let end = run.length;
      while (end > start + 1 && !known.has(run.slice(start, end))) end -= 1;
      words.push(run.slice(start, end));
      start = end;
    }
    // Where a name is cut to single signs, the run is no row of names but a word of its own: 国信 is one.
    return words.some((word) => word.length === 1) ? [run] : words;
  }

  /** The words of a question: Latin ones at spaces and signs, Chinese ones by the names known; small words do not count. */
  function wordsOf(question) {
    const words = folded(question).replace(CHINESE, (run) => ` ${cut(run).join(" ")} `).split(/[\s,;，；、/?？]+/).filter(Boolean);
    const telling = words.filter((word) => !SMALL.has(word));
    return telling.length ? telling : words;
  }

  const pattern = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const isWord = (text, word) => new RegExp(`(^|[^a-z0-9])${pattern(word)}($|[^a-z0-9])`).test(text);
  const begins = (text, word) => new RegExp(`(^|[^a-z0-9])${pattern(word)}`).test(text);

  /** How well an entry answers all words, 0 where it lacks one: a whole title first, then whole words, then parts. */
  function score(entry, words) {
    let points = 0;
    for (const word of words) {
      const isLatin = /^[a-z0-9.+-]+$/.test(word);
      if (entry.head === word || entry.head.split(" · ").includes(word)) points += 40;
      else if (isLatin ? isWord(entry.head, word) : entry.head.includes(word)) points += 12;
      else if (isLatin ? isWord(entry.body, word) : entry.body.includes(word)) points += 8;
      else if (isLatin && word.length > 2 && begins(entry.body, word)) points += 3;
      else return 0;
    }
    return points + (KINDS.length - KINDS.indexOf(entry.kind)) + 4 / (1 + entry.head.length / 20);
  }

  /** A question that names an entity and a metric asks for a series. */
  function seriesOf(words) {
    const best = (kind, some) => entries.filter((entry) => entry.kind === kind).map((entry) => [score(entry, some), entry]).filter(([points]) => points).sort((a, b) => b[0] - a[0])[0]?.[1];
    for (let at = 1; at < words.length; at += 1) {
      for (const [who, what] of [[words.slice(0, at), words.slice(at)], [words.slice(at), words.slice(0, at)]]) {
        const entity = best("entity", who) ?? null;
        const metric = entity && best("metric", what);
        if (metric?.address.includes("metric=")) {
          const id = entity.address.split("#")[1];
          return [{kind: "series", title: `${entity.title} · ${metric.title}`, address: `${metric.address}&series=${id}`}];
        }
      }
    }
    return [];
  }

  function found(question) {
    const words = wordsOf(question);
    if (!words.length) return [];
    const ranked = entries.map((entry) => [score(entry, words), entry]).filter(([points]) => points > 0).sort((a, b) => b[0] - a[0]);
    return [...seriesOf(words), ...ranked.map(([, entry]) => entry)].slice(0, MOST);
  }

  function mount() {
    const head = document.querySelector(".md-header__inner");
    if (!head) return;
    const list = el("ul", {class: "site-search-results", id: "site-search-results", role: "listbox", "aria-label": SAID.label, hidden: ""});
    const input = el("input", {type: "search", id: "site-search-input", placeholder: SAID.label, "aria-label": SAID.label, autocomplete: "off", role: "combobox", "aria-expanded": "false", "aria-controls": "site-search-results"});
    let chosen = -1;

    function close() { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); chosen = -1; }

    async function show() {
      if (!input.value.trim()) return close();
      await ready();
      const rows = found(input.value);
      list.replaceChildren(...(rows.length
        ? rows.map((row, n) => el("li", {role: "option", id: `site-search-${n}`, "aria-selected": "false"}, el("a", {href: cvm.home + row.address, tabindex: "-1"}, el("span", {class: "site-search-kind"}, SAID.kinds[row.kind]), ` ${row.title}`)))
        : [el("li", {role: "option", "aria-selected": "false"}, SAID.none)]));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      list.dataset.question = input.value;
      chosen = -1;
    }

    function move(step) {
      const rows = [...list.children];
      if (!rows.length) return;
      chosen = (chosen + step + rows.length) % rows.length;
      rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === chosen)));
      input.setAttribute("aria-activedescendant", rows[chosen].id);
      rows[chosen].scrollIntoView({block: "nearest"});
    }

    input.addEventListener("input", show);
    input.addEventListener("focus", () => { ready(); show(); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
      if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
      if (event.key === "Escape") close();
      if (event.key === "Enter") { event.preventDefault(); (list.children[Math.max(chosen, 0)]?.querySelector("a"))?.click(); }
    });
    document.addEventListener("click", (event) => { if (!event.target.closest(".site-search")) close(); });
    list.addEventListener("click", (event) => event.target.closest("a") && close());
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); }
    });
    head.append(el("form", {class: "site-search", role: "search", onsubmit: (event) => event.preventDefault()}, input, list));
  }

  mount();
})();
