// Measures the built site in headless Chromium, and the samplers and fits against the Python libraries on the same
// rows in the same run. Prints the tables that README keeps. Arguments, if any: "page", or "library" and the methods to
// compare (all, if none is named).
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { dist, launch } from "../tests/e2e/lab.mjs";
import { serve } from "../tests/e2e/server.mjs";
import { HEAD, compareWithLibrary } from "./library.mjs";
import { dragLatency, firstResult, loadedFiles } from "./page.mjs";

const FRAME = 1000 / 60;
/** A page that shares nothing with others gets a clock that is not made coarse: 5 microseconds instead of 100. */
const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const LINK = "data=moons&ratio=10&sampler=smote&degree=3";

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
}

async function pageRows(browser, site) {
  const rows = [];
  const add = (what, at, values, q, target) => {
    rows.push([what, at, `${quantile(values, q).toFixed(1)} ms`, `${quantile(values, 0.5).toFixed(1)} ms`, target]);
  };
  const drag = async (what, n, stage, slider, target, extra = "") => {
    const times = await dragLatency(browser, `${site}#/lab?n=${n}&${LINK}${extra}`, stage, slider);
    console.error(`${what}, N = ${n}: ${times.length} moves`);
    add(`drag of ${what}, input to painted, p95`, `N = ${n}`, times, 0.95, target);
  };
  await drag("threshold", 2000, "decide", "threshold", `${FRAME.toFixed(1)} ms`);
  for (const [n, target] of [[2000, "33 ms"], [20000, "150 ms"]]) {
    await drag("ratio", n, "data", "ratio", target);
    await drag("k", n, "resample", "k_neighbors", target);
    await drag("C", n, "model", "c", target);
    await drag("class weight", n, "model", "weight", target, "&class_weight=5");
  }
  add("first load to first painted result, warm cache", "default page", await firstResult(browser, site), 0.5, "500 ms");
  const { looked, touched } = await loadedFiles(browser, site);
  const size = (files) => files.reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(dist, name))).length, 0);
  const kilobytes = (files) => `${(size(files) / 1000).toFixed(0)} kB`;
  rows.push(["size of all that is loaded, brotli", "default page", kilobytes(looked), "", "400 kB"]);
  rows.push(["the same after the first gesture", "default page", kilobytes(touched), "", ""]);
  return rows;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const site = await serve(dist);
const browser = await launch();
const folder = mkdtempSync(join(tmpdir(), "imbalance-lab-"));
try {
  const [part, ...methods] = process.argv.slice(2);
  if (part !== "library") {
    const head = ["what", "at", "measured", "median", "target"];
    console.log(table(head, await pageRows(browser, site.url)), "\n");
  }
  if (part !== "page") {
    const isolated = await serve(dist, "/", ISOLATED);
    const rows = await compareWithLibrary(browser, isolated.url, folder, methods);
    isolated.close();
    console.log(table(HEAD, rows));
  }
} finally {
  rmSync(folder, { recursive: true });
  await browser.close();
  site.close();
}
