// Follows the links of the portal, the way somebody does who wants to see everything.
import assert from "node:assert/strict";

/** What the router knows: the patterns of pages, and the paths that forms post to. */
export async function routesOf(portal) {
  const lines = (await portal.command("routes")).trim().split("\n").map((line) => line.split(" "));
  const of = (method) => lines.filter(([first]) => first === method).map(([, path]) => path);
  return { pages: of("GET").map((path) => new Pattern(path)).sort((one, other) => one.parameters - other.parameters), forms: of("POST") };
}

/** The pattern of a page's path, such as `/console/orders/{id}`. */
class Pattern {
  constructor(path) {
    this.path = path;
    this.parameters = path.split("{").length - 1;
    this.expression = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`);
  }

  matches(pathname) {
    return this.expression.test(pathname);
  }
}

/** Pages asked for at once. */
const AT_ONCE = 4;

export class Exploration {
  /** Patterns of pages that were met. */
  met = new Set();
  /** Links and forms that lead nowhere, and from where. */
  dead = [];

  constructor(routes) {
    this.routes = routes;
  }

  /** Notes that the page at an address is met, and returns its pattern: of those that match, the one with the fewest parameters. */
  meet(address) {
    const path = address.split("?")[0];
    const pattern = this.routes.pages.find((candidate) => candidate.matches(path))?.path;
    if (pattern) this.met.add(pattern);
    return pattern;
  }

  /** Patterns that nobody has met. */
  get missed() {
    return this.routes.pages.map((pattern) => pattern.path).filter((path) => !this.met.has(path));
  }

  /**
   * Follows every link from `starts` on with a visitor's session. Links that only change the query are followed from the page
   * itself, not from each other: filters, sorting and pages of a list have no end. Returns the pages worth a closer look: one
   * of each pattern, and each page with a part that none of those before it has.
   */
  async explore(visitor, starts) {
    const queue = starts.map((address) => ({ address }));
    const known = new Set(starts);
    const worth = [];
    const parts = new Set();
    while (queue.length > 0) {
      const pages = await Promise.all(queue.splice(0, AT_ONCE).map((link) => this.#fetch(visitor, link)));
      for (const { address, html } of pages) {
        const pattern = this.meet(address);
        if (html === undefined) continue;
        const fresh = partsOf(html).filter((part) => !parts.has(part));
        const first = pattern && !parts.has(pattern);
        if (first || fresh.length > 0) worth.push(address);
        for (const part of [pattern, ...fresh]) parts.add(part);
        for (const link of linksOf(html, visitor.portal.at(address))) {
          if (known.has(link) || (address.includes("?") && link.includes("?"))) continue;
          known.add(link);
          queue.push({ address: link, from: address });
        }
        this.#checkForms(html, address);
      }
    }
    return worth;
  }

  async #fetch(visitor, { address, from }) {
    const response = await visitor.context.request.get(address, { maxRedirects: 0, headers: { accept: "text/html,*/*" } });
    const status = response.status();
    const location = response.headers().location ?? "";
    // The start page sends strangers to the log-in, and nobody else.
    const locked = location.includes("/login") && address !== "/";
    if (status >= 400 || locked) this.dead.push(`${status} ${address}, linked from ${from ?? "nowhere"}`);
    const isPage = !location && response.headers()["content-type"]?.startsWith("text/html");
    return { address, html: isPage ? await response.text() : undefined };
  }

  #checkForms(html, address) {
    for (const [, form] of html.matchAll(/<form ([^>]*)>/g)) {
      const action = form.match(/\baction="([^"]*)"/)?.[1];
      if (/method="post"/.test(form) && !this.routes.forms.includes(action)) this.dead.push(`form ${action} of ${address}`);
    }
  }

  /** Fails when a link led nowhere. */
  assertNoDeadEnds() {
    assert.deepEqual(this.dead, []);
  }
}

/** The addresses within the portal that a page links to, without what only moves within a page. */
function linksOf(html, base) {
  const origin = new URL(base).origin;
  const links = [...html.matchAll(/<a [^>]*\bhref="([^"]*)"/g)].map(([, href]) => new URL(href.replaceAll("&amp;", "&"), base));
  return links.filter((link) => link.origin === origin).map((link) => link.pathname + link.search);
}

/** What a page is made of: the classes, tones, states and forms of its markup. */
function partsOf(html) {
  const main = html.slice(Math.max(html.indexOf("<main"), 0));
  return [...main.matchAll(/\b(?:class|data-tone|data-status|data-variant|action)="[^"]*"/g)].map(([part]) => part);
}
