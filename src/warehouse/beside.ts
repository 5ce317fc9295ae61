import { realpathSync } from "node:fs";

/** The name of what lies beside a warehouse, where its file is if a link leads to it. */
export function beside(warehouse: string, ending: string): string {
  try {
    return `${realpathSync(warehouse)}.${ending}`;
  } catch {
    return `${warehouse}.${ending}`; // there is none yet
  }
}
