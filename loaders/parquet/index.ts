import { files, patternsOf } from "../files.js";
import type { Kind } from "../source.js";
import { ParquetExtract } from "./extract.js";

const settings = { files };

/** Files of columns, alone or in folders that say by their names what is in them (`orders/month=2026-01/part-0.parquet`). */
export const parquet: Kind<typeof settings> = {
  settings,
  fileName: /\.parquet$/i,
  inParts: true,
  parts: patternsOf,
  open: (opening) => ParquetExtract.open(opening),
};
