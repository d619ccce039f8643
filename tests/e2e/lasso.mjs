// The lasso and the line of the threshold: what a hand and a keyboard take hold of on the plane itself.
import assert from "node:assert/strict";
import { number, openLab } from "./lab.mjs";

const LINK = "#/lab?n=600&ratio=5&seed=3";
const counts = async (lab) => {
  const cells = ["tn", "fp", "fn", "tp"];
  const read = async (cell) => number(await lab.id(`region-${cell}`).innerText());
  return Object.fromEntries(await Promise.all(cells.map(async (cell) => [cell, await read(cell)])));
};
const region = async (lab) => new URLSearchParams((await lab.hash()).split("?")[1]).get("region");

/** Drags around a part of the plane, given in shares of its width and height. */
async function drag(lab, corners) {
  const box = await lab.id("plane").boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await lab.page.mouse.move(...at(corners[0]));
  await lab.page.mouse.down();
  for (const corner of [...corners.slice(1), corners[0]]) await lab.page.mouse.move(...at(corner), { steps: 8 });
  await lab.page.mouse.up();
}

export const tests = {
  async "a lasso says how the model does among its points, at every threshold, and is in the link"(browser, site) {
    const lab = await openLab(browser, site, { hash: LINK });
    // The toolbar has a button for it where there is room, the menu beside it one at every size.
    await lab.id("plane-menu").click();
    await lab.page.getByRole("button", { name: "Lasso", exact: true }).click();
    assert.equal(await lab.page.locator("#figure-menu-plane:popover-open").count(), 0, "the menu closes");
    // All of the plane: then the card says what the results say.
    await drag(lab, [[0.002, 0.005], [0.998, 0.005], [0.998, 0.995], [0.002, 0.995]]);
    await lab.id("region-card").waitFor();
    assert.deepEqual(await counts(lab), await lab.confusion());
    await drag(lab, [[0.3, 0.2], [0.7, 0.2], [0.7, 0.8], [0.3, 0.8]]);
    const part = await counts(lab);
    const whole = await lab.confusion();
    assert.ok(Object.keys(part).every((cell) => part[cell] <= whole[cell]));
    assert.notDeepEqual(part, whole);
    assert.match(await region(lab), /^(-?[\d.]+,-?[\d.]+;?){4,9}$/);
    // The threshold moves, the rows stay.
    const before = await lab.id("region-card").innerText();
    await lab.page.keyboard.press("Escape");
    for (let press = 0; press < 40; press++) await lab.page.keyboard.press("[");
    await lab.settled();
    const now = await counts(lab);
    const sum = (of) => of.tn + of.fp + of.fn + of.tp;
    assert.equal(sum(now), sum(part));
    assert.ok(now.tp + now.fp > part.tp + part.fp, `${before} -> ${JSON.stringify(now)}`);
    // Another page with this address shows the same.
    const hash = await lab.hash();
    const other = await openLab(browser, site, { hash });
    await other.id("region-card").waitFor();
    assert.deepEqual(await counts(other), now);
    await other.close();
    await lab.id("region-clear").click();
    await lab.id("region-card").waitFor({ state: "detached" });
    assert.equal(await region(lab), null);
    await lab.page.keyboard.press("Control+z");
    await lab.id("region-card").waitFor();
    assert.deepEqual(await counts(lab), now);
    await lab.close();
  },

  async "a lasso by keyboard: corners, one taken back, closed, let go"(browser, site) {
    const lab = await openLab(browser, site, { hash: LINK });
    const { keyboard } = lab.page;
    await keyboard.press("l");
    assert.equal(await lab.page.evaluate(() => document.activeElement.dataset.testid), "plane");
    const walk = async (key, times) => {
      for (let press = 0; press < times; press++) await keyboard.press(key);
    };
    await walk("ArrowLeft", 12);
    await walk("ArrowUp", 12);
    await keyboard.press("Enter");
    await walk("ArrowRight", 24);
    await keyboard.press("Enter");
    await keyboard.press("Enter");
    await keyboard.press("Backspace");
    await walk("ArrowDown", 24);
    await keyboard.press("Enter");
    await keyboard.press("Space");
    await lab.id("region-card").waitFor();
    assert.equal((await region(lab)).split(";").length, 3);
    const held = await counts(lab);
    assert.ok(held.tn + held.fp + held.fn + held.tp > 0);
    await keyboard.press("Escape");
    assert.equal(await lab.id("plane-lasso").getAttribute("aria-pressed"), "false");
    await keyboard.press("Control+z");
    await lab.id("region-card").waitFor({ state: "detached" });
    await lab.close();
  },

  async "the threshold can be dragged by its line on the plane, and is one step back"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?data=blobs&distance=3&n=400&ratio=1&seed=3" });
    const box = await lab.id("plane").boundingBox();
    const y = box.y + box.height * 0.12;
    const cursor = () => lab.id("plane").evaluate((plane) => getComputedStyle(plane).cursor);
    let x = box.x + box.width * 0.2;
    for (; (await cursor()) !== "ns-resize"; x += 3) {
      assert.ok(x < box.x + box.width * 0.8, "the line is nowhere");
      await lab.page.mouse.move(x, y);
    }
    const threshold = async () => Number(await lab.id("threshold").first().inputValue());
    await lab.id("stage-decide").click();
    const before = { threshold: await threshold(), confusion: await lab.confusion() };
    await lab.page.mouse.move(x, y);
    await lab.page.mouse.down();
    await lab.page.mouse.move(x + 40, y, { steps: 6 });
    await lab.page.mouse.up();
    const after = { threshold: await threshold(), confusion: await lab.confusion() };
    assert.ok(Math.abs(after.threshold - before.threshold) > 0.05, JSON.stringify([before, after]));
    assert.notDeepEqual(after.confusion, before.confusion);
    // The line is under the pointer now.
    assert.equal(await cursor(), "ns-resize");
    await lab.page.keyboard.press("Control+z");
    await lab.settled();
    assert.deepEqual({ threshold: await threshold(), confusion: await lab.confusion() }, before);
    await lab.close();
  },
};
