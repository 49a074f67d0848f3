// Tables that scroll can be reached with the keyboard and say what they are; a date in a cell stays whole; states go along.
"use strict";
addEventListener("load", () => {
  for (const cell of document.querySelectorAll(".md-typeset td")) if (/^\d{4}-(Q\d|\d\d(-\d\d)?)$/.test(cell.textContent)) cell.style.whiteSpace = "nowrap";
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) {
    let before = wrap;
    while (before && !/^H[1-6]$/.test(before.tagName)) before = before.previousElementSibling ?? before.parentElement?.closest(".md-content__inner > *");
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    wrap.setAttribute("aria-label", (before ?? document.querySelector("h1"))?.textContent.replace("¶", "").trim() ?? document.title);
  }
});

// The other language shows the same state: what the address asks for goes along.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  if (link && location.hash) link.hash = location.hash;
}, true);
