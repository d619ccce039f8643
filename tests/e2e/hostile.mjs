// Links that nobody should write, and somebody will.
import assert from "node:assert/strict";
import { openLab } from "./lab.mjs";

const LINKS = [
  "#",
  "#/",
  "#/lab?",
  "#/nowhere?x=1",
  "#/lab?data=",
  "#/lab?data=unknown",
  "#/lab?n=-1",
  "#/lab?n=1e99",
  "#/lab?n=NaN&ratio=Infinity",
  "#/lab?ratio=0&test_size=7",
  "#/lab?ratio=1000&n=50",
  "#/lab?seed=99999999999999999999",
  "#/lab?seed=-5",
  "#/lab?threshold=2&threshold=-1",
  "#/lab?c=0&degree=99",
  "#/lab?sampler=smote.k0",
  "#/lab?sampler=smote.k999999999",
  "#/lab?sampler=" + "smote+".repeat(200),
  "#/lab?sampler=%00%ff%zz",
  "#/lab?data=%3Cscript%3Ealert(1)%3C/script%3E",
  "#/lab?<img src=x onerror=alert(1)>",
  "#/lab?step=4294967296&layers=all,none,🙂",
  "#/lab?pin=%26%26%26pin%3Dpin",
  "#/lab?csv=AAAA",
  "#/lab?data=table&csv=%%%&minority=%ff",
  "#/lab?data=table&csv=@00000000000000000000000000000000",
  "#/lab?points=////&erase=9,9,9,-1",
  "#/lab?points=" + "AAAA".repeat(3000),
  "#/lab?erase=0-4294967295",
  "#/lab?region=0,0;1e400,NaN;;3",
  "#/lab?" + "a=b&".repeat(5000),
  "#/lab?data=" + "x".repeat(100_000),
];

export const tests = {
  async "hostile links never break the page"(browser, site) {
    for (const hash of LINKS) {
      const shown = hash.slice(0, 60);
      const lab = await openLab(browser, site, { hash, expectErrors: true });
      let alerted = false;
      lab.page.on("dialog", (dialog) => {
        alerted = true;
        dialog.dismiss();
      });
      await lab.page
        .waitForFunction(() => ["fresh", "failed"].includes(document.documentElement.dataset.status))
        .catch(() => assert.fail(`no result for ${shown}`));
      assert.equal(alerted, false, shown);
      if ((await lab.status()) === "failed") {
        assert.match(await lab.id("error").first().innerText(), /\w+ \w+/, `${shown} failed without a reason`);
      }
      // And the page is still of use.
      await lab.page.evaluate(() => (location.hash = "#/lab?seed=11"));
      await lab.settled().catch(() => assert.fail(`the page did not recover from ${shown}`));
      await lab.close().catch((error) => assert.fail(`${shown}: ${error.message}`));
    }
  },

  async "a corrected link says what was corrected"(browser, site) {
    const lab = await openLab(browser, site, { hash: "#/lab?ratio=5000&colour=red" });
    const text = await lab.id("notices").innerText();
    assert.match(text, /ratio/);
    assert.match(text, /colour/);
    await lab.close();
  },
};
