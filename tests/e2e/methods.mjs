// Every method of the picker by keyboard: found, applied, played forwards and backwards, undone.
import assert from "node:assert/strict";
import { openLab } from "./lab.mjs";

/** Data on which every method has something to do: a minority in two places, and some of it among the majority. */
const DATA = "#/lab?data=islands&n=400&ratio=9&seed=3";

const rows = (lab) =>
  lab.page.locator("[data-testid=picker] [role=option]").evaluateAll((all) => all.map((row) => row.dataset.testid));

/** All that says where the stepper is. The overlay is left out of the picture: the new point travels there. */
async function seen(lab) {
  return {
    position: await lab.id("step-position").innerText(),
    sentence: await lab.id("step-sentence").innerText(),
    code: await lab.id("step-code").innerText(),
    line: await lab.page.locator("#step-code li[aria-current]").allInnerTexts(),
    variables: await lab.id("step-variables").innerText(),
    points: (await lab.picture("plane-points")).hash,
  };
}

/** Finds a method by typing its name, applies it, and waits for the result. */
async function apply(lab, name) {
  await lab.id("sampler-select").focus();
  await lab.page.keyboard.press("Enter");
  await lab.page.waitForFunction(() => document.activeElement.dataset.testid === "picker-search");
  await lab.page.keyboard.type(name);
  await lab.page.waitForFunction(
    (wanted) => document.querySelector("[data-testid=picker] [aria-selected=true]")?.dataset.testid === wanted,
    `pick-${name}`,
  );
  await lab.page.keyboard.press("Enter");
  await lab.id("picker").waitFor({ state: "hidden" });
  await lab.settled();
}

export const tests = {
  async "by keyboard: each method is applied, played forwards and backwards, and undone"(browser, site) {
    const lab = await openLab(browser, site, { hash: DATA });
    const { keyboard } = lab.page;
    await lab.id("stage-resample").click();
    await lab.id("sampler-select").click();
    await lab.id("picker-search").waitFor();
    const names = (await rows(lab)).map((row) => row.replace("pick-", "")).filter((name) => name !== "none");
    await keyboard.press("Escape");
    assert.ok(names.length >= 20, `${names}`);
    const bare = await lab.hash();
    for (const name of names) {
      await apply(lab, name);
      assert.match(await lab.hash(), /[?&]sampler=/, name);
      const total = (position) => Number(position.split("/")[1].replace(/\D/g, ""));
      await keyboard.press("Home");
      const states = [await seen(lab)];
      const steps = Math.min(2, total(states[0].position));
      assert.ok(steps > 0, `${name} has no step to show`);
      for (let i = 1; i <= steps; i++) {
        await keyboard.press("ArrowRight");
        await lab.settled();
        states.push(await seen(lab));
        assert.match(states[i].position, new RegExp(`^${i} / `), name);
        assert.match(states[i].sentence, /\d/, `${name} tells no number: ${states[i].sentence}`);
        assert.equal(states[i].line.length, 1, `${name} stands at no line of its algorithm`);
      }
      for (let i = steps - 1; i >= 0; i--) {
        await keyboard.press("ArrowLeft");
        await lab.settled();
        assert.deepEqual(await seen(lab), states[i], `${name}, back at step ${i}`);
      }
      await keyboard.press("Control+z");
      await lab.page.waitForFunction((hash) => location.hash === hash, bare).catch(async () => {
        assert.fail(`${name} cannot be undone: ${await lab.hash()}`);
      });
      await lab.settled();
    }
    await lab.close();
  },
};
