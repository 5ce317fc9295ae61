import { existsSync } from "node:fs";
import { CliError } from "../error.js";
import { withWarehouse } from "../warehouse/open.js";
import { readSettings } from "../warehouse/settings.js";
import type { Finding } from "./finding.js";

/** The catalogue's settings can be read. */
export function checkSettings(catalogDir: string): Finding {
  return checked("settings", () => {
    const { language, time_zone } = readSettings(catalogDir);
    return { subject: "settings", state: "good", found: `${language}, ${time_zone} in ${catalogDir}` };
  });
}

/** There are extracts to read. */
export function checkExtracts(find: () => string): Finding {
  return checked("extracts", () => ({ subject: "extracts", state: "good", found: find() }));
}

/** A warehouse that exists can be opened and says what it holds. */
export async function checkWarehouse(path: string): Promise<Finding> {
  const subject = "warehouse";
  if (!existsSync(path)) {
    return { subject, state: "note", found: "not built yet", mend: "run: npx herringbone build" };
  }
  try {
    const sql = "select build_id, as_of_on::varchar from config.settings";
    const [row] = await withWarehouse(path, async (db) => (await db.runAndReadAll(sql)).getRows());
    return { subject, state: "good", found: `build ${row?.[0]}, data to ${row?.[1]}` };
  } catch (error) {
    const found = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { subject, state: "bad", found, mend: `delete it and build anew: ${path}` };
  }
}

/** Turns an expected failure into a finding; its message already says where and what. */
function checked(subject: string, check: () => Finding): Finding {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { subject, state: "bad", found: error.message, mend: "correct what it names" };
  }
}
