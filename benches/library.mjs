// Samplers and fits: the site's own worker in Chromium against the Python libraries, on the same rows.
//
// Targets: three times as fast at 1,000 rows of data and at least as fast at 100,000 (a fit: at least as fast at both),
// and less than fifteen times the time for ten times the rows. No method may hold a matrix of all pairs of rows; at
// 100,000 none could, for WebAssembly has 4 GB and that matrix takes 80.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLab } from "../tests/e2e/lab.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const REPEATS = { 1000: 25, 10000: 15, 100000: 15 };
const SIZES = Object.keys(REPEATS).map(Number);
const LARGEST = Math.max(...SIZES);
/** Seconds that one call of the library may take; it is not asked what it cannot do in that time. */
const LIMIT = 60;
/** Milliseconds spent on the repetitions of one of our methods at one size, once each was run twice. */
const ENOUGH = 10_000;
/** The growth from the largest size but one to the largest, ten times as large, stays below this. */
const GROWTH = 15;
/** Milliseconds between two ticks of the clock of a page that is isolated from others. */
const TICK = 0.005;
/** How many times the library's speed is the target, at each size that has one. */
const SPEED = { resample: { 1000: 3, 100000: 1 }, model: { 1000: 1, 100000: 1 } };

/** Name, what the link says, what the library's call is, and which stage of ours is timed. */
const WORK = [
  ["RandomOverSampler", "over", "RandomOverSampler(random_state=42)"],
  ["RandomOverSampler, shrinkage 1", "over.h1", "RandomOverSampler(random_state=42, shrinkage=1.0)"],
  ["SMOTE", "smote", "SMOTE(random_state=42)"],
  ["BorderlineSMOTE, kind 1", "borderline", "BorderlineSMOTE(random_state=42)"],
  ["BorderlineSMOTE, kind 2", "borderline.b2", 'BorderlineSMOTE(random_state=42, kind="borderline-2")'],
  ["SVMSMOTE", "svmsmote", "SVMSMOTE(random_state=42)"],
  // With its default it finds no cluster in these data, in either language.
  [
    "KMeansSMOTE, threshold 0.1",
    "kmeanssmote.share0.1",
    "KMeansSMOTE(random_state=42, cluster_balance_threshold=0.1)",
  ],
  ["ADASYN", "adasyn", "ADASYN(random_state=42)"],
  ["RandomUnderSampler", "under", "RandomUnderSampler(random_state=42)"],
  ["NearMiss, version 1", "nearmiss", "NearMiss()"],
  ["NearMiss, version 2", "nearmiss.v2", "NearMiss(version=2)"],
  ["NearMiss, version 3", "nearmiss.v3", "NearMiss(version=3)"],
  ["TomekLinks", "tomek", "TomekLinks()"],
  ["EditedNearestNeighbours", "enn", "EditedNearestNeighbours()"],
  ["RepeatedEditedNearestNeighbours", "renn", "RepeatedEditedNearestNeighbours()"],
  ["AllKNN", "allknn", "AllKNN()"],
  ["CondensedNearestNeighbour", "cnn", "CondensedNearestNeighbour(random_state=42)"],
  ["OneSidedSelection", "oss", "OneSidedSelection(random_state=42)"],
  ["NeighbourhoodCleaningRule", "ncr", "NeighbourhoodCleaningRule()"],
  ["InstanceHardnessThreshold", "hardness", "InstanceHardnessThreshold(random_state=42)"],
  ["ClusterCentroids", "centroids", "ClusterCentroids(random_state=42)"],
  ["SMOTETomek", "smotetomek", "SMOTETomek(random_state=42)"],
  ["SMOTEENN", "smoteenn", "SMOTEENN(random_state=42)"],
]
  .map(([name, link, call]) => [name, `sampler=${link}`, call, "resample"])
  .concat([
    ["LogisticRegression", "degree=1", "LogisticRegression(max_iter=1000)", "model"],
    [
      "LogisticRegression, degree 3",
      "degree=3",
      "make_pipeline(PolynomialFeatures(3, include_bias=False), LogisticRegression(max_iter=1000))",
      "model",
    ],
  ]);

const data = (n) => `/lab?data=make_moons&n=${n}&ratio=20`;

/** The training rows of a link, as the library shall have them. */
function trainingRows(n) {
  const build = ["build", "--quiet", "--features", "cli", "--bin", "imbalance-lab"];
  execFileSync("cargo", build, { cwd: root, stdio: "inherit" });
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const report = execFileSync(join(target, "debug/imbalance-lab"), ["report", `#${data(n)}`], { maxBuffer: 1 << 30 });
  const { x, y } = JSON.parse(report).resampled;
  return { x, y };
}

/** What the machine does besides only adds to a time. */
const quickest = (times) => Math.min(...times);

/** Whether a method was asked for: by the beginning of a name or by what links call it. Nothing asked for is all. */
function isWanted([name, query], wanted) {
  const called = (word) => name.toLowerCase().startsWith(word.toLowerCase()) || query.split("=").at(-1) === word;
  return wanted.length === 0 || wanted.some(called);
}

