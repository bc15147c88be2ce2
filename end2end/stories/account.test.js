// The first operator, logging in and out in one step and in two, a forgotten password, the profile, sessions.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { codeOf } from "../harness/authenticator.js";
import { launch, Visitor } from "../harness/browser.js";
import { logIn } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { textsIn } from "../harness/texts.js";

const PASSWORD = "correct-zebra-lamp-orbit-27";
const NEW_PASSWORD = "violet-tractor-moss-anchor-81";
const EMAIL = "marta@levante.example";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const VARIANTS = [
  { language: "en", script: true, database: "sqlite" },
  { language: "es", script: true, database: "postgres" },
  { language: "es", script: false, database: "sqlite" },
];

for (const { language, script, database } of VARIANTS) {
  describe(`account in ${language}, ${script ? "with" : "without"} JavaScript, on ${database}`, () => {
    const t = textsIn(language);
    let portal, visitor, setUpLink;

    before(async () => {
      portal = await Portal.start(`account-${language}${script ? "" : "-plain"}`, { database });
      visitor = await Visitor.open(browser, portal, { language, script });
      setUpLink = await portal.firstOperatorLink();
    });
    after(async () => {
      await visitor?.close();
      await portal?.stop();
    });

    const heading = () => visitor.page.locator("h1").first().textContent();
    const check = async (name) => {
      if (script) await visitor.assertAccessible(`${name}-${language}`);
      visitor.assertNoProblems();
    };

    test("the log-in page greets", async () => {
      assert.equal(await visitor.open("/login"), 200);
      assert.equal(await visitor.page.locator("html").getAttribute("lang"), language);
      assert.equal(await heading(), t("account-log-in-title"));
      await check("login");
    });

    test("a weak password is refused and nothing typed is lost", async () => {
      await visitor.open(setUpLink);
      await check("setup");
      const said = await visitor.submitRefused("account/create-first-operator", {
        first_name: "Marta", last_name: "Ibáñez", email: EMAIL, password: "password1234", language,
      });
      assert.deepEqual(Object.keys(said.fields), ["password"]);
      assert.equal(await visitor.form("account/create-first-operator").locator("[name=email]").inputValue(), EMAIL);
      await check("setup-refused");
    });

    test("the first operator is created once", async () => {
      await visitor.submit("account/create-first-operator", {
        first_name: "Marta", last_name: "Ibáñez", email: EMAIL, password: PASSWORD, language,
      });
      assert.match(visitor.page.url(), /\/console/);
      visitor.assertNoProblems();
      await visitor.open(setUpLink);
      assert.equal(await visitor.page.locator("form[data-enhance] [name=password]").count(), 0);
      await check("setup-used");
    });

    test("the profile changes the language and the theme", async () => {
      const other = language === "en" ? "es" : "en";
      await visitor.open("/account");
      await check("profile");
      await visitor.submit("account/save-profile", { language: other, theme: "dark" });
      assert.equal(await visitor.page.locator("html").getAttribute("lang"), other);
      assert.equal(await visitor.page.locator("html").getAttribute("data-theme"), "dark");
      await visitor.submit("account/save-profile", { language, theme: "system" });
      assert.equal(await visitor.page.locator("html").getAttribute("lang"), language);
      visitor.assertNoProblems();
    });

    test("a changed password is asked for at the next log-in", async () => {
      await visitor.open("/account/security");
      await check("security");
      await visitor.submitRefused("account/change-password", { old_password: "not-the-password-1", new_password: NEW_PASSWORD });
      await visitor.submit("account/change-password", { old_password: PASSWORD, new_password: NEW_PASSWORD });
      await visitor.submit("account/log-out");
      assert.match(visitor.page.url(), /\/login$/);
      await visitor.submitRefused("account/log-in", { email: EMAIL, password: PASSWORD });
      await visitor.submit("account/log-in", { email: EMAIL, password: NEW_PASSWORD });
      assert.match(visitor.page.url(), /\/console/);
      visitor.assertNoProblems();
    });

    test("a session elsewhere is seen and ended", async () => {
      const other = await logIn(browser, portal, EMAIL, NEW_PASSWORD, { language, script });
      await visitor.open("/account/security");
      assert.ok((await visitor.page.locator("main").innerText()).includes(t("account-sessions-this")));
      await check("security-sessions");
      await visitor.submit("account/end-session");
      await other.open("/console/orders");
      assert.match(other.page.url(), /\/login\?next=/);
      await other.close();
      await visitor.open("/account/security");
      assert.equal(await visitor.form("account/end-session").count(), 0);
      visitor.assertNoProblems();
    });

    test("a second step is set up and asked for; a recovery code replaces it, and does without it again", async () => {
      const said = async (key) => assert.ok((await visitor.page.locator("main").innerText()).includes(t(key)), key);
      await visitor.page.locator('main a[href="/account/two-factor"]').click();
      await visitor.page.waitForURL(/\/account\/two-factor$/);
      await check("two-factor");
      await visitor.submit("account/start-two-factor");
      const key = await visitor.page.locator(".copyable .mono").innerText();
      await visitor.submitRefused("account/switch-on-two-factor", { secret_code: "abc" });
      await check("two-factor-key");
      await visitor.submit("account/switch-on-two-factor", { secret_code: codeOf(key) });
      const codes = await visitor.page.locator(".codes li").allInnerTexts();
      assert.equal(codes.length, 10);
      await check("recovery-codes");

      await visitor.submit("account/log-out");
      await visitor.submit("account/log-in", { email: EMAIL, password: NEW_PASSWORD });
      assert.match(visitor.page.url(), /\/login\/code$/);
      await check("code");
      await visitor.submitRefused("account/give-code", { secret_code: "abc" });
      await visitor.submit("account/give-code", { secret_code: codeOf(key, 1) });
      assert.match(visitor.page.url(), /\/console/);

      await visitor.open("/account/security");
      if (database === "postgres") {
        await portal.sql(`UPDATE sessions SET data = replace(data, '"proved"', '"long ago"')`);
        await visitor.submit("account/new-recovery-codes");
        assert.match(visitor.page.url(), /\/account\/confirm\?next=/);
        await check("confirm");
        await visitor.submit("account/confirm", { password: NEW_PASSWORD });
        await said("ui-form-kept");
        await check("security-confirmed");
      }
      await visitor.open("/account/security?dialog=switch-off-two-factor");
      await check("switch-off");
      await visitor.submit("account/switch-off-two-factor", { password: NEW_PASSWORD, secret_code: codes[0].toLowerCase() });
      await said("account-two-factor-is-off");
      // A new browser, on, a recovery code, off.
      await portal.mailbox.link(EMAIL, "/account/security", 4);
      visitor.assertNoProblems();
    });

    test("a forgotten password is replaced by a link that works once", async () => {
      await visitor.open("/account");
      await visitor.submit("account/log-out");
      await visitor.open("/forgot");
      await check("forgot");
      await visitor.submit("account/request-reset", { email: EMAIL });
      const link = await portal.mailbox.link(EMAIL, "/reset/");
      await visitor.open(link);
      await visitor.open(link);
      await check("reset");
      await visitor.submit("account/complete-reset", { password: PASSWORD });
      assert.match(visitor.page.url(), /\/console/);
      await visitor.open(link);
      assert.equal(await visitor.form("account/complete-reset").count(), 0);
      visitor.assertNoProblems();
    });

    test("an unknown page says so", async () => {
      await visitor.expectingRefusal(async () => assert.equal(await visitor.open("/nowhere"), 404));
      await check("not-found");
    });
  });
}

test("a phone shows the log-in page without scrolling sideways", async (t) => {
  const portal = await Portal.start("account-phone");
  t.after(() => portal.stop());
  const visitor = await Visitor.open(browser, portal, { phone: true });
  t.after(() => visitor.close());
  await visitor.open("/login");
  await visitor.assertFitsScreen();
  visitor.assertNoProblems();
});
