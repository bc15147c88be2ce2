// The users of a customer: the account admin adds them, each role sees what it should, and no page leads it to a dead end.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, Visitor } from "../harness/browser.js";
import { Exploration, routesOf } from "../harness/exploration.js";
import { acceptInvitation, createStore, firstOperator, logIn, PASSWORD } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";
import { textsIn } from "../harness/texts.js";

const USERS = "/storefronts/settings/users";
/** The account admin of a company of the demonstration. */
const JUDITH = "judith@hartwellstone.example";
const PEOPLE = {
  admin: { first_name: "Nora", last_name: "Villanueva", email: "nora@hartwellstone.example" },
  "store-manager": { first_name: "Pau", last_name: "Giménez 🖨️", email: "pau@hartwellstone.example" },
  "order-manager": { first_name: "Inés", last_name: "Carrasco", email: "ines@hartwellstone.example" },
  "view-only": { first_name: "Rafa", last_name: "Ortuño", email: "rafa@hartwellstone.example" },
};

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [language, script] of [["en", true], ["es", false]]) {
  describe(`users in ${language}, ${script ? "with" : "without"} JavaScript`, () => {
    const t = textsIn(language);
    const visitors = {};
    let portal, operator, judith, routes, stores;

    before(async () => {
      portal = await Portal.start(`users-${language}`, { database: "postgres" });
      routes = await routesOf(portal);
      operator = await firstOperator(browser, portal, { language, script });
      const [, password] = (await portal.command("demo")).match(/password: (\S+)/);
      judith = await logIn(browser, portal, JUDITH, password, { language, script });
      await judith.open("/account");
      await judith.submit("account/save-profile", { language });
      await createStore(judith, "Ferias y mercados");
    });
    after(async () => {
      for (const visitor of [...Object.values(visitors), judith, operator]) await visitor?.close();
      await portal?.stop();
    });

    const check = async (visitor, name) => {
      if (script) await visitor.assertAccessible(`${name}-${language}`);
      await visitor.assertFitsScreen();
      visitor.assertNoProblems();
    };
    const places = async (visitor) => {
      await visitor.open("/storefronts");
      return visitor.page.locator(".sidebar nav a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    };
    const storesSeen = async (visitor) => {
      await visitor.open("/storefronts/stores");
      return visitor.page.locator('main a.row-link[href^="/storefronts/stores/"]').allInnerTexts();
    };
    /** Opens the page of a user from the list. */
    const openUser = async (visitor, { email }, list = USERS) => {
      await visitor.open(list);
      await visitor.page.locator("tbody tr").filter({ hasText: email }).locator("a.row-link").click();
      await visitor.page.waitForURL(`**${list}/*`);
    };
    const choose = (action, store) =>
      judith.form(action).locator(`[name="stores[]"][value="${store}"]`).check({ force: true });

    test("the account admin finds user management under Settings", async () => {
      assert.ok((await places(judith)).includes(USERS));
      await judith.page.locator(`.sidebar nav a[href="${USERS}"]`).click();
      await judith.page.waitForURL(`**${USERS}`);
      const matrix = await judith.page.locator(".matrix tbody tr").allInnerTexts();
      assert.ok(matrix.some((row) => row.includes(t("users-may-users"))), "what each role may do is told");
      await check(judith, "users");
      await openUser(judith, { email: JUDITH });
      assert.equal(await judith.form("users/change-role").count(), 0, "the last account admin keeps the role");
      assert.equal(await judith.form("users/remove").count(), 0);
      await check(judith, "users-last-admin");
    });

    const wrong = [
      ["no address", { email: "nora@" }, ["email"]],
      ["somebody who is here already", { email: JUDITH.toUpperCase() }, ["email"]],
      ["a store manager without a store", { role: "store-manager" }, ["stores"]],
      ["no name at all", { first_name: " ", last_name: "" }, ["first_name", "last_name"]],
    ];
    for (const [what, values, fields] of wrong) {
      test(`${what} is refused at its field, and what was typed stays`, async () => {
        await judith.open(`${USERS}/new`);
        const said = await judith.submitRefused("users/add", { ...PEOPLE.admin, role: "admin", ...values });
        assert.deepEqual(Object.keys(said.fields), fields);
        assert.equal(await judith.form("users/add").locator("[name=email]").inputValue(), values.email ?? PEOPLE.admin.email);
        await check(judith, "user-refused");
      });
    }

    test("one of each role is added, accepts by the link in the mail, and comes in", async () => {
      await judith.open(`${USERS}/new`);
      const boxes = judith.form("users/add").locator('[name="stores[]"]');
      stores = await boxes.evaluateAll((inputs) =>
        inputs.map((input) => ({ id: input.value, name: input.closest("label").querySelector("span").firstChild.textContent.trim() })),
      );
      assert.ok(stores.length > 1, "there are stores to choose from");
      for (const [role, person] of Object.entries(PEOPLE)) {
        await judith.open(`${USERS}/new`);
        await judith.fill("users/add", { ...person, role });
        if (role === "store-manager") await choose("users/add", stores[0].id);
        await judith.submit("users/add");
        const link = await portal.mailbox.link(person.email, "/invitation/");
        visitors[role] = await acceptInvitation(browser, portal, link, { language, script });
      }
      await judith.open(USERS);
      for (const { email } of Object.values(PEOPLE)) {
        assert.equal(await judith.page.locator("tbody tr").filter({ hasText: email }).locator('[data-status="active"]').count(), 1, email);
      }
      await check(judith, "users-all");
    });

    test("each sees the places and the stores of their role", async () => {
      const seen = {};
      for (const [role, visitor] of Object.entries(visitors)) {
        seen[role] = (await places(visitor)).map((place) => place.replace("/storefronts", "") || "/");
        visitor.assertNoProblems();
      }
      const all = ["/", "/stores", "/orders"];
      assert.deepEqual(seen, { admin: all, "store-manager": all, "order-manager": ["/", "/orders"], "view-only": all });
      assert.deepEqual(await storesSeen(visitors["store-manager"]), [stores[0].name]);
      assert.equal((await storesSeen(visitors["view-only"])).length, stores.length);
      for (const role of Object.keys(visitors)) {
        assert.equal(await visitors[role].expectingRefusal(() => visitors[role].open(USERS)), 403, role);
      }
      const other = `/storefronts/stores/${stores[1].id}`;
      assert.equal(await visitors["store-manager"].expectingRefusal(() => visitors["store-manager"].open(other)), 404);
    });

    for (const role of ["account-admin", ...Object.keys(PEOPLE)]) {
      test(`no page of ${role} leads to a dead end`, async () => {
        const exploration = new Exploration(routes);
        await exploration.explore(role === "account-admin" ? judith : visitors[role], ["/", "/storefronts"]);
        exploration.assertNoDeadEnds();
      });
    }

    test("what is changed holds with the next click", async () => {
      await openUser(judith, PEOPLE["view-only"]);
      await judith.fill("users/change-role", { role: "view-only", reach: "chosen" });
      await choose("users/change-role", stores[1].id);
      await judith.submit("users/change-role");
      assert.deepEqual(await storesSeen(visitors["view-only"]), [stores[1].name]);
      await openUser(judith, PEOPLE["order-manager"]);
      await check(judith, "user");
      await judith.submit("users/block");
      await visitors["order-manager"].open("/storefronts");
      assert.match(visitors["order-manager"].page.url(), /\/login/);
      await check(judith, "user-blocked");
      await judith.submit("users/unblock");
      await visitors["order-manager"].submit("account/log-in", { email: PEOPLE["order-manager"].email, password: PASSWORD });
      assert.match(visitors["order-manager"].page.url(), /\/storefronts/);
    });

    test("a wrong address is corrected, and its link stops working", async () => {
      await judith.open(`${USERS}/new`);
      await judith.submit("users/add", { first_name: "Gestoría", last_name: "Balmes", email: "gestroia@balmes.example", role: "view-only" });
      const wrongLink = await portal.mailbox.link("gestroia@balmes.example", "/invitation/");
      await judith.open(new URL(judith.page.url()).pathname);
      await check(judith, "user-invited");
      await judith.submit("users/correct", { email: "gestoria@balmes.example" });
      const link = await portal.mailbox.link("gestoria@balmes.example", "/invitation/");
      const stranger = await Visitor.open(browser, portal, { language, script });
      await stranger.open(wrongLink);
      assert.equal(await stranger.form("account/accept-invitation").count(), 0);
      await stranger.open(link);
      assert.equal(await stranger.form("account/accept-invitation").count(), 1);
      await stranger.close();
      await openUser(judith, { email: "gestoria@balmes.example" });
      await judith.submit("users/remove");
      assert.equal(await judith.page.locator("tbody tr").filter({ hasText: "gestoria@" }).count(), 0);
    });

    test("an operator does the same, and the account is handed over", async () => {
      await operator.open("/console/customers?q=hartwell");
      const customer = await operator.page.locator("tbody a.row-link").first().getAttribute("href");
      const list = `${customer}/users`;
      await openUser(operator, PEOPLE.admin, list);
      await check(operator, "console-user");
      await operator.submit("users/change-role", { role: "account-admin" });
      assert.ok((await places(visitors.admin)).includes(USERS));
      await openUser(judith, { email: JUDITH });
      await judith.submit("users/change-role", { role: "view-only", reach: "all" });
      assert.equal(new URL(judith.page.url()).pathname, "/storefronts");
      assert.ok(!(await places(judith)).includes(USERS));
      await eventually("the new owner to manage users", async () => (await visitors.admin.open(USERS)) === 200);
    });
  });
}
