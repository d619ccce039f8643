// What stands in the left panel and over the plane besides the usual dials: examples of harm, the types of the rows, the
// restriction to types, hidden columns and unlike units.
import assert from "node:assert/strict";
import { openLab } from "./lab.mjs";

const focused = (lab) => lab.page.evaluate(() => document.activeElement.dataset.testid);
const diagnoses = (lab) => lab.id("diagnosis").allInnerTexts();

/** What each example has to say, in the order of the list. */
const HARM = [
  /islands.* bridges over/,
  /start from the \d+ minority points that have no other.* amplified/,
  /start from the \d+ minority points that have no other.* amplified/,
  /lie where the majority is the more likely class/,
  /hardly ever comes there/,
  /no longer matter/,
  /nothing is scaled/,
  /hidden columns decide who is near/,
  /need at least 6 minority rows, there are 4; lower k_neighbors to 3/,
];

/** Where it is said: the last example cannot be run. */
const place = (at) => (at === HARM.length - 1 ? "error" : "diagnosis");

/** Whether all of an element can be seen in the panel. */
const inPanel = (lab, testid) =>
  lab.id(testid).first().evaluate((element) => {
    const [panel, box] = [document.querySelector("[data-testid=panel]"), element].map((e) => e.getBoundingClientRect());
    return box.top >= panel.top && box.bottom <= panel.bottom;
  });

