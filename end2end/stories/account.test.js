// Logging in and everything around it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, Visitor } from "../harness/browser.js";
import { Portal } from "../harness/portal.js";

let portal, browser;
before(async () => {
  [portal, browser] = await Promise.all([Portal.start("account"), launch()]);
});
after(() => Promise.all([portal?.stop(), browser?.close()]));

for (const language of ["en", "es"]) {
  test(`the log-in page greets in ${language}`, async () => {
    const visitor = await Visitor.open(browser, portal, { language });
    assert.equal(await visitor.open("/login"), 200);
    assert.equal(await visitor.page.locator("html").getAttribute("lang"), language);
    await visitor.assertAccessible(`login-${language}`);
    visitor.assertNoProblems();
    await visitor.close();
  });
}

test("a phone shows the log-in page without scrolling sideways", async () => {
  const visitor = await Visitor.open(browser, portal, { phone: true });
  await visitor.open("/login");
  await visitor.assertFitsScreen();
  visitor.assertNoProblems();
  await visitor.close();
});
