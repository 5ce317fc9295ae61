import { basename } from "node:path";

/** What Framework finds in the place of modules that it spends most of a build in; these find its own as `framework:`. */
const replaced = new Map([
  ["glob", new URL("./globbed.js", import.meta.url).href],
  ["jsdom", new URL("./oneWindow.js", import.meta.url).href],
  ["parse.js", new URL("./parsed.js", import.meta.url).href],
  ["route.js", new URL("./remembered.js", import.meta.url).href],
]);

let framework = "";

/** @param folder of Framework's modules */
export function initialize(folder) {
  framework = folder;
}

/** Node's hook for finding modules. */
export async function resolve(specifier, context, next) {
  const found = specifier.startsWith("framework:")
    ? new URL(specifier.slice("framework:".length), framework).href
    : context.parentURL?.startsWith(framework) && replaced.get(basename(specifier));
  return found ? { url: found, shortCircuit: true } : next(specifier, context);
}
