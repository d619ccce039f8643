// What a hand does with the page besides turning its dials: draws and erases, moves the plane, shows and hides, plays,
// takes files along, opens somebody's link.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { number, openLab } from "./lab.mjs";

const SMALL_DATA = "#/lab?n=300&ratio=5&seed=3";

const params = async (lab) => new URLSearchParams((await lab.hash()).split("?")[1]);

/** Points drawn by hand, as the link has them: [majority, minority]. */
async function drawn(lab) {
  const counts = [0, 0];
  let of = 0;
  for (const part of ((await params(lab)).get("points") ?? "").split(";").filter(Boolean)) {
    if (part.includes(":")) of = Number(part.split(":")[0]);
    counts[of] += 1;
  }
  return counts;
}

/** Rows of the source that were erased: how many. */
async function erased(lab) {
  const runs = ((await params(lab)).get("erase") ?? "").split(",").filter(Boolean);
  return runs.map((run) => run.split("-").map(Number)).reduce((sum, [a, b = a]) => sum + b - a + 1, 0);
}

const edits = async (lab) => ({ drawn: await drawn(lab), erased: await erased(lab) });

/** Waits until the link says so; what the page writes into the address bar is at most a frame late. */
async function says(lab, wanted) {
  const start = Date.now();
  while (JSON.stringify(await edits(lab)) !== JSON.stringify(wanted)) {
    assert.ok(Date.now() - start < 10_000, `${JSON.stringify(await edits(lab))}, not ${JSON.stringify(wanted)}`);
    await lab.page.waitForTimeout(20);
  }
  await lab.settled();
}

/** A place on the plane, given in shares of its width and height. */
async function place(lab, [x, y]) {
  const box = await lab.id("plane").boundingBox();
  return [box.x + x * box.width, box.y + y * box.height];
}

async function click(lab, at, modifiers = []) {
  for (const key of modifiers) await lab.page.keyboard.down(key);
  await lab.page.mouse.click(...(await place(lab, at)));
  for (const key of modifiers) await lab.page.keyboard.up(key);
}

async function drag(lab, from, to) {
  await lab.page.mouse.move(...(await place(lab, from)));
  await lab.page.mouse.down();
  await lab.page.mouse.move(...(await place(lab, to)), { steps: 12 });
  await lab.page.mouse.up();
}

/** The canvases of the plane as one picture, once they rest. */
async function plane(lab) {
  const looks = async () => {
    const now = () => lab.page.locator(".plane-stage").evaluate((stage) => {
      let hash = 0;
      for (const canvas of stage.querySelectorAll("canvas")) {
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
        for (let i = 0; i < pixels.length; i++) hash = (Math.imul(hash, 31) + pixels[i]) | 0;
      }
      return hash;
    });
    return now();
  };
  let before = await looks();
  for (let look = 0; look < 60; look++) {
    await lab.page.waitForTimeout(60);
    const now = await looks();
    if (now === before) return now;
    before = now;
  }
  return before;
}

const button = (lab, name) => lab.page.locator(".plane-tools").getByRole("button", { name });

