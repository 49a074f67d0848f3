// The licence text of every package whose code stands in the bundle, in order of name.
import {readFileSync, existsSync} from "node:fs";
const inputs = Object.keys(JSON.parse(readFileSync(process.argv[2])).inputs);
const folders = new Set(inputs.map((p) => p.match(/^node_modules\/(@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
for (const folder of [...folders].sort()) {
  const {name, version, license} = JSON.parse(readFileSync(`${folder}/package.json`));
  const text = ["LICENSE", "LICENSE.md", "license"].map((f) => `${folder}/${f}`).find(existsSync);
  if (!text) throw new Error(`${name} carries no licence text`);
  console.log(`${name} ${version} (${license})\n\n${readFileSync(text, "utf8").trim()}\n\n${"-".repeat(72)}\n`);
}
