// Imports that are cut short, and files that are none.
import assert from "node:assert/strict";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "node:stream/promises";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.js";
import { csv, pictureCalledCsv, thousandOrders } from "../harness/files.js";
import {
  acceptInvitation, createCustomer, createProduct, createStore, firstOperator, inviteAdmin, PRODUCT, uploadOrders,
} from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A client with a manual store and a product to order. */
async function clientWithStore(portal, options) {
  const operator = await firstOperator(browser, portal, options);
  await createProduct(operator);
  const customer = await createCustomer(operator, { name: "Estudio Garabato" });
  const client = await acceptInvitation(browser, portal, await inviteAdmin(operator, customer), options);
  await operator.close();
  await createStore(client);
  return client;
}

const checked = (client, path) =>
  eventually("the preview", async () => {
    await client.open(path);
    return (await client.form("imports/start").count()) > 0;
  });

/** How many orders an import has created, by its result file, and how many different ones. */
async function created(client, path) {
  const answer = await client.context.request.get(`${path}/result.csv`);
  const numbers = (await answer.text()).match(/LP-\d+/g) ?? [];
  return { rows: numbers.length, orders: new Set(numbers).size };
}

for (const database of ["sqlite", "postgres"]) {
  test(`an import survives that the process is killed, on ${database}`, async (t) => {
    const portal = await Portal.start(`killed-${database}`, { database });
    t.after(() => portal.stop());
    const client = await clientWithStore(portal, { language: "en" });
    t.after(() => client.close());
    const file = thousandOrders("en", PRODUCT.uid);

    // An import takes no second, so the kill can come too late; then the next store gets the same file.
    let cutShort = false;
    let stores = 1;
    for (; !cutShort && stores <= 8; stores++) {
      const store = await createStore(client, `Store ${stores}`);
      const path = await uploadOrders(client, file.file, store);
      await checked(client, path);
      const started = client.form("imports/start").locator("button").last().click().catch(() => {});
      let seen = 0;
      while (seen === 0) seen = (await created(client, path)).orders;
      await portal.kill();
      await started;
      await portal.boot();
      cutShort = (await created(client, path)).orders < file.right;
      // Another worker takes a dead one's job up when its lease has ended.
      await eventually("the end of the import", async () => (await created(client, path)).orders === file.right, 120);
      await client.open(path);
      assert.deepEqual(await created(client, path), { rows: file.right, orders: file.right });
    }
    assert.ok(cutShort, "no import was cut short");

    const list = await client.context.request.get("/storefronts/orders/export.csv");
    assert.equal((await list.text()).match(/WEB-\d+/g).length, (stores - 1) * file.right);
  });
}

for (const [language, script] of [["en", true], ["es", false]]) {
  describe(`files that are no orders, in ${language}, ${script ? "with" : "without"} JavaScript`, () => {
    let portal, client, folder;

    before(async () => {
      folder = mkdtempSync(path.join(tmpdir(), "portal-files-"));
      portal = await Portal.start(`files-${language}`);
      client = await clientWithStore(portal, { language, script });
    });
    after(async () => {
      await client?.close();
      await portal?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Brings a file that must be refused: at the form, or on the page of the import; returns what is said. */
    const refused = async (file) => {
      await client.open("/storefronts/orders/import");
      const said = await client.submitRefused("imports/upload", { csv: file });
      if (script) await client.assertAccessible("import-refused");
      client.assertNoProblems();
      return said;
    };

    test("a picture is refused", async () => assert.deepEqual(Object.keys((await refused(pictureCalledCsv())).fields), ["csv"]));

    test("an empty file is refused", async () => assert.deepEqual(Object.keys((await refused(csv(""))).fields), ["csv"]));

    test("a file without the columns is refused", async () => {
      assert.deepEqual(Object.keys((await refused(csv("a,b\r\n1,2\r\n"))).fields), ["csv"]);
    });

    test("no file is refused", async () => {
      await client.open("/storefronts/orders/import");
      const said = await client.submitRefused("imports/upload", {});
      assert.deepEqual(Object.keys(said.fields), ["csv"]);
      client.assertNoProblems();
    });

    test("fifty megabytes are refused, and the portal goes on", async () => {
      const big = path.join(folder, "big.csv");
      await writeCsv(big, 52 * 1024 * 1024);
      const said = await refused(big);
      assert.deepEqual(Object.keys(said.fields), ["csv"]);
      assert.equal((await fetch(portal.at("/health/ready"))).status, 200);
    });
  });
}

/** A CSV file of at least so many bytes. */
async function writeCsv(file, bytes) {
  const row = `WEB-1,Ana Ruiz,Calle Mayor 1,Madrid,28013,ES,${PRODUCT.uid},1,\r\n`;
  const block = row.repeat(10_000);
  const output = createWriteStream(file);
  output.write("orderReferenceId,recipient,addressLine1,city,postcode,country,productUid,quantity,designFileUrl\r\n");
  for (let written = 0; written < bytes; written += block.length) output.write(block);
  output.end();
  await finished(output);
}
