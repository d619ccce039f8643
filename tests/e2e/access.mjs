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

export const tests = Object.fromEntries(
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
