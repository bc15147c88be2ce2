// The catalogue: what its form refuses, and files that change many products at once.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.js";
import { csv } from "../harness/files.js";
import { createProduct, firstOperator, PRODUCT } from "../harness/people.js";
import { Portal } from "../harness/portal.js";
import { eventually } from "../harness/process.js";
import { csvRows, download, figures, refusedRows } from "../harness/reading.js";
import { textsIn } from "../harness/texts.js";

const AREA = '"front(Front/Anverso) 200 x 90 mm bleed 3 mm 150 dpi 1p pdf,png"';
/** Two products that are new, one that changes, and five rows that are wrong; row 1 are the headings. */
const FILE = `productUid,nameEn,nameEs,category,options,printAreas,maxQuantity,archived
mug-11,Mug,Taza,Mugs,size(Size/Tamaño)=11oz|15oz,${AREA},500,no
pen,Pen,Bolígrafo,Stock,,,,no
${PRODUCT.uid},Poster A4 matt,Póster A4 mate,Posters,,,,no
bag,Bag,,Bags,,,,no
two words,Bag,Bolsa,Bags,,,,no
PEN,Pen,Bolígrafo,Stock,,,,no
cap,Cap,Gorra,Caps,,,0,no
card,Card,Tarjeta,Cards,,,,perhaps
`;
const REFUSED = [
  { row: 5, column: "nameEs" },
  { row: 6, column: "productUid" },
  { row: 7, column: "productUid" },
  { row: 8, column: "maxQuantity" },
  { row: 9, column: "archived" },
];

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [language, script, database] of [["en", true, "postgres"], ["es", false, "sqlite"]]) {
  describe(`the catalogue in ${language}, ${script ? "with" : "without"} JavaScript`, () => {
    const t = textsIn(language);
    let portal, operator, imported;

    before(async () => {
      portal = await Portal.start(`catalogue-${language}`, { database });
      operator = await firstOperator(browser, portal, { language, script });
      await createProduct(operator);
    });
    after(async () => {
      await operator?.close();
      await portal?.stop();
    });

    const check = async (name) => {
      if (script) await operator.assertAccessible(`${name}-${language}`);
      operator.assertNoProblems();
    };
    /** Brings a file and returns the path of its import. */
    const bring = async (content) => {
      await operator.open("/console/catalogue/import");
      await operator.submit("catalogue/check-file", { csv: csv(content, "catalogue.csv") });
      return new URL(operator.page.url()).pathname;
    };
    const says = async (key) => assert.ok((await operator.page.locator("main").textContent()).includes(t(key)), key);

    test("what the form refuses stands at its fields, and nothing typed is lost", async () => {
      await operator.open("/console/catalogue/new");
      const typed = {
        uid: "two words", name_en: "ñ".repeat(300), name_es: "ملصق 🦄", category: "", min_quantity: "0",
        "area:0:name_en": "Front", "area:0:name_es": "Anverso", "area:0:size": "wide",
      };
      const said = await operator.submitRefused("catalogue/save", typed);
      assert.deepEqual(Object.keys(said.fields).sort(), ["area:0:size", "category", "min_quantity", "name_en", "uid"]);
      for (const [name, value] of Object.entries(typed)) {
        assert.equal(await operator.form("catalogue/save").locator(`[name="${name}"]`).inputValue(), value);
      }
      await check("product-refused");
      const taken = await operator.submitRefused("catalogue/save", {
        ...PRODUCT, min_quantity: "", "area:0:size": "210 x 297",
      });
      assert.deepEqual(Object.keys(taken.fields), ["uid"]);
    });

    test("groups of fields come and go with what was typed", async () => {
      await operator.open("/console/catalogue/new");
      await operator.submit("catalogue/save", { uid: "sticker", name_en: "Sticker" }, { press: "option" });
      const form = operator.form("catalogue/save");
      assert.equal(await form.locator('[name="option:0:name_en"]').count(), 1);
      assert.equal(await form.locator("[name=uid]").inputValue(), "sticker");
      await check("product-with-option");
      await operator.submit("catalogue/save", {}, { press: "option:0" });
      assert.equal(await form.locator('[name="option:0:name_en"]').count(), 0);
      assert.equal(await form.locator("[name=name_en]").inputValue(), "Sticker");
    });

    test("a file shows first what it would change, and which cells are wrong", async () => {
      imported = await bring(FILE);
      await check("catalogue-preview");
      const found = await refusedRows(operator);
      assert.deepEqual(found.map(({ row }) => row), REFUSED.map(({ row }) => row));
      for (const [index, { column }] of REFUSED.entries()) {
        assert.ok(found[index].reason.startsWith(column), `“${found[index].reason}” names ${column}`);
      }
      assert.equal((await csvRows(operator, `${imported}/errors.csv`)).length, REFUSED.length);
      assert.equal((await csvRows(operator, "/console/catalogue/export.csv")).length, 1);
      await operator.open(`${imported}?show=changed`);
      assert.equal(await operator.page.locator("tbody tr").count(), 1);
    });

    test("the right rows come in", async () => {
      await operator.open(imported);
      await operator.submit("catalogue/start-import");
      await eventually("the end of the import", async () => {
        await operator.open(imported);
        return (await operator.page.locator(".stats").count()) > 0;
      });
      assert.deepEqual(await figures(operator), [2, 1, 0, REFUSED.length]);
      await check("catalogue-result");
      await operator.open("/console/catalogue?q=taza");
      assert.equal(await operator.page.locator("tbody tr").count(), 1);
    });

    test("the same file again, and an export, change nothing", async () => {
      await bring(FILE);
      assert.equal(await operator.form("catalogue/start-import").count(), 0);
      const { bytes } = await download(operator, "/console/catalogue/export.csv");
      const again = await bring(bytes);
      assert.equal(await operator.form("catalogue/start-import").count(), 0);
      await says("catalogue-all-there");
      await check("catalogue-again");
      await operator.open("/console/catalogue/import");
      assert.ok(await operator.page.locator(`a[href="${again}"]`).count(), "earlier imports are found again");
      await check("catalogue-imports");
    });

    test("the work is told in Activity", async () => {
      await operator.open("/console/activity?kind=import-catalogue");
      await operator.page.locator("tbody tr a").first().click();
      await operator.page.waitForURL(/\/console\/activity\/[0-9a-f-]{36}/);
      assert.equal(await operator.page.locator("h1 span").first().textContent(), t("activity-kind-import-catalogue"));
      await check("job");
    });
  });
}
