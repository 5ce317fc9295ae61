import { realpathSync } from "node:fs";
import { createRequire } from "node:module";

const { globSync: look } = createRequire(realpathSync(process.argv[1]))("glob");
const known = new Map();

/** What matches a pattern, looked for once: it is asked of the same few folders for each path. */
export function globSync(pattern, options) {
  const key = JSON.stringify([pattern, options]);
  if (!known.has(key)) known.set(key, look(pattern, options));
  return known.get(key);
}
