// What counts as a decision, what becomes of one that is left half-way, and what is said of it.
import assert from "node:assert/strict";
import { SMALL, openLab } from "./lab.mjs";

const params = async (lab) => new URLSearchParams((await lab.hash()).split("?")[1]);

/** Takes hold of a slider and pulls it so many pixels to the right, without letting go. */
async function pull(lab, slider, pixels) {
  const box = await lab.id(slider).first().boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.down();
  for (let step = 1; step <= 4; step++) await lab.page.mouse.move(x + (step * pixels) / 4, y);
}

async function undo(lab) {
  await lab.id("undo").click();
  await lab.settled();
}

export const tests = {
  async "back from a setting that failed, all is well again"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?sampler=smote&n=300" });
    await lab.id("stage-resample").click();
    await lab.settled();
    const before = await lab.confusion();
    const box = lab.id("k_neighbors-number");
    const type = async (number) => {
      await box.fill(number);
      await box.press("Enter");
    };
    for (const back of [() => type("5"), () => lab.id("undo").click(), () => lab.page.goBack()]) {
      await type("30");
      await lab.settled("failed");
      await lab.id("error").first().waitFor();
      await back();
      await lab.settled("fresh");
      await lab.id("error").first().waitFor({ state: "detached" });
      assert.equal(await box.inputValue(), "5");
      assert.deepEqual(await lab.confusion(), before);
    }
    await lab.close();
  },

  async "what is dragged counts when its slider goes away"(browser, site) {
    for (const [stage, slider, other] of [["data", "ratio", "3"], ["resample", "k_neighbors", "1"], ["model", "c", "2"]]) {
      const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=smote" });
      await lab.id(`stage-${stage}`).click();
      await lab.settled();
      const before = await lab.hash();
      await pull(lab, slider, -30);
      await lab.page.keyboard.press(other);
      await lab.page.mouse.up();
      await lab.settled();
      const after = await lab.hash();
      assert.notEqual(after, before, `${slider} was not moved`);
      await undo(lab);
      await lab.page.waitForFunction((wanted) => location.hash === wanted, before);
      await lab.close();
    }
  },

  async "a number left half typed is nobody's when its box goes away"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9" });
    await lab.id("stage-resample").click();
    await lab.pick("SMOTE");
    await lab.settled();
    await lab.id("k_neighbors-number").focus();
    await lab.page.keyboard.press("End");
    await lab.page.keyboard.type("9");
    await lab.page.goBack();
    await lab.id("k_neighbors-number").waitFor({ state: "detached" });
    await lab.settled();
    assert.equal((await params(lab)).get("sampler"), null);
    await lab.close();
  },

  async "a key that is held on a slider is one decision"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=smote" });
    await lab.id("stage-resample").click();
    await lab.settled();
    await lab.id("k_neighbors").focus();
    const value = () => lab.id("k_neighbors-number").inputValue();
    const before = await value();
    for (let repeat = 0; repeat < 6; repeat++) await lab.page.keyboard.down("ArrowRight");
    await lab.page.keyboard.up("ArrowRight");
    await lab.settled();
    const after = await value();
    await lab.page.keyboard.press("ArrowRight");
    await lab.settled();
    assert.notEqual(await value(), after);
    await undo(lab);
    assert.equal(await value(), after, "one more press is a decision of its own");
    await undo(lab);
    assert.equal(await value(), before, "six repeats are one");
    await lab.close();
  },

  async "to look at something else is no decision about the result"(browser, site) {
    const lab = await openLab(browser, site);
    const sentence = () => lab.id("result-sentence").innerText();
    await lab.id("try-smote").click();
    await lab.settled();
    const said = await sentence();
    assert.match(said, /rose|fell/);
    await lab.page.getByRole("button", { name: "Bayes" }).click();
    await lab.settled();
    assert.equal(await sentence(), said);
    await lab.id("stage-decide").click();
    await lab.settled();
    assert.equal(await sentence(), said);
    await lab.id("stage-resample").click();
    await lab.settled();
    assert.equal(await sentence(), said);
    await lab.close();
  },

  async "on a phone the first button leaves the plane in sight, and Escape closes the controls"(browser, site) {
    const lab = await openLab(browser, site, { viewport: SMALL });
    const toggle = lab.id("sheet-toggle");
    await lab.id("try-smote").click();
    await lab.settled();
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    assert.ok((await params(lab)).get("sampler"));
    await toggle.click();
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
    await lab.page.keyboard.press("Escape");
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    await lab.close();
  },
};
