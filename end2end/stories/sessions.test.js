// A person of two customers, and a form that is sent after its session has ended.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.js";
import { acceptInvitation, ADMIN, createCustomer, createStore, firstOperator, inviteAdmin, PASSWORD } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { textsIn } from "../harness/texts.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [language, script] of [["es", true], ["en", false]]) {
  describe(`sessions in ${language}, ${script ? "with" : "without"} JavaScript`, () => {
    const t = textsIn(language);
    let portal, operator, client, garabato, nordlys;

    before(async () => {
      portal = await Portal.start(`sessions-${language}`, { database: "postgres" });
      operator = await firstOperator(browser, portal, { language, script });
      garabato = await createCustomer(operator, { name: "Estudio Garabato" });
      nordlys = await createCustomer(operator, { name: "Nordlys Hotels" });
      client = await acceptInvitation(browser, portal, await inviteAdmin(operator, garabato), { language, script });
    });
    after(async () => {
      await client?.close();
      await operator?.close();
      await portal?.stop();
    });

    const id = (customer) => customer.split("/").pop();
    const slug = () => client.page.locator("footer.slug").innerText();
    const check = async (name) => {
      if (script) await client.assertAccessible(`${name}-${language}`);
      client.assertNoProblems();
    };
    const logIn = () => client.submit("account/log-in", { email: ADMIN.email, password: PASSWORD });

    test("the admin of one customer is invited by another and works for that one", async () => {
      await operator.open(`${nordlys}/settings`);
      await operator.submit("customers/access", { access: true, ...ADMIN, language });
      await client.open(await portal.mailbox.link(ADMIN.email, "/invitation/", 2));
      await client.submit("account/accept-invitation", { password: PASSWORD, language });
      assert.ok((await slug()).includes("Nordlys Hotels"));
      client.assertNoProblems();
    });

    test("the account menu switches to the other customer", async () => {
      await client.submit("account/choose-customer", {}, { press: id(garabato) });
      assert.match(client.page.url(), /\/storefronts$/);
      assert.ok((await slug()).includes("Estudio Garabato"));
      await client.page.locator('[popovertarget="account-menu"]').first().click();
      assert.ok(await client.page.locator("#account-menu").getByText(t("ui-switch-customer")).isVisible());
      await check("switcher");
    });

    test("after the log-in they are asked whom they work for", async () => {
      await client.open("/storefronts");
      await client.submit("account/log-out");
      await client.open("/storefronts/stores/new");
      await logIn();
      assert.match(client.page.url(), /\/choose-customer\?next=/);
      assert.equal(await client.page.locator("h1").innerText(), t("account-choose-customer-title"));
      await check("choose-customer");
      await client.submit("account/choose-customer", {}, { press: id(nordlys) });
      assert.match(client.page.url(), /\/storefronts\/stores\/new$/);
      assert.ok((await slug()).includes("Nordlys Hotels"));
      await createStore(client, "Directos");
      client.assertNoProblems();
    });

    test("a membership that ends leads back to the choice", async () => {
      await operator.open(`${nordlys}/settings`);
      await operator.submit("customers/access", { access: false });
      await client.open("/storefronts/stores");
      assert.match(client.page.url(), /\/choose-customer\?next=/);
      await client.submit("account/choose-customer", {}, { press: id(garabato) });
      assert.ok((await slug()).includes("Estudio Garabato"));
      client.assertNoProblems();
    });

    test("a form that is sent too late waits, filled in, until its person is back", async () => {
      await client.open("/storefronts/stores/new/manual");
      await portal.sql(`UPDATE sessions SET expires_at = now() WHERE user_id = (SELECT id FROM users WHERE email = '${ADMIN.email}')`);
      await client.submit("stores/create-manual", { name: "Tienda de la Ñandú" });
      assert.match(client.page.url(), /\/login\?next=/);
      assert.ok((await client.page.locator("main").innerText()).includes(t("account-session-ended-kept")));
      await check("login-session-ended");
      await logIn();
      assert.match(client.page.url(), /\/storefronts\/stores\/new\/manual$/);
      assert.ok((await client.page.locator("main").innerText()).includes(t("ui-form-kept")));
      assert.equal(await client.form("stores/create-manual").locator("[name=name]").inputValue(), "Tienda de la Ñandú");
      await check("form-kept");
      await client.submit("stores/create-manual");
      assert.ok((await client.page.locator("h1").innerText()).includes("Tienda de la Ñandú"));
      client.assertNoProblems();
    });

    test("whoever's access is off is told so after the right password only", async () => {
      await operator.open(`${garabato}/settings`);
      await operator.submit("customers/access", { access: false });
      await client.open("/login");
      const email = ADMIN.email;
      const wrong = await client.submitRefused("account/log-in", { email, password: "not the password" });
      assert.ok(wrong.message.includes(t("problem-wrong-name-or-password")), wrong.message);
      const off = await client.submitRefused("account/log-in", { email, password: PASSWORD });
      assert.ok(off.message.includes("Estudio Garabato"), off.message);
      await check("login-access-off");
    });
  });
}
