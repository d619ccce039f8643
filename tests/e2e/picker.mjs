// The picker of methods: search, times, ghosts before anything is applied, and the way back.
import assert from "node:assert/strict";
import { SMALL, openLab } from "./lab.mjs";

const focused = (lab) => lab.page.evaluate(() => document.activeElement.dataset.testid);

/** Waits until the canvas with the ghosts shows something else than `before`, and nothing moves any more. */
async function ghosts(lab, before) {
  const start = Date.now();
  while ((await lab.pictureNow("plane")).hash === before) {
    assert.ok(Date.now() - start < 20_000, "the plane shows no preview");
    await lab.page.waitForTimeout(30);
  }
  return (await lab.picture("plane")).hash;
}

/** Opens the picker by keyboard. */
async function open(lab, button = "sampler-select") {
  await lab.id(button).focus();
  await lab.page.keyboard.press("Enter");
  await lab.id("picker-search").waitFor();
  await lab.page.waitForFunction(() => document.activeElement.dataset.testid === "picker-search");
}

const shown = (lab) =>
  lab.page.locator("[data-testid=picker] [role=option]:visible").evaluateAll((rows) => rows.map((row) => row.dataset.testid));

export const tests = {
  async "the picker by keyboard: search, ghosts, Escape changes nothing, Enter applies, undo and redo"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9" });
    const { keyboard } = lab.page;
    await lab.id("stage-resample").click();
    const [first, hash] = [await lab.confusion(), await lab.hash()];
    const bare = (await lab.pictureNow("plane")).hash;

    await open(lab);
    const all = await shown(lab);
    assert.ok(all.length > 5, `${all}`);
    await keyboard.type("minority between");
    assert.ok((await shown(lab)).includes("pick-SMOTE"));
    assert.ok(!(await shown(lab)).includes("pick-RandomUnderSampler"));
    const smote = await ghosts(lab, bare);
    assert.match(await lab.id("picker-preview").innerText(), /\d/);
    for (let i = 0; i < 16; i++) await keyboard.press("Backspace");
    assert.deepEqual(await shown(lab), all);
    await keyboard.type("tomek");
    const tomek = await ghosts(lab, smote);
    assert.notEqual(tomek, bare);
    assert.match(await lab.id("time-TomekLinks").innerText(), /\d (ms|s)/);
    assert.deepEqual([await lab.confusion(), await lab.hash()], [first, hash], "nothing is applied yet");

    await keyboard.press("Escape");
    await lab.id("picker").waitFor({ state: "hidden" });
    assert.equal(await focused(lab), "sampler-select");
    assert.equal((await lab.picture("plane")).hash, bare, "the ghosts are gone");
    assert.deepEqual([await lab.confusion(), await lab.hash()], [first, hash]);

    await open(lab);
    await keyboard.type("smote");
    await keyboard.press("Enter");
    const after = await lab.changed(() => lab.confusion(), first);
    assert.match(await lab.hash(), /sampler=smote(&|$)/);
    await lab.page.waitForFunction(() => document.activeElement.dataset.testid === "sampler-select");
    assert.match(await lab.id("sampler-select").innerText(), /^SMOTE/);

    await keyboard.press("Control+z");
    assert.deepEqual(await lab.changed(() => lab.confusion(), after), first);
    await keyboard.press("Control+Shift+z");
    assert.deepEqual(await lab.changed(() => lab.confusion(), first), after);
    await lab.close();
  },

  async "pointing at a method shows it, a click applies it in the place of what was there"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=smote" });
    await lab.id("stage-resample").click();
    const points = (await lab.picture("plane-points")).hash;
    const bare = (await lab.pictureNow("plane")).hash;
    await lab.id("sampler-select").click();
    await lab.id("pick-RandomUnderSampler").hover();
    await ghosts(lab, bare);
    assert.notEqual((await lab.picture("plane-points")).hash, points, "a preview begins at the training rows");
    assert.match(await lab.id("picker-preview").innerText(), /RandomUnderSampler kept \d+ of \d+/);
    await lab.id("pick-RandomUnderSampler").click();
    await lab.settled();
    assert.match(await lab.hash(), /sampler=under(&|$)/);
    await lab.pick("SMOTE", "add-step");
    await lab.settled();
    assert.match(await lab.hash(), /sampler=under\+smote(&|$)/);
    await lab.page.waitForFunction(() => document.activeElement.dataset.testid === "sampler-select-2");
    await lab.close();
  },

  async "every method in view has its time on the present data"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9" });
    await lab.id("stage-resample").click();
    await lab.id("sampler-select").click();
    await lab.page.waitForFunction(() => {
      const list = document.querySelector("#picker-list").getBoundingClientRect();
      const inView = (row) => row.getBoundingClientRect().bottom > list.top && row.getBoundingClientRect().top < list.bottom;
      const rows = [...document.querySelectorAll("#picker-list [role=option]")].filter(inView);
      return rows.length > 3 && rows.every((row) => /ms|s$|not possible/.test(row.querySelector(".num").textContent));
    });
    assert.match(await lab.id("time-SMOTE").innerText(), /ms · (\d+) : \1$/);
    assert.equal(await lab.status(), "fresh", "the lab's own worker has nothing to do with it");
    await lab.close();
  },

  async "what was applied is listed with its result, and one can go back to it and return"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9" });
    await lab.id("stage-resample").click();
    const first = await lab.confusion();
    await lab.pick("SMOTE");
    const smote = await lab.changed(() => lab.confusion(), first);
    await lab.pick("RandomUnderSampler");
    await lab.settled();
    const lines = await lab.id("applied").locator("button").allInnerTexts();
    assert.equal(lines.length, 3, `${lines}`);
    assert.match(lines[1], /SMOTE, k = 5\s+(\d+) : \1\s+recall \.\d+, precision \.\d+/);
    const under = await lab.confusion();
    await lab.id("applied-1").focus();
    await lab.page.keyboard.press("Enter");
    await lab.settled();
    assert.deepEqual(await lab.confusion(), smote);
    assert.match(await lab.hash(), /sampler=smote(&|$)/);
    await lab.page.keyboard.press("Control+z");
    await lab.settled();
    assert.deepEqual(await lab.confusion(), under);
    assert.match(await lab.hash(), /sampler=under(&|$)/);
    await lab.close();
  },

  async "on a small screen the picker is as wide as the page, and a finger looks before it applies"(browser, site) {
    const lab = await openLab(browser, site, { viewport: SMALL, hasTouch: true, hash: "#/lab?n=400&ratio=9" });
    await lab.id("stage-resample").tap();
    await lab.id("sampler-select").tap();
    const box = await lab.id("picker").boundingBox();
    assert.equal(Math.round(box.width), SMALL.width);
    const hash = await lab.hash();
    const bare = (await lab.pictureNow("plane")).hash;
    await lab.id("pick-SMOTE").tap();
    await ghosts(lab, bare);
    assert.equal(await lab.hash(), hash);
    await lab.id("picker-apply").tap();
    await lab.page.waitForFunction(() => /sampler=smote/.test(location.hash));
    await lab.close();
  },
};
