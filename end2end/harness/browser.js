// Chromium, and pages that remember everything that went wrong in them.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { chromium } from "playwright-core";

import { RESULTS } from "./process.js";

const PROGRAMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const LOCALES = { en: "en-GB", es: "es-ES" };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts the browser that is installed. */
export async function launch() {
  const executablePath = process.env.CHROMIUM || PROGRAMS.find(existsSync);
  if (!executablePath) throw new Error("Chromium is missing: run scripts/setup test");
  return chromium.launch({
    executablePath,
    // Chromium's own sandbox does not work for root, which is who tests are in a container.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A person at a screen: one browser context, one page, and the problems seen there. */
export class Visitor {
  /**
   * Options: `language` "en" or "es", `script` (false switches JavaScript off), `phone`, `scheme` "light" or "dark",
   * `as` (another visitor whose session this one shares).
   */
  static async open(browser, portal, { language = "en", script = true, phone = false, scheme = "light", as } = {}) {
    const visitor = new Visitor();
    visitor.portal = portal;
    visitor.language = language;
    visitor.script = script;
    visitor.scheme = scheme;
    visitor.problems = [];
    visitor.context = await browser.newContext({
      ...(phone ? PHONE : DESKTOP),
      baseURL: portal.url,
      locale: LOCALES[language],
      timezoneId: "Europe/Madrid",
      javaScriptEnabled: script,
      reducedMotion: "reduce",
      colorScheme: scheme,
      storageState: await as?.context.storageState(),
    });
    visitor.context.setDefaultTimeout(15_000);
    visitor.page = await visitor.context.newPage();
    visitor.#watch(visitor.page);
    return visitor;
  }

  #refusalExpected = false;

  #watch(page) {
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      // The browser reports every answer of 400 and above; some steps ask for one.
      const unloaded = message.text().startsWith("Failed to load resource");
      if (this.#refusalExpected && unloaded) return;
      // Pictures of shops that stand on no real machine, and the pages of platforms.
      if (unloaded && !message.location().url.startsWith(this.portal.url)) return;
      this.problems.push(`console: ${message.text()} at ${page.url()}`);
    });
    page.on("pageerror", (error) => this.problems.push(`script: ${error.message} at ${page.url()}`));
    page.on("response", (response) => {
      if (response.status() >= 500 && !this.#refusalExpected) this.problems.push(`answer ${response.status()} of ${response.url()}`);
    });
  }

  /** Runs steps that are answered with a status of 400 or above on purpose. */
  async expectingRefusal(steps) {
    this.#refusalExpected = true;
    try {
      return await steps();
    } finally {
      this.#refusalExpected = false;
    }
  }

  /** Opens a path and returns the status. */
  async open(pathname, tries = 3) {
    try {
      const response = await this.page.goto(pathname);
      if (response) return response.status();
    } catch (error) {
      if (tries === 1 || !error.message.includes("interrupted by another navigation")) throw error;
    }
    // The page that was shown showed itself anew: what it waited for had come about.
    await this.page.waitForLoadState();
    return this.open(pathname, tries - 1);
  }

  /** Waits until the page's scripts listen. */
  async listening() {
    await this.page.locator("html[data-scripts]").waitFor({ state: "attached" });
  }

  /** The form that posts to a path below `/do/`. */
  form(action) {
    return this.page.locator(`form[action="/do/${action}"]`).first();
  }

  /** Fills fields of a form by their names. */
  async fill(action, values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.form(action).locator(`[name="${name}"]`).first();
      const kind = await field.evaluate((element) => element.type);
      if (kind === "checkbox") await field.setChecked(value, { force: true });
      else if (kind === "radio") await this.form(action).locator(`[name="${name}"][value="${value}"]`).check({ force: true });
      else if (kind === "file") await field.setInputFiles(value);
      else if (kind.startsWith("select")) await field.selectOption(value);
      else await field.fill(value);
    }
  }

  /** Fills a form, sends it, and waits for the page it leads to. `press` is the value of the button, if it has several. */
  async submit(action, values = {}, { press } = {}) {
    await this.fill(action, values);
    await Promise.all([this.#answered(), this.#send(action, press)]);
  }

  /** Waits for the page that follows what is posted; one that shows itself anew meanwhile is not it. */
  async #answered() {
    await this.page.waitForResponse((response) => response.request().method() === "POST");
    await this.page.waitForEvent("load");
  }

  /** Fills a form that will be refused, sends it, and returns what is said: by field name, and about the whole. */
  async submitRefused(action, values, { press } = {}) {
    await this.fill(action, values);
    return this.expectingRefusal(async () => {
      const posted = this.page.waitForResponse((response) => response.request().method() === "POST");
      await Promise.all([posted, this.#send(action, press)]);
      await this.page.locator('[data-field] > .error, [role="alert"]').first().waitFor();
      return this.form(action).evaluate((form) => {
        const text = (element) => element.textContent.trim();
        const fields = [...form.querySelectorAll("[data-field]")].filter((field) => field.querySelector(":scope > .error"));
        const summary = form.querySelector('[role="alert"]') ?? document.querySelector('[role="alert"]');
        return {
          fields: Object.fromEntries(fields.map((field) => [field.dataset.field, text(field.querySelector(":scope > .error"))])),
          message: summary && text(summary),
        };
      });
    });
  }

  /** Presses the form's button, opening the menu or dialog it lies in first, as a person would. */
  async #send(action, press) {
    const button = await this.#button(this.form(action), press);
    const closed = await button.evaluate((element) => element.closest("[popover]:not(:popover-open), dialog:not([open])")?.id);
    if (closed) await this.#opener(closed).click();
    await button.click();
  }

  async #button(form, press) {
    if (press) return form.locator(`button[value="${press}"]`).last();
    const primary = form.locator('button[data-variant="primary"]');
    if (await primary.count()) return primary.last();
    const submits = form.locator('button:not([type="button"])');
    if (await submits.count()) return submits.last();
    // A form inside of another one is impossible; its button then names it.
    return this.page.locator(`button[form="${await form.getAttribute("id")}"]`).last();
  }

  #opener(id) {
    return this.page.locator(`[popovertarget="${id}"], [commandfor="${id}"][command="show-modal"], [data-opens="${id}"]`).first();
  }

  /** Fails when the browser reported anything since the last look. */
  assertNoProblems() {
    const problems = this.problems.splice(0);
    assert.deepEqual(problems, []);
  }

  /** What axe finds. A page that shows itself anew meanwhile, because its work is done, is looked at again. */
  async #axe(attempts = 3) {
    try {
      return await this.page.evaluate(`${AXE}\n;globalThis.axe.run(document, { resultTypes: ["violations"] })`);
    } catch (error) {
      if (attempts === 1 || !/context was destroyed|navigation/i.test(error.message)) throw error;
      await this.page.waitForLoadState();
      return this.#axe(attempts - 1);
    }
  }

  /** What breaks WCAG 2.2 AA on the page as it is; leaves a picture of it. */
  async barriers(name, schemes = ["light", "dark"]) {
    const barriers = [];
    for (const colorScheme of schemes) {
      await this.page.emulateMedia({ colorScheme });
      const { violations } = await this.#axe();
      if (violations.length > 0) await this.screenshot(`axe-${name}-${colorScheme}`);
      for (const { id, help, nodes } of violations) {
        barriers.push(`${colorScheme}: ${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`);
      }
    }
    await this.page.emulateMedia({ colorScheme: this.scheme });
    return barriers;
  }

  /** Fails when the page as it is breaks WCAG 2.2 AA, in light and dark. */
  async assertAccessible(name, schemes) {
    // What waits for something shows itself anew once it has come about.
    await this.page.locator("[hidden][data-progress]").waitFor({ state: "detached" });
    assert.deepEqual(await this.barriers(name, schemes), [], `axe on ${name}, ${this.page.url()}`);
  }

  /** By how many pixels the page is wider than the screen. */
  async excessWidth() {
    // Not `innerWidth`: a phone zooms out of a page that is too wide, and would say that it fits.
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /** Nothing is wider than the screen: the page does not scroll sideways. */
  async assertFitsScreen() {
    const excess = await this.excessWidth();
    assert.ok(excess <= 0, `${this.page.url()} is ${excess} px wider than the screen`);
  }

  /** Saves a picture of the page into `end2end/results`. */
  async screenshot(name) {
    const picture = path.join(RESULTS, `${name}.png`);
    mkdirSync(path.dirname(picture), { recursive: true });
    await this.page.screenshot({ path: picture, fullPage: true });
  }

  async close() {
    await this.context.close();
  }
}
