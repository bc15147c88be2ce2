// The team: somebody is invited, gets a role, is kept out and let in again; links that do not work say why.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, Visitor } from "../harness/browser.js";
import { acceptInvitation, firstOperator, OPERATOR, PASSWORD } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";
import { textsIn } from "../harness/texts.js";

const COLLEAGUE = { first_name: "Iker", last_name: "Otxoa 🖨️", email: "iker@levante.example" };

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [language, script] of [["es", true], ["en", false]]) {
  describe(`the team in ${language}, ${script ? "with" : "without"} JavaScript`, () => {
    const t = textsIn(language);
    let portal, operator, colleague, member, first;

    before(async () => {
      portal = await Portal.start(`team-${language}`, { database: "postgres" });
      operator = await firstOperator(browser, portal, { language, script });
    });
    after(async () => {
      await colleague?.close();
      await operator?.close();
      await portal?.stop();
    });

    const check = async (name) => {
      if (script) await operator.assertAccessible(`${name}-${language}`);
      operator.assertNoProblems();
    };
    const badge = (status) =>
      eventually(`the badge ${status}`, async () => {
        await operator.open(member);
        return (await operator.page.locator(`h1 [data-status="${status}"]`).count()) > 0;
      });
    /** What a stranger reads behind a link that does not work any more. */
    const dead = async (link) => {
      const stranger = await Visitor.open(browser, portal, { language, script });
      await stranger.open(link);
      assert.equal(await stranger.form("account/accept-invitation").count(), 0);
      const said = await stranger.page.locator(".alert b").first().textContent();
      assert.ok(await stranger.page.locator('.alert a[href="/login"]').count(), "and there is a way out");
      if (script) await stranger.assertAccessible(`dead-link-${language}`);
      stranger.assertNoProblems();
      await stranger.close();
      return said.trim();
    };

    const wrong = [
      ["no address", { email: "iker@" }, ["email"]],
      ["somebody who is on the team", { email: OPERATOR.email.toUpperCase() }, ["email"]],
      ["a name of 300 characters", { first_name: "ñ".repeat(300) }, ["first_name"]],
      ["no name at all", { first_name: " ", last_name: "" }, ["first_name", "last_name"]],
    ];
    for (const [what, values, fields] of wrong) {
      test(`${what} is refused at its field`, async () => {
        await operator.open("/console/team/invite");
        const said = await operator.submitRefused("team/invite", { ...COLLEAGUE, role: "production", ...values });
        assert.deepEqual(Object.keys(said.fields), fields);
        await check("invite-refused");
      });
    }

    test("a colleague is invited", async () => {
      await operator.open("/console/team");
      await check("team");
      await operator.page.locator('main a[href="/console/team/invite"]').click();
      await operator.submit("team/invite", { ...COLLEAGUE, role: "production" });
      member = new URL(operator.page.url()).pathname;
      assert.match(member, /^\/console\/team\/[0-9a-f-]{36}$/);
      first = await portal.mailbox.link(COLLEAGUE.email, "/invitation/");
      await badge("invitation-sent");
      await check("member-invited");
    });

    test("links that were replaced, revoked, or have expired say so", async () => {
      await operator.submit("team/resend");
      const second = await portal.mailbox.link(COLLEAGUE.email, "/invitation/", 2);
      assert.equal(await dead(first), t("problem-link-revoked"));
      await portal.sql("UPDATE invitations SET expires_at = now() - interval '1 minute' WHERE state = 'invitation_sent'");
      assert.equal(await dead(second), t("problem-link-expired"));
      await badge("expired");
      await check("member-expired");
      await operator.submit("team/resend");
      const third = await portal.mailbox.link(COLLEAGUE.email, "/invitation/", 3);
      await badge("invitation-sent");
      await operator.submit("team/revoke");
      assert.equal(await dead(third), t("problem-link-revoked"));
      await badge("revoked");
      assert.equal(await dead(portal.at("/invitation/nonsense")), t("problem-link-unknown"));
    });

    test("accepting leads into the console, once", async () => {
      await operator.submit("team/resend");
      const link = await portal.mailbox.link(COLLEAGUE.email, "/invitation/", 4);
      colleague = await acceptInvitation(browser, portal, link, { language, script });
      await badge("active");
      assert.equal(await dead(link), t("problem-link-used"));
      assert.ok((await operator.page.locator("h1").textContent()).includes(COLLEAGUE.last_name));
      await check("member-active");
    });

    test("the role decides which places there are", async () => {
      const places = async () => {
        await colleague.open("/console/orders");
        return colleague.page.locator(".sidebar nav a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      };
      assert.deepEqual(await places(), ["/console/orders"]);
      await operator.open(member);
      await operator.submit("team/role", { role: "administrator" });
      assert.ok((await places()).includes("/console/team"));
      await operator.open(member);
      await operator.submit("team/role", { role: "production" });
      await colleague.expectingRefusal(async () => assert.equal(await colleague.open("/console/team"), 403));
      assert.equal(await colleague.page.locator("h1").textContent(), t("app-error-forbidden-title"));
      if (script) await colleague.assertAccessible(`forbidden-${language}`);
      colleague.assertNoProblems();
    });

    test("whoever is blocked is out at once, and may come back", async () => {
      await operator.open(`${member}?dialog=block`);
      await check("block-dialog");
      await operator.submit("team/block");
      await colleague.open("/console/orders");
      assert.match(colleague.page.url(), /\/login/);
      const log_in = { email: COLLEAGUE.email, password: PASSWORD };
      await colleague.submitRefused("account/log-in", log_in);
      await operator.open(member);
      await check("member-blocked");
      await operator.submit("team/unblock");
      await colleague.submit("account/log-in", log_in);
      assert.match(colleague.page.url(), /\/console/);
      operator.assertNoProblems();
    });
  });
}
