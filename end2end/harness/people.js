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
  assert.match(client.page.url(), /\/storefronts/);
  return client;
}
