// The reader's own data: a table that is corrected, a table that is too large for a link, points on an empty sheet, and
// the seed that generated data have of their own.
import assert from "node:assert/strict";
import { openLab } from "./lab.mjs";

/** A table of so many rows, a sixth of them "yes". */
const table = (rows) => {
  const row = (_, i) => `${Math.sin(i).toFixed(6)},${Math.cos(i * i).toFixed(6)},${i % 6 ? "no" : "yes"}`;
  return ["a,b,class", ...Array.from({ length: rows }, row)].join("\n");
};

const paste = async (lab, text) => {
  await lab.id("open-table").click();
  await lab.id("csv-text").fill(text);
};

/** The same table as a file: typing megabytes into a box is nobody's way. */
const choose = async (lab, text) => {
  await lab.id("open-table").click();
  await lab.id("csv-file").setInputFiles({ name: "rows.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
};

const use = async (lab) => {
  const before = await lab.hash();
  await lab.id("csv-use").click();
  await lab.changed(() => lab.hash(), before);
};

const shown = (lab, testid, text) =>
  lab.page.waitForFunction(
    ([id, wanted]) => document.querySelector(`[data-testid=${id}]`)?.textContent === wanted,
    [testid, text],
  );

export const tests = {
  async "a pasted table is corrected in the box and keeps all its rows"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=300" });
    const lines = table(300).split("\n");
    const right = lines[4];
    lines[4] = "oops,0.5,no";
    await paste(lab, lines.join("\n"));
    assert.match(await lab.id("csv-error").innerText(), /Line 5, column “a”: “oops”/);
    const box = lab.id("csv-text");
    assert.equal(await box.inputValue(), lines.join("\n"), "the box holds what was pasted");
    await box.fill((await box.inputValue()).replace("oops,0.5,no", right));
    await use(lab);
    assert.match(await lab.id("panel").innerText(), /300 rows of a and b/);
    await lab.close();
  },

  async "of a very long table the beginning is shown, and all of it when it is to be edited"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=300" });
    const text = table(50_000);
    await choose(lab, text);
    const box = lab.id("csv-text");
    await lab.id("csv-edit-all").waitFor();
    assert.equal(await box.isEditable(), false, "what is not shown cannot be lost");
    assert.ok((await box.inputValue()).length < 5000);
    await lab.id("csv-edit-all").click();
    await lab.id("csv-edit-all").waitFor({ state: "detached" });
    assert.equal(await box.isEditable(), true);
    assert.equal((await box.inputValue()).length, text.length);
    await lab.close();
  },

  async "a table too large for a link is still there after a reload, and only in this browser"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=300" });
    await choose(lab, table(12_000));
    await use(lab);
    const hash = await lab.hash();
    assert.match(hash, /csv=(@|%40)[0-9a-f]{32}/, "the table stands in the link by its digest alone");
    const counts = await lab.confusion();
    await lab.page.reload();
    await lab.settled();
    await lab.touched();
    assert.match(await lab.id("panel").innerText(), /12000 rows of a and b/);
    assert.deepEqual(await lab.confusion(), counts);
    assert.equal(await lab.hash(), hash);
    await lab.close();
    const elsewhere = await openLab(browser, site, { hash, status: "failed" });
    assert.match(await elsewhere.id("notices").innerText(), /load its CSV file again/);
    await elsewhere.close();
  },

  async "what is drawn on an empty sheet is seen at once, with what is still missing"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=300" });
    const plane = lab.id("plane");
    const click = (x, y, options) => plane.click({ position: { x, y }, ...options });
    await lab.id("source").click();
    await lab.id("source-table").click();
    await lab.settled("failed");
    await shown(lab, "count-majority", "0");
    assert.match(await lab.id("plane-missing").innerText(), /two points of each class.* 0 of the majority and 0 of the min/);
    assert.doesNotMatch(await lab.id("explain").innerText(), /\d/, "nothing is said of the data before");
    await lab.id("plane-draw").click();
    await lab.id("draw-majority").waitFor();
    for (const [i, [x, y]] of [[120, 90], [180, 140], [240, 100]].entries()) {
      await click(x, y);
      await shown(lab, "count-majority", String(i + 1));
    }
    await lab.settled("failed");
    assert.ok((await lab.picture("plane-points")).colours > 1, "the points are drawn");
    assert.match(await lab.id("plane-missing").innerText(), /3 of the majority and 0 of the minority/);
    assert.match(await plane.getAttribute("aria-label"), /3 points of the majority and 0 of the minority/);

    // Erased where it was drawn: the view has not moved.
    await click(180, 140, { modifiers: ["Control"] });
    await shown(lab, "count-majority", "2");
    await lab.id("undo").click();
    await shown(lab, "count-majority", "3");

    await lab.id("draw-minority").click();
    await click(150, 200);
    await shown(lab, "count-minority", "1");
    await click(230, 220);
    await lab.settled();
    assert.equal(await lab.id("plane-missing").count(), 0);
    assert.match(await lab.id("explain").innerText(), /5 points: 3 majority, 2 minority/);
    await lab.close();
  },

  async "a link that is refused at once shows the data that it is about, and they can be drawn on"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=300&ratio=59&sampler=smote", status: "failed" });
    await shown(lab, "count-majority", "295");
    await shown(lab, "count-minority", "5");
    assert.match(await lab.id("plane-missing").innerText(), /k.* 3/s);
    assert.ok((await lab.picture("plane-points")).colours > 20, "the points are there");
    assert.match(await lab.id("plane").getAttribute("aria-label"), /295 points of the majority and 5 of the minority/);
    assert.equal(await lab.page.locator(".plane-stale").count(), 0, "they are not pale");
    await lab.id("plane-draw").click();
    await lab.id("draw-majority").click();
    await lab.id("plane").click({ position: { x: 40, y: 60 } });
    await shown(lab, "count-majority", "296");
    await lab.id("plane").click({ position: { x: 40, y: 60 }, modifiers: ["Control"] });
    await shown(lab, "count-majority", "295");
    await lab.settled("failed");
    await lab.id("stage-resample").click();
    await lab.id("k_neighbors").first().fill("3");
    await lab.settled();
    await lab.page.waitForFunction(() => !document.querySelector("[data-testid=plane-missing]"));
    // Now it is the training rows that are seen, as ever.
    await shown(lab, "count-minority", "4");
    await lab.close();
  },

  async "points drawn where the numbers are small land where they were drawn"(browser, site) {
    // Fractal dimension error: thousandths.
    const lab = await openLab(browser, site, { hash: "#/lab?data=breast-cancer&features=19,15&ratio=5" });
    await lab.id("plane-draw").click();
    await lab.id("draw-minority").click();
    const before = await lab.hash();
    await lab.id("plane").click({ position: { x: 200, y: 160 } });
    const link = await lab.changed(() => lab.hash(), before);
    const [, x, y] = decodeURIComponent(link).match(/points=1:([-\d.e]+),([-\d.e]+)/);
    assert.ok(/\.\d{4,}/.test(x) && /\.\d{4,}/.test(y), `${x}, ${y} are too coarse for thousandths`);
    await lab.close();
  },

  async "the data can have a seed of their own, and Regenerate changes the data then, too"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=300&data_seed=7" });
    assert.equal(await lab.id("data_seed").inputValue(), "7");
    const [hash, picture] = [await lab.hash(), (await lab.picture("plane-points")).hash];
    const counts = await lab.confusion();
    await lab.id("regenerate").click();
    const other = await lab.changed(() => lab.hash(), hash);
    assert.match(other, /data_seed=\d+/);
    assert.notEqual((await lab.picture("plane-points")).hash, picture, "the data were drawn anew");
    await lab.id("data_seed").fill("");
    await lab.id("data_seed").press("Enter");
    const none = await lab.changed(() => lab.hash(), other);
    assert.doesNotMatch(none, /data_seed/);
    await lab.id("undo").click();
    await lab.id("undo").click();
    await lab.page.waitForFunction((wanted) => location.hash === wanted, hash);
    await lab.settled();
    // The view may stay as it was for the other data; the rows are the old ones.
    assert.deepEqual(await lab.confusion(), counts);
    await lab.close();
  },
};
