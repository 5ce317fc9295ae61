import { z } from "zod";
import { says } from "../words/told.js";

/** Words somebody reads: not blank. */
const words = z.string().min(1).regex(/\S/, says("schema.words"));
/** A name or text in both languages. */
export const labelSchema = z.strictObject({ zh: words, en: words });
/** A snake_case id, short enough for a file's name; `constructor`, which every object of a page has, is none. */
export const idSchema = z
  .string()
  .regex(/^(?!constructor$)[a-z][a-z0-9_]*$/, says("schema.snakeCase"))
  .max(100, says("schema.longId"));
