import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

const project = join(import.meta.dirname, "..");

/** What runs and builds need of the project, without what they leave there. */
const parts = [
  "src",
  "reports",
  "loaders",
  "data/catalog",
  "observablehq.config.ts",
  "package.json",
  "tsconfig.json",
];

/** A copy of the project, and of more of its parts, in the folder `target`; packages are those of the project itself. */
export function copyProject(target: string, more: readonly string[] = []): string {
  for (const part of [...parts, ...more]) {
    mkdirSync(dirname(join(target, part)), { recursive: true });
    cpSync(join(project, part), join(target, part), {
      recursive: true,
      filter: (source) => !source.includes(join("reports", ".observablehq")),
    });
  }
  symlinkSync(join(project, "node_modules"), join(target, "node_modules"));
  return target;
}
