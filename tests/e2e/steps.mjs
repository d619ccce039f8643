// Steps made visible: the sentence, the algorithm's present line, the phases, the plane; forwards and backwards.
import assert from "node:assert/strict";
import { SMALL, openLab } from "./lab.mjs";

const SMOTE = "#/lab?n=400&ratio=9&sampler=smote&step=0";
const BORDERLINE = "#/lab?n=400&ratio=9&sampler=borderline&step=0";

/** All that says where the stepper is. The overlay is left out of the picture: the new point travels there. */
async function seen(lab) {
  const marked = lab.page.locator("#step-code li[aria-current]");
  return {
    position: await lab.id("step-position").innerText(),
    sentence: await lab.id("step-sentence").innerText(),
    line: (await marked.count()) > 0 ? await marked.innerText() : null,
    variables: await lab.id("step-variables").innerText(),
    found: await lab.id("step-found").innerText(),
    points: (await lab.picture("plane-points")).hash,
    over: (await lab.picture("plane")).hash,
  };
}

async function press(lab, key, times = 1) {
  for (let i = 0; i < times; i++) await lab.page.keyboard.press(key);
  await lab.settled();
}

export const tests = {
  async "by keyboard: SMOTE forwards and backwards, with its line and its variables"(browser, site) {
    const lab = await openLab(browser, site, { hash: SMOTE });
    const states = [await seen(lab)];
    assert.equal(states[0].line, null, "nothing has been played");
    for (let i = 0; i < 3; i++) {
      await press(lab, "ArrowRight");
      states.push(await seen(lab));
    }
    for (const [i, state] of states.entries()) {
      assert.match(state.position, new RegExp(`^${i} / `));
      if (i > 0) {
        assert.match(state.line, /^add /);
        assert.match(state.variables, /gap = 0\.\d\d/);
        assert.notEqual(state.sentence, states[i - 1].sentence);
        assert.notEqual(state.points, states[i - 1].points, "a new point");
      }
    }
    for (let i = 2; i >= 0; i--) {
      await press(lab, "ArrowLeft");
      assert.deepEqual(await seen(lab), states[i], `back at step ${i}`);
    }
    await lab.close();
  },

  async "by keyboard: Borderline-SMOTE judges, then generates, by point and by phase"(browser, site) {
    const lab = await openLab(browser, site, { hash: BORDERLINE });
    const start = await seen(lab);
    await press(lab, "ArrowRight");
    const judged = await seen(lab);
    assert.match(judged.line, /danger/);
    assert.match(judged.found, /(safe|in danger|noise)\s*1/);
    assert.match(await lab.id("step-phase").innerText(), /Find who is in danger, 1 of 2/);

    await press(lab, "Shift+ArrowRight");
    const all = await seen(lab);
    const total = Number(all.position.split("/")[1]);
    const judgedAll = Number(all.position.split("/")[0]);
    assert.ok(judgedAll > 1 && judgedAll < total, "the phase ends before the end");
    assert.match(await lab.id("step-phase").innerText(), /1 of 2/, "what was played last");
    await press(lab, "ArrowRight");
    const first = await seen(lab);
    assert.match(await lab.id("step-phase").innerText(), /Generate, 2 of 2/);
    assert.match(first.line, /^add /);
    assert.equal(first.found, all.found, "who is in danger stays marked while it generates");
    assert.notEqual(first.points, all.points);

    await press(lab, "ArrowLeft");
    assert.deepEqual(await seen(lab), all);
    await press(lab, "Shift+ArrowLeft");
    assert.deepEqual(await seen(lab), start, "back by phase is the beginning");
    await press(lab, "Shift+ArrowRight", 2);
    assert.match(await lab.id("step-position").innerText(), new RegExp(`^${total} /`));

    await lab.id("stride-phase").click();
    await lab.id("step-back").click();
    assert.equal(await lab.id("step-position").innerText(), all.position, "the buttons go by phase, too");
    await lab.close();
  },

  async "a play by phase rests where a phase ends"(browser, site) {
    const lab = await openLab(browser, site, { hash: BORDERLINE });
    await lab.id("stride-phase").click();
    await lab.id("step-play").click();
    const position = () => lab.id("step-position").innerText();
    const rest = await lab.changed(position, await position());
    assert.match(await lab.id("step-phase").innerText(), /1 of 2/);
    assert.equal(await lab.id("step-ticks").locator("i").count(), 1, "one tick, between the two phases");
    const end = await lab.changed(position, rest);
    const [at, total] = end.split("/").map(Number);
    assert.equal(at, total);
    await lab.close();
  },

  async "the algorithm can be folded, and stays folded"(browser, site) {
    const lab = await openLab(browser, site, { hash: SMOTE });
    assert.equal(await lab.id("step-code").count(), 1, "there is room for it on a desk");
    await lab.id("step-fold").click();
    assert.equal(await lab.id("step-code").count(), 0);
    await lab.page.reload();
    await lab.settled();
    assert.equal(await lab.id("step-code").count(), 0);
    await lab.id("step-fold").click();
    assert.equal(await lab.id("step-code").count(), 1);
    await lab.close();
    const phone = await openLab(browser, site, { hash: SMOTE, viewport: SMALL });
    assert.equal(await phone.id("step-code").count(), 0, "on a phone it waits until it is asked for");
    await phone.id("step-fold").click();
    assert.equal(await phone.id("step-code").count(), 1);
    await phone.close();
  },

  async "stepping does not move the plane"(browser, site) {
    for (const viewport of [undefined, { width: 1024, height: 768 }]) {
      const lab = await openLab(browser, site, { hash: `${BORDERLINE}`, ...(viewport && { viewport }) });
      const height = async () => (await lab.id("plane").boundingBox()).height;
      const before = await height();
      for (const key of ["ArrowRight", "Shift+ArrowRight", "ArrowRight"]) {
        await press(lab, key);
        assert.equal(await height(), before, `after ${key}`);
      }
      await lab.close();
    }
  },

  async "a synthetic point leads to the step that made it"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=smote" });
    const card = lab.id("plane-card");
    const box = await lab.id("plane").boundingBox();
    const pointed = async () => ((await card.count()) > 0 ? card.innerText() : "");
    let place = null;
    for (let y = 0.2; y < 0.95 && !place; y += 0.05) {
      for (let x = 0.2; x < 0.95 && !place; x += 0.02) {
        const here = [box.x + x * box.width, box.y + y * box.height];
        await lab.page.mouse.move(...here);
        if (/^Synthetic/.test(await pointed())) place = here;
      }
    }
    assert.ok(place, "no synthetic point under the pointer");
    await lab.page.mouse.click(...place);
    const text = await card.innerText();
    const step = /on the way from #\d+ to minority point #\d+, gap = 0\.\d\d, made by SMOTE in step (\d+) of \d+/.exec(text);
    assert.ok(step, text);
    // The card stays while the pointer goes to it.
    await lab.id("to-step-made").click();
    await lab.settled();
    assert.match(await lab.id("step-position").innerText(), new RegExp(`^${step[1]} /`));
    assert.match(await card.innerText(), /^Synthetic/, "the point is still pointed at");
    await lab.id("step-last").click();
    await lab.id("plane").focus();
    await lab.page.mouse.click(...place);
    assert.match(await card.innerText(), /^Synthetic/);
    await press(lab, "Enter");
    assert.match(await lab.id("step-position").innerText(), /^[1-9]\d* \/ /, "by keyboard, too");
    await lab.close();
  },
};
