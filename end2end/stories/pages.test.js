// Every page there is: reachable, without dead ends, and right in both languages, light and dark, on a desk and on a phone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, Visitor } from "../harness/browser.js";
import { Exploration, routesOf } from "../harness/exploration.js";
import { csv } from "../harness/files.js";
import { acceptInvitation, firstOperator, logIn, OPERATOR, uploadOrders } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";
import { AGREE, DEMO, Shops } from "../harness/shops.js";

/**
 * Every page is seen in both languages, in both colour schemes, on a desk and on a phone: each in two looks, which share
 * nothing. Pages take turns between the first pair and the second.
 */
const LOOKS = [
  { language: "en", scheme: "light", phone: false, turn: 0 },
  { language: "en", scheme: "dark", phone: true, turn: 1 },
  { language: "es", scheme: "dark", phone: true, turn: 0 },
  { language: "es", scheme: "light", phone: false, turn: 1 },
];

/**
 * Pages that no link leads to: what a form that was refused without JavaScript shows, what is for whoever builds pages, and
 * what asks for the password again.
 */
const UNLINKED = ["/error/403", "/error/404", "/error/500", "/console/styleguide", "/account/confirm"];

const ORDERS = `orderReferenceId,recipient,addressLine1,city,postcode,country,productUid,quantity
W-1,Ana Ruiz,Calle Mayor 1,Madrid,28013,ES,no-such-product,0
`;
const PRODUCTS = `productUid,nameEn,nameEs,category
label-a6,Label,,Labels
pen,Pen,Bolígrafo,Stock
`;

let browser, shops, portal, exploration, operator, client, invited, reset;
/** Pages worth a closer look, by who sees them. */
const worth = {};

before(async () => {
  browser = await launch();
  shops = await Shops.start("pages", { products: 12 });
  portal = await Portal.start("pages", { environment: shops.settings });
  exploration = new Exploration(await routesOf(portal));
});
after(async () => {
  await browser?.close();
  await portal?.stop();
  await shops?.stop();
});

describe("every page", () => {
  test("greets the first operator", async () => {
    const path = new URL(await portal.firstOperatorLink()).pathname;
    const stranger = await Visitor.open(browser, portal);
    await exploration.explore(stranger, [path]);
    await stranger.close();
    for (const look of LOOKS) await inspect(look, [path, path]);
    operator = await firstOperator(browser, portal);
  });

  test("of a company at work leads somewhere", async () => {
    const [, password] = (await portal.command("demo")).match(/password: (\S+)/);
    client = await logIn(browser, portal, "judith@hartwellstone.example", password);
    await uploadOrders(client, csv(ORDERS));
    await connectStore();
    await operator.open("/console/catalogue/import");
    await operator.submit("catalogue/check-file", { csv: csv(PRODUCTS) });
    for (const path of UNLINKED) exploration.meet(path);
    // Only for people of several customers: the story of sessions looks at it.
    exploration.meet("/choose-customer");
    // Typed by hand only: it leads to the first page.
    exploration.meet("/console");
    // Between password and code only: the story of the account looks at it.
    exploration.meet("/login/code");
    worth.operator = [...(await exploration.explore(operator, ["/", "/console/orders"])), ...UNLINKED];
    worth.client = await exploration.explore(client, ["/", "/storefronts"]);
  });

  test("behind a link of a mail is met", async () => {
    await operator.open("/console/team/invite");
    await operator.submit("team/invite", { first_name: "Iker", last_name: "Otxoa", email: "iker@levante.example", role: "production" });
    invited = await portal.mailbox.link("iker@levante.example", "/invitation/");
    const stranger = await Visitor.open(browser, portal);
    await stranger.open("/forgot");
    await stranger.submit("account/request-reset", { email: OPERATOR.email });
    reset = await portal.mailbox.link(OPERATOR.email, "/reset/");
    const starts = ["/login", ...[invited, reset].map((link) => new URL(link).pathname)];
    worth.stranger = await exploration.explore(stranger, starts);
    await stranger.close();
  });

  test("of the router is met", () => {
    assert.deepEqual(exploration.missed, []);
    exploration.assertNoDeadEnds();
  });

  for (const look of LOOKS) {
    const { language, scheme, phone } = look;
    test(`is right in ${language}, ${scheme}, on a ${phone ? "phone" : "desk"}`, async () => {
      for (const person of [operator, client]) {
        await person.open("/account");
        await person.submit("account/save-profile", { language });
      }
      await inspect(look, worth.stranger);
      await inspect({ ...look, as: operator }, worth.operator);
      await inspect({ ...look, as: client }, worth.client);
    });
  }

  test("of a production operator leads somewhere they may go", async () => {
    const production = await acceptInvitation(browser, portal, invited, {});
    await exploration.explore(production, ["/", "/console/orders"]);
    exploration.assertNoDeadEnds();
    await production.close();
  });
});

