import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Stands for all of the program that can take part in what it makes: its own sources and the installed packages. */
export const sourceStamp = (project) => stampOf(project, ["node_modules/.package-lock.json"]);

/** Stands for the program's own sources, the same on every machine. */
export const codeStamp = (project) => stampOf(project, []);

function stampOf(project, more) {
  const stamp = createHash("sha256");
  const sources = ["src", "loaders"].flatMap((room) =>
    readdirSync(join(project, room), { recursive: true })
      .filter((name) => /\.(ts|js|json|sql)$/.test(name))
      .map((name) => join(room, name))
      .sort(),
  );
  for (const name of [...more, "package.json", "tsconfig.json", ...sources])
    stamp.update(`\n${name}\n`).update(readFileSync(join(project, name)));
  return stamp.digest("hex");
}
