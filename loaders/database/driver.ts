import type { Relation } from "./settings.js";
import type { DatabaseUrl } from "./url.js";

/** A row's cells as the database writes them; null where there is nothing. */
export type Row = readonly (string | null)[];

/** A connection to a database whose every answer is of one moment, and which cannot write. */
export interface Session {
  /** How many rows a relation has, as the database counts them. */
  count(relation: Relation): Promise<number>;
  /**
   * A relation's columns, those among them that hold times without a zone, and its rows as they come: memory is bounded. To be
   * read to its end before the next.
   */
  read(
    relation: Relation,
  ): Promise<{ columns: string[]; zoneless: string[]; batches: AsyncIterable<readonly Row[]> }>;
  /** Never fails, and does not wait for a server that says nothing. */
  close(): Promise<void>;
}

/** What can be wrong with a database. */
export type Fault =
  | { what: "unreachable" | "unsafe" | "lost"; code: string }
  | { what: "login" | "noDatabase" | "writes" | "slow" }
  /** In the server's words; passing: the next time it may be otherwise. */
  | { what: "noTable" | "forbidden" | "refused"; reason: string; isPassing?: boolean };

/** What differs from one database to another. */
export interface Driver {
  /** Schemes of its URLs, without the colon. */
  schemes: readonly string[];
  /** Connects, and begins what is read in one go. */
  connect(url: DatabaseUrl, timeout: number): Promise<Session>;
  /** What an error of the driver's means; undefined of anything else. */
  faultOf(error: unknown): Fault | undefined;
}

/** What the machine or Node says of a connection; undefined for what the server itself says. */
export function networkFault(error: unknown): Fault | undefined {
  const { code = "", message = "" } = (error ?? {}) as { code?: unknown; message?: string };
  const text = typeof code === "string" ? code : "";
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|EACCES)$/.test(text))
    return { what: "unreachable", code: text };
  if (/^(ECONNRESET|EPIPE|ECONNABORTED|PROTOCOL_CONNECTION_LOST)$/.test(text))
    return { what: "lost", code: text };
  if (/CERT|^ERR_(TLS|SSL)|^UNABLE_TO|^EPROTO$|^HANDSHAKE/.test(text)) return { what: "unsafe", code: text };
  if (/does not support (SSL|secure)|SSL\/TLS/i.test(message)) return { what: "unsafe", code: "no TLS" };
  return undefined;
}
