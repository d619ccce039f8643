// Opens the instrumented site as readers find it and prints which functions ran: a line for the page, one for the worker.
import { pathToFileURL } from "node:url";

const [folder, e2e] = process.argv.slice(1);
const { chromium } = await import(pathToFileURL(`${e2e}/node_modules/playwright-core/index.mjs`));
const { serve } = await import(pathToFileURL(`${e2e}/server.mjs`));
const site = await serve(folder);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const runs = { page: new Set(), worker: new Set() };
const SMALL = { width: 390, height: 844 };
const LARGE = { width: 1440, height: 900 };
const readers = [
  { viewport: LARGE, colorScheme: "light" },
  { viewport: LARGE, colorScheme: "dark", deviceScaleFactor: 2 },
  { viewport: SMALL, colorScheme: "light", hasTouch: true, isMobile: true, deviceScaleFactor: 3 },
  { viewport: LARGE, colorScheme: "light", isSlow: true },
];
for (const { isSlow, ...reader } of readers) {
  const context = await browser.newContext(reader);
  const page = await context.newPage();
  if (isSlow) {
    // A run that takes long says where it is, and the page says so when it has waited for long.
    await page.route(/worker-[^/]*_loader\.js/, async (route) => {
      const slow = "const now = performance.now.bind(performance); performance.now = () => 100 * now();";
      await new Promise((done) => setTimeout(done, 1500));
      const response = await route.fetch();
      await route.fulfill({ response, body: `${slow}\n${await response.text()}` });
    });
  }
  await page.goto(site.url);
  await page.waitForFunction(() => document.documentElement.dataset.status === "fresh", null, { timeout: 120_000 });
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(2000);
  const note = (kind, numbers) => numbers.forEach((number) => runs[kind].add(number));
  note("page", await page.evaluate(() => globalThis.__runs));
  for (const worker of page.workers()) note("worker", await worker.evaluate(() => globalThis.__runs));
  await context.close();
}
for (const kind of ["page", "worker"]) console.log([kind, ...runs[kind]].join(" "));
await browser.close();
site.close();
