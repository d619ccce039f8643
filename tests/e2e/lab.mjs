// The lab as a test sees it: opens it, waits for it, reads it; and notes everything that must not happen.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const dist = join(here, "../../dist");
export const SMALL = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };

/** How long a result may take; tests end as soon as it is there. */
const PATIENCE = 30_000;

export async function launch() {
  const named = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"];
  const executablePath = named.find((path) => path && existsSync(path));
  assert.ok(executablePath, "no Chromium: name it in CHROMIUM");
  assert.ok(existsSync(join(dist, "index.html")), "no built site: run cargo xtask dist first");
  const quiet = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args: ["--no-sandbox", ...quiet] });
}

/**
 * Opens the lab in a fresh profile. `close()` fails when anything happened that must not. With `before`, a function that
 * gets the page before it loads anything, nobody touches the page and nothing is waited for.
 */
export async function openLab(browser, site, { hash = "", status = "fresh", expectErrors = false, before, ...options } = {}) {
  const context = await browser.newContext({ viewport: DESK, acceptDownloads: true, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(site).origin });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const wrong = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`uncaught: ${error.message}`));
  page.on("crash", () => wrong.push("the page crashed"));
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    const own = ["data:", "blob:"].includes(protocol) || host === new URL(site).host;
    if (!own) wrong.push(`request to another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} for ${response.url()}`);
  });
  const lab = new Lab(page, wrong);
  if (before) {
    // Whoever looks at the very beginning looks at a page that nobody has touched.
    await before(page);
    await page.goto(site + hash);
  } else {
    await page.goto(site + hash);
    if (!expectErrors) await lab.settled(status);
    await lab.touched();
  }
  return Object.assign(lab, {
    async close() {
      await context.close();
      assert.deepEqual(wrong, [], "the page must stay silent and on its own host");
    },
  });
}

class Lab {
  constructor(page, wrong) {
    this.page = page;
    this.wrong = wrong;
  }

  id(testid) {
    return this.page.getByTestId(testid);
  }

  /**
   * A hand moves before it clicks: at its first movement the page loads what the first picture did without. A movement
   * over a page that does not stand yet moves nobody, so it goes on until somebody sees it.
   */
  async touched() {
    const start = Date.now();
    const stands = () => document.querySelector("main") !== null && document.documentElement.dataset.half === undefined;
    for (let move = 0; !(await this.page.evaluate(stands)); move++) {
      assert.ok(Date.now() - start < PATIENCE, "the second half of the page does not come");
      await this.page.mouse.move(3 + (move % 2), 3);
      await this.page.waitForTimeout(20);
    }
  }

  /** Waits until both halves of the page are there. */
  whole() {
    return this.page.waitForFunction(() => document.documentElement.dataset.half === undefined);
  }

  status() {
    return this.page.evaluate(() => document.documentElement.dataset.status);
  }

  /** Waits until the results belong to what the controls say. */
  async settled(status = "fresh") {
    await this.page.waitForFunction(
      (wanted) => document.documentElement.dataset.status === wanted,
      status,
      { timeout: PATIENCE },
    );
    // One frame more, so that what is drawn belongs to it, too.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Waits until `read` gives something else than `before`, and then until the lab has settled. */
  async changed(read, before) {
    const start = Date.now();
    while (JSON.stringify(await read()) === JSON.stringify(before)) {
      assert.ok(Date.now() - start < PATIENCE, `still ${JSON.stringify(before)}`);
      await this.page.waitForTimeout(20);
    }
    await this.settled();
    return read();
  }

  /** Picks a method (by its class name) for the step of the button. */
  async pick(method, button = "sampler-select") {
    await this.id(button).click();
    await this.id(`pick-${method}`).click();
    await this.id("picker").waitFor({ state: "hidden" });
  }

  /** Counts of the confusion matrix: { tn, fp, fn, tp }. */
  async confusion() {
    const counts = {};
    for (const cell of ["tn", "fp", "fn", "tp"]) {
      counts[cell] = number(await this.id(`cm-${cell}`).innerText());
    }
    return counts;
  }

  /** The value of a metric tile. */
  async metric(id) {
    return number(await this.id(`metric-${id}`).innerText());
  }

  /**
   * A short name for what a canvas shows (or the canvases in an element), once it shows something and has stopped
   * changing; the element by its test id or by a locator.
   */
  async picture(testid) {
    let before = await this.pictureNow(testid);
    for (let look = 0; look < 60; look++) {
      await this.page.waitForTimeout(50);
      const now = await this.pictureNow(testid);
      if (now.hash === before.hash && now.colours > 1) return now;
      before = now;
    }
    return before;
  }

  async pictureNow(testid) {
    const place = typeof testid === "string" ? this.id(testid) : testid;
    return place.evaluate((element) => {
      const canvases = element.matches("canvas") ? [element] : [...element.querySelectorAll("canvas")];
      let hash = 0;
      const colours = new Set();
      for (const canvas of canvases) {
        // Read from a copy: reading from the page's own canvas changes how the browser keeps it.
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        const pixels = new Uint32Array(data.buffer);
        for (let i = 0; i < pixels.length; i++) hash = (Math.imul(hash, 31) + pixels[i]) | 0;
        for (let i = 0; i < pixels.length && colours.size < 50; i += 7) colours.add(pixels[i]);
      }
      return { canvases: canvases.length, colours: colours.size, hash };
    });
  }

  hash() {
    return this.page.evaluate(() => location.hash);
  }
}

/** The first number in a text: ".95", "0.95", "1,234", "−0.2". */
export function number(text) {
  const found = text.replace(/(\d)[,\u202f\u2009](?=\d{3})/g, "$1").match(/[-−]?(?:\d+(?:\.\d+)?|\.\d+)/);
  assert.ok(found, `no number in ${JSON.stringify(text)}`);
  return Number(found[0].replace("−", "-"));
}
