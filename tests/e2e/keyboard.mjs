// The newcomer's path again, by keyboard only.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openLab } from "./lab.mjs";

/** Presses Tab until the wanted element has the focus, as a person would. */
async function tabTo(lab, testid, key = "Tab") {
  for (let presses = 0; presses < 150; presses++) {
    const there = await lab.id(testid).first().evaluate((element) => element === document.activeElement);
    if (there) {
      const visible = await lab.id(testid).first().evaluate((element) => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== "none" || style.boxShadow !== "none" || element.matches(":focus-visible");
      });
      assert.ok(visible, `the focus on ${testid} can be seen`);
      return;
    }
    await lab.page.keyboard.press(key);
  }
  assert.fail(`${testid} cannot be reached with ${key}`);
}

/** All that Tab should come to on the page as it is: one of a group of radio buttons, nothing that is hidden or off. */
function tabbable() {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex]";
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0;
  const radio = (e) => e.type === "radio" && !e.checked;
  const all = [...document.querySelectorAll(wanted)].filter((e) => !e.disabled && e.tabIndex >= 0 && seen(e) && !radio(e));
  return all.map((e, i) => (e.dataset.stop = `${i} ${e.dataset.testid ?? (e.ariaLabel || e.textContent.trim().slice(0, 30))}`));
}

/** Which of them has the focus, where it stands on the page, and whether one can see that it has the focus. */
function stop() {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const lit = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  // A radio button is shown by what follows it, the threshold's handle by its thumb.
  const shown = [e, e.nextElementSibling].some((e) => e && lit(getComputedStyle(e))) || e.matches(".figure-handle:focus-visible");
  const box = e.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { name: e.dataset.stop ?? e.outerHTML.slice(0, 80), shown, inside };
}

