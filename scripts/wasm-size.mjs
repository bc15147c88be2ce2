#!/usr/bin/env node
// Prints what a page's first load fetches as JavaScript and WebAssembly, and fails when it is over the budget.
// The files must have been built by `make build`.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import path from "node:path";

const BUDGET = 100_000;
const folder = path.join(import.meta.dirname, "../target/site/pkg");

const files = readdirSync(folder).filter((name) => /\.(js|wasm)$/.test(name));
if (!files.some((name) => name.endsWith(".wasm"))) {
  console.error(`no WebAssembly in ${folder}: run make build`);
  process.exit(1);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(10);
let total = 0;
console.log(`${"file".padEnd(40)}${"raw".padStart(10)}${"brotli".padStart(10)}`);
for (const name of files) {
  const raw = readFileSync(path.join(folder, name));
  const compressed = brotliCompressSync(raw).length;
  total += compressed;
  console.log(`${name.padEnd(40)}${kilobytes(raw.length)}${kilobytes(compressed)}`);
}
console.log(`${"first load".padEnd(50)}${kilobytes(total)} of ${kilobytes(BUDGET).trim()}`);
process.exit(total <= BUDGET ? 0 : 1);
