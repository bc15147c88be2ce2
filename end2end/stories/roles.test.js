// Every role sees every page it is offered: by the links it has, in both languages, on a desk and on a phone. The pictures lie
// in `end2end/results/roles`.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, Visitor } from "../harness/browser.js";
import { Exploration, routesOf } from "../harness/exploration.js";
import { acceptInvitation, createStore, firstOperator, logIn } from "../harness/people.js";
import { Portal } from "../harness/portal.js";

/** The account admin of a company of the demonstration. */
const JUDITH = "judith@hartwellstone.example";
const TEAM = {
  operator: { first_name: "Olga", last_name: "Prats", email: "olga@levante.example" },
  production: { first_name: "Iker", last_name: "Otxoa", email: "iker@levante.example" },
};
const USERS = {
  admin: { first_name: "Nora", last_name: "Villanueva", email: "nora@hartwellstone.example" },
  "store-manager": { first_name: "Pau", last_name: "Giménez", email: "pau@hartwellstone.example" },
  "order-manager": { first_name: "Inés", last_name: "Carrasco", email: "ines@hartwellstone.example" },
  "view-only": { first_name: "Rafa", last_name: "Ortuño", email: "rafa@hartwellstone.example" },
};
const ROLES = ["administrator", "operator", "production", "account-admin", "admin", "store-manager", "order-manager", "view-only"];
const LOOKS = [
  { language: "es", phone: false },
  { language: "es", phone: true },
  { language: "en", phone: false },
  { language: "en", phone: true },
];
/** Most pages of a role that are looked at closely: one of each kind comes first. */
const MOST = 40;

let browser, portal, routes;
const people = {};

before(async () => {
  browser = await launch();
  portal = await Portal.start("roles");
  routes = await routesOf(portal);
  people.administrator = await firstOperator(browser, portal);
  const [, password] = (await portal.command("demo")).match(/password: (\S+)/);
  people["account-admin"] = await logIn(browser, portal, JUDITH, password);
  for (const [role, person] of Object.entries(TEAM)) {
    await people.administrator.open("/console/team/invite");
    await people.administrator.submit("team/invite", { ...person, role });
    people[role] = await comeIn(person);
  }
  const store = await createStore(people["account-admin"], "Ferias y mercados");
  for (const [role, person] of Object.entries(USERS)) {
    await people["account-admin"].open("/storefronts/settings/users/new");
    await people["account-admin"].fill("users/add", { ...person, role });
    if (role === "store-manager") {
      await people["account-admin"].form("users/add").locator(`[name="stores[]"][value="${store}"]`).check({ force: true });
    }
    await people["account-admin"].submit("users/add");
    people[role] = await comeIn(person);
  }
});
after(async () => {
  for (const person of Object.values(people)) await person.close();
  await portal?.stop();
  await browser?.close();
});

/** Somebody who has accepted the invitation in their mail. */
async function comeIn({ email }) {
  return acceptInvitation(browser, portal, await portal.mailbox.link(email, "/invitation/"));
}

for (const role of ROLES) {
  describe(`as ${role}`, () => {
    let pages;

    test("every link leads somewhere", async () => {
      const exploration = new Exploration(routes);
      const start = TEAM[role] || role === "administrator" ? "/console/orders" : "/storefronts";
      pages = (await exploration.explore(people[role], ["/", start, "/account"])).slice(0, MOST);
      exploration.assertNoDeadEnds();
      assert.ok(pages.length > 3, `${pages}`);
    });

    for (const look of LOOKS) {
      test(`every page is right in ${look.language}, on a ${look.phone ? "phone" : "desk"}`, async () => {
        await people[role].open("/account");
        await people[role].submit("account/save-profile", { language: look.language });
        const visitor = await Visitor.open(browser, portal, { ...look, as: people[role] });
        const flaws = [];
        for (const [index, page] of pages.entries()) {
          const status = await visitor.open(page);
          if (status >= 400) flaws.push(`${page} is answered ${status}`);
          const excess = await visitor.excessWidth();
          if (excess > 0) flaws.push(`${page} is ${excess} px too wide`);
          flaws.push(...visitor.problems.splice(0).map((problem) => `${page}: ${problem}`));
          const name = page.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id").replace(/\W+/g, "-");
          const width = look.phone ? 390 : 1280;
          await visitor.screenshot(`roles/${role}/${look.language}-${width}-${String(index).padStart(2, "0")}${name}`);
        }
        await visitor.close();
        assert.deepEqual(flaws, []);
      });
    }
  });
}
