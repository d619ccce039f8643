// Runs all end-to-end tests, or those whose name contains the first argument. Ends with cargo's form of result line.
import { serve } from "./server.mjs";
import { dist, launch } from "./lab.mjs";
import { tests as access } from "./access.mjs";
import { tests as beginning } from "./beginning.mjs";
import { tests as decisions } from "./decisions.mjs";
import { tests as hands } from "./hands.mjs";
import { tests as hostile } from "./hostile.mjs";
import { tests as keyboard } from "./keyboard.mjs";
import { tests as lasso } from "./lasso.mjs";
import { tests as methods } from "./methods.mjs";
import { tests as newcomer } from "./newcomer.mjs";
import { tests as ownData } from "./own-data.mjs";
import { tests as page } from "./page.mjs";
import { tests as panels } from "./panels.mjs";
import { tests as picker } from "./picker.mjs";
import { tests as steps } from "./steps.mjs";

const all = { ...beginning, ...newcomer, ...keyboard, ...picker, ...panels, ...methods, ...lasso, ...decisions, ...ownData, ...hands, ...page, ...steps, ...hostile, ...access };
const filter = process.argv[2] ?? "";
const site = await serve(dist, "/some/where/lab/");
const browser = await launch();
const failures = [];
let passed = 0;
for (const [name, test] of Object.entries(all).filter(([name]) => name.includes(filter))) {
  const start = Date.now();
  try {
    await test(browser, site.url);
    passed += 1;
    console.log(`test ${name} ... ok (${Date.now() - start} ms)`);
  } catch (error) {
    failures.push({ name, error });
    console.log(`test ${name} ... FAILED`);
  }
}
for (const { name, error } of failures) console.log(`\n---- ${name}\n${error.stack ?? error}`);
await browser.close();
site.close();
const verdict = failures.length === 0 ? "ok" : "FAILED";
console.log(`\ntest result: ${verdict}. ${passed} passed; ${failures.length} failed`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