export const tests = {
  async "every example of harm opens by keyboard and says what is wrong, in sight"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=300&ratio=5" });
    const { keyboard } = lab.page;
    await lab.id("stage-resample").click();
    const start = await lab.hash();
    assert.deepEqual(await diagnoses(lab), []);
    await lab.id("hurts").locator("summary").focus();
    assert.equal(await lab.id("hurts").locator("button:visible").count(), 0, "the list is folded");
    const said = new Set();
    for (const [at, wanted] of HARM.entries()) {
      const before = await lab.hash();
      await keyboard.press("Enter");
      assert.equal(await lab.id("hurts").locator("button:visible").count(), HARM.length);
      for (let presses = 0; presses <= at; presses++) await keyboard.press("Tab");
      assert.equal(await focused(lab), `hurt-${at}`);
      await keyboard.press("Enter");
      await lab.page.waitForFunction((hash) => location.hash !== hash, before);
      await lab.settled(place(at) === "error" ? "failed" : "fresh");
      await lab.id(place(at)).first().waitFor();
      const texts = await lab.id(place(at)).allInnerTexts();
      assert.ok(texts.some((text) => wanted.test(text) && /\d/.test(text)), `example ${at}: ${texts}`);
      if (place(at) === "diagnosis") assert.match(texts[0], /Here it hurts/);
      assert.ok(await inPanel(lab, place(at)), `the diagnosis of example ${at} is out of sight`);
      assert.equal(await lab.id("hurts").getAttribute("open"), null, "the list folds itself");
      assert.equal(await lab.page.evaluate(() => document.activeElement.tagName), "SUMMARY", "the focus stays");
      said.add(texts.join());
    }
    assert.equal(said.size, HARM.length, "no two examples say the same");
    for (let undone = 0; undone < HARM.length; undone++) await keyboard.press("Control+z");
    await lab.settled();
    assert.equal(await lab.hash(), start);
    assert.deepEqual(await diagnoses(lab), []);
    await lab.close();
  },

  async "the types of the rows: by mouse and keyboard, counted, in the link, undone"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9" });
    const { keyboard } = lab.page;
    const counts = async () => {
      const texts = await Promise.all(
        ["safe", "borderline", "rare", "outlier"].map((name) => lab.id(`hardness-${name}`).innerText()),
      );
      return texts.map((text) => Number(text.match(/\d+/)[0]));
    };
    const bare = await lab.picture("plane-points");
    await lab.id("plane-menu").click();
    await lab.id("plane-hardness").click();
    await lab.id("hardness-k").waitFor();
    await keyboard.press("Escape");
    await lab.settled();
    assert.match(await lab.hash(), /hardness=5(&|$)/);
    assert.notEqual((await lab.picture("plane-points")).hash, bare.hash, "the points are marked");
    const of_five = await counts();
    const minority = Number(await lab.id("count-minority").innerText());
    assert.equal(of_five.reduce((a, b) => a + b), minority, "every minority point has one type");

    await lab.id("hardness-k").focus();
    for (let presses = 0; presses < 6; presses++) await keyboard.press("ArrowRight");
    await lab.page.waitForFunction(() => /hardness=11(&|$)/.test(location.hash));
    await lab.settled();
    const of_eleven = await lab.changed(counts, of_five);
    assert.equal(of_eleven.reduce((a, b) => a + b), minority);
    await lab.id("undo").click();
    await lab.changed(counts, of_eleven);
    await keyboard.press("Control+Shift+z");
    await lab.changed(counts, of_five);
    assert.deepEqual(await counts(), of_eleven);

    // Off again, by keyboard.
    await lab.id("plane-menu").focus();
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    assert.equal(await focused(lab), "plane-hardness");
    assert.equal(await lab.id("plane-hardness").getAttribute("aria-pressed"), "true");
    await keyboard.press("Enter");
    await lab.id("hardness-k").waitFor({ state: "detached" });
    await keyboard.press("Escape");
    assert.equal(await focused(lab), "plane-menu", "Escape gives the focus back");
    assert.doesNotMatch(await lab.hash(), /hardness/);
    const again = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&hardness=11" });
    const from_link = await Promise.all(
      ["safe", "borderline", "rare", "outlier"].map((name) => again.id(`hardness-${name}`).innerText()),
    );
    assert.deepEqual(from_link.map((text) => Number(text.match(/\d+/)[0])), of_eleven, "a link shows the same");
    await again.close();
    await lab.close();
  },

  async "SMOTE can be made to start from some types of rows only"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=600&ratio=9&sampler=smote" });
    await lab.id("stage-resample").click();
    const [all, link] = [(await lab.picture("plane-points")).hash, await lab.hash()];
    await lab.id("only-borderline-1").focus();
    await lab.page.keyboard.press("Space");
    await lab.changed(() => lab.hash(), link);
    const [some, restricted] = [(await lab.picture("plane-points")).hash, await lab.hash()];
    assert.notEqual(some, all, "the new points begin elsewhere");
    assert.match(restricted, /sampler=smote[^&]*borderline/);
    assert.match(await lab.id("stage-resample").innerText(), /SMOTE, k = 5, borderline only/);
    const told = /Only the borderline minority points \(\d+ of \d+\) take part, by their 5 nearest neighbours\./;
    assert.match(await lab.id("explain").innerText(), told);
    const by = lab.id("only-k-1");
    assert.equal(await by.inputValue(), "5");
    await by.fill("9");
    await by.press("Enter");
    await lab.changed(() => lab.hash(), restricted);
    assert.match(await lab.hash(), /sampler=smote[^&]*borderline\.t9/);
    await lab.page.getByText("A point's type follows from its 9 nearest neighbours.").waitFor();
    const by_nine = await lab.hash();
    await by.fill("5000");
    await by.press("Enter");
    // With so many neighbours too few rows are of the type: only the link is looked at.
    await lab.page.waitForFunction(() => /borderline\.t50/.test(location.hash));
    const by_fifty = await lab.hash();
    await by.fill("5");
    await by.press("Enter");
    await lab.changed(() => lab.hash(), by_fifty);
    assert.equal(await lab.hash(), restricted);
    await lab.id("only-rare-1").click();
    await lab.changed(() => lab.hash(), restricted);
    assert.match(await lab.hash(), /borderline[^&]*rare/);
    await lab.id("only-rare-1").click();
    await lab.id("only-borderline-1").click();
    await lab.page.waitForFunction((wanted) => location.hash === wanted, link);
    await lab.settled();
    assert.equal((await lab.picture("plane-points")).hash, all, "none ticked is all");
    await lab.id("undo").click();
    await lab.page.waitForFunction((wanted) => location.hash === wanted, restricted);
    await lab.settled();
    assert.ok(await lab.id("only-borderline-1").isChecked());
    assert.equal((await lab.picture("plane-points")).hash, some);
    await lab.close();
  },

  async "each class can have its own shrinkage: by keyboard, in the link, undone"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=over.h0.5" });
    const { keyboard } = lab.page;
    await lab.id("stage-resample").click();
    const one = (await lab.picture("plane-points")).hash;
    await lab.id("shrinkage-by-class").focus();
    await keyboard.press("Space");
    await lab.page.waitForFunction(() => /sampler=over\.h0-0\.5\.h1-0\.5(&|$)/.test(location.hash));
    await lab.settled();
    assert.equal((await lab.picture("plane-points")).hash, one, "the same for both is the same as one for all");

    await lab.id("by-class-1").focus();
    for (let press = 0; press < 5; press++) await keyboard.press("ArrowRight");
    await lab.settled();
    assert.match(await lab.hash(), /sampler=over\.h0-0\.5\.h1-(0\.[6-9]|[1-9])/);
    const wide = (await lab.picture("plane-points")).hash;
    assert.notEqual(wide, one, "minority copies lie farther off");
    await lab.id("by-class-0").focus();
    await keyboard.press("End");
    await lab.settled();
    assert.equal((await lab.picture("plane-points")).hash, wide, "no majority row is copied, so nothing moves");

    // The switch and six keys.
    for (let undone = 0; undone < 7; undone++) await keyboard.press("Control+z");
    await lab.page.waitForFunction(() => /sampler=over\.h0\.5(&|$)/.test(location.hash));
    await lab.settled();
    assert.equal((await lab.picture("plane-points")).hash, one);
    await lab.close();
  },

  async "two steps of a chain do not share a choice or a label"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?n=400&ratio=9&sampler=tomek+enn" });
    await lab.id("stage-resample").click();
    const chosen = async () => [await lab.id("strategy-1").inputValue(), await lab.id("strategy-2").inputValue()];
    assert.deepEqual(await chosen(), ["auto", "auto"]);
    await lab.id("strategy-2").selectOption("all");
    await lab.page.waitForFunction(() => /sampler=tomek\+enn\.all(&|$)/.test(location.hash));
    await lab.settled();
    assert.deepEqual(await chosen(), ["auto", "all"]);
    const twice = await lab.page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      return ids.filter((id, i) => ids.indexOf(id) !== i);
    });
    assert.deepEqual(twice, [], "no two elements have one id");
    await lab.close();
  },

  async "hidden columns and unlike units change who is near, and the axes say what they do"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?data=moons&n=500&ratio=9&sampler=smote" });
    const type = async (id, number) => {
      const before = await lab.hash();
      await lab.id(`${id}-number`).fill(String(number));
      await lab.id(`${id}-number`).press("Enter");
      await lab.changed(() => lab.hash(), before);
    };
    const alternative = () => lab.id("plane").getAttribute("aria-label");
    const start = await lab.hash();
    const plain = (await lab.picture("plane-points")).hash;
    assert.doesNotMatch(await alternative(), /same scale/);

    await type("hidden", 60);
    assert.match(await lab.hash(), /hidden=60(&|$)/);
    assert.match(await lab.id("explain").innerText(), /60 hidden columns/);
    assert.notEqual((await lab.picture("plane-points")).hash, plain, "neighbours are picked by other columns");
    await lab.id("undo").click();
    await lab.page.waitForFunction((wanted) => location.hash === wanted, start);
    await lab.settled();
    assert.equal((await lab.picture("plane-points")).hash, plain);

    await type("units", 1000);
    assert.match(await lab.hash(), /units=1000(&|$)/);
    // Words that nobody sees follow when the dial has come to rest.
    await lab.page.waitForFunction(
      (words) => document.querySelector("[data-testid=plane]").ariaLabel.includes(words),
      "not to the same scale",
    );
    // The cloud fills both ways: it is no stripe.
    const columns = await lab.id("plane-points").evaluate((canvas) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
      copy.drawImage(canvas, 0, 0);
      const { data, width } = copy.getImageData(0, 0, canvas.width, canvas.height);
      const used = new Set();
      for (let i = 3; i < data.length; i += 4) if (data[i] > 0) used.add(((i - 3) / 4) % width);
      return used.size / width;
    });
    assert.ok(columns > 0.5, `points in ${Math.round(100 * columns)} % of the columns`);
    await lab.id("stage-resample").click();
    assert.match((await diagnoses(lab)).join(), /nothing is scaled/);
    await lab.id("stage-split").click();
    await lab.id("scale").click();
    await lab.page.waitForFunction(() => /scale=on/.test(location.hash));
    await lab.settled();
    await lab.id("stage-resample").click();
    assert.doesNotMatch((await diagnoses(lab)).join(), /nothing is scaled/);
    await lab.close();
  },
};
