// What people see when something around them fails, and how they go on.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.js";
import { ADMIN, createCustomer, firstOperator, PASSWORD } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";
import { textsIn } from "../harness/texts.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const language of ["es", "en"]) {
  describe(`failures in ${language}`, () => {
    const t = textsIn(language);
    let portal, operator, customer;

    before(async () => {
      portal = await Portal.start(`failures-${language}`, { database: language === "es" ? "sqlite" : "postgres" });
      operator = await firstOperator(browser, portal, { language });
      customer = await createCustomer(operator, { name: "Estudio Garabato" });
    });
    after(async () => {
      await operator?.close();
      await portal?.stop();
    });

    const check = async (name) => {
      await operator.assertAccessible(`${name}-${language}`);
      operator.assertNoProblems();
    };
    const card = () => operator.page.locator("#access-card").innerText();
    /** The settings of the customer, once their card says so. */
    const says = (words) =>
      eventually(`the card to say “${words}”`, async () => {
        await operator.open(`${customer}/settings`);
        return (await card()).includes(words) && (await card());
      });
    const invite = async (email) => {
      await operator.open(`${customer}/settings`);
      await operator.submit("customers/access", { access: true, ...ADMIN, email, language });
    };

    test("a mail server that does not answer is asked again until it does", async () => {
      await portal.stopMail();
      await invite(ADMIN.email);
      const said = await says(t("status-invitation-sending"));
      assert.ok(said.includes(ADMIN.email));
      await says("Connection refused");
      // The page loads itself anew after each attempt, whatever is being looked at.
      await eventually("the waiting page to be accessible", async () => {
        await operator.assertAccessible(`mail-waits-${language}`);
        return true;
      });
      await eventually("the list of mails", () => operator.open("/console/activity/mails"));
      assert.match(await operator.page.locator("tbody").innerText(), /Connection refused/);
      await check("mails-wait");
      await operator.open(`${customer}/settings`);
      await portal.startMail();
      // The page asks by itself and shows what has become of it.
      await operator.page.locator('#access-card [data-status="invitation-sent"]').waitFor({ timeout: 40_000 });
      await portal.mailbox.link(ADMIN.email, "/invitation/");
      operator.assertNoProblems();
    });

    test("an address that the mail server refuses is told in its words, and can be corrected", async () => {
      const wrong = "reject550@garabato.example";
      await invite(wrong);
      const said = await says(t("status-invitation-delivery-failed"));
      assert.ok(said.includes("550 5.1.1") && said.includes(wrong), said);
      await check("delivery-failed");
      await operator.open("/console/customers");
      assert.equal(await operator.page.locator('tbody [data-status="delivery-failed"]').count(), 1);
      await operator.open("/console/activity?state=failed");
      await operator.page.locator("tbody a").first().click();
      await operator.page.waitForURL(/\/console\/activity\/[0-9a-f-]{36}/);
      assert.ok((await operator.page.locator("main").innerText()).includes(t("reason-mail-refused")));
      await check("job-failed");
      await operator.submit("activity/retry");
      await says("550 5.1.1");
      const right = "lucia.ferrer@garabato.example";
      await invite(right);
      await says(t("status-invitation-invitation-sent"));
      await portal.mailbox.link(right, "/invitation/");
      operator.assertNoProblems();
    });

    test("a form that finds no server keeps what was typed and goes through later", async () => {
      await operator.open("/console/customers/new");
      await operator.listening();
      const values = { name: "Papelería Ñandú 🦄", reference: "PÑ-7", description: "Two\nlines" };
      const form = operator.form("customers/create");
      const alert = form.locator('[role="alert"]');
      await operator.expectingRefusal(async () => {
        await portal.kill();
        await operator.fill("customers/create", values);
        await form.locator('button[data-variant="primary"]').click();
        await alert.waitFor();
        assert.ok((await alert.innerText()).includes(t("ui-form-offline-title")));
        assert.ok(await alert.evaluate((element) => element === document.activeElement), "it has the focus");
        await check("server-gone");
        // Trying at once says the same again, not twice.
        await alert.locator("button").click();
        await operator.page.locator("form[data-busy]").waitFor({ state: "detached" });
        await alert.waitFor();
        assert.equal(await alert.count(), 1);
      });
      for (const [name, value] of Object.entries(values)) assert.equal(await form.locator(`[name="${name}"]`).inputValue(), value);
      await portal.boot();
      await Promise.all([operator.page.waitForEvent("load"), alert.locator("button").click()]);
      assert.match(operator.page.url(), /\/console\/customers\/[0-9a-f-]{36}$/);
      assert.ok((await operator.page.locator("h1").innerText()).includes(values.name));
      operator.assertNoProblems();
    });

    test("trying again presses the same button", async () => {
      await operator.open("/console/catalogue/new");
      await operator.listening();
      await portal.kill();
      const form = operator.form("catalogue/save");
      const alert = form.locator('[role="alert"]');
      await operator.expectingRefusal(async () => {
        await operator.fill("catalogue/save", { name_en: "Sticker" });
        await form.locator('button[value="option"]').click();
        await alert.waitFor();
      });
      await portal.boot();
      await Promise.all([operator.page.waitForEvent("load"), alert.locator("button").click()]);
      assert.equal(await form.locator('[name="option:0:name_en"]').count(), 1, "the option was added, the product not saved");
      assert.equal(await form.locator("[name=name_en]").inputValue(), "Sticker");
    });

    test("a session that ended leads to the log-in and back", async () => {
      await operator.open(`${customer}/settings`);
      await operator.context.clearCookies();
      await operator.submit("customers/edit", { name: "Estudio Garabato" });
      assert.match(operator.page.url(), /\/login\?next=/);
      await operator.submit("account/log-in", { email: "marta@levante.example", password: PASSWORD });
      assert.equal(new URL(operator.page.url()).pathname, `${customer}/settings`);
      operator.assertNoProblems();
    });
  });
}
