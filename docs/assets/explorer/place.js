// Charts within a page: each place of the kind `series-chart` is drawn when a reader comes near, and leads to the explorer.
"use strict";
(() => {
  const {el, language} = cvm;
  const SCRIPTS = ["plot/plot", "explorer/words", "explorer/series", "explorer/chart"];
  const MOST = 8;

  async function draw(place) {
    for (const name of SCRIPTS) await cvm.script(`assets/${name}.js`);
    const words = cvm.words[language];
    const world = await cvm.series.world(words);
    const {metric, period, series} = place.dataset;
    const asked = series ? series.split("~").map((id) => `${id}||reported|total`) : world.usual(world.offered(metric, period), metric, period).slice(0, MOST);
    const state = {metric, period, entities: asked, asof: world.newest, currency: world.isMoney(metric) ? "USD" : "reported", show: "level"};
    const points = world.shown(state);
    const units = new Set(points.map((point) => point.symbol));
    const title = `${world.named("metrics", metric)}, ${words.periods[period]}`;
    const address = `${cvm.home}explore.html#${new URLSearchParams({metric, period, series: asked.map((key) => key.replace(/\|\|reported\|total$/, "")).join("~")})}`;
    const figure = units.size === 1 ? cvm.chart.draw(points, {width: Math.min(900, place.clientWidth), unit: [...units][0], title, words}) : "";
    place.replaceChildren(figure, el("p", {}, el("a", {href: address}, words.open)));
    place.dataset.points = String(points.length);
  }

  const near = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => { near.unobserve(entry.target); draw(entry.target); }), {rootMargin: "400px"});
  document.querySelectorAll(".series-chart").forEach((place) => near.observe(place));
})();
