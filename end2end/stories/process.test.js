// The process itself: ready, refusing what it should, and ending when told to.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Portal } from "../harness/portal.js";

let portal;
before(async () => (portal = await Portal.start("process")));
after(() => portal?.stop());

test("says that it is alive and ready", async () => {
  assert.equal((await fetch(portal.at("/health/live"))).status, 200);
  const ready = await (await fetch(portal.at("/health/ready"))).json();
  assert.deepEqual(ready, { ready: true, database: "sqlite" });
});

test("protects every page by headers", async () => {
  const { headers } = await fetch(portal.at("/login"));
  assert.match(headers.get("content-security-policy"), /script-src [^;]*'nonce-/);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("cache-control"), "no-store");
  assert.ok(headers.get("x-request-id"));
});

test("refuses a form that another site sends", async () => {
  const answer = await fetch(portal.at("/do/account/log-in"), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    body: "email=a@example.com&password=b",
  });
  assert.equal(answer.status, 403);
});

test("logs one JSON object per line", () => {
  const events = portal.log.map((line) => JSON.parse(line));
  assert.ok(events.some((event) => event.level === "INFO" && event.message === "serving"));
});

test("names what a production deployment lacks", async () => {
  const withoutMail = Object.fromEntries(Object.keys(portal.environment).filter((name) => name.includes("MAIL")).map((name) => [name, undefined]));
  await assert.rejects(portal.command("check-config", { ...withoutMail, PORTAL_ENVIRONMENT: "production" }), ({ stdout, stderr }) => {
    assert.match(stdout + stderr, /base_url/);
    assert.match(stdout + stderr, /mail\.smtp/);
    return true;
  });
});

test("ends in order when it is told to", async () => {
  assert.deepEqual(await portal.terminate(), { code: 0, signal: null });
  await portal.boot();
});
