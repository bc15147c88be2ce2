// Programs of the portal as child processes: started with a log, stopped by process id.
import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";

export const REPOSITORY = path.resolve(import.meta.dirname, "../..");
export const RESULTS = path.join(REPOSITORY, "end2end/results");

/** The path of a built program, or a sentence that says how to build it. */
export function program(name) {
  const file = path.join(REPOSITORY, "target/run", name);
  if (!existsSync(file)) throw new Error(`${file} is missing: run make build`);
  return file;
}

/** A port that was free a moment ago. Needed before the start, because links carry it. */
export async function freePort() {
  const probe = createServer();
  await new Promise((resolve, reject) => probe.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A running program whose output goes to `end2end/results/<log>.log`. */
export class Program {
  #child;
  #ended;

  /** Starts it; `environment` is added to this process's own. */
  constructor(file, args, { log, environment = {}, directory = REPOSITORY }) {
    mkdirSync(RESULTS, { recursive: true });
    this.logFile = path.join(RESULTS, `${log}.log`);
    /** What it printed, and what it logged. */
    this.printed = [];
    this.logged = [];
    const output = createWriteStream(this.logFile, { flags: "a" });
    this.#child = spawn(file, args, {
      cwd: directory,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (stream, lines) =>
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        output.write(`${line}\n`);
      });
    keep(this.#child.stdout, this.printed);
    keep(this.#child.stderr, this.logged);
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (error) => resolve({ code: null, error }));
      this.#child.once("exit", (code, signal) => resolve({ code, signal }));
    });
    // A test that is aborted must not leave a server behind.
    this.cleanUp = () => this.#child.kill("SIGKILL");
    process.once("exit", this.cleanUp);
  }

  /** Resolves with `{code, signal}` when the program has ended. */
  get ended() {
    return this.#ended;
  }

  get running() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Waits for `look` to return something; an error with the last log lines when the program ends before. */
  async until(what, look) {
    return eventually(what, () => {
      if (!this.running) throw new Ended(`the program ended early:\n${this.logged.slice(-15).join("\n")}`);
      return look();
    });
  }

  /** The first printed line that holds `text`. */
  async line(text) {
    return this.until(`a line with ${text}`, () => this.printed.find((line) => line.includes(text)));
  }

  /** Sends a signal and waits for the end. */
  async stop(signal = "SIGTERM") {
    process.removeListener("exit", this.cleanUp);
    if (this.running) this.#child.kill(signal);
    return this.#ended;
  }
}

/** Nothing more will come. */
class Ended extends Error {}

/** Milliseconds between two looks at something that another process changes. */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Looks again and again until `look` returns something; fails with `what` after `seconds`. */
export async function eventually(what, look, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  let problem;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      if (error instanceof Ended) throw error;
      problem = error;
    }
    await pause(50);
  }
  throw new Error(`waited ${seconds} s for ${what}`, { cause: problem });
}
