import { existsSync } from "node:fs";
import { type CatalogueFolders, foldersOf } from "../catalogue/cataloguePlace.js";
import { readSettings } from "../catalogue/settings.js";
import { CliError } from "../run/error.js";
import { withWarehouse } from "../warehouse/open.js";
import { told } from "../words/told.js";
import type { Wording } from "../words/wording.js";
import type { Finding } from "./finding.js";

/** The catalogue's settings can be read. */
export function checkSettings(catalogDir: CatalogueFolders): Finding {
  const subject = told("doctor.settings");
  return checked(subject, () => {
    const { language, time_zone } = readSettings(catalogDir);
    const places = foldersOf(catalogDir).map(({ path }) => path);
    return {
      subject,
      state: "good",
      found: told("doctor.settingsRead", { language, zone: time_zone, places }),
    };
  });
}

/** There are extracts to read. */
export function checkExtracts(find: () => string): Finding {
  const subject = told("doctor.extracts");
  return checked(subject, () => ({ subject, state: "good", found: find() }));
}

/** A warehouse that exists can be opened and says what it holds. */
export async function checkWarehouse(path: string): Promise<Finding> {
  const subject = told("doctor.warehouse");
  if (!existsSync(path)) {
    return {
      subject,
      state: "note",
      found: told("doctor.notBuilt"),
      mend: told("doctor.build"),
    };
  }
  try {
    const sql = "select build_id, as_of_on::varchar from config.settings";
    const [row] = await withWarehouse(path, async (db) => (await db.runAndReadAll(sql)).getRows());
    return {
      subject,
      state: "good",
      found: told("doctor.built", { build: String(row?.[0]), day: String(row?.[1]) }),
    };
  } catch (error) {
    const text = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    const found = error instanceof CliError ? error.wording : text;
    return {
      subject,
      state: "bad",
      found,
      mend: told("doctor.buildAnew", { path }),
    };
  }
}

/** Turns an expected failure into a finding; its message already says where and what. */
function checked(subject: Wording, check: () => Finding): Finding {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return {
      subject,
      state: "bad",
      found: error.wording,
      mend: told("doctor.correct"),
    };
  }
}