/** Clicks and gives what was saved: its name and its bytes. */
async function saved(lab, testid) {
  const [download] = await Promise.all([lab.page.waitForEvent("download"), lab.id(testid).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** A table as links have it: names of columns and classes, then x, y and class of every row. */
const packed = (csv) => deflateRawSync(Buffer.from(csv)).toString("base64url");
const unpacked = (text) => inflateRawSync(Buffer.from(text, "base64url")).toString();

export const tests = {
  async "by mouse: drawing both classes, erasing, the brush, and undo of each"(browser, site) {
    // A drawn point may come to the test part: both are shown, so that the eraser sees it.
    const lab = await openLab(browser, site, { hash: `${SMALL_DATA}&layers=train+test+surface` });
    const start = await lab.hash();
    await lab.id("plane-draw").click();
    const states = [await edits(lab)];
    const now = async (wanted) => {
      await says(lab, wanted);
      states.push(wanted);
    };
    await click(lab, [0.06, 0.1]);
    await now({ drawn: [1, 0], erased: 0 });
    await click(lab, [0.14, 0.1], ["Shift"]);
    await now({ drawn: [1, 1], erased: 0 });
    await lab.id("draw-minority").click();
    await click(lab, [0.22, 0.1]);
    await now({ drawn: [1, 2], erased: 0 });
    await click(lab, [0.06, 0.1], ["ControlOrMeta"]);
    await now({ drawn: [0, 2], erased: 0 });

    // A stroke with a small and with a large brush.
    const strokes = [];
    for (const [size, height] of [["4", 0.9], ["40", 0.8]]) {
      await lab.id("draw-brush").fill(size);
      const [before] = (await edits(lab)).drawn.slice(1);
      await drag(lab, [0.1, height], [0.5, height]);
      await lab.changed(() => edits(lab), states.at(-1));
      states.push(await edits(lab));
      strokes.push(states.at(-1).drawn[1] - before);
    }
    assert.ok(strokes[0] > 1 && strokes[1] > 2 * strokes[0], `points of a small and of a large brush: ${strokes}`);

    // The eraser takes what was drawn and what was there.
    await lab.id("draw-eraser").click();
    await drag(lab, [0.35, 0.5], [0.65, 0.5]);
    await lab.changed(() => edits(lab), states.at(-1));
    states.push(await edits(lab));
    assert.ok(states.at(-1).erased > 3, `${states.at(-1).erased} rows under the eraser`);

    const end = await lab.hash();
    for (let at = states.length - 2; at >= 0; at--) {
      await lab.page.keyboard.press("ControlOrMeta+z");
      await says(lab, states[at]);
    }
    assert.equal(await lab.hash(), start);
    for (let at = 1; at < states.length; at++) {
      await lab.page.keyboard.press("ControlOrMeta+Shift+z");
      await says(lab, states[at]);
    }
    assert.equal(await lab.hash(), end);
    await lab.id("draw-clear").click();
    await says(lab, { drawn: [0, 0], erased: 0 });
    await lab.close();
  },

  async "by keyboard: drawing both classes, erasing, the brush, and undo of each"(browser, site) {
    const lab = await openLab(browser, site, { hash: SMALL_DATA });
    const { keyboard } = lab.page;
    const start = await lab.hash();
    await lab.id("plane-draw").focus();
    await keyboard.press("Enter");
    await lab.id("draw-brush").focus();
    const brush = await lab.id("draw-brush").inputValue();
    await keyboard.press("ArrowRight");
    assert.equal(Number(await lab.id("draw-brush").inputValue()), Number(brush) + 1);
    await lab.id("plane").focus();
    const states = [await edits(lab)];
    const press = async (key, wanted) => {
      await keyboard.press(key);
      await says(lab, wanted);
      states.push(wanted);
    };
    // Off the cloud, so that the nearest point is the one just drawn.
    for (let presses = 0; presses < 60; presses++) await keyboard.press("ArrowUp");
    await press("Enter", { drawn: [1, 0], erased: 0 });
    for (let presses = 0; presses < 3; presses++) await keyboard.press("ArrowLeft");
    await press("Shift+Enter", { drawn: [1, 1], erased: 0 });
    await press("Delete", { drawn: [1, 0], erased: 0 });
    for (let at = states.length - 2; at >= 0; at--) {
      await keyboard.press("ControlOrMeta+z");
      await says(lab, states[at]);
    }
    assert.equal(await lab.hash(), start);
    await keyboard.press("Escape");
    assert.equal(await lab.id("plane-draw").getAttribute("aria-pressed"), "false", "Escape puts the pencil down");
    await lab.close();
  },

  async "the plane zooms, pans and comes back, by mouse and by keyboard, and nothing else moves"(browser, site) {
    const lab = await openLab(browser, site, { hash: SMALL_DATA });
    const { keyboard, mouse } = lab.page;
    const [hash, confusion] = [await lab.hash(), await lab.confusion()];
    const seen = [await plane(lab)];
    const moved = async (what) => {
      const now = await plane(lab);
      assert.ok(!seen.includes(now), `${what} shows something new`);
      seen.push(now);
    };
    await mouse.move(...(await place(lab, [0.5, 0.5])));
    await mouse.wheel(0, -400);
    await mouse.move(2, 2);
    await moved("the wheel");
    await drag(lab, [0.04, 0.06], [0.14, 0.16]);
    await mouse.move(2, 2);
    await moved("a drag");
    await mouse.dblclick(...(await place(lab, [0.03, 0.04])));
    await mouse.move(2, 2);
    const whole = await plane(lab);
    assert.ok(!seen.slice(1).includes(whole), "a double click shows everything");

    await lab.id("plane").focus();
    const at_rest = await plane(lab);
    for (const key of ["+", "Shift+ArrowRight", "-"]) {
      const before = await plane(lab);
      await keyboard.press(key);
      assert.notEqual(await plane(lab), before, key);
    }
    await keyboard.press("0");
    assert.equal(await plane(lab), at_rest, "0 shows everything");
    assert.equal(await lab.hash(), hash, "where one looks is no part of the link");
    assert.deepEqual(await lab.confusion(), confusion);
    await lab.close();
  },

  async "every layer goes and comes back, on the canvas and in the link"(browser, site) {
    const lab = await openLab(browser, site, { hash: `${SMALL_DATA}&sampler=smoteenn` });
    const start = await lab.hash();
    const all = await plane(lab);
    for (const [name, layer] of [[/synthetic/, "synthetic"], [/removed/, "removed"], ["Heatmap", "surface"], ["Bayes", "bayes"]]) {
      const toggle = button(lab, name);
      const on = await toggle.getAttribute("aria-pressed");
      const before = ((await params(lab)).get("layers") ?? "train+synthetic+removed+surface").replaceAll(" ", "+");
      await toggle.click();
      await lab.page.mouse.move(2, 2);
      await lab.page.waitForFunction((hash) => location.hash !== hash, start);
      assert.notEqual(await toggle.getAttribute("aria-pressed"), on, `${layer}`);
      const now = (await params(lab)).get("layers").split(/[+ ]/);
      assert.equal(now.includes(layer), on === "false", `${before} -> ${now}`);
      assert.notEqual(await plane(lab), all, `${layer} is seen`);
      await toggle.click();
      await lab.page.mouse.move(2, 2);
      await lab.page.waitForFunction((hash) => location.hash === hash, start);
      assert.equal(await plane(lab), all, `${layer} is back`);
    }
    const seen = new Set([all]);
    for (const part of ["test", "both", "none"]) {
      await lab.id("plane-part").selectOption(part);
      await lab.page.mouse.move(2, 2);
      seen.add(await plane(lab));
    }
    assert.equal(seen.size, 4, "train, test, both and none look different");
    await lab.id("plane-part").selectOption("train");
    await lab.page.mouse.move(2, 2);
    await lab.page.waitForFunction((hash) => location.hash === hash, start);
    assert.equal(await plane(lab), all);
    await lab.close();
  },

  async "a drawn point is seen whichever part it falls into"(browser, site) {
    // By this seed it falls into the test part.
    const lab = await openLab(browser, site, { hash: "#/lab?n=200&ratio=9&seed=3&points=1:5,5" });
    const minority = async () => number(await lab.id("count-minority").innerText());
    const show = async (part) => {
      await lab.id("plane-part").selectOption(part);
      await lab.page.mouse.move(2, 2);
      return minority();
    };
    assert.equal(await show("train"), 16, "15 of 20 to train on, and the drawn one");
    assert.equal(await show("test"), 6, "5 of 20 to test on, and the drawn one");
    assert.equal(await show("both"), 21);
    await lab.close();
  },

  async "every stage that can be switched off says so, changes the result and comes back"(browser, site) {
    const lab = await openLab(browser, site, { hash: `${SMALL_DATA}&scale=on&sampler=smote` });
    // In the order in which the page writes a link: what it reads it may write a little later.
    const start = await lab.hash();
    const confusion = () => lab.confusion();
    const before = await confusion();
    for (const [stage, words] of [["split", /Off/], ["resample", /Off/], ["model", /Off/]]) {
      const toggle = lab.id(`switch-${stage}`);
      assert.equal(await toggle.getAttribute("aria-checked"), "true");
      await toggle.click();
      await lab.changed(confusion, before);
      assert.equal(await toggle.getAttribute("aria-checked"), "false");
      assert.match(await lab.id(`stage-${stage}`).innerText(), words);
      assert.equal((await params(lab)).get("off"), stage);
      const off = await confusion();
      if (stage === "model") assert.equal(off.tp + off.fp, 0, "everything is called majority");
      await toggle.focus();
      await lab.page.keyboard.press("Space");
      await lab.changed(confusion, off);
      assert.deepEqual(await confusion(), before);
      assert.equal(await lab.hash(), start);
    }
    await lab.close();
  },

  async "the scrubber goes to any step, and the speed is felt"(browser, site) {
    const lab = await openLab(browser, site, { hash: `${SMALL_DATA}&sampler=smote&step=0` });
    const at = async () => Number((await lab.id("step-position").innerText()).split("/")[0]);
    const total = Number((await lab.id("step-position").innerText()).split("/")[1]);
    assert.ok(total > 60, `${total} steps`);
    for (const step of [7, 40, 3]) {
      await lab.id("step-scrub").fill(String(step));
      await lab.page.waitForFunction((step) => location.hash.includes(`step=${step}`), step);
      assert.equal(await at(), step);
      assert.match(await lab.id("step-sentence").innerText(), /point #\d+/);
    }
    await lab.id("step-scrub").focus();
    await lab.page.keyboard.press("ArrowRight");
    assert.equal(await at(), 4, "the keys of a slider");

    // Steps in the same time, at every speed.
    const played = [];
    for (const speed of ["Slow", "Normal", "Fast"]) {
      await lab.id("step-speed").selectOption(speed);
      await lab.id("step-first").click();
      await lab.id("step-play").click();
      await lab.page.waitForTimeout(2400);
      await lab.id("step-play").click();
      played.push(await at());
      const rest = await at();
      await lab.page.waitForTimeout(700);
      assert.equal(await at(), rest, "a pause is a pause");
    }
    const [slow, normal, fast] = played;
    assert.ok(slow >= 1 && normal > slow && fast > 1.5 * normal, `steps played: ${played}`);
    await lab.close();
  },

  async "every file can be taken along and is what it says"(browser, site) {
    const lab = await openLab(browser, site, { hash: `${SMALL_DATA}&sampler=smote` });
    const confusion = await lab.confusion();
    const take = async (id) => {
      await lab.id("export").click();
      const file = await saved(lab, `export-${id}`);
      if (await lab.id("export-csv").isVisible()) await lab.page.keyboard.press("Escape");
      return file;
    };
    const csv = await take("csv");
    assert.equal(csv.name, "imbalance-lab.csv");
    const [head, ...rows] = csv.bytes.toString().trim().split("\n").map((line) => line.trim().split(","));
    assert.deepEqual(head.filter((_, i) => i !== 1 && i !== 2), ["row", "class", "part", "origin", "parents", "gap", "score"]);
    const of = (column) => rows.map((row) => row[head.indexOf(column)]);
    const synthetic = of("origin").filter((origin) => origin === "synthetic").length;
    assert.equal(synthetic, number(await lab.id("count-synthetic").innerText()));
    assert.equal(rows.length, 300 + synthetic);
    rows.forEach((row) => assert.equal(/^\d+ \d+$/.test(row[head.indexOf("parents")]), row[head.indexOf("origin")] === "synthetic"));
    const test = of("part").filter((part) => part === "test").length;
    assert.equal(test, confusion.tn + confusion.fp + confusion.fn + confusion.tp);

    const json = await take("json");
    assert.equal(json.name, "imbalance-lab.json");
    const report = JSON.parse(json.bytes.toString());
    const keys = ["link", "spec", "columns", "classes", "counts", "threshold", "confusion", "metrics", "undefined", "train", "test", "scores", "resampled", "scaler", "model", "curves", "population", "hardness", "notes"];
    assert.deepEqual(keys.filter((key) => !(key in report)), []);
    assert.deepEqual(report.confusion, confusion);
    assert.equal(report.link, await lab.hash());
    assert.deepEqual([report.test.length, report.scores.length], [test, test]);
    assert.equal(report.resampled.origin.filter(({ kind }) => kind === "between").length, synthetic);
    const shown = number((await lab.id("metric-roc_auc_score").innerText()).replace("ROC AUC", ""));
    assert.ok(Math.abs(report.metrics.roc_auc_score - shown) < 0.0006, `${report.metrics.roc_auc_score} and ${shown}`);

    const script = (await take("python")).bytes.toString();
    assert.match(script, /SMOTE\(/);

    for (const figure of ["plane", "pr", "roc", "confusion", "scores"]) {
      const svg = await take(`${figure}-svg`);
      assert.match(svg.name, /^imbalance-lab-.*\.svg$/);
      assert.match(svg.bytes.toString(), /^(<\?xml[^>]*>\s*)?<svg[\s\S]*<\/svg>\s*$/, `${figure} as SVG`);
      const png = await take(`${figure}-png`);
      assert.match(png.name, /^imbalance-lab-.*\.png$/);
      assert.equal(png.bytes.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n", `${figure} as PNG`);
      const [width, height] = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)];
      assert.ok(width >= 600 && height >= 400, `${figure}: ${width} x ${height}`);
    }
    await lab.close();
  },

  async "a link with a baseline, layers, drawn points and a small table shows exactly that"(browser, site) {
    const line = (_, i) => `${(i % 12) / 4},${Math.floor(i / 12) / 4},${i % 5 === 0 ? 1 : 0}\n`;
    const csv = `"width","height","no","yes"\n${Array.from({ length: 120 }, line).join("")}`;
    const pin = new URLSearchParams({ data: "table", csv: packed(csv), threshold: "0.25" });
    const query = [
      "data=table",
      `csv=${packed(csv)}`,
      "points=0:-1,3.5;1:4,0.5;4.5,0.75",
      // The default, which a link leaves out.
      "test_size=0.3",
      "sampler=over",
      "threshold=0.4",
      "layers=train+test+surface",
      `pin=${encodeURIComponent(pin.toString())}`,
    ].join("&");
    const shows = async (lab) => {
      const got = await params(lab);
      assert.deepEqual([...got.keys()], ["data", "csv", "points", "sampler", "threshold", "layers", "pin"]);
      assert.equal(unpacked(got.get("csv")), csv);
      assert.equal(got.get("points"), "0:-1,3.5;1:4,0.5;4.5,0.75");
      assert.equal(got.get("threshold"), "0.4");
      assert.equal(got.get("layers").replaceAll(" ", "+"), "train+test+surface");
      const inner = new URLSearchParams(got.get("pin"));
      assert.deepEqual([inner.get("data"), inner.get("threshold")], ["table", "0.25"]);
      assert.equal(unpacked(inner.get("csv")), csv);
      assert.equal(await lab.id("notices").locator(".toast").count(), 0, "nothing had to be corrected");

      assert.match(await lab.id("panel").innerText(), /120 rows of width and height; minority is “yes”/);
      assert.match(await lab.id("clear-drawing").getAttribute("title"), /3 drawn, 0 erased/);
      // 24 of the table and 2 drawn are minority; all of them are shown, in both parts.
      assert.equal(number(await lab.id("count-minority").innerText()), 26);
      assert.equal(number(await lab.id("count-majority").innerText()), 97);
      assert.equal(await lab.id("plane-part").inputValue(), "both");
      assert.equal(await button(lab, "Heatmap").getAttribute("aria-pressed"), "true");
      assert.equal(await button(lab, /synthetic/).count() === 0 || (await button(lab, /synthetic/).getAttribute("aria-pressed")) === "false", true);
      assert.equal(await lab.id("pin").getAttribute("aria-pressed"), "true");
      assert.match(await lab.id("result-sentence").innerText(), /^Against the baseline/);
      assert.match(await lab.id("stage-decide").innerText(), /0\.40/);
      assert.match(await lab.id("stage-resample").innerText(), /over/i);
      const { tn, fp, fn, tp } = await lab.confusion();
      assert.equal(tn + fp + fn + tp, 37, "three tenths of 123 rows");
      await lab.id("stage-decide").click();
      assert.equal(await lab.id("threshold").first().inputValue(), "0.4");
      await lab.id("stage-data").click();
      return { confusion: await lab.confusion(), sentence: await lab.id("result-sentence").innerText() };
    };
    const lab = await openLab(browser, site, { hash: `#/lab?${query}` });
    await lab.page.waitForFunction(() => !location.hash.includes("test_size"));
    await lab.page.waitForFunction(() => /baseline/.test(document.querySelector("[data-testid=result-sentence]").textContent));
    const first = await shows(lab);
    const hash = await lab.hash();
    await lab.close();
    // The address that the page wrote is its own: it does not change any more.
    const again = await openLab(browser, site, { hash });
    await again.page.waitForFunction(() => /baseline/.test(document.querySelector("[data-testid=result-sentence]").textContent));
    assert.deepEqual(await shows(again), first);
    assert.equal(await again.hash(), hash);
    await again.close();
  },
};
