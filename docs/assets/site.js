// Tables that scroll by themselves can be reached with the keyboard, and say what they are.
"use strict";
addEventListener("load", () => {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) {
    let before = wrap;
    while (before && !/^H[1-6]$/.test(before.tagName)) before = before.previousElementSibling ?? before.parentElement?.closest(".md-content__inner > *");
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    wrap.setAttribute("aria-label", (before ?? document.querySelector("h1"))?.textContent.replace("¶", "").trim() ?? document.title);
  }
});
