import { parseProgram as parse } from "framework:javascript/parse.js";

const known = new Map();

/** Parses as Framework does, each text once: it asks for what a module imports up to four times. */
export function parseProgram(input, params) {
  const key = JSON.stringify([params ?? null, input]);
  if (!known.has(key)) known.set(key, parse(input, params));
  return known.get(key);
}

export { acornOptions, parseJavaScript } from "framework:javascript/parse.js";
