// What is typed into the forms of Storefronts: refused where it is wrong, kept to the letter where it is not.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.js";
import { png } from "../harness/files.js";
import { acceptInvitation, createCustomer, createProduct, createStore, firstOperator, inviteAdmin, PRODUCT } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";
import { csvRows, download } from "../harness/reading.js";
import { textsIn } from "../harness/texts.js";

const LONG = "ñ".repeat(300);
const ADDRESS = { recipient: "سلمى الحداد 🦄", address_line1: "<b>Carrer</b> de l'Om, 7 & 9", city: "València", postcode: "46001", country: "ES" };

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [language, script] of [["en", true], ["es", false]]) {
  describe(`typing in ${language}, ${script ? "with" : "without"} JavaScript`, () => {
    const t = textsIn(language);
    let portal, client, order;

    before(async () => {
      portal = await Portal.start(`forms-${language}`);
      const options = { language, script };
      const operator = await firstOperator(browser, portal, options);
      await createProduct(operator);
      const customer = await createCustomer(operator, { name: "Estudio Garabato" });
      client = await acceptInvitation(browser, portal, await inviteAdmin(operator, customer), options);
      await operator.close();
    });
    after(async () => {
      await client?.close();
      await portal?.stop();
    });

    const check = async (name) => {
      if (script) await client.assertAccessible(`${name}-${language}`);
      client.assertNoProblems();
    };
    /** Sends values that must be refused at these fields, which keep what was typed. */
    const refused = async (action, values, fields, options) => {
      const said = await client.submitRefused(action, values, options);
      assert.deepEqual(Object.keys(said.fields).sort(), [...fields].sort());
      for (const [name, value] of Object.entries(values)) {
        assert.equal(await client.form(action).locator(`[name="${name}"]`).first().inputValue(), value, name);
      }
      return said;
    };

    test("a store needs a name of its own", async () => {
      await client.open("/storefronts/stores/new/manual");
      await refused("stores/create-manual", { name: " " }, ["name"]);
      await refused("stores/create-manual", { name: LONG }, ["name"]);
      await createStore(client, "متجر 🛍️");
      assert.ok((await client.page.locator("h1").textContent()).includes("متجر 🛍️"));
      await client.open("/storefronts/stores/new/manual");
      await refused("stores/create-manual", { name: "متجر 🛍️" }, ["name"]);
      await check("store-refused");
    });

    test("the profile refuses an empty and a long name, and keeps any other", async () => {
      await client.open("/account");
      await refused("account/save-profile", { first_name: "", last_name: LONG }, ["first_name", "last_name"]);
      await check("profile-refused");
      await client.submit("account/save-profile", { first_name: "Zoë 🦊", last_name: "الحداد" });
      assert.equal(await client.form("account/save-profile").locator("[name=first_name]").inputValue(), "Zoë 🦊");
      assert.ok((await client.page.locator(".account b").textContent()).includes("الحداد"));
    });

    if (script) {
      test("a long form asks before it is left with something typed", async () => {
        const asked = [];
        const accept = (dialog) => {
          asked.push(dialog.type());
          return dialog.accept();
        };
        client.page.on("dialog", accept);
        await client.open("/storefronts/orders/new");
        await client.page.reload();
        assert.deepEqual(asked, []);
        await client.open("/storefronts/orders/new");
        await client.listening();
        await client.form("orders/place").locator("[name=recipient]").pressSequentially("Ana");
        await client.page.reload();
        assert.deepEqual(asked, ["beforeunload"]);
        client.page.off("dialog", accept);
      });
    }

    test("an order without a right product, quantity or address is refused at its fields", async () => {
      await client.open("/storefronts/orders/new");
      const add = { press: "add-line" };
      await refused("orders/place", { "add-product": "no-such-product", "add-quantity": "0" }, ["add-product", "add-quantity"], add);
      for (const quantity of ["-1", "1.5", "1e3", "99999999999999999999", ""]) {
        await refused("orders/place", { "add-product": PRODUCT.uid, "add-quantity": quantity }, ["add-quantity"], add);
      }
      // The list of products offers names; part of the UID is not enough to say which.
      const { fields } = await client.submitRefused("orders/place", { "add-product": "poster-a", "add-quantity": "1" }, add);
      assert.ok(fields["add-product"].includes(PRODUCT.uid), "and the nearest product is named");
      await client.submit("orders/place", { "add-product": PRODUCT.uid, "add-quantity": "2" }, add);
      const wrong = { recipient: LONG, address_line1: "", city: " ", postcode: "4600", country: "ES", email: "ana@", "line-0-quantity": "0" };
      await refused("orders/place", wrong, ["recipient", "address_line1", "city", "postcode", "email", "line-0-quantity"]);
      await check("place-order-refused-address");
    });

    test("emoji, markup and right-to-left text arrive as they were typed", async () => {
      await client.submit("orders/place", { ...ADDRESS, email: "", "line-0-quantity": "2", reference: "مرجع-7" });
      order = new URL(client.page.url()).pathname;
      const page = await client.page.locator("main").innerText();
      for (const text of [ADDRESS.recipient, ADDRESS.address_line1, ADDRESS.city, "مرجع-7"]) assert.ok(page.includes(text), text);
      const [row] = await csvRows(client, "/storefronts/orders/export.csv");
      assert.ok(row.includes(ADDRESS.recipient), row);
      await check("order-right-to-left");
    });

    test("a reference is used once in a store", async () => {
      await client.open("/storefronts/orders/new");
      await client.submit("orders/place", { "add-product": PRODUCT.uid, "add-quantity": "1" }, { press: "add-line" });
      const said = await client.submitRefused("orders/place", { ...ADDRESS, reference: "مرجع-7" });
      assert.deepEqual(Object.keys(said.fields), ["reference"]);
      await check("reference-refused");
    });

    test("a design of too few pixels says so, and a better one is shown", async () => {
      const bring = async (file) => {
        await client.open(order);
        const give = await client.page.locator('main a[href*="dialog=design-"]').first().getAttribute("href");
        await client.open(order + give);
        await client.submit("orders/give-design", { upload: file });
      };
      const state = (slug) =>
        eventually(`the design to be ${slug}`, async () => {
          await client.open(order);
          return (await client.page.locator(`main .badge[data-status="${slug}"]`).count()) > 0;
        });
      await bring(png(216, 303));
      await state("refused");
      await check("design-refused");
      assert.ok((await client.page.locator("main").innerText()).includes(t("reason-design-low-resolution")));
      const file = png(1276, 1790);
      await bring(file);
      await state("checked");
      const picture = client.page.locator("main .thumb img").first();
      const shown = await download(client, await picture.getAttribute("src"));
      assert.equal(shown.type, "image/png");
      assert.ok(shown.bytes.equals(file.buffer));
      assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth === 1276)) || !script);
      await check("design-shown");
    });
  });
}
