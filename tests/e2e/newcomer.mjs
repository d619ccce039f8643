// The newcomer's path, by mouse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openLab } from "./lab.mjs";

const sum = ({ tn, fp, fn, tp }) => tn + fp + fn + tp;

export const tests = {
  async "the first paint makes the point: high accuracy, recall near zero"(browser, site) {
    const lab = await openLab(browser, site);
    const accuracy = await lab.metric("accuracy_score");
    assert.ok(accuracy > 0.93 && accuracy < 0.98, `accuracy ${accuracy}`);
    assert.ok((await lab.metric("recall_score")) < 0.25);
    const { tn, fp, fn, tp } = await lab.confusion();
    assert.ok(fn > tp && tn > fn + tp + fp);
    assert.ok((await lab.picture("plane-points")).colours > 20, "the plane shows points");
    await lab.close();
  },

  async "by mouse: SMOTE, its steps, Tomek links, class weights, threshold, baseline, export"(browser, site) {
    const lab = await openLab(browser, site);
    const confusion = () => lab.confusion();
    const first = await confusion();
    const nTest = sum(first);

    await lab.id("stage-resample").click();
    await lab.pick("SMOTE");
    const smote = await lab.changed(confusion, first);
    assert.ok(smote.tp > first.tp, "SMOTE finds more of the minority");
    assert.equal(sum(smote), nTest, "the test set is untouched");

    // The stepper, forwards and backwards, with real numbers in its sentence.
    const sentence = () => lab.id("step-sentence").innerText();
    const end = await lab.picture("plane-points");
    await lab.id("step-first").click();
    await lab.settled();
    const start = await lab.picture("plane-points");
    assert.notEqual(start.hash, end.hash, "the first step shows other points than the last");
    await lab.id("step-forward").click();
    const one = await sentence();
    await lab.id("step-forward").click();
    await lab.settled();
    const two = await sentence();
    assert.match(one, /\d/);
    assert.notEqual(one, two);
    await lab.id("step-back").click();
    await lab.settled();
    assert.equal(await sentence(), one, "back is the same step again");
    await lab.id("step-last").click();
    await lab.settled();
    assert.equal((await lab.picture("plane-points")).hash, end.hash, "the last step is the result");

    await lab.pick("TomekLinks", "add-step");
    await lab.settled();
    assert.match(await lab.hash(), /smote[^&]*tomek/);

    await lab.id("stage-model").click();
    const before = await confusion();
    await lab.id("class_weight-balanced").check({ force: true });
    await lab.settled();
    assert.match(await lab.hash(), /balanced/);
    await lab.id("undo").click();
    await lab.settled();
    assert.deepEqual(await confusion(), before, "undo brings the numbers back");

    // The baseline, then the threshold: deltas appear and every view follows.
    await lab.id("pin").click();
    await lab.settled();
    const charts = ["figure-scores", "figure-pr", "figure-roc", lab.page.locator(".plane-picture")];
    const pictures = async () => Promise.all(charts.map(async (chart) => (await lab.picture(chart)).hash));
    const drawn = await pictures();
    const deltas = () => lab.page.locator(".tile em").allInnerTexts();
    await lab.id("stage-decide").click();
    const slider = lab.id("threshold").first();
    const box = await slider.boundingBox();
    await lab.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await lab.page.mouse.down();
    await lab.page.mouse.move(box.x + box.width * 0.85, box.y + box.height / 2, { steps: 12 });
    await lab.page.mouse.up();
    const strict = await lab.changed(confusion, before);
    assert.ok(strict.tp + strict.fp < before.tp + before.fp, "a higher threshold calls fewer positive");
    assert.equal(sum(strict), nTest);
    (await pictures()).forEach((hash, i) => assert.notEqual(hash, drawn[i], `${charts[i]} does not follow the threshold`));
    assert.ok((await deltas()).filter((delta) => /[−+]/.test(delta)).length >= 5, `${await deltas()}`);
    assert.match(await lab.id("result-sentence").innerText(), /\d/);

    await lab.id("export").click();
    const [download] = await Promise.all([
      lab.page.waitForEvent("download"),
      lab.id("export-python").click(),
    ]);
    const script = readFileSync(await download.path(), "utf8");
    assert.match(script, /from imblearn/);
    assert.match(script, /SMOTE\(/);
    assert.match(download.suggestedFilename(), /\.py$/);
    await lab.close();
  },

  async "a link opens exactly what was shared"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?data=moons&n=600&ratio=9&seed=7&sampler=smote&threshold=0.31" });
    const [hash, confusion, recall] = [await lab.hash(), await lab.confusion(), await lab.metric("recall_score")];
    const plane = await lab.picture("plane-points");
    await lab.close();
    const again = await openLab(browser, site, { hash });
    assert.deepEqual(await again.confusion(), confusion);
    assert.equal(await again.metric("recall_score"), recall);
    assert.equal((await again.picture("plane-points")).hash, plane.hash);
    await again.close();
  },

  async "Back and Forward and a pasted link all work"(browser, site) {
    const lab = await openLab(browser, site);
    const confusion = () => lab.confusion();
    const first = await confusion();
    await lab.id("stage-resample").click();
    await lab.pick("SMOTE");
    const smote = await lab.changed(confusion, first);
    await lab.page.goBack();
    await lab.changed(confusion, smote);
    assert.deepEqual(await confusion(), first);
    await lab.page.goForward();
    await lab.changed(confusion, first);
    assert.deepEqual(await confusion(), smote);
    await lab.page.evaluate(() => (location.hash = "#/lab?seed=3&n=400"));
    const pasted = await lab.changed(confusion, smote);
    assert.ok(sum(pasted) < sum(smote));
    await lab.close();
  },
};
