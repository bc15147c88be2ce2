// An online store from its connection to a parcel in the platform's own books, at each platform, in both languages.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.js";
import { pdf } from "../harness/files.js";
import { acceptInvitation, createCustomer, createProduct, firstOperator, inviteAdmin } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";
import { AGREE, DEMO, Shops } from "../harness/shops.js";

const PRODUCTS = 250;
const BUYER = {
  first_name: "Ana", last_name: "Ruiz", line1: "Calle Mayor 1", city: "Madrid", postcode: "28013", country: "ES",
};

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [language, database, script] of [["en", "sqlite", true], ["es", "postgres", false]]) {
  describe(`online stores in ${language}, ${script ? "with" : "without"} JavaScript, on ${database}`, () => {
    let shops, portal, operator, client;

    before(async () => {
      shops = await Shops.start(`stores-${language}`, { products: PRODUCTS });
      portal = await Portal.start(`stores-${language}`, { database, environment: shops.settings });
      await shops.deliverTo(portal);
      operator = await firstOperator(browser, portal, { language, script });
      await createProduct(operator);
      const customer = await createCustomer(operator, { name: "Estudio Garabato" });
      client = await acceptInvitation(browser, portal, await inviteAdmin(operator, customer), { language, script });
    });
    after(async () => {
      await client?.close();
      await operator?.close();
      await portal?.stop();
      await shops?.stop();
    });

    for (const platform of ["shopify", "etsy", "woocommerce"]) {
      describe(platform, () => {
        let store, made, ignored, sold, order;

        const check = async (visitor, name) => {
          if (script) await visitor.assertAccessible(`${name}-${platform}-${language}`);
          visitor.assertNoProblems();
        };
        /** Opens a page again and again until it shows what `selector` finds. */
        const shows = (visitor, path, selector) =>
          eventually(`${path} to show ${selector}`, async () => {
            await visitor.open(path);
            return (await visitor.page.locator(selector).count()) > 0;
          }, 60);
        const openProduct = async ({ title }) => {
          await client.open(`${store}/products?q=${encodeURIComponent(title)}`);
          await client.page.locator(`main a[href*="${store}/products/"]`).filter({ hasText: new RegExp(`^${title}$`) }).first().click();
          await client.page.waitForURL(`**${store}/products/*`);
        };

        test("the client connects their shop", async () => {
          await client.open(`/storefronts/stores/new/${platform}`);
          await check(client, "connect");
          await AGREE[platform](client, shops);
          await client.page.waitForURL(/\/storefronts\/stores\/[0-9a-f-]{36}/);
          store = client.page.url().match(/\/storefronts\/stores\/[0-9a-f-]{36}/)[0];
          assert.equal(await client.page.locator('main .badge[data-status="connected"]').count() > 0, true);
          client.assertNoProblems();
        });

        test("its products are read by themselves", async () => {
          await eventually("all products", async () => {
            await client.open(`${store}/products`);
            return (await client.page.locator("main").innerText()).includes(String(PRODUCTS));
          }, 60);
          await check(client, "products");
        });

        test("the client connects one with the catalogue and ignores another", async () => {
          const products = await shops.desk(`shops/${platform}/${DEMO}/products`);
          const titles = new Map();
          for (const { title } of products) titles.set(title, (titles.get(title) ?? 0) + 1);
          const simple = products.filter(
            ({ status, digital, variants, title }) =>
              status === "published" && !digital && variants.length === 1 && titles.get(title) === 1 && /^[\w .]+$/.test(title),
          );
          [made, ignored] = simple;
          await openProduct(made);
          await client.page.locator(`main a[href*="${store}/variants/"]`).first().click();
          await check(client, "connect-product");
          await client.page.locator('main a[href*="catalogue="]').first().click();
          await client.submit("products/connect", { "upload:front": pdf(216, 303) }, { press: "connect" });
          await openProduct(made);
          assert.ok(await client.page.locator('main .badge[data-status="connected"]').count());
          await check(client, "product");
          await openProduct(ignored);
          await client.submit("products/ignore");
          assert.ok(await client.page.locator('main .badge[data-status="ignored"]').count());
          client.assertNoProblems();
        });

        test("an order that a buyer places appears without touching anything", async () => {
          sold = await shops.desk(`shops/${platform}/${DEMO}/orders`, {
            email: "ana@example.com", shipping: BUYER, lines: [{ variant_id: made.variants[0].id, quantity: 2 }],
          });
          const row = `tbody a[href^="/storefronts/orders/"]`;
          await shows(client, `/storefronts/orders?platform=${platform}`, row);
          order = (await client.page.locator(row).first().getAttribute("href")).split("/").pop().split("?")[0];
          await shows(client, `/storefronts/orders/${order}`, 'main .badge[data-status="created"]');
          await check(client, "order");
        });

        test("production and parcel are told to the shop", async () => {
          const path = `/console/orders/${order}`;
          await operator.open(path);
          await operator.submit("orders/advance");
          await shows(operator, path, 'main .badge[data-status="in-production"]');
          await operator.open(`${path}?dialog=ship`);
          const tracking = `PK${platform.toUpperCase()}`;
          await operator.submit("orders/ship", { carrier: "Correos", tracking_number: tracking });
          await eventually("the parcel in the platform's books", async () => {
            const entries = await shops.ledger(platform, platform === "woocommerce" ? "note_added" : "shipped");
            return entries.some((entry) => entry.order_id === sold.id && JSON.stringify(entry).includes(tracking));
          }, 30);
          await shows(client, `/storefronts/orders/${order}`, 'main .badge[data-status="shipped"]');
          await check(client, "order-shipped");
          await operator.open(path);
          await check(operator, "console-order");
        });
      });
    }

    test("the operator looks into what was said", async () => {
      await operator.open("/console/activity/events");
      assert.ok((await operator.page.locator("tbody tr").count()) > 10);
      if (script) await operator.assertAccessible(`events-${language}`);
      operator.assertNoProblems();
    });
  });
}
