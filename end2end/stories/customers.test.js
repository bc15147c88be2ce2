// Customers, their access and their invitations: what is refused, and how.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, Visitor } from "../harness/browser.js";
import { ADMIN, createCustomer, firstOperator, inviteAdmin, PASSWORD } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";

const BADGES = { sent: "invitation-sent", expired: "expired", revoked: "revoked" };

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [language, script] of [["en", true], ["es", false]]) {
  describe(`customers in ${language}, ${script ? "with" : "without"} JavaScript`, () => {
    let portal, operator, customer;

    before(async () => {
      portal = await Portal.start(`customers-${language}`, { database: "postgres" });
      operator = await firstOperator(browser, portal, { language, script });
    });
    after(async () => {
      await operator?.close();
      await portal?.stop();
    });

    const check = async (name) => {
      if (script) await operator.assertAccessible(`${name}-${language}`);
      operator.assertNoProblems();
    };
    const badge = (status) =>
      eventually(`the badge ${status}`, async () => {
        await operator.open(`${customer}/settings`);
        return (await operator.page.locator(`#access-card [data-status="${status}"]`).count()) > 0;
      });
    /** Whether a link still offers to set a password, to somebody who is not logged in. */
    const works = async (link) => {
      const stranger = await Visitor.open(browser, portal, { language, script });
      await stranger.open(link);
      const forms = await stranger.form("account/accept-invitation").count();
      if (script) await stranger.assertAccessible(`invitation-${language}`);
      stranger.assertNoProblems();
      await stranger.close();
      return forms === 1;
    };

    test("an empty list says what to do next", async () => {
      await operator.open("/console/customers");
      await check("customers-empty");
    });

    test("a customer is created with a reference", async () => {
      customer = await createCustomer(operator, { name: "Estudio Garabato", reference: "EG-001", description: "Stickers and posters" });
      await check("customer");
      for (const tab of ["users", "settings"]) {
        await operator.open(`${customer}/${tab}`);
        await check(`customer-${tab}`);
      }
    });

    const refused = [
      ["the same reference again", { name: "Otro", reference: "EG-001" }, ["reference"]],
      ["no name", { name: "  ", reference: "" }, ["name"]],
      ["a name of 300 characters", { name: "ñ".repeat(300), reference: "" }, ["name"]],
    ];
    for (const [what, values, fields] of refused) {
      test(`${what} is refused at its field`, async () => {
        await operator.open("/console/customers/new");
        const said = await operator.submitRefused("customers/create", values);
        assert.deepEqual(Object.keys(said.fields), fields);
        assert.equal(await operator.form("customers/create").locator("[name=name]").inputValue(), values.name);
        await check("customer-refused");
      });
    }

    test("emoji and right-to-left names are kept as typed", async () => {
      for (const name of ["Pegatinas 🦄✨", "سوق الطباعة", "<b>Óscar & Co</b>"]) {
        await createCustomer(operator, { name });
        assert.ok((await operator.page.locator("h1").textContent()).includes(name));
        operator.assertNoProblems();
      }
      await operator.open("/console/customers");
      await check("customers");
    });

    test("search finds without accents and without capitals", async () => {
      await operator.open("/console/customers?q=GARABATO");
      assert.equal(await operator.page.locator("tbody tr").count(), 1);
      await operator.open("/console/customers?q=oscar");
      assert.equal(await operator.page.locator("tbody tr").count(), 1);
      operator.assertNoProblems();
    });

    test("a bad address of the client admin is refused at its field", async () => {
      await operator.open(`${customer}/settings`);
      const said = await operator.submitRefused("customers/access", { access: true, ...ADMIN, email: "lucia@" });
      assert.deepEqual(Object.keys(said.fields), ["email"]);
      await check("access-refused");
    });

    test("a link that was sent again replaces the former one", async () => {
      const first = await inviteAdmin(operator, customer);
      await badge(BADGES.sent);
      await check("customer-invited");
      assert.ok(await works(first));
      await operator.submit("customers/resend");
      const second = await portal.mailbox.link(ADMIN.email, "/invitation/", 2);
      assert.ok(!(await works(first)));
      assert.ok(await works(second));
    });

    test("an expired link says so", async () => {
      const link = await portal.mailbox.link(ADMIN.email, "/invitation/", 2);
      await portal.sql("UPDATE invitations SET expires_at = now() - interval '1 minute' WHERE expires_at > now()");
      assert.ok(!(await works(link)));
      await badge(BADGES.expired);
      await check("customer-expired");
    });

    test("a revoked link says so", async () => {
      await operator.open(`${customer}/settings`);
      await operator.submit("customers/resend");
      const link = await portal.mailbox.link(ADMIN.email, "/invitation/", 3);
      await operator.open(`${customer}/settings?dialog=revoke`);
      await operator.submit("customers/revoke");
      assert.ok(!(await works(link)));
      await badge(BADGES.revoked);
      await check("customer-revoked");
    });

    test("a link that was used says so, and the state is active", async () => {
      await operator.open(`${customer}/settings`);
      await operator.submit("customers/access", { access: true, ...ADMIN, language });
      const link = await portal.mailbox.link(ADMIN.email, "/invitation/", 4);
      const client = await Visitor.open(browser, portal, { language, script });
      await client.open(link);
      await client.submit("account/accept-invitation", { password: PASSWORD, language });
      assert.match(client.page.url(), /\/storefronts/);
      assert.ok(!(await works(link)));
      await badge("active");
      await check("customer-active");

      // Switching access off ends the client's session at once.
      await operator.submit("customers/access", { access: false });
      await client.open("/storefronts");
      assert.match(client.page.url(), /\/login/);
      await client.close();
    });

    test("an archived customer leaves the list and comes back", async () => {
      await operator.open(`${customer}/settings?dialog=archive`);
      await operator.submit("customers/archive");
      await operator.open("/console/customers?q=garabato");
      assert.equal(await operator.page.locator("tbody tr").count(), 0);
      await check("customers-none-found");
      await operator.open(`${customer}/settings`);
      await operator.submit("customers/restore");
      await operator.open("/console/customers?q=garabato");
      assert.equal(await operator.page.locator("tbody tr").count(), 1);
      operator.assertNoProblems();
    });
  });
}

test("a phone shows customers without scrolling sideways", async (t) => {
  const portal = await Portal.start("customers-phone");
  t.after(() => portal.stop());
  const operator = await firstOperator(browser, portal, { phone: true });
  t.after(() => operator.close());
  const customer = await createCustomer(operator, { name: "Estudio Garabato", reference: "EG-001" });
  for (const path of ["/console/customers", customer, `${customer}/settings`, "/console/customers/new"]) {
    await operator.open(path);
    await operator.assertFitsScreen();
  }
  operator.assertNoProblems();
});
