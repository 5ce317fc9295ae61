import { join } from "node:path";
import { CliError } from "../../src/run/error.js";
import type { InnerTable, Opening } from "../source.js";
import { chooseSheet } from "./chooseSheet.js";
import { damaged } from "./failures.js";
import { OfficePackage } from "./officePackage.js";
import { SharedStrings } from "./sharedStrings.js";
import { readWorkbook } from "./workbook.js";

/**
 * The sheets of a workbook that have anything in them, with the rows of their headings as far as they can be told without
 * knowing what to look for.
 * @throws CliError 1 for what is no whole workbook
 */
export async function sheetsOf({ name, path, unpacked, tempDir }: Opening): Promise<InnerTable[]> {
  const source = await OfficePackage.open(unpacked?.content ?? path, path);
  let strings: SharedStrings | undefined;
  try {
    const workbook = await readWorkbook(path, source);
    const copy = join(tempDir, `sheets-${process.pid}-${++serial}.strings`);
    if (workbook.strings) strings = await SharedStrings.read(path, source.stream(workbook.strings), copy);
    const found: InnerTable[] = [];
    for (const sheet of workbook.sheets) {
      const chosen = await chooseSheet(
        { file: path, source, workbook, strings },
        { name, sheet: sheet.name, sought: [] },
      ).catch(unlessEmpty);
      if (chosen) found.push({ name: sheet.name, headerRow: chosen.top, isHidden: sheet.isHidden });
    }
    return found;
  } catch (error) {
    throw damaged(path, error);
  } finally {
    strings?.close();
    source.close();
  }
}

let serial = 0;

/** A sheet without anything in it is none. */
function unlessEmpty(error: unknown): undefined {
  const { id } = (error instanceof CliError ? error.wording : {}) as { id?: string };
  if (id === "xlsx.empty" || id === "xlsx.onlyHidden") return;
  throw error;
}
