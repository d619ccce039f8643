// Takes the pictures of README: three sizes, light and dark.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { dist, launch, openLab } from "./lab.mjs";
import { serve } from "./server.mjs";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
// SMOTE on two moons, against the plain run as the baseline.
const PLAIN = "data=make_moons&n=640&ratio=15&degree=3";
const HASH = `#/lab?${PLAIN}&sampler=smote&step=12&pin=${encodeURIComponent(PLAIN)}`;

const folder = join(dist, "../assets/screenshots");
mkdirSync(folder, { recursive: true });
const site = await serve(dist);
const browser = await launch();
for (const viewport of SIZES) {
  for (const colorScheme of ["light", "dark"]) {
    const lab = await openLab(browser, site.url, { hash: process.argv[2] ?? HASH, viewport, colorScheme });
    await lab.id("stage-resample").click();
    await lab.settled();
    // On a small screen the controls lie over the plane.
    const toggle = lab.id("sheet-toggle");
    if (await toggle.isVisible()) await toggle.click();
    const name = `lab-${viewport.width}-${colorScheme}.png`;
    await lab.page.screenshot({ path: join(folder, name) });
    console.log(`assets/screenshots/${name}`);
    await lab.close();
  }
}
await browser.close();
site.close();
