import { route as look } from "framework:route.js";

const known = new Map();

/** Framework's search for the file behind a path, once for each path: while a site is built its pages do not change. */
export function route(root, path, exts) {
  const key = JSON.stringify([root, path, exts]);
  if (!known.has(key)) known.set(key, look(root, path, exts));
  return known.get(key);
}

export { isParameterized, requote } from "framework:route.js";
