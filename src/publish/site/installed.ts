import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

export interface Installed {
  folder: string;
  /** `NAME@VERSION` */
  named: string;
  /** Whether it is an ECMAScript module. */
  isModule: boolean;
}

/** A package as it is installed for the modules of a folder; null when it is not. */
export async function installed(name: string, from: string): Promise<Installed | null> {
  const require = createRequire(join(from, "package.json"));
  const folder = (require.resolve.paths(name) ?? [])
    .map((packages) => join(packages, name))
    .find((each) => existsSync(join(each, "package.json")));
  if (folder === undefined) return null;
  const { version, type, module } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return { folder, named: `${name}@${version}`, isModule: type === "module" || module !== undefined };
}

/** @throws Error when it is not installed */
export async function needed(name: string, from: string): Promise<Installed> {
  const found = await installed(name, from);
  if (found === null) throw new Error(`package not installed: ${name}`);
  return found;
}
