// How long the page takes from an input to the frame that shows its result, measured inside the page.
import { openLab } from "../tests/e2e/lab.mjs";

const WARM_UP = 5;
const MOVES = 60;

/**
 * Runs in the page before anything else. Every input event is timed from the moment it reaches the page to the moment
 * after the frame is painted in which the lab was "fresh" again.
 */
function watch() {
  const bench = { times: [], pending: 0, waiting: [] };
  // Whether more than `n` moves were painted and none is under way, as soon as that is so, or else after three seconds.
  // Nobody asks again and again meanwhile: that would take the page's time.
  bench.painted = (n) =>
    new Promise((resolve) => {
      const are = () => bench.times.length > n && bench.pending === 0;
      bench.waiting.push(() => are() && resolve(true));
      setTimeout(() => resolve(are()), 3_000);
    });
  globalThis.bench = bench;
  const fresh = () => document.documentElement.dataset.status === "fresh";
  // A message posted in an animation frame arrives after that frame has been painted.
  const afterPaint = (done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage(null);
    });
  addEventListener(
    "input",
    () => {
      const start = performance.now();
      const record = (end) => {
        bench.times.push(end - start);
        bench.pending -= 1;
        bench.waiting.forEach((look) => look());
      };
      bench.pending += 1;
      // By the end of this frame the page's own handlers and effects have said whether there is something to compute;
      // if not, this frame already shows the result.
      afterPaint((end) => (fresh() ? record(end) : observe(() => afterPaint(record))));
    },
    { capture: true },
  );
  function observe(done) {
    const observer = new MutationObserver(() => {
      if (fresh()) {
        observer.disconnect();
        done();
      }
    });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-status"] });
  }
}

/** Times of a mouse drag on a slider, one move at a time. */
export async function dragLatency(browser, url, stage, slider) {
  const [site, hash] = url.split("#");
  const lab = await openLab(browser, site, { hash: `#${hash}` });
  await lab.page.evaluate(`(${watch})()`);
  await lab.id(`stage-${stage}`).click();
  const box = await lab.id(slider).first().boundingBox();
  const y = box.y + box.height / 2;
  const middle = box.x + box.width / 2;
  await lab.page.mouse.move(middle, y);
  await lab.page.mouse.down();
  // Not by Playwright's own move, which lets the page look for drag and drop every time.
  const devtools = await lab.page.context().newCDPSession(lab.page);
  const moveTo = (x) => devtools.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y, button: "left", buttons: 1 });
  const times = [];
  let misses = 0;
  for (let move = 0; move < WARM_UP + MOVES; move++) {
    const before = await lab.page.evaluate(() => bench.times.length);
    const painted = lab.page.evaluate((n) => bench.painted(n), before);
    // To and fro, a little further each time, so that every move is a new value.
    await moveTo(middle + (move % 2 ? -1 : 1) * (4 + move / 2));
    const moved = await painted;
    // A move to a place that means the same value is no input.
    if (!moved && ++misses > MOVES / 4) throw new Error(`${slider} does not move (${url})`);
    if (moved && move >= WARM_UP) times.push(await lab.page.evaluate(() => bench.times.at(-1)));
  }
  await lab.page.mouse.up();
  await lab.close();
  return times;
}

/** Times from navigation to the painted first result, with everything in the cache. */
export async function firstResult(browser, site) {
  const lab = await openLab(browser, site);
  await lab.page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (document.documentElement.dataset.status !== "fresh") return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => (globalThis.firstResult = performance.now());
        port2.postMessage(null);
      });
    });
    observer.observe(document, { attributes: true, subtree: true, attributeFilter: ["data-status"] });
  });
  const times = [];
  for (let load = 0; load < 9; load++) {
    await lab.page.goto("about:blank");
    await lab.page.goto(site);
    await lab.page.waitForFunction(() => globalThis.firstResult > 0);
    // The first loads fill the caches of files and of compiled code.
    if (load >= 2) times.push(await lab.page.evaluate(() => globalThis.firstResult));
  }
  await lab.close();
  return times;
}

/**
 * Names of the files that the default page loads: while it is looked at until its result stands and the network is
 * quiet, and with those that come when it is touched for the first time.
 */
export async function loadedFiles(browser, site) {
  const names = new Set();
  const note = (response) => names.add(new URL(response.url()).pathname.split("/").pop() || "index.html");
  const lab = await openLab(browser, site, { before: (page) => page.on("response", note) });
  await lab.settled();
  await lab.page.waitForLoadState("networkidle");
  const looked = [...names];
  await lab.touched();
  await lab.page.waitForLoadState("networkidle");
  await lab.close();
  return { looked, touched: [...names] };
}
