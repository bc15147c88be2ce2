// What scripts add to fields: choosing from a list by any words, and what is wrong said and unsaid while typing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.js";
import { acceptInvitation, createCustomer, createProduct, createStore, firstOperator, inviteAdmin, OPERATOR, PASSWORD, PRODUCT } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { textsIn } from "../harness/texts.js";

describe("fields with JavaScript, in Spanish", () => {
  const t = textsIn("es");
  let browser, portal, operator, client;

  before(async () => {
    browser = await launch();
    portal = await Portal.start("fields");
    operator = await firstOperator(browser, portal, { language: "es" });
    await createProduct(operator);
    const customer = await createCustomer(operator, { name: "Estudio Garabato" });
    client = await acceptInvitation(browser, portal, await inviteAdmin(operator, customer), { language: "es" });
    await createStore(client);
  });
  after(async () => {
    await operator?.close();
    await client?.close();
    await portal?.stop();
    await browser?.close();
  });

  test("a product is chosen by its name in the reader's language, with the keyboard", async () => {
    await client.open("/storefronts/orders/new");
    await client.listening();
    const field = client.form("orders/place").locator('[name="add-product"]');
    await field.pressSequentially("A4 poster");
    const option = client.page.locator('[role="listbox"] [role="option"]');
    await option.first().waitFor();
    assert.deepEqual(await option.allTextContents(), [`${PRODUCT.name_es} (${PRODUCT.uid})`]);
    await client.assertAccessible("combobox");
    await field.press("ArrowDown");
    assert.equal(await field.getAttribute("aria-activedescendant"), await option.first().getAttribute("id"));
    await field.press("Enter");
    assert.equal(await field.inputValue(), `${PRODUCT.name_es} (${PRODUCT.uid})`);
    assert.equal(await client.page.locator('[role="listbox"]:visible').count(), 0);
    await client.submit("orders/place", { "add-quantity": "2" }, { press: "add-line" });
    assert.ok((await client.page.locator("#line-0").innerText()).includes(PRODUCT.name_es));
    client.assertNoProblems();
  });

  test("what was wrong with a field goes as soon as it says something else", async () => {
    const wrong = { recipient: "Ana", address_line1: "", city: "", postcode: "" };
    const said = await client.submitRefused("orders/place", wrong);
    assert.deepEqual(Object.keys(said.fields).sort(), ["address_line1", "city", "country", "postcode"]);
    const summary = client.page.locator("[data-form-summary] b");
    const counted = (fields) => t("ui-form-problems").replace("%", fields);
    assert.ok(said.message.startsWith(counted(Object.keys(said.fields).length)), said.message);
    const first = await client.page.evaluate(() => document.activeElement.name);
    assert.ok(first in said.fields, `the focus goes to a wrong field, not to ${first}`);
    await client.fill("orders/place", { city: "Madrid", country: "ES" });
    const left = client.form("orders/place").locator("[data-field]:has(> .error)");
    assert.deepEqual(await left.evaluateAll((fields) => fields.map((field) => field.dataset.field)), ["address_line1", "postcode"]);
    assert.equal(await client.page.locator("[data-form-summary] li").count(), 2);
    assert.equal(await summary.textContent(), counted(2));
    client.assertNoProblems();
  });

  test("a name that is too long is kept whole and said to be", async () => {
    await operator.open("/console/customers/new");
    await operator.listening();
    const long = "ñ".repeat(300);
    await operator.fill("customers/create", { name: long });
    const field = operator.form("customers/create").locator('[data-field="name"]');
    assert.equal(await field.locator("input").inputValue(), long);
    assert.match(await field.locator(".error").innerText(), /caracteres como máximo/);
    await operator.fill("customers/create", { name: "Estudio" });
    assert.equal(await field.locator(".error").count(), 0);
    operator.assertNoProblems();
  });

  test("a form sent after log-out in another tab waits for its person", async () => {
    await operator.open("/console/customers/new");
    await operator.listening();
    // Another tab has the same cookies.
    await operator.page.evaluate(() => fetch("/do/account/log-out", { method: "POST", body: new URLSearchParams() }));
    await operator.submit("customers/create", { name: "Papelería Ñandú", description: "Desde 1998" });
    assert.match(operator.page.url(), /\/login\?next=/);
    await operator.page.getByText(t("account-session-ended-kept")).waitFor();
    await operator.submit("account/log-in", { email: OPERATOR.email, password: PASSWORD });
    assert.equal(new URL(operator.page.url()).pathname, "/console/customers/new");
    await operator.page.getByText(t("ui-form-kept-text")).waitFor();
    const form = operator.form("customers/create");
    assert.equal(await form.locator('[name="name"]').inputValue(), "Papelería Ñandú");
    assert.equal(await form.locator('[name="description"]').inputValue(), "Desde 1998");
    operator.assertNoProblems();
  });

  test("the search finds customers and products, and says when there is nothing", async () => {
    await operator.open("/console/orders");
    await operator.listening();
    await operator.page.keyboard.press("Control+k");
    await operator.page.keyboard.type("poster");
    const found = operator.page.locator("[data-palette-found] a");
    await found.filter({ hasText: PRODUCT.name_es }).waitFor();
    await operator.assertAccessible("palette");
    await operator.page.locator("#palette input").fill("zzz");
    await operator.page.getByText(t("ui-found-none")).waitFor();
    await operator.page.locator("#palette input").fill("garabato");
    await Promise.all([operator.page.waitForEvent("load"), operator.page.keyboard.press("Enter")]);
    assert.match(operator.page.url(), /\/console\/customers\/[0-9a-f-]{36}$/);
    operator.assertNoProblems();
  });
});
