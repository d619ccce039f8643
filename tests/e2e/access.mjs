// Accessibility, by the rules of axe-core: nothing serious, nothing critical, light and dark, large and small.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { DESK, SMALL, openLab } from "./lab.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function audit(lab, where) {
  await lab.page.addScriptTag({ path: axe });
  const violations = await lab.page.evaluate(async () => (await globalThis.axe.run()).violations);
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  const lines = serious.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
  assert.deepEqual(lines, [], where);
}

/** What opens or goes wrong: where it is, and how one gets there. */
const STATES = {
  "examples of harm": ["#/lab?n=300", async (lab) => {
    await lab.id("stage-resample").click();
    await lab.id("hurts").locator("summary").click();
    await lab.id("hurt-0").waitFor();
  }],
  "an example of harm": ["#/lab?data=islands-far&n=600&ratio=24&sampler=smote.k12", async (lab) => {
    await lab.id("stage-resample").click();
    await lab.id("diagnosis").first().waitFor();
  }],
  "types of the rows, and their menu": ["#/lab?n=400&ratio=9&hardness=5", async (lab) => {
    await lab.id("plane-menu").click();
    await lab.id("plane-hardness").waitFor();
  }],
  "a step of a cleaning method": ["#/lab?n=400&ratio=9&sampler=enn&step=30", async () => {}],
  "a chain with its history": ["#/lab?n=400&ratio=9&sampler=smote+tomek", async (lab) => {
    await lab.id("stage-resample").click();
    await lab.pick("RandomUnderSampler");
    await lab.settled();
    await lab.id("applied").waitFor();
  }],
  "unlike units": ["#/lab?data=moons&n=400&units=1000&sampler=smote", async () => {}],
  "a link that was corrected": ["#/lab?data=nonsense&n=abc&ratio=9999&foo=1", async (lab) => {
    await lab.id("notices").locator(".toast").first().waitFor();
  }],
  "drawing": ["#/lab?n=300", (lab) => lab.id("plane-draw").click()],
  "the data": ["#/lab?n=300", async (lab) => {
    await lab.id("stage-data").click();
    await lab.id("source").click();
    await lab.id("sources").waitFor({ state: "visible" });
  }],
  "the dialog for own data": ["#/lab?n=300", async (lab) => {
    await lab.id("open-table").click();
    await lab.id("csv-text").waitFor();
  }],
  "own data with a mistake": ["#/lab?n=300", async (lab) => {
    await lab.id("open-table").click();
    await lab.id("csv-text").fill("a,b,class\n1,2,yes\noops,3,no\n");
    await lab.id("csv-error").waitFor();
  }],
  "own data that can be used": ["#/lab?n=300", async (lab) => {
    await lab.id("open-table").click();
    const row = (_, i) => `${i},${i % 7},${i % 4 ? "no" : "yes"}`;
    await lab.id("csv-text").fill(["a,b,class", ...Array.from({ length: 40 }, row)].join("\n"));
    await lab.id("csv-use").waitFor();
  }],
  "what can be taken along": ["#/lab?n=300", async (lab) => {
    await lab.id("export").click();
    await lab.id("export-csv").waitFor();
  }],
  "the keys": ["#/lab?n=300", (lab) => lab.page.keyboard.press("?")],
  "the link to share": ["#/lab?n=300", (lab) => lab.page.getByRole("button", { name: /^Share/ }).click()],
  "all metrics, against a baseline": ["#/lab?n=300&sampler=smote", async (lab) => {
    await lab.id("pin").click();
    await lab.id("all-metrics").click();
  }],
  "a run that cannot be done": ["#/lab?n=50&ratio=40&sampler=smote.k30", (lab) => lab.id("error").first().waitFor(), "failed"],
};

const opened = Object.fromEntries(
  ["light", "dark"].map((colorScheme) => [
    `nothing serious stands in the way of what opens: ${colorScheme}`,
    async (browser, site) => {
      for (const [state, [hash, open, status]] of Object.entries(STATES)) {
        const lab = await openLab(browser, site, { colorScheme, hash, status, bypassCSP: true });
        await open(lab);
        await audit(lab, `${state}, ${colorScheme}`);
        await lab.close();
      }
    },
  ]),
);

const stages = Object.fromEntries(
  ["light", "dark"].flatMap((colorScheme) =>
    Object.entries({ DESK, SMALL }).map(([size, viewport]) => [
      `nothing serious stands in the way: ${colorScheme}, ${viewport.width} px`,
      async (browser, site) => {
        // The page's own policy would refuse the foreign script.
        const lab = await openLab(browser, site, { colorScheme, viewport, bypassCSP: true });
        for (const stage of ["data", "split", "resample", "model", "decide"]) {
          await lab.id(`stage-${stage}`).click();
          if (stage === "resample") {
            await lab.id("sampler-select").click();
            await lab.id("picker-search").waitFor();
            await audit(lab, `${size}, ${colorScheme}, picker`);
            await lab.page.keyboard.press("Escape");
            await lab.pick("SMOTE");
            await lab.settled();
          }
          await audit(lab, `${size}, ${colorScheme}, ${stage}`);
        }
        await lab.close();
      },
    ]),
  ),
);

export const tests = { ...stages, ...opened };
