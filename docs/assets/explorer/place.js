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
    const offered = world.offered(metric, period);
    const asked = series ? series.split("~").map((id) => `${id}||reported|total`) : busiest(world, metric, period, world.usual(offered));
    const state = {metric, period, entities: asked, asof: world.newest, currency: world.isMoney(metric) ? "USD" : "reported", show: "level"};
    const points = world.shown(state);
    const units = new Set(points.map((point) => point.symbol));
    const title = `${world.named("metrics", metric)}, ${words.periods[period]}`;
    const address = `${cvm.home}explore.html#${new URLSearchParams({metric, period, series: asked.map((key) => key.replace(/\|\|reported\|total$/, "")).join("~")})}`;
    const figure = units.size === 1 ? cvm.chart.draw(points, {width: Math.min(900, place.clientWidth), unit: [...units][0], title, words}) : "";
    place.replaceChildren(figure, el("p", {}, el("a", {href: address}, words.open)));
    place.dataset.points = String(points.length);
  }

  /** Of many series those with the most points, so that a chart can be read. */
  function busiest(world, metric, period, keys) {
    const counts = new Map(keys.map((key) => [key, 0]));
    for (const row of world.vintages) {
      const key = cvm.series.seriesOf(row);
      if (row.metric_id === metric && row.period_type === period && counts.has(key)) counts.set(key, counts.get(key) + 1);
    }
    return [...keys].sort((a, b) => counts.get(b) - counts.get(a)).slice(0, MOST);
  }

  const near = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => { near.unobserve(entry.target); draw(entry.target); }), {rootMargin: "400px"});
  document.querySelectorAll(".series-chart").forEach((place) => near.observe(place));
})();
