// The people of the stories and what they do again and again.
import assert from "node:assert/strict";

import { Visitor } from "./browser.js";

export const PASSWORD = "correct-zebra-lamp-orbit-27";
export const OPERATOR = { first_name: "Marta", last_name: "Ibáñez", email: "marta@levante.example" };
export const ADMIN = { first_name: "Lucía", last_name: "Ferrer", email: "lucia@garabato.example" };

/** A visitor who has become the first operator. */
export async function firstOperator(browser, portal, options) {
  const operator = await Visitor.open(browser, portal, options);
  await operator.open(await portal.firstOperatorLink());
  await operator.submit("account/create-first-operator", { ...OPERATOR, password: PASSWORD, language: operator.language });
  assert.match(operator.page.url(), /\/console/);
  return operator;
}

/** A visitor who has logged in. */
export async function logIn(browser, portal, email, password, options) {
  const visitor = await Visitor.open(browser, portal, options);
  await visitor.open("/login");
  await visitor.submit("account/log-in", { email, password });
  assert.match(visitor.page.url(), /\/(console|storefronts)/);
  return visitor;
}

/** Creates a customer and returns its path in the console. */
export async function createCustomer(operator, values) {
  await operator.open("/console/customers/new");
  await operator.submit("customers/create", values);
  const { pathname } = new URL(operator.page.url());
  assert.match(pathname, /^\/console\/customers\/[0-9a-f-]{36}$/);
  return pathname;
}

/** Switches Storefronts access on for a customer and returns the link in the client admin's mail. */
export async function inviteAdmin(operator, customer, admin = ADMIN) {
  await operator.open(`${customer}/settings`);
  await operator.submit("customers/access", { access: true, ...admin, language: operator.language });
  return operator.portal.mailbox.link(admin.email, "/invitation/");
}

/** A visitor who has accepted an invitation. */
export async function acceptInvitation(browser, portal, link, options) {
  const client = await Visitor.open(browser, portal, options);
  await client.open(link);
  await client.submit("account/accept-invitation", { password: PASSWORD, language: client.language });
  assert.match(client.page.url(), /\/(console|storefronts)/);
  return client;
}

/** A product of the catalogue that the stories order: an A4 sheet, printed on one side. */
export const PRODUCT = { uid: "poster-a4", name_en: "Poster A4", name_es: "Póster A4", category: "Posters" };

export async function createProduct(operator) {
  await operator.open("/console/catalogue/new");
  await operator.submit("catalogue/save", {
    ...PRODUCT,
    "area:0:name_en": "Front",
    "area:0:name_es": "Anverso",
    "area:0:size": "210 x 297",
    "area:0:bleed": "3",
    "area:0:formats:pdf": true,
    "area:0:formats:png": true,
  });
  assert.match(operator.page.url(), /\/console\/catalogue\/[0-9a-f-]{36}/);
}

/** Adds a manual store and returns its id. */
export async function createStore(client, name = "Pedidos directos") {
  await client.open("/storefronts/stores/new/manual");
  await client.submit("stores/create-manual", { name });
  return client.page.url().match(/\/storefronts\/stores\/([0-9a-f-]{36})/)[1];
}

/** Brings a file of orders, for a store if there are several, and returns the path of its import. */
export async function uploadOrders(client, file, store) {
  await client.open(`/storefronts/orders/import${store ? `?store=${store}` : ""}`);
  await client.submit("imports/upload", { csv: file });
  const { pathname } = new URL(client.page.url());
  assert.match(pathname, /^\/storefronts\/imports\//);
  return pathname;
}
