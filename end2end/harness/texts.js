// The portal's own sentences, so that one story is told in both languages without repeating them.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { REPOSITORY } from "./process.js";

const LOCALES = path.join(REPOSITORY, "app/locales");

function load(language) {
  const texts = new Map();
  const folder = path.join(LOCALES, language);
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ftl"))) {
    for (const line of readFileSync(path.join(folder, file), "utf8").split("\n")) {
      const entry = line.match(/^([a-z][a-z0-9-]*) = (.+)$/);
      if (entry) texts.set(entry[1], entry[2]);
    }
  }
  return texts;
}

/** A function from a one-line message's key to its text in a language; `{ $name }` is filled from the second argument. */
export function textsIn(language) {
  const texts = load(language);
  return (key, values = {}) => {
    const text = texts.get(key);
    if (text === undefined) throw new Error(`no text ${key} in ${language}`);
    return text.replace(/\{\s*\$([a-z-]+)\s*\}/g, (_, name) => values[name]);
  };
}
