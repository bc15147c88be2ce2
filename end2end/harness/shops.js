// The stand-ins of the store platforms, and the desk at which a story plays their buyers and owners.
import { Program, program } from "./process.js";

/** The shop that every platform has from the start. */
export const DEMO = "demo";

/** How a person gets through a platform's own pages, from the click on the portal's page on. */
export const AGREE = {
  shopify: async (client) => {
    await client.submit("stores/connect", { shop: DEMO });
    await client.page.getByRole("button", { name: "Install" }).click();
  },
  etsy: async (client) => {
    await client.submit("stores/connect");
    await client.page.getByRole("button", { name: `Grant access as ${DEMO}` }).click();
  },
  woocommerce: async (client, shops) => {
    const [{ url, owner }] = shops.announced.woocommerce.shops;
    await client.submit("stores/connect", { shop: url, plain_http: true });
    await client.page.locator("[name=username]").fill(owner.user);
    await client.page.locator("[name=password]").fill(owner.password);
    await client.page.getByRole("button", { name: "Log in" }).click();
    await client.page.getByRole("button", { name: "Approve" }).click();
  },
};

export class Shops {
  #program;

  /** Starts them; `name` names the log. Each shop has `products` products. */
  static async start(name, { products = 250 } = {}) {
    const shops = new Shops();
    shops.#program = new Program(program("sandbox"), ["stores", "--products", String(products)], { log: `${name}-shops` });
    shops.announced = JSON.parse(await shops.#program.line("{"));
    return shops;
  }

  /** What leads a portal to them. */
  get settings() {
    const { shopify, etsy } = this.announced;
    return {
      PORTAL_OUTBOUND__ALLOW_LOOPBACK: "true",
      PORTAL_SHOPIFY__CLIENT_ID: shopify.client_id,
      PORTAL_SHOPIFY__CLIENT_SECRET: shopify.client_secret,
      PORTAL_SHOPIFY__HOSTS: shopify.url_template,
      PORTAL_ETSY__KEYSTRING: etsy.keystring,
      PORTAL_ETSY__SHARED_SECRET: etsy.shared_secret,
      PORTAL_ETSY__WEBHOOK_SECRET: etsy.webhook_secret,
      PORTAL_ETSY__BASE_URL: etsy.url,
    };
  }

  /** Asks the desk something, or has it do something. */
  async desk(path, body, method = "POST") {
    const said = body && { method, headers: { "content-type": "application/json" }, body: withLongNumbers(JSON.stringify(body)) };
    const response = await fetch(`${this.announced.origin}/desk/api/${path}`, said);
    const text = await response.text();
    if (!response.ok) throw new Error(`the desk answers ${response.status} to ${path}: ${text}`);
    return JSON.parse(withLongTexts(text));
  }

  /** Has the platforms whose owner types the address of webhooks in deliver them to a portal. */
  async deliverTo(portal) {
    await this.desk(`shops/etsy/${DEMO}/settings`, { webhook_url: portal.at("/hooks/etsy") }, "PATCH");
  }

  /** What the ledger has about the demo shop of a platform: entries of this kind. */
  async ledger(platform, kind) {
    return this.desk(`ledger?platform=${platform}&shop=${DEMO}&kind=${kind}`);
  }

  async stop() {
    await this.#program.stop();
  }
}

// Ids of Shopify are longer than the numbers JavaScript keeps exactly.
const withLongTexts = (json) => json.replace(/([:[,]\s*)(\d{16,})/g, '$1"$2"');
const withLongNumbers = (json) => json.replace(/"(\d{16,})"/g, "$1");
