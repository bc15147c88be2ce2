// The portal as a deployment runs it: the real program, a fresh data directory, a real mail server.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { Mailbox } from "./mail.js";
import { freePort, Program, program, REPOSITORY } from "./process.js";

const run = promisify(execFile);

const psql = (url, statement) => run("psql", ["--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--command", statement, url]);

/** A database of its own on the server that `scripts/with-postgres` started. */
async function freshPostgres() {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) throw new Error("no PostgreSQL: run scripts/test-browser");
  const name = `portal_${randomUUID().replaceAll("-", "")}`;
  await psql(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

export class Portal {
  #server;
  #catcher;
  #smtp = "127.0.0.1:0";

  /**
   * Starts mail catcher and portal; `name` names the logs. `database` is "sqlite" or "postgres"; `environment` are
   * further settings.
   */
  static async start(name, { database = "sqlite", environment = {} } = {}) {
    const portal = new Portal();
    portal.name = name;
    portal.directory = mkdtempSync(path.join(tmpdir(), `portal-${name}-`));
    await portal.startMail();
    const [smtpHost, smtpPort] = portal.#smtp.split(":");
    const port = await freePort();
    portal.url = `http://127.0.0.1:${port}`;
    portal.environment = {
      PORTAL_BASE_URL: portal.url,
      PORTAL_LISTEN: `127.0.0.1:${port}`,
      PORTAL_DATA_DIR: path.join(portal.directory, "data"),
      PORTAL_SITE_DIR: path.join(REPOSITORY, "target/site"),
      PORTAL_LOG__FORMAT: "json",
      PORTAL_MAIL__FROM_ADDRESS: "portal@levante.example",
      PORTAL_MAIL__SMTP__HOST: smtpHost,
      PORTAL_MAIL__SMTP__PORT: smtpPort,
      PORTAL_MAIL__SMTP__TLS: "none",
      ...environment,
    };
    if (database === "postgres") portal.environment.PORTAL_DATABASE__URL = await freshPostgres();
    await portal.command("migrate");
    await portal.boot();
    return portal;
  }

  /** Starts the mail server; where the former one was, if there was one. What that one took is forgotten. */
  async startMail() {
    this.#catcher = new Program(program("sandbox"), ["mail", "--smtp", this.#smtp, "--http", "127.0.0.1:0"], {
      log: `${this.name}-mail`,
    });
    const { smtp, http } = JSON.parse(await this.#catcher.line("{"));
    this.#smtp = smtp;
    this.mailbox = new Mailbox(`http://${http}`);
  }

  /** Ends the mail server. */
  async stopMail() {
    await this.#catcher.stop();
  }

  /** Runs a statement on the portal's PostgreSQL, for what only time brings about. */
  async sql(statement) {
    await psql(this.environment.PORTAL_DATABASE__URL, statement);
  }

  /** Starts the server on the data it has and waits until it is ready. */
  async boot() {
    // In its own directory, so that no configuration file of the developer is read.
    this.#server = new Program(program("server"), ["run"], {
      log: `${this.name}-server`,
      environment: this.environment,
      directory: this.directory,
    });
    await this.#server.until("the portal to be ready", async () => (await fetch(`${this.url}/health/ready`)).ok);
  }

  /** The link that creates the first operator, as the server prints it. */
  async firstOperatorLink() {
    return (await this.#server.line("/setup/")).trim();
  }

  /** Ends the server the way a power failure does. */
  async kill() {
    await this.#server.stop("SIGKILL");
  }

  /** Asks the server to end and returns how it did. */
  async terminate() {
    return this.#server.stop("SIGTERM");
  }

  /** Runs a subcommand of the server on the same data and returns what it printed. */
  async command(name, environment = {}) {
    const { stdout } = await run(program("server"), [name], {
      cwd: this.directory,
      env: { ...process.env, ...this.environment, ...environment },
    });
    return stdout;
  }

  /** A path of the portal as an address. */
  at(pathname) {
    return new URL(pathname, this.url).href;
  }

  /** The lines the server has logged. */
  get log() {
    return this.#server.logged;
  }

  /** Stops everything and removes the data. */
  async stop() {
    await this.#server?.stop();
    await this.#catcher.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
