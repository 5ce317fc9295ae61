import { files, patternsOf, sheetOf } from "../files.js";
import type { Kind } from "../source.js";
import { XlsxExtract } from "./extract.js";
import { placeOfSheet } from "./names.js";
import { sheetsOf } from "./sheets.js";

const settings = { files };

/** Workbooks of Excel 2007 and later; older and other ones are among them by name, to be refused with what to do. */
export const xlsx: Kind<typeof settings> = {
  settings,
  fileName: /\.(xlsx|xlsm|xlsb|xls|ods)$/i,
  parts: patternsOf,
  tables: sheetsOf,
  open({ name, path, part, sought = [], unpacked, tempDir }, { files: given }) {
    const { sheet = placeOfSheet(name).sheet, header_row: headerRow } = sheetOf(given, part);
    return XlsxExtract.open(path, {
      name,
      tempDir,
      sought,
      ...(unpacked ? { unpacked } : {}),
      ...(sheet === undefined ? {} : { sheet }),
      ...(headerRow === undefined ? {} : { headerRow }),
    });
  },
};
