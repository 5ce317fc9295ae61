import type { Surveyed } from "../../../loaders/index.js";

/** A database or an account that is looked at, as its source in `sources.yaml` says where it is. */
export interface Connected {
  kind: string;
  /** What its source is called. */
  name: string;
  /** Its keys beside `kind` and `relations`, none of which is a secret: `url_env: DATABASE_URL`. */
  settings: Readonly<Record<string, string>>;
}

/** Where a table came from that is no file. */
export interface Origin {
  source: Connected;
  surveyed: Surveyed;
}
