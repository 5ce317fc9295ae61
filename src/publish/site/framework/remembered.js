import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

const own = new URL("../route.js", pathToFileURL(realpathSync(process.argv[1])));
const { isParameterized, requote, route: look } = await import(own.href);
const known = new Map();

/** Framework's search for the file behind a path, once for each path: while a site is built its pages do not change. */
export function route(root, path, exts) {
  const key = JSON.stringify([root, path, exts]);
  if (!known.has(key)) known.set(key, look(root, path, exts));
  return known.get(key);
}

export { isParameterized, requote };
