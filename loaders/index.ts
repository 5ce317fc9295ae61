import { csv } from "./csv/index.js";
import type { Kind } from "./source.js";

export type { Count, Extract, Kind, Refused } from "./source.js";

/** The kinds of source that there are, by the name that `kind:` in `sources.yaml` has for each. */
export const kinds: Record<string, Kind> = { csv };

/** What a source is that does not say. */
export const defaultKind = "csv";