/** Compares the methods that are `wanted`; the lines of the table. */
export async function compareWithLibrary(browser, site, folder, wanted) {
  const lab = await openLab(browser, site);
  const work = WORK.filter((method) => isWanted(method, wanted)).map((method) => ({ method, ours: {}, theirs: {} }));
  if (work.length === 0) throw new Error(`no method is called ${wanted.join(" or ")}`);
  for (const n of SIZES) {
    // Ten times the rows take at least ten times as long.
    const asked = work.filter(({ theirs }) => (theirs[n / 10] ?? 0) * 10 < LIMIT * 1000);
    const calls = asked.map(({ method: [, , call, stage] }) => ({ call, stage }));
    const file = join(folder, `rows-${n}.json`);
    writeFileSync(file, JSON.stringify({ ...trainingRows(n), calls, repeats: REPEATS[n], limit: LIMIT }));
    const python = process.env.IMBALANCE_LAB_PYTHON ?? "python3";
    const times = JSON.parse(execFileSync(python, [join(here, "library.py"), file], { maxBuffer: 1 << 28 }));
    for (const { theirs } of work) theirs[n] = Infinity;
    for (const [i, { theirs }] of asked.entries()) theirs[n] = times[i] ? quickest(times[i]) : Infinity;
    for (const it of work) {
      const { method, ours, theirs } = it;
      ours[n] = await timeHere(lab.page, method, n);
      console.error(`${method[0]}, N = ${n}: ${ours[n].toFixed(2)} ms, library ${theirs[n].toFixed(2)} ms`);
      // The machine is not equally quick from minute to minute: what is divided is measured side by side.
      if (n === LARGEST) it.growth = ours[n] / Math.max(await timeHere(lab.page, method, LARGEST / 10), TICK);
    }
  }
  await lab.close();
  return work.map(line);
}

/** Milliseconds of a method's quickest call here. */
async function timeHere(page, [, query, , stage], n) {
  // The worker remembers its last result; a run with another setting in between makes it compute again.
  const other = stage === "model" ? `${data(n)}&${query}&C=0.5` : data(n);
  const options = { link: `${data(n)}&${query}`, other, stage, repeats: REPEATS[n], enough: ENOUGH };
  return quickest(await timesInWorker(page, options));
}

/** What the columns of a line hold. */
export const HEAD = [
  "method",
  ...SIZES.map((n) => `N = ${n.toLocaleString("en")}: here, Python (ratio)`),
  `growth from ${(LARGEST / 10).toLocaleString("en")} to ${LARGEST.toLocaleString("en")}`,
  "targets",
];

/** A line of the table. */
function line({ method: [name, , , stage], ours, theirs, growth }) {
  const missed = [];
  const cells = SIZES.map((n) => {
    const [isSlow, isQuick] = [theirs[n] === Infinity, ours[n] < TICK];
    const ratio = (isSlow ? LIMIT * 1000 : theirs[n]) / Math.max(ours[n], TICK);
    const speed = SPEED[stage][n];
    if (ratio < speed) missed.push(`${speed} times as fast at ${n.toLocaleString("en")}`);
    const here = isQuick ? `under ${TICK} ms` : milliseconds(ours[n]);
    const python = isSlow ? `over ${LIMIT} s` : milliseconds(theirs[n]);
    return `${here}, ${python} (${isSlow || isQuick ? "> " : ""}${ratio.toFixed(ratio < 10 ? 1 : 0)})`;
  });
  if (growth >= GROWTH) missed.push(`growth under ${GROWTH}`);
  return [name, ...cells, growth.toFixed(1), missed.length === 0 ? "met" : `missed: ${missed.join(", ")}`];
}

const milliseconds = (time) => `${time.toFixed(time < 10 ? 2 : time < 100 ? 1 : 0)} ms`;

/** Milliseconds of one stage, as the worker measures itself, in runs that alternate between two links. */
function timesInWorker(page, options) {
  return page.evaluate(
    async ({ link, other, stage, repeats, enough }) => {
      const script = document.querySelector("meta[name=worker-script]").content;
      const worker = new Worker(script);
      const next = () =>
        new Promise((resolve, reject) => {
          const silent = setTimeout(() => reject(new Error(`the worker says nothing to ${link}`)), 180_000);
          worker.onmessage = ({ data }) => {
            clearTimeout(silent);
            resolve(new Uint8Array(data));
          };
        });
      const READY = 0, DONE = 1, PROGRESS = 3;
      const reply = async (wanted) => {
        for (;;) {
          const bytes = await next();
          if (bytes[0] === wanted) return bytes;
          if (bytes[0] !== PROGRESS) throw new Error(new TextDecoder().decode(bytes.slice(0, 400)));
        }
      };
      const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)]);
      // Request::Run { id: 1, lane, order: { link, part: all data, cells: 8, report: false }, extras: none } as postcard
      // writes it; a test of the protocol holds it to these bytes.
      const request = (text) => {
        const utf8 = new TextEncoder().encode(text);
        return new Uint8Array([1, 1, 0, ...varint(utf8.length), ...utf8, 1, 0, 0, 8, 0, 0, 0]).buffer;
      };
      // The timings stand at the end of a reply: a count, then name and little-endian double of each.
      const timings = (bytes) => {
        const text = new TextEncoder().encode("\u0004link");
        let at = bytes.length - text.length;
        while (at >= 0 && !text.every((byte, i) => bytes[at + i] === byte)) at -= 1;
        const found = {};
        while (at < bytes.length) {
          const name = new TextDecoder().decode(bytes.slice(at + 1, at + 1 + bytes[at]));
          at += 1 + bytes[at];
          found[name] = new DataView(bytes.buffer, at, 8).getFloat64(0, true);
          at += 8;
        }
        return found;
      };
      await reply(READY);
      const times = [];
      let spent = 0;
      while (times.length <= repeats && (times.length < 2 || spent < enough)) {
        for (const text of [other, link]) {
          worker.postMessage(request(text));
          const found = timings(await reply(DONE));
          if (text === link) times.push(found[stage]);
        }
        spent += times.at(-1);
        // What takes so long runs in compiled code from its beginning, more or less.
        if (spent > 5 * enough) break;
      }
      worker.terminate();
      // The first run warms up: the browser compiles hot code a second time, better.
      return times.length > 1 ? times.slice(1) : times;
    },
    options,
  );
}
