// Everything by keyboard: no step here uses a pointer.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, Visitor } from "../harness/browser.js";
import { firstOperator, OPERATOR, PASSWORD } from "../harness/people.js";
import { Portal } from "../harness/portal.js";

let browser, portal, visitor;
before(async () => {
  browser = await launch();
  portal = await Portal.start("keyboard");
  await (await firstOperator(browser, portal)).close();
  visitor = await Visitor.open(browser, portal);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

const press = (...keys) => keys.reduce((before, key) => before.then(() => visitor.page.keyboard.press(key)), Promise.resolve());
const type = (text) => visitor.page.keyboard.type(text);
/** The element that has the focus: its tag, name, id and words, and whether the focus can be seen. */
const focused = () =>
  visitor.page.evaluate(() => {
    const element = document.activeElement;
    const visible = (candidate) => {
      const style = getComputedStyle(candidate);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const box = element.getBoundingClientRect();
    return {
      tag: element.tagName.toLowerCase(),
      name: element.getAttribute("name"),
      id: element.id,
      href: element.getAttribute("href"),
      words: (element.getAttribute("aria-label") ?? element.textContent).trim(),
      // A control may leave the ring to the frame around it.
      seen: [element, element.parentElement, ...element.querySelectorAll(":scope > *"), element.nextElementSibling].filter(Boolean).some(visible),
      onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
/** Presses Tab until `wanted` has the focus, which can be seen on every stop. */
const tabTo = async (wanted, key = "Tab") => {
  const stops = [];
  for (let step = 0; step < 80; step++) {
    await press(key);
    const stop = await focused();
    assert.ok(stop.tag === "body" || (stop.seen && stop.onScreen), `the focus is seen on ${JSON.stringify(stop)} of ${visitor.page.url()}`);
    if (wanted(stop)) return stop;
    stops.push(`${stop.tag} ${stop.name ?? stop.href ?? stop.words}`);
  }
  throw new Error(`not reached by ${key}: ${stops.join(", ")}`);
};
/** Acts, and waits for the page that follows to listen to keys. */
const loading = async (act) => {
  await Promise.all([visitor.page.waitForEvent("load"), act()]);
  await visitor.listening();
};
const open = async (path) => {
  await visitor.open(path);
  await visitor.listening();
};

describe("by keyboard", () => {
  test("somebody logs in", async () => {
    await visitor.open("/login");
    await tabTo((stop) => stop.name === "email");
    await type(OPERATOR.email);
    await tabTo((stop) => stop.name === "password");
    await type(PASSWORD);
    await loading(() => press("Enter"));
    assert.match(visitor.page.url(), /\/console\/orders/);
  });

  test("the first stop skips the navigation", async () => {
    await open("/console/customers");
    await press("Tab");
    const stop = await focused();
    assert.equal(stop.href, "#main");
    assert.ok(stop.onScreen && stop.seen, "it can be seen");
    await press("Enter", "Tab");
    assert.ok(await visitor.page.evaluate(() => document.querySelector("main").contains(document.activeElement)), "the next stop is in the page");
  });

  test("every stop of a page can be seen, and none is a trap", async () => {
    for (const path of ["/console/customers", "/console/catalogue/new", "/account"]) {
      await open(path);
      await tabTo((stop) => stop.href === "#main");
      // Around the page once: the browser's own controls are passed as the body.
      await tabTo((stop) => stop.tag === "body" || stop.href === "#main");
    }
  });

  test("a dialog takes the focus and gives it back", async () => {
    await open("/console/customers");
    const opener = await tabTo((stop) => stop.href === "/console/customers/new");
    await press("Enter");
    await visitor.page.locator("dialog#create[open]").waitFor();
    assert.equal((await focused()).name, "name");
    for (let step = 0; step < 12; step++) {
      await press("Tab");
      const stop = await focused();
      const inside = await visitor.page.evaluate(() => document.querySelector("dialog#create").contains(document.activeElement));
      assert.ok(inside || stop.tag === "body", `the focus stays in the dialog, not on ${JSON.stringify(stop)}`);
    }
    await press("Escape");
    await visitor.page.locator("dialog#create[open]").waitFor({ state: "detached" });
    assert.equal((await focused()).words, opener.words);
  });

  test("a customer is created in the dialog", async () => {
    await press("Enter");
    await visitor.page.locator("dialog#create[open]").waitFor();
    await type("Estudio Garabato");
    await tabTo((stop) => stop.name === "reference");
    await type("EG-001");
    await loading(() => press("Enter"));
    assert.match(visitor.page.url(), /\/console\/customers\/[0-9a-f-]{36}$/);
  });

  test("what is refused gets the focus", async () => {
    await open("/console/customers/new");
    await tabTo((stop) => stop.name === "name");
    await visitor.expectingRefusal(async () => {
      await press("Enter");
      await visitor.page.locator("[aria-invalid]").waitFor();
    });
    assert.equal((await focused()).name, "name");
  });

  test("a menu opens, is walked through, and gives the focus back", async () => {
    await open("/console/customers");
    const opener = await tabTo((stop) => stop.words.includes(OPERATOR.first_name));
    await press("Enter");
    await visitor.page.locator("#account-menu:popover-open").waitFor();
    const entry = await tabTo((stop) => stop.href === "/account");
    assert.ok(entry);
    await press("Escape");
    assert.equal(await visitor.page.locator("#account-menu:popover-open").count(), 0);
    assert.equal((await focused()).words, opener.words);
  });

  test("keys lead to places, rows and the search", async () => {
    await loading(() => press("g", "o"));
    assert.match(visitor.page.url(), /\/console\/orders/);
    await loading(() => press("g", "c"));
    assert.match(visitor.page.url(), /\/console\/customers$/);
    await press("j");
    assert.ok((await focused()).words.includes("Estudio Garabato"));
    await loading(() => press("Enter"));
    assert.match(visitor.page.url(), /\/console\/customers\/[0-9a-f-]{36}$/);
    await open("/console/customers");
    await press("/");
    assert.equal((await focused()).name, "q");
    await press("Escape", "Tab", "Control+k");
    await visitor.page.locator("dialog#palette[open]").waitFor();
    await type("garab");
    await visitor.page.locator("[data-palette-found] a", { hasText: "Estudio Garabato" }).waitFor();
    await press("ArrowDown");
    assert.ok((await focused()).words.includes("Estudio Garabato"));
    await press("ArrowUp");
    assert.equal((await focused()).name, "q");
    await type("ato");
    await loading(() => press("Enter"));
    assert.match(visitor.page.url(), /\/console\/customers\/[0-9a-f-]{36}$/);
  });

  test("a switch and a choice are set, and a tab of the customer is reached", async () => {
    await open("/console/customers");
    await press("j");
    await loading(() => press("Enter"));
    await tabTo((stop) => stop.href?.endsWith("/settings"));
    await loading(() => press("Enter"));
    await tabTo((stop) => stop.name === "access");
    await press("Space");
    assert.ok(await visitor.page.locator("[name=access]").isChecked());
    await tabTo((stop) => stop.name === "email");
    await type("lucia@garabato.example");
    await tabTo((stop) => stop.name === "first_name");
    await type("Lucía");
    await tabTo((stop) => stop.name === "last_name");
    await type("Ferrer");
    await loading(() => press("Enter"));
    await portal.mailbox.link("lucia@garabato.example", "/invitation/");
    visitor.assertNoProblems();
  });
});
