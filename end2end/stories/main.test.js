// The main job from a new customer to an order seen on both sides.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, Visitor } from "../harness/browser.js";
import { pdf, thousandOrders } from "../harness/files.js";
import {
  acceptInvitation, ADMIN, createCustomer, createProduct, createStore, firstOperator, inviteAdmin, OPERATOR, PASSWORD, PRODUCT, uploadOrders,
} from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";
import { csvRows, download, figures, refusedRows } from "../harness/reading.js";

const VARIANTS = [
  { language: "en", script: true, database: "sqlite" },
  { language: "es", script: true, database: "postgres" },
  { language: "en", script: false, database: "postgres" },
  { language: "es", script: false, database: "sqlite" },
];

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const variant of VARIANTS) {
  const { language, script, database } = variant;
  describe(`the whole story in ${language}, ${script ? "with" : "without"} JavaScript, on ${database}`, () => {
    let portal, operator, client, customer, link, order;
    const file = thousandOrders(language, PRODUCT.uid);

    before(async () => {
      portal = await Portal.start(`main-${language}${script ? "" : "-plain"}`, { database });
    });
    after(async () => {
      await operator?.close();
      await client?.close();
      await portal?.stop();
    });

    // Both languages have the same markup: each is looked at in one of the colour schemes.
    const schemes = language === "en" ? ["light"] : ["dark"];
    const check = async (visitor, name) => {
      if (script) await visitor.assertAccessible(`${name}-${language}`, schemes);
      visitor.assertNoProblems();
    };
    /** Whether the page shows this status, once it has come about. */
    const status = (visitor, path, slug) =>
      eventually(`${path} to be ${slug}`, async () => {
        await visitor.open(path);
        return (await visitor.page.locator(`main .badge[data-status="${slug}"]`).count()) > 0;
      });

    test("the operator logs in", async () => {
      operator = await firstOperator(browser, portal, variant);
      await operator.submit("account/log-out");
      await operator.submit("account/log-in", { email: OPERATOR.email, password: PASSWORD });
      assert.match(operator.page.url(), /\/console\/orders$/);
      await check(operator, "console-orders-empty");
    });

    test("creates a product of the catalogue", async () => {
      await operator.open("/console/catalogue");
      await check(operator, "catalogue-empty");
      await createProduct(operator);
      await check(operator, "catalogue-product");
      await operator.open("/console/catalogue");
      await check(operator, "catalogue");
    });

    test("creates a customer with a reference", async () => {
      customer = await createCustomer(operator, { name: "Estudio Garabato", reference: "EG-001" });
      await check(operator, "customer");
    });

    test("switches Storefronts access on, and the invitation arrives", async () => {
      link = await inviteAdmin(operator, customer);
      await status(operator, `${customer}/settings`, "invitation-sent");
      const [mail] = await portal.mailbox.to(ADMIN.email);
      assert.ok(mail.text.includes(ADMIN.email) && mail.html.includes(link), "the mail names the user and has the link in both forms");
      assert.ok(!mail.text.includes(PASSWORD));
      await check(operator, "customer-invited");
    });

    test("the link works although a mail scanner opened it twice", async () => {
      for (const _ of [1, 2]) assert.equal((await fetch(link)).status, 200);
      client = await acceptInvitation(browser, portal, link, variant);
      await check(client, "dashboard-new");
      await status(operator, `${customer}/settings`, "active");
      operator.assertNoProblems();
    });

    test("the client adds a manual store", async () => {
      await client.open("/storefronts/stores");
      await check(client, "stores-empty");
      await createStore(client);
      await check(client, "store");
      await client.open("/storefronts/stores");
      await check(client, "stores");
    });

    test("places an order with a design", async () => {
      await client.open("/storefronts/orders/new");
      await check(client, "place-order");
      const line = { "add-product": PRODUCT.uid, "add-quantity": "3" };
      const add = { press: "add-line" };
      const refused = async (values) => Object.keys((await client.submitRefused("orders/place", values, add)).fields);
      assert.deepEqual(await refused({ ...line, "add-product": "no-such-product" }), ["add-product"]);
      assert.deepEqual(await refused({ ...line, "add-quantity": "0" }), ["add-quantity"]);
      await check(client, "place-order-refused");
      const design = pdf(216, 303);
      await client.submit("orders/place", line, add);
      await client.submit("orders/place", {
        recipient: "Ana Ruiz", address_line1: "Calle Mayor 1", city: "Madrid", postcode: "28013", country: "ES", reference: "A-1",
        "line-0-upload:front": design,
      });
      order = client.page.url().match(/\/storefronts\/orders\/([0-9a-f-]{36})/)[1];
      const file = await download(client, await client.page.locator('main a[href^="/files/"]').getAttribute("href"));
      assert.equal(file.type, "application/pdf");
      assert.ok(file.bytes.equals(design.buffer), "the design comes back as it was sent");
      await check(client, "client-order");
    });

    test("imports a thousand orders, seven of them wrong", async () => {
      await client.open("/storefronts/orders/import");
      await check(client, "import");
      const path = await uploadOrders(client, file.file);
      await eventually("the preview", async () => {
        await client.open(path);
        return (await client.form("imports/start").count()) > 0;
      });
      await check(client, "import-preview");
      const refused = await refusedRows(client);
      assert.deepEqual(refused.map(({ row, reference }) => ({ row, reference })), file.refused.map(({ row, reference }) => ({ row, reference })));
      for (const [index, { column }] of file.refused.entries()) {
        assert.ok(refused[index].reason.startsWith(column), `“${refused[index].reason}” names ${column}`);
      }
      assert.equal((await csvRows(client, `${path}/errors.csv`)).length, file.refused.length);
      await client.submit("imports/start");
      await eventually("the end of the import", async () => {
        await client.open(path);
        return (await client.form("imports/cancel").count()) === 0;
      }, 60);
      await check(client, "import-result");
      const [created, , rowsRefused] = await figures(client);
      assert.deepEqual([created, rowsRefused], [file.right, file.refused.length]);
    });

    test("the same file again creates nothing", async () => {
      const path = await uploadOrders(client, file.file);
      await eventually("the second preview", async () => {
        await client.open(path);
        return (await client.form("imports/cancel").count()) > 0 && (await client.page.locator("progress").count()) === 0;
      });
      assert.equal(await client.form("imports/start").count(), 0);
      await check(client, "import-again");
    });

    test("the operator sees the orders with customer and store", async () => {
      await operator.open("/console/orders");
      const row = (await operator.page.locator("tbody tr").first().textContent()).replace(/\s+/g, " ");
      assert.ok(row.includes("Estudio Garabato") && row.includes("Pedidos directos"), row);
      await check(operator, "console-orders");
      const rows = await csvRows(operator, "/console/orders/export.csv");
      assert.equal(rows.filter((row) => row.includes("Estudio Garabato") && row.includes("Pedidos directos")).length, file.right + 1);
      await operator.open("/console/orders?q=A-1");
      assert.equal(await operator.page.locator("tbody tr").count(), 1);
      await operator.open(`/console/orders/${order}`);
      await check(operator, "console-order");
    });

    test("moves the order to production and ships it with tracking", async () => {
      const page = `/console/orders/${order}`;
      for (let step = 0; step < 8 && !(await operator.form("orders/ship").count()); step++) {
        await operator.open(page);
        await operator.submit("orders/advance");
      }
      await operator.open(`${page}?dialog=ship`);
      await check(operator, "ship-dialog");
      await operator.submit("orders/ship", { carrier: "Correos", tracking_number: "PK123456789ES" });
      await status(operator, page, "shipped");
      await check(operator, "console-order-shipped");
    });

    test("the client sees that it is shipped", async () => {
      const path = `/storefronts/orders/${order}`;
      await status(client, path, "shipped");
      assert.ok((await client.page.locator("main").textContent()).includes("PK123456789ES"));
      await check(client, "client-order-shipped");
      for (const [name, page] of [["dashboard", "/storefronts"], ["client-orders", "/storefronts/orders"], ["activity", null]]) {
        const visitor = page ? client : operator;
        await visitor.open(page ?? "/console/activity");
        await check(visitor, name);
      }
    });

    test("switching access off ends the client's session", async () => {
      await operator.open(`${customer}/settings`);
      await operator.submit("customers/access", { access: false });
      await client.open("/storefronts");
      assert.match(client.page.url(), /\/login/);
    });
  });
}
