import { csv } from "../csv/index.js";
import { patternsOf } from "../files.js";
import type { Kind } from "../source.js";
import { JsonExtract } from "./extract.js";
import type { Form } from "./pieces.js";

const { files, encoding } = csv.settings;
const settings = { files, encoding };

const kindOf = (form: Form, fileName: RegExp): Kind<typeof settings> => ({
  settings,
  fileName,
  parts: patternsOf,
  open: ({ name, path, unpacked, tempDir }, { encoding: asked }) =>
    JsonExtract.open(path, form, {
      name,
      tempDir,
      ...(unpacked ? { unpacked } : {}),
      ...(asked ? { encoding: asked } : {}),
    }),
});

/** Files of one array of objects. */
export const json = kindOf("array", /\.json$/i);

/** Files of an object a line. */
export const ndjson = kindOf("lines", /\.(ndjson|jsonl)$/i);
