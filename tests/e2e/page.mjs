// What the page is as a whole: its pictures follow the data, its theme, its size, its worker.
import assert from "node:assert/strict";
import { DESK, SMALL, openLab } from "./lab.mjs";

export const tests = {
  async "every figure is drawn, and drawn anew when the data change"(browser, site) {
    const lab = await openLab(browser, site);
    const figures = ["plane-points", "figure-pr", "figure-roc", "figure-scores"];
    const before = await Promise.all(figures.map((figure) => lab.picture(figure)));
    before.forEach((picture, i) => assert.ok(picture.colours > 3, `${figures[i]} is blank`));
    await lab.page.evaluate(() => (location.hash = "#/lab?data=moons&seed=9&ratio=4"));
    await lab.page.waitForFunction(() => document.documentElement.dataset.status !== "fresh").catch(() => {});
    await lab.settled();
    for (const [i, figure] of figures.entries()) {
      assert.notEqual((await lab.picture(figure)).hash, before[i].hash, `${figure} still shows the old data`);
    }
    await lab.close();
  },

  async "the theme follows the system, can be switched, and is remembered"(browser, site) {
    const lab = await openLab(browser, site, { colorScheme: "dark" });
    const theme = () => lab.page.evaluate(() => document.documentElement.dataset.theme);
    const paper = () => lab.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(await theme(), "dark");
    const dark = await paper();
    await lab.id("theme").click();
    assert.equal(await lab.changed(theme, "dark"), "light");
    assert.notEqual(await paper(), dark);
    await lab.page.reload();
    await lab.settled();
    assert.equal(await theme(), "light");
    await lab.close();
  },

  async "nothing scrolls sideways on small screens"(browser, site) {
    for (const viewport of [{ width: 360, height: 740 }, SMALL, { width: 768, height: 1024 }, { width: 1024, height: 768 }]) {
      const lab = await openLab(browser, site, { viewport });
      const [inner, scroll] = await lab.page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(scroll <= inner, `${scroll} px of content on ${inner} px`);
      await lab.close();
    }
  },

  async "a slider that is dragged stays in the hand until it is let go"(browser, site) {
    const sliders = [["data", "ratio"], ["resample", "k_neighbors"], ["model", "c"], ["model", "weight"], ["decide", "threshold"]];
    for (const [stage, slider] of sliders) {
      const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=smote&class_weight=5" });
      await lab.id(`stage-${stage}`).click();
      const input = lab.id(slider).first();
      const box = await input.boundingBox();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await lab.page.mouse.move(x, y);
      await lab.page.mouse.down();
      const values = new Set();
      for (const share of [0.1, 0.2, 0.3]) {
        await lab.page.mouse.move(x + share * box.width, y);
        await lab.page.waitForTimeout(100);
        values.add(await input.inputValue());
      }
      await lab.page.mouse.up();
      assert.equal(values.size, 3, `${slider} stopped moving: ${[...values]}`);
      await lab.close();
    }
  },

  async "the mouse moves a slider to where the browser itself would"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=smote" });
    for (const [stage, slider] of [["data", "ratio"], ["resample", "k_neighbors"], ["decide", "threshold"]]) {
      await lab.id(`stage-${stage}`).click();
      const input = lab.id(slider).first();
      const box = await input.boundingBox();
      const y = box.y + box.height / 2;
      const drag = async (shares) => {
        const values = [];
        await lab.page.mouse.move(box.x + 0.5 * box.width, y);
        await lab.page.mouse.down();
        for (const share of shares) {
          await lab.page.mouse.move(Math.round(box.x + share * box.width), y + 40);
          await lab.page.waitForTimeout(60);
          values.push(await lab.page.evaluate(() => document.activeElement.value));
        }
        await lab.page.mouse.up();
        return values;
      };
      const shares = [-0.2, 0.02, 0.2, 0.31, 0.5, 0.77, 0.98, 1.3, 0.4];
      const ours = await drag(shares);
      assert.ok(await input.evaluate((e) => e === document.activeElement), "a press moves the focus");
      await lab.settled();
      // A copy has no handlers: the browser drags it.
      await input.evaluate((e) => {
        const copy = e.cloneNode();
        const place = e.getBoundingClientRect();
        copy.id = "copy";
        copy.style.cssText = `position: fixed; z-index: 9; left: ${place.left}px; top: ${place.top}px; width: ${place.width}px`;
        document.body.append(copy);
      });
      const theirs = await drag(shares);
      // A ratio is rounded to two figures, and the thumb stands where the ratio is: up to a position beside.
      const reach = slider === "ratio" ? 1 : 0;
      assert.ok(ours.every((value, i) => Math.abs(value - theirs[i]) <= reach), `${slider}: ${ours} and ${theirs}`);
      await lab.page.evaluate(() => document.getElementById("copy").remove());
    }
    await lab.close();
  },

  async "a worker that dies is replaced, and what was computed stays"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=smote" });
    const confusion = () => lab.confusion();
    const before = await confusion();
    const [worker] = lab.page.workers();
    const gone = lab.page.waitForEvent("worker");
    await worker.evaluate(() => void setTimeout(() => { throw new Error("killed"); }));
    await gone;
    await lab.page.locator(".toasts").getByText(/killed/).waitFor();
    assert.deepEqual(await confusion(), before);
    await lab.id("ratio-number").fill("3");
    await lab.id("ratio-number").press("Enter");
    const after = await lab.changed(confusion, before);
    assert.ok(after.fn + after.tp > before.fn + before.tp, "the next one computes");
    lab.wrong.splice(0, lab.wrong.length, ...lab.wrong.filter((line) => !/killed/.test(line)));
    await lab.close();
  },

  async "what a slider says does not wait for a long run"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=30000&sampler=hardness" });
    const input = lab.id("ratio");
    const number = lab.id("ratio-number");
    const box = await input.boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await lab.page.mouse.move(x, y);
    await lab.page.mouse.down();
    for (const share of [0.1, 0.2]) {
      const before = await number.inputValue();
      await lab.page.mouse.move(x + share * box.width, y);
      // Read a few frames after the move.
      const [after, status] = await number.evaluate(
        (element) =>
          new Promise((done) => {
            const frame = (left) =>
              requestAnimationFrame(() =>
                left === 0 ? done([element.value, document.documentElement.dataset.status]) : frame(left - 1),
              );
            frame(3);
          }),
      );
      assert.notEqual(after, before);
      assert.equal(status, "working");
    }
    await lab.page.mouse.up();
    await lab.close();
  },

  async "the read-out of every chart stands beside the pointer, whole"(browser, site) {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
      const lab = await openLab(browser, site, { viewport });
      for (const chart of ["pr", "roc", "scores"]) {
        const figure = lab.id(`figure-${chart}`);
        // Between the plane that stays and the bar at the bottom, where there are such.
        await figure.evaluate((element) => element.scrollIntoView({ block: "end" }));
        const box = await figure.boundingBox();
        const [x, y] = [box.x + 0.6 * box.width, box.y + 0.5 * box.height];
        await lab.page.mouse.move(x, y);
        const tip = lab.page.locator(".figure-tip");
        await tip.waitFor();
        const of = await tip.boundingBox();
        const [across, down] = [Math.max(of.x - x, x - of.x - of.width), Math.max(of.y - y, y - of.y - of.height)];
        assert.ok(across <= 30 && down <= 30, `${chart}: the read-out is ${across} and ${down} pixels away`);
        assert.ok(of.x >= 0 && of.y >= 0 && of.x + of.width <= viewport.width && of.y + of.height <= viewport.height);
        const onTop = await tip.evaluate((element) => {
          element.style.pointerEvents = "auto";
          const { x, y, width, height } = element.getBoundingClientRect();
          return element.contains(document.elementFromPoint(x + width - 3, y + height / 2));
        });
        assert.ok(onTop, `${chart}: something lies over the read-out or cuts it off`);
        await lab.page.mouse.move(2, 2);
        await tip.waitFor({ state: "detached" });
      }
      await lab.close();
    }
  },

  async "a sharp screen gets sharp canvases"(browser, site) {
    const lab = await openLab(browser, site, { deviceScaleFactor: 2 });
    const ratios = await lab.page.locator("[data-testid=plane-points], .figure-view canvas").evaluateAll((canvases) =>
      canvases.map((canvas) => canvas.width / canvas.getBoundingClientRect().width),
    );
    assert.equal(ratios.length, 4);
    for (const ratio of ratios) assert.ok(Math.abs(ratio - 2) < 0.02, `${ratio} pixels per CSS pixel`);
    await lab.close();
  },

  async "a run that cannot be done leaves the last result and says what to change"(browser, site) {
    const lab = await openLab(browser, site);
    const before = await lab.confusion();
    await lab.page.evaluate(() => (location.hash = "#/lab?n=50&ratio=40&sampler=smote.k30"));
    await lab.settled("failed");
    assert.match(await lab.id("error").first().innerText(), /k|neighbo/i);
    assert.deepEqual(await lab.confusion(), before);
    await lab.page.evaluate(() => (location.hash = "#/lab"));
    await lab.settled();
    await lab.close();
  },

  async "a page whose worker cannot be loaded says so"(browser, site) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/worker*.js", (route) => route.abort());
    await page.goto(site);
    await page.waitForFunction(() => document.documentElement.dataset.status === "failed", null, { timeout: 60_000 });
    assert.match(await page.getByTestId("error").first().innerText(), /reload/i);
    await context.close();
  },

  async "what few readers need is loaded when it is asked for"(browser, site) {
    const lab = await openLab(browser, site);
    const loaded = [];
    lab.page.on("request", (request) => loaded.push(new URL(request.url()).pathname.split("/").pop()));
    await lab.page.reload();
    await lab.settled();
    await lab.page.waitForLoadState("networkidle");
    assert.deepEqual(loaded.filter((name) => /clerk|breast/.test(name)), []);
    await lab.page.evaluate(() => (location.hash = "#/lab?data=breast-cancer"));
    await lab.page.waitForFunction(() => document.querySelector("button.source .thumbnail path"));
    await lab.settled();
    assert.ok((await lab.confusion()).tn > 50);
    assert.deepEqual(loaded.filter((name) => /clerk|breast/.test(name)), ["breast_cancer.txt"]);
    await lab.close();
  },

  async "measured rows that cannot be loaded are missed in words"(browser, site) {
    const lab = await openLab(browser, site);
    await lab.page.route("**/breast_cancer.txt", (route) => route.abort());
    await lab.page.evaluate(() => (location.hash = "#/lab?data=breast-cancer"));
    await lab.settled("failed");
    assert.match(await lab.id("error").first().innerText(), /could not be loaded/);
    await lab.page.unroute("**/breast_cancer.txt");
    await lab.page.evaluate(() => (location.hash = "#/lab?data=breast-cancer&ratio=4"));
    await lab.settled();
    lab.wrong.splice(0, lab.wrong.length, ...lab.wrong.filter((line) => !/ERR_FAILED/.test(line)));
    await lab.close();
  },

  async "without storage and with less motion the lab works"(browser, site) {
    const lab = await openLab(browser, site, { reducedMotion: "reduce" });
    await lab.page.evaluate(() => localStorage.clear());
    await lab.id("stage-resample").click();
    const before = await lab.confusion();
    await lab.pick("RandomUnderSampler");
    await lab.changed(() => lab.confusion(), before);
    await lab.close();
  },

  async "from 1280 x 720 up everything is on one screen, and nothing on a tile is cut off"(browser, site) {
    for (const viewport of [{ width: 1280, height: 720 }, { width: 1366, height: 768 }, DESK]) {
      const lab = await openLab(browser, site, { viewport, hash: "#/lab?sampler=smote" });
      await lab.id("pin").click();
      await lab.page.keyboard.press("]");
      await lab.settled();
      const cut = await lab.page.evaluate(() => {
        const over = (e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1;
        return [".results", ".plane-tools", ".tile"].filter((name) => [...document.querySelectorAll(name)].some(over));
      });
      assert.deepEqual(cut, [], `${viewport.width} x ${viewport.height}`);
      await lab.close();
    }
  },

  async "presenting leaves what an audience needs, and Escape leaves it"(browser, site) {
    const lab = await openLab(browser, site);
    await lab.page.keyboard.press("f");
    await lab.id("panel").waitFor({ state: "hidden" });
    for (const part of ["plane", "step-play", "cm-tp", "figure-pr", "figure-scores"]) {
      assert.ok(await lab.id(part).isVisible(), part);
    }
    await lab.page.keyboard.press("Escape");
    await lab.id("panel").waitFor({ state: "visible" });
    await lab.id("present").click();
    await lab.id("panel").waitFor({ state: "hidden" });
    await lab.id("present").click();
    await lab.id("panel").waitFor({ state: "visible" });
    await lab.close();
  },
};
