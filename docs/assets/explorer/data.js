// Tables of the package in the page: each comes as a script that hands its columns over, which works from a folder too.
"use strict";
window.cvm = (() => {
  const tables = {};
  const waiting = {};
  const root = document.currentScript.src.replace(/assets\/explorer\/data\.js.*$/, "reference/data/");

  /** A column of texts or numbers, or one that names its repeating texts by their place, as a plain list. */
  const unpacked = (column) => (column && column.texts ? column.rows.map((place) => column.texts[place]) : column);

  /** Called by each script of `reference/data/`. */
  function put(name, columns) {
    const isTable = Object.values(columns).every((column) => Array.isArray(column) || column.texts);
    tables[name] = isTable
      ? Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, unpacked(column)]))
      : columns;
  }

  /** The table of that name, once its script has run; a page loads each of them once. */
  function load(name) {
    waiting[name] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${root}${name}.js`;
      script.onload = () => resolve(tables[name]);
      script.onerror = () => reject(new Error(`${name}.js could not be loaded`));
      document.head.append(script);
    });
    return waiting[name];
  }

  /** The rows of a table of columns as objects. */
  function rowsOf(columns) {
    const keys = Object.keys(columns);
    return columns[keys[0]].map((_, n) => Object.fromEntries(keys.map((key) => [key, columns[key][n]])));
  }

  return {put, load, rowsOf, unpacked};
})();