/** Connects an online store, which sells something and has an order whose product is not connected. */
async function connectStore() {
  await client.open("/storefronts/stores/new/shopify");
  await AGREE.shopify(client, shops);
  await client.page.waitForURL(/\/storefronts\/stores\/[0-9a-f-]{36}/);
  const store = new URL(client.page.url()).pathname;
  await eventually("its products", async () => {
    await client.open(`${store}/products`);
    return (await client.page.locator(`main a[href*="${store}/products/"]`).count()) > 0;
  });
  await shops.desk(`shops/shopify/${DEMO}/orders`, { shape: "personalised" });
  await eventually("its order", async () => {
    await client.open("/storefronts/orders?platform=shopify");
    return (await client.page.locator('tbody a[href^="/storefronts/orders/"]').count()) > 0;
  });
}

/** Looks closely at the pages whose turn it is, and fails with all that is wrong with any of them. */
async function inspect(look, paths) {
  const visitor = await Visitor.open(browser, portal, look);
  const found = [];
  for (const path of paths.filter((_, index) => index % 2 === look.turn)) {
    await visitor.expectingRefusal(() => visitor.open(path));
    const flaws = await visitor.page.evaluate(flawsOfPage);
    const excess = await visitor.excessWidth();
    if (excess > 0) flaws.push(`${excess} px too wide`);
    flaws.push(...(await visitor.barriers(path.replace(/\W+/g, "-"), [look.scheme])), ...visitor.problems.splice(0));
    found.push(...flaws.map((flaw) => `${path}: ${flaw}`));
  }
  await visitor.close();
  assert.deepEqual(found, []);
}

/** What is wrong with the page shown; runs in the browser. */
function flawsOfPage() {
  const flaws = [];
  const headings = document.querySelectorAll("h1");
  if (headings.length !== 1 || !headings[0].textContent.trim()) flaws.push(`${headings.length} h1`);
  if (!document.title.trim()) flaws.push("no title");
  // A text that is missing shows its key, one that lacks a value the value's name.
  const missing = /\[[a-z]+(-[a-z0-9]+)+\]|\{ ?\$[a-z-]+ ?\}/g;
  const words = [...document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")].flatMap((element) =>
    ["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name) ?? ""),
  );
  for (const text of [document.title, document.body.innerText, ...words]) flaws.push(...(text.match(missing) ?? []));
  for (const name of ["popovertarget", "commandfor", "data-opens", "data-closes", "form", "for"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      const id = element.getAttribute(name);
      // A link opens its dialog where the page has it, and leads to the page of the same form otherwise.
      if (!document.getElementById(id) && !(name === "data-opens" && element.href)) flaws.push(`${name}=${id} names nothing`);
    }
  }
  for (const link of document.querySelectorAll('a[href^="#"]:not([href="#"])')) {
    if (!document.getElementById(link.hash.slice(1))) flaws.push(`${link.hash} is nowhere`);
  }
  return flaws;
}
