// The newcomer's path again, by keyboard only.
import assert from "node:assert/strict";
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

export const tests = {
  async "by keyboard: SMOTE, its steps, class weights, threshold, baseline, undo"(browser, site) {
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

    await tabTo(lab, "pin", "Shift+Tab");
    await keyboard.press("Enter");
    await lab.settled();

    await tabTo(lab, "stage-decide");
    await keyboard.press("Enter");
    await tabTo(lab, "threshold");
    for (let i = 0; i < 20; i++) await keyboard.press("ArrowRight");
    const strict = await lab.changed(confusion, smote);
    assert.ok(strict.tp + strict.fp < smote.tp + smote.fp);

    await keyboard.press("Control+z");
    await lab.changed(confusion, strict);
    await keyboard.press("Control+Shift+z");
    await lab.settled();
    assert.deepEqual(await confusion(), strict, "redo brings it back");
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