export const tests = {
  async "Tab comes to everything once and out again, in sight all the way"(browser, site) {
    for (const [stage, hash] of [["data", "#/lab?n=300"], ["resample", "#/lab?n=300&ratio=5&sampler=smote+enn&hardness=5"], ["model", "#/lab?n=300&sampler=smote"]]) {
      const lab = await openLab(browser, site, { hash });
      await lab.id(`stage-${stage}`).click();
      await lab.page.evaluate(() => document.activeElement.blur());
      const wanted = await lab.page.evaluate(tabbable);
      assert.ok(wanted.length > 30, `${wanted}`);
      for (const key of ["Tab", "Shift+Tab"]) {
        // From the page's edge: the browser's own controls lie between the last stop and the first.
        await lab.page.evaluate((end) => {
          const stops = [...document.querySelectorAll("[data-stop]")];
          stops[end ? stops.length - 1 : 0].focus();
        }, key !== "Tab");
        // There and back, so that the focus came by key.
        for (const turn of key === "Tab" ? ["Tab", "Shift+Tab"] : ["Shift+Tab", "Tab"]) await lab.page.keyboard.press(turn);
        const met = [];
        for (let presses = 0; presses < 2 * wanted.length; presses++) {
          const now = await lab.page.evaluate(stop);
          if (!now || met.some(({ name }) => name === now.name)) break;
          met.push(now);
          await lab.page.keyboard.press(key);
        }
        const names = met.map(({ name }) => name);
        assert.deepEqual(key === "Tab" ? names : names.reverse(), wanted, `${stage}, ${key}`);
        assert.deepEqual(met.filter(({ shown, inside }) => !(shown && inside)), [], `${stage}: the focus cannot be seen`);
      }
      await lab.close();
    }
  },

  async "Escape closes what is open and gives the focus back"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=300&sampler=smote" });
    const focused = () => lab.page.evaluate(() => document.activeElement.dataset.testid);
    await lab.id("stage-data").click();
    const opened = [["export", "export-python"], ["plane-menu", "plane-hardness"], ["share", "share-link"], ["source", "sources"], ["help", "shortcuts"]];
    for (const [button, what] of opened) {
      await lab.id(button).first().focus();
      await lab.page.keyboard.press("Enter");
      await lab.id(what).waitFor({ state: "visible" });
      await lab.page.keyboard.press("Escape");
      await lab.id(what).waitFor({ state: "hidden" });
      assert.equal(await focused(), button);
    }
    // A list that folds is no dialog: the key that opened it closes it.
    await lab.id("stage-resample").click();
    await lab.id("hurts").locator("summary").focus();
    await lab.page.keyboard.press("Enter");
    assert.ok(await lab.id("hurt-0").isVisible());
    await lab.page.keyboard.press("Enter");
    assert.ok(!(await lab.id("hurt-0").isVisible()));
    await lab.close();
  },

  async "by keyboard: SMOTE, its steps, Tomek links, class weights, threshold, baseline, undo, export"(browser, site) {
    const lab = await openLab(browser, site);
    const { keyboard } = lab.page;
    const confusion = () => lab.confusion();
    const first = await confusion();

    await tabTo(lab, "stage-resample");
    await keyboard.press("Enter");
    await tabTo(lab, "sampler-select");
    await keyboard.press("Enter");
    await keyboard.type("SMOTE");
    await keyboard.press("Enter");
    const smote = await lab.changed(confusion, first);
    assert.ok(smote.tp > first.tp);

    await tabTo(lab, "step-first");
    await keyboard.press("Enter");
    await lab.settled();
    const start = await lab.id("step-sentence").innerText();
    await tabTo(lab, "step-forward");
    await keyboard.press("Enter");
    await lab.settled();
    assert.notEqual(await lab.id("step-sentence").innerText(), start);
    await tabTo(lab, "step-last");
    await keyboard.press("Enter");
    await lab.settled();

    await tabTo(lab, "add-step", "Shift+Tab");
    await keyboard.press("Enter");
    await keyboard.type("tomek");
    await keyboard.press("Enter");
    await lab.settled();
    assert.match(await lab.hash(), /smote[^&]*tomek/);
    const chained = await confusion();

    await tabTo(lab, "stage-model", "Shift+Tab");
    await keyboard.press("Enter");
    await tabTo(lab, "class_weight-none");
    await keyboard.press("ArrowRight");
    await lab.settled();
    assert.match(await lab.hash(), /class_weight=balanced/);
    await keyboard.press("Control+z");
    await lab.settled();
    assert.deepEqual(await confusion(), chained, "undo brings the numbers back");

    await tabTo(lab, "pin", "Shift+Tab");
    await keyboard.press("Enter");
    await lab.settled();

    await tabTo(lab, "stage-decide");
    await keyboard.press("Enter");
    await tabTo(lab, "threshold");
    // A key that is held is one decision.
    for (let i = 0; i < 20; i++) await keyboard.down("ArrowRight");
    await keyboard.up("ArrowRight");
    const strict = await lab.changed(confusion, chained);
    assert.ok(strict.tp + strict.fp < chained.tp + chained.fp);

    await keyboard.press("Control+z");
    assert.deepEqual(await lab.changed(confusion, strict), chained);
    await keyboard.press("Control+Shift+z");
    await lab.settled();
    assert.deepEqual(await confusion(), strict, "redo brings it back");

    await tabTo(lab, "export", "Shift+Tab");
    await keyboard.press("Enter");
    await tabTo(lab, "export-python");
    const [download] = await Promise.all([lab.page.waitForEvent("download"), keyboard.press("Enter")]);
    assert.match(readFileSync(await download.path(), "utf8"), /SMOTE\([^]*TomekLinks\(/);
    await lab.close();
  },

  async "a number can be typed instead of dragged"(browser, site) {
    const lab = await openLab(browser, site);
    const confusion = () => lab.confusion();
    const before = await confusion();
    await lab.id("stage-data").click();
    await lab.id("ratio-number").fill("5");
    await lab.id("ratio-number").press("Enter");
    const after = await lab.changed(confusion, before);
    assert.ok(after.fn + after.tp > before.fn + before.tp, "a ratio of 5 holds more of the minority than one of 20");
    assert.match(await lab.hash(), /ratio=5/);
    await lab.close();
  },

  async "single keys pin, change the theme, show stages, move the threshold and open the sheet"(browser, site) {
    const lab = await openLab(browser, site);
    const { keyboard } = lab.page;
    const theme = () => lab.page.evaluate(() => document.documentElement.dataset.theme);
    const before = await theme();
    await keyboard.press("t");
    await lab.changed(theme, before);
    for (const pinned of ["true", "false"]) {
      await keyboard.press("p");
      await lab.settled();
      assert.equal(await lab.id("pin").getAttribute("aria-pressed"), pinned);
    }
    await keyboard.press("5");
    assert.match(await lab.id("panel").innerText(), /5 Decide/);
    await keyboard.press("[");
    assert.match(await lab.hash(), /threshold=0\.49/);
    await keyboard.press("?");
    await lab.id("shortcuts").waitFor({ state: "visible" });
    await keyboard.press("Escape");
    await lab.id("shortcuts").waitFor({ state: "hidden" });
    await lab.close();
  },
};
