const framework = "/@observablehq/framework/dist/";

/** What Framework finds in the place of modules that it spends most of a build in. */
const replaced = new Map([
  ["jsdom", new URL("./oneWindow.js", import.meta.url).href],
  ["route.js", new URL("./remembered.js", import.meta.url).href],
]);

/** Node's hook for finding modules. */
export async function resolve(specifier, context, next) {
  const found = replaced.get(specifier.replace(/^\.{1,2}\//, ""));
  return found !== undefined && context.parentURL?.includes(framework)
    ? { url: found, shortCircuit: true }
    : next(specifier, context);
}
