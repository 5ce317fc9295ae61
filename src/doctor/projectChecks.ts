import { existsSync } from "node:fs";
import { type CatalogueFolders, foldersOf } from "../catalogue/cataloguePlace.js";
import { readSettings } from "../catalogue/settings.js";
import { CliError } from "../run/error.js";
import { withWarehouse } from "../warehouse/open.js";
import type { Wording } from "../words/wording.js";
import type { Finding } from "./finding.js";

/** The catalogue's settings can be read. */
export function checkSettings(catalogDir: CatalogueFolders): Finding {
  const subject = { en: "settings", zh: "设置" };
  return checked(subject, () => {
    const { language, time_zone } = readSettings(catalogDir);
    const places = foldersOf(catalogDir).map(({ path }) => path);
    return {
      subject,
      state: "good",
      found: {
        en: `${language}, ${time_zone} in ${places.join(", ")}`,
        zh: `${language}，${time_zone}，位于 ${places.join("、")}`,
      },
    };
  });
}

/** There are extracts to read. */
export function checkExtracts(find: () => string): Finding {
  const subject = { en: "extracts", zh: "数据" };
  return checked(subject, () => ({ subject, state: "good", found: find() }));
}

/** A warehouse that exists can be opened and says what it holds. */
export async function checkWarehouse(path: string): Promise<Finding> {
  const subject = { en: "warehouse", zh: "数据仓库" };
  if (!existsSync(path)) {
    return {
      subject,
      state: "note",
      found: { en: "not built yet", zh: "尚未构建" },
      mend: { en: "run: npx herringbone build", zh: "请运行：npx herringbone build" },
    };
  }
  try {
    const sql = "select build_id, as_of_on::varchar from config.settings";
    const [row] = await withWarehouse(path, async (db) => (await db.runAndReadAll(sql)).getRows());
    return {
      subject,
      state: "good",
      found: { en: `build ${row?.[0]}, data to ${row?.[1]}`, zh: `构建 ${row?.[0]}，数据截至 ${row?.[1]}` },
    };
  } catch (error) {
    const text = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    const found = error instanceof CliError ? { en: text, zh: error.in("zh-CN") } : text;
    return {
      subject,
      state: "bad",
      found,
      mend: { en: `delete it and build anew: ${path}`, zh: `请删除后重新构建：${path}` },
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
      found: { en: error.message, zh: error.in("zh-CN") },
      mend: { en: "correct what it names", zh: "请改正上述问题" },
    };
  }
}
