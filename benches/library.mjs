// Samplers and fits: the site's own worker in Chromium against the Python libraries, on the same rows.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLab } from "../tests/e2e/lab.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const REPEATS = { 1000: 15, 10000: 7, 100000: 5 };
/** Seconds that one call of the library may take; what needs longer is not asked for more rows. */
const LIMIT = 60;

/** Name, what the link says, what the library's call is, and which stage of ours is timed. */
const WORK = [
  ["RandomOverSampler", "over", "RandomOverSampler(random_state=42)"],
  ["RandomOverSampler, shrinkage 1", "over.h1", "RandomOverSampler(random_state=42, shrinkage=1.0)"],
  ["SMOTE", "smote", "SMOTE(random_state=42)"],
  ["BorderlineSMOTE, kind 1", "borderline", "BorderlineSMOTE(random_state=42)"],
  ["BorderlineSMOTE, kind 2", "borderline.b2", 'BorderlineSMOTE(random_state=42, kind="borderline-2")'],
  ["SVMSMOTE", "svmsmote", "SVMSMOTE(random_state=42)"],
  ["KMeansSMOTE", "kmeanssmote", "KMeansSMOTE(random_state=42)"],
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
  const build = ["build", "--release", "--quiet", "--features", "cli", "--bin", "imbalance-lab"];
  execFileSync("cargo", build, { cwd: root, stdio: "inherit" });
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const report = execFileSync(join(target, "release/imbalance-lab"), ["report", `#${data(n)}`], {
    maxBuffer: 1 << 30,
  });
  const { x, y } = JSON.parse(report).resampled;
  return { x, y };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

export async function compareWithLibrary(browser, site, folder) {
  const lab = await openLab(browser, site);
  const rows = [];
  let work = WORK;
  for (const n of Object.keys(REPEATS).map(Number)) {
    const file = join(folder, `rows-${n}.json`);
    const training = trainingRows(n);
    const calls = work.map(([, , call, stage]) => ({ call, stage }));
    writeFileSync(file, JSON.stringify({ ...training, calls, repeats: REPEATS[n], limit: LIMIT }));
    const python = process.env.IMBALANCE_LAB_PYTHON ?? "python3";
    const theirs = JSON.parse(execFileSync(python, [join(here, "library.py"), file], { maxBuffer: 1 << 28 }));
    for (const [i, [name, query, , stage]] of work.entries()) {
      if (theirs[i] === null) {
        rows.push([name, `${training.y.length}`, "", `over ${LIMIT} s`, ""]);
        continue;
      }
      // The worker remembers its last result; a run with another setting in between makes it compute again.
      const other = stage === "model" ? `${data(n)}&${query}&C=0.5` : data(n);
      const ours = await timesInWorker(lab.page, `${data(n)}&${query}`, other, stage, REPEATS[n]);
      const [here, there] = [median(ours), median(theirs[i])];
      rows.push([name, `${training.y.length}`, `${here.toFixed(2)} ms`, `${there.toFixed(2)} ms`, (there / here).toFixed(1)]);
    }
    work = work.filter((_, i) => theirs[i] !== null);
  }
  await lab.close();
  return rows;
}

/** Milliseconds of one stage, as the worker measures itself, in runs that alternate between two links. */
function timesInWorker(page, link, other, stage, repeats) {
  return page.evaluate(
    async ({ link, other, stage, repeats }) => {
      const script = document.querySelector("meta[name=worker-script]").content;
      const worker = new Worker(script);
      const next = () => new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(new Uint8Array(data))));
      const READY = 0, DONE = 1, PROGRESS = 3;
      const reply = async (wanted) => {
        for (;;) {
          const bytes = await next();
          if (bytes[0] === wanted) return bytes;
          if (bytes[0] !== PROGRESS) throw new Error(new TextDecoder().decode(bytes.slice(0, 400)));
        }
      };
      const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)]);
      // Request::Run { id, lane, link, window: None, cells } as postcard writes it.
      const request = (text) => {
        const utf8 = new TextEncoder().encode(text);
        return new Uint8Array([1, 1, 0, ...varint(utf8.length), ...utf8, 0, 8]).buffer;
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
      for (let run = 0; run <= repeats; run++) {
        for (const text of [other, link]) {
          worker.postMessage(request(text));
          const found = timings(await reply(DONE));
          // The first round warms up: the browser compiles hot code a second time, better.
          if (text === link && run > 0) times.push(found[stage]);
        }
      }
      worker.terminate();
      return times;
    },
    { link, other, stage, repeats },
  );
}
