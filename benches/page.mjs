// How long the page takes from an input to the frame that shows its result, measured inside the page.
import { openLab } from "../tests/e2e/lab.mjs";

const WARM_UP = 5;
const MOVES = 60;

/**
 * Runs in the page before anything else. Every move of the mouse that changes a slider's value is timed from the moment
 * it reaches the page to the moment after the frame is painted in which the lab was "fresh" again.
 */
function watch(slider) {
  const bench = { times: [], moves: 0, waiting: [] };
  // Whether more than `n` moves were painted, as soon as that is so, or else after three seconds. Nobody asks again and
  // again meanwhile: that would take the page's time.
  bench.painted = (n) =>
    new Promise((resolve) => {
      bench.waiting.push(() => bench.moves > n && resolve(true));
      setTimeout(() => resolve(bench.moves > n), 3_000);
    });
  globalThis.bench = bench;
  const fresh = () => document.documentElement.dataset.status === "fresh";
  const value = () => document.querySelector(`[data-testid="${slider}"]`).value;
  // A message posted in an animation frame arrives after that frame has been painted.
  const afterPaint = (done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage(null);
    });
  let start;
  let before;
  const record = (end) => {
    // A move to a place that means the same value changes nothing.
    if (value() !== before) bench.times.push(end - start);
    bench.moves += 1;
    bench.waiting.forEach((look) => look());
  };
  // The first to see the move, and the last: by then the page has said whether there is something to compute. If not, the
  // next frame shows the result. A frame is asked for only when there is something to see.
  addEventListener("pointermove", () => ([start, before] = [performance.now(), value()]), { capture: true });
  addEventListener("pointermove", () => (fresh() ? afterPaint(record) : observe(() => afterPaint(record))));
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
  await lab.id(`stage-${stage}`).click();
  const box = await lab.id(slider).first().boundingBox();
  const y = box.y + box.height / 2;
  const middle = box.x + box.width / 2;
  await lab.page.mouse.move(middle, y);
  await lab.page.mouse.down();
  await lab.settled();
  await lab.page.evaluate(`(${watch})("${slider}")`);
  // Not by Playwright's own move, which lets the page look for drag and drop every time.
  const devtools = await lab.page.context().newCDPSession(lab.page);
  const moveTo = (x) => devtools.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y, button: "left", buttons: 1 });
  for (let move = 0; move < WARM_UP + MOVES; move++) {
    const painted = lab.page.evaluate((n) => bench.painted(n), move);
    // To and fro, a little further each time, so that every move is a new value.
    await moveTo(middle + (move % 2 ? -1 : 1) * (4 + move / 2));
    if (!(await painted)) throw new Error(`a move of ${slider} was not answered (${url})`);
    if (move === WARM_UP - 1) await lab.page.evaluate(() => (bench.times.length = 0));
  }
  const times = await lab.page.evaluate(() => bench.times);
  if (times.length < 0.75 * MOVES) throw new Error(`${slider} does not move (${url})`);
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
