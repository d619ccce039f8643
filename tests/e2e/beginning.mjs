// The first moments: a page that is only looked at loads half of itself, and the first gesture, which has the other
// half loaded, is neither lost nor done twice.
import assert from "node:assert/strict";
import { DESK, SMALL, openLab } from "./lab.mjs";

const REST = /\/page-[^/]*_more\.wasm$/;

/** Opens the lab untouched; the page's second half takes `delay` milliseconds, or fails while `isBroken()`. */
async function untouched(browser, site, { delay = 0, isBroken = () => false, ...options } = {}) {
  const asked = [];
  const before = async (page) => {
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.route(REST, async (route) => {
      if (isBroken()) return route.abort();
      await new Promise((done) => setTimeout(done, delay));
      return route.continue();
    });
  };
  const lab = await openLab(browser, site, { before, ...options });
  await lab.settled();
  return { lab, asked, isFirstHalf: () => lab.page.evaluate(() => document.documentElement.dataset.half === "first") };
}

const theme = (lab) => lab.page.evaluate(() => document.documentElement.dataset.theme);

export const tests = {
  async "a page that is only looked at loads neither of the second halves"(browser, site) {
    const { lab, asked, isFirstHalf } = await untouched(browser, site);
    await lab.page.waitForLoadState("networkidle");
    await lab.page.waitForTimeout(2000);
    assert.ok(await isFirstHalf(), "the site was built whole");
    assert.deepEqual(asked.filter((path) => path.includes("_more")), []);
    await lab.touched();
    assert.equal(asked.filter((path) => REST.test(path)).length, 1);
    await lab.close();
  },

  async "one run makes the first picture"(browser, site) {
    for (const viewport of [DESK, { width: 1280, height: 720 }, SMALL]) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.addInitScript(() => {
        globalThis.runs = 0;
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (...message) {
          // Requests begin with their kind: 0 a table, 1 a run, 2 a question.
          if (new Uint8Array(message[0])[0] === 1) globalThis.runs += 1;
          return post.apply(this, message);
        };
      });
      await page.goto(site);
      await page.waitForFunction(() => document.documentElement.dataset.status === "fresh");
      await page.waitForTimeout(1000);
      assert.equal(await page.evaluate(() => globalThis.runs), 1, `${viewport.width} px`);
      await context.close();
    }
  },

  async "a click right after the first picture is done once"(browser, site) {
    const { lab, isFirstHalf } = await untouched(browser, site, { delay: 1000, colorScheme: "light" });
    const box = await lab.id("theme").boundingBox();
    await lab.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    assert.ok(await isFirstHalf());
    assert.equal(await theme(lab), "light", "not before the rest is there");
    await lab.whole();
    await lab.page.waitForTimeout(200);
    assert.equal(await theme(lab), "dark");
    await lab.close();
  },

  async "a key pressed right after the first picture is heard once"(browser, site) {
    const { lab, isFirstHalf } = await untouched(browser, site, { delay: 1000, colorScheme: "light" });
    await lab.page.keyboard.press("t");
    assert.ok(await isFirstHalf());
    await lab.whole();
    await lab.page.waitForTimeout(200);
    assert.equal(await theme(lab), "dark");
    await lab.close();
  },

  async "a double click is two clicks"(browser, site) {
    const { lab } = await untouched(browser, site, { delay: 1000, colorScheme: "light" });
    const box = await lab.id("theme").boundingBox();
    await lab.page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
    await lab.whole();
    await lab.page.waitForTimeout(200);
    assert.equal(await theme(lab), "light", "there and back");
    await lab.close();
  },

  async "a finger's first tap is done once"(browser, site) {
    const { lab } = await untouched(browser, site, { delay: 1000, colorScheme: "light", hasTouch: true });
    const box = await lab.id("theme").boundingBox();
    await lab.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await lab.whole();
    await lab.page.waitForTimeout(200);
    assert.equal(await theme(lab), "dark");
    await lab.close();
  },

  async "the threshold can be dragged before the rest is there, and is one entry in the history"(browser, site) {
    const places = [
      [DESK, (lab) => lab.page.getByRole("slider", { name: "Threshold along" }).first(), "aria-valuenow"],
      [SMALL, (lab) => lab.id("threshold-bar"), "value"],
    ];
    for (const [viewport, find, property] of places) {
      for (const delay of [0, 1000]) {
        const { lab, isFirstHalf } = await untouched(browser, site, { delay, viewport });
        const slider = find(lab);
        const read = () => slider.evaluate((e, name) => Number(e[name] ?? e.getAttribute(name)), property);
        const box = await slider.boundingBox();
        const move = (share) => lab.page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
        await move(0.5);
        await lab.page.mouse.down();
        for (const share of [0.4, 0.3, 0.25]) await move(share);
        await lab.page.mouse.up();
        if (delay > 0) assert.ok(await isFirstHalf());
        await lab.whole();
        const at = await lab.changed(read, 0.5);
        await lab.page.keyboard.press("Control+z");
        assert.equal(await lab.changed(read, at), 0.5, "one entry");
        await lab.close();
      }
    }
  },

  async "a rest that cannot be loaded is missed in words, and trying again helps"(browser, site) {
    let isBroken = true;
    const { lab, isFirstHalf } = await untouched(browser, site, { isBroken: () => isBroken, colorScheme: "light" });
    await lab.page.keyboard.press("t");
    const again = lab.page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    assert.match(await lab.page.getByRole("alert").innerText(), /could not be loaded.*connection/i);
    // In vain once more.
    await again.click();
    await again.waitFor();
    isBroken = false;
    await again.focus();
    await lab.page.keyboard.press("Enter");
    await lab.whole();
    await again.waitFor({ state: "detached" });
    assert.equal(await isFirstHalf(), false);
    assert.equal(await theme(lab), "light", "what was done in vain is to be done again");
    await lab.page.keyboard.press("t");
    await lab.page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    lab.wrong.splice(0, lab.wrong.length, ...lab.wrong.filter((line) => !/ERR_FAILED/.test(line)));
    await lab.close();
  },

  async "a file dropped before the rest is there does not take the place of the page"(browser, site) {
    const { lab } = await untouched(browser, site, { delay: 500 });
    const prevented = await lab.page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["a,b,y\n1,2,0\n"], "rows.csv", { type: "text/csv" }));
      const kept = [];
      document.body.addEventListener("drop", (event) => kept.push(event.dataTransfer.files[0]?.name));
      globalThis.kept = kept;
      return ["dragover", "drop"].map((kind) => {
        const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
        return !document.body.dispatchEvent(event);
      });
    });
    assert.deepEqual(prevented, [true, true]);
    await lab.whole();
    assert.deepEqual(await lab.page.evaluate(() => globalThis.kept), ["rows.csv"]);
    await lab.close();
  },
};
