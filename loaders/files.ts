import { z } from "zod";
import { says } from "../src/words/told.js";

const patterns = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** The setting `files` of a source whose extracts are files. */
export const files = z.union(
  [patterns, z.record(z.string().regex(/^[A-Za-z_]\w*$/, says("schema.rawTable")), patterns)],
  says("schema.patterns"),
);

/** Raw table → patterns; files of one kind make the one table `extract`. */
export function patternsOf({ files: given }: { files: z.infer<typeof files> }): Record<string, string[]> {
  const named = typeof given === "string" || Array.isArray(given) ? { extract: given } : given;
  return Object.fromEntries(Object.entries(named).map(([part, list]) => [part, [list].flat()]));
}
