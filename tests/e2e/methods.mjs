// Every method of the picker by keyboard: found, applied, played forwards and backwards by step and by phase, undone; and
// the variants that only a link or the panel chooses.
import assert from "node:assert/strict";
import { openLab } from "./lab.mjs";

/** Data on which every method has something to do: a minority in two places, and some of it among the majority. */
const DATA = "#/lab?data=islands&n=400&ratio=9&seed=3";

/** Phases that are played one by one; repeated editing has a pair for every pass. */
const MOST_STOPS = 12;

/** Variants of methods, as links write them, with words of their first step. */
const VARIANTS = [
  ["nearmiss.v2", "farthest"],
  ["nearmiss.v3", "short list"],
  ["borderline.b2", "danger|nearest points"],
  ["centroids.hard", "centre"],
];

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

/** "1,024 / 2,048" in numbers: where the stepper is, and how many steps there are. */
const at = (state) => Number(state.position.split("/")[0].replace(/\D/g, ""));
const total = (state) => Number(state.position.split("/")[1].replace(/\D/g, ""));

/** Asserts that a step has its sentence with numbers and its line, and stands at `position`. */
function assertTold(state, position, name) {
  assert.equal(at(state), position, name);
  assert.match(state.sentence, /\d/, `${name} tells no number: ${state.sentence}`);
  assert.equal(state.line.length, 1, `${name} stands at no line of its algorithm`);
}

async function press(lab, key) {
  await lab.page.keyboard.press(key);
  await lab.settled();
}

/** Plays the first steps forwards and backwards, then all phases to the end and back to the start. */
async function play(lab, name) {
  await press(lab, "Home");
  const states = [await seen(lab)];
  const all = total(states[0]);
  const steps = Math.min(2, all);
  assert.ok(steps > 0, `${name} has no step to show`);
  for (let i = 1; i <= steps; i++) {
    await press(lab, "ArrowRight");
    states.push(await seen(lab));
    assertTold(states[i], i, name);
  }
  for (let i = steps - 1; i >= 0; i--) {
    await press(lab, "ArrowLeft");
    assert.deepEqual(await seen(lab), states[i], `${name}, back at step ${i}`);
  }
  // A phase ends where the next begins, so that the way back stops at the same places.
  const stops = [states[0]];
  while (at(stops.at(-1)) < all) {
    await press(lab, "Shift+ArrowRight");
    stops.push(await seen(lab));
    assert.ok(at(stops.at(-1)) > at(stops.at(-2)), `${name} stands still at ${stops.at(-1).position}`);
    assertTold(stops.at(-1), at(stops.at(-1)), name);
    if (stops.length > MOST_STOPS) {
      await press(lab, "End");
      stops.push(await seen(lab));
      assertTold(stops.at(-1), all, name);
      await press(lab, "Home");
      assert.deepEqual(await seen(lab), states[0], `${name}, back at the start`);
      return;
    }
  }
  for (let i = stops.length - 2; i >= 0; i--) {
    await press(lab, "Shift+ArrowLeft");
    assert.deepEqual(await seen(lab), stops[i], `${name}, back at ${stops[i].position}`);
  }
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
      await play(lab, name);
      await keyboard.press("Control+z");
      await lab.page.waitForFunction((hash) => location.hash === hash, bare).catch(async () => {
        assert.fail(`${name} cannot be undone: ${await lab.hash()}`);
      });
      await lab.settled();
    }
    await lab.close();
  },

  async "variants by link are played to the last phase and back"(browser, site) {
    for (const [variant, words] of VARIANTS) {
      const lab = await openLab(browser, site, { hash: `${DATA}&sampler=${variant}` });
      await press(lab, "Home");
      await press(lab, "ArrowRight");
      assert.match((await seen(lab)).sentence, new RegExp(words), variant);
      await play(lab, variant);
      await lab.close();
    }
  },
};
