// Tables of the package in the page: each comes as a script that hands its columns over, which works from a folder too.
"use strict";
window.cvm = (() => {
  const tables = {};
  const waiting = {};
  const root = document.currentScript.src.replace(/assets\/data\.js.*$/, "");

  /** A column of texts or numbers, or one that names its repeating texts by their place, as a plain list. */
  const unpacked = (column) => (column && column.texts ? column.rows.map((place) => column.texts[place]) : column);

  /** Called by each script of `reference/data/`. */
  function put(name, columns) {
    const isTable = Object.values(columns).every((column) => Array.isArray(column) || column.texts);
    tables[name] = isTable ? plain(columns) : columns;
  }

  /** A table whose columns are all plain lists. */
  function plain(columns) {
    return Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, unpacked(column)]));
  }

  /** A script of the site by its address, run once a page. */
  function script(path) {
    waiting[path] ??= new Promise((resolve, reject) => {
      const made = document.createElement("script");
      made.src = root + path;
      made.onload = resolve;
      made.onerror = () => reject(new Error(`${path} could not be loaded`));
      document.head.append(made);
    });
    return waiting[path];
  }

  /** The table of that name, once its script has run. */
  const load = (name) => script(`reference/data/${name}.js`).then(() => tables[name]);

  /** The rows of a table of columns as objects. */
  function rowsOf(columns) {
    const keys = Object.keys(columns);
    return columns[keys[0]].map((_, n) => Object.fromEntries(keys.map((key) => [key, columns[key][n]])));
  }

  /** The rows of a table by the text of one of its columns. */
  const indexed = (rows, key) => new Map(rows.map((row) => [row[key], row]));

  /** Rows by the texts that `keysOf` gives for each. */
  function grouped(rows, keysOf) {
    const found = new Map();
    for (const row of rows) for (const key of keysOf(row)) found.has(key) ? found.get(key).push(row) : found.set(key, [row]);
    return found;
  }

  /** An element with attributes and children; texts become text nodes, so that no cell is read as HTML. */
  function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) key.startsWith("on") ? made.addEventListener(key.slice(2), value) : made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  /** An address that a link may lead to, else null. */
  const address = (url) => (/^https?:\/\//i.test(url ?? "") ? url : null);

  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

  /** A text of a row in the language of the page, where the row has it in Chinese too. */
  const told = (row, column) => (language === "zh" && row[`${column}_zh`]) || row[column];

  /** What a code of a column means, such as `meaning(names, "findings.status", "open")`; the code where no word is known. */
  const meaning = (names, column, code) => names.codes[column]?.[code]?.[language] ?? code;

  return {told, meaning, put, load, script, rowsOf, plain, indexed, grouped, el, address, language, home: root + (language === "zh" ? "zh/" : "")};
})();
