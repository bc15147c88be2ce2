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
    this.lines = [];
    const output = createWriteStream(this.logFile, { flags: "a" });
    this.#child = spawn(file, args, {
      cwd: directory,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        this.lines.push(line);
        output.write(`${line}\n`);
      });
    }
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

  /** The first output line that `accepts` takes; an error with the last lines when the program ends first. */
  async line(accepts) {
    for (;;) {
      const found = this.lines.find(accepts);
      if (found !== undefined) return found;
      if (!this.running) throw new Error(`the program ended early:\n${this.lines.slice(-15).join("\n")}`);
      await pause(20);
    }
  }

  /** Sends a signal and waits for the end. */
  async stop(signal = "SIGTERM") {
    process.removeListener("exit", this.cleanUp);
    if (this.running) this.#child.kill(signal);
    return this.#ended;
  }
}

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
      problem = error;
    }
    await pause(50);
  }
  throw new Error(`waited ${seconds} s for ${what}`, { cause: problem });
}
