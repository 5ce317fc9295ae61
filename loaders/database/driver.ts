import type { Relation } from "./settings.js";
import type { DatabaseUrl } from "./url.js";

/** A row's cells as the database writes them; null where there is nothing. */
export type Row = readonly (string | null)[];

/** A relation's columns as the database has them, and of a table its primary key; else that is empty. */
export interface Shape {
  columns: readonly {
    name: string;
    /** What changes when its type does. */
    type: string;
    /** What its texts are compared as; null where database and texts may differ in that. */
    as: "number" | "time" | "text" | "flag" | null;
  }[];
  key: readonly string[];
}

/** What a relation's rows are told by. */
export interface Print {
  count: number;
  /** Of the first 60 bits of the SHA-256 of each row's cells of some columns: `t` and the text, or `n` for null, with strokes between. */
  sum: string;
  /** The database's clock, in UTC. */
  at: string;
}

/** A table or view, and what the database declares of it. */
export interface Declared {
  schema: string;
  name: string;
  /** How `sources.yaml` names it: without its schema where the connection finds it so. */
  table: string;
  isView: boolean;
  /** How many rows it has by the database's own estimate; undefined where it has none. */
  about: number | undefined;
  columns: readonly {
    name: string;
    /** Its type holds days or times. */
    isTime: boolean;
    /** The user may select it, as far as the catalogue says. */
    isReadable: boolean;
    /** SQL for its text as far as it is looked at: of what may be very long the beginning, of bytes nothing. */
    sample: string;
    /** What people have written down of it. */
    comment: string;
  }[];
  /** The columns of its primary key. */
  key: readonly string[];
  /** Foreign keys of one column. */
  references: readonly { column: string; schema: string; table: string; key: string }[];
  /** Columns that an index begins with. */
  indexed: readonly string[];
}

/** Rows that are held in memory, and the columns among them that hold times without a zone. */
export interface Answered {
  zoneless: string[];
  rows: Row[];
}

/** A connection to a database whose every answer is of one moment, and which cannot write. */
export interface Session {
  /** How many rows a relation has, as the database counts them. */
  count(relation: Relation): Promise<number>;
  shape(relation: Relation): Promise<Shape>;
  print(relation: Relation, columns: Shape["columns"]): Promise<Print>;
  /**
   * A relation's columns, those among them that hold times without a zone, and its rows as they come: memory is bounded. To be
   * read to its end before the next.
   * @param start only rows whose cursor is null or not below it, in no order
   */
  read(
    relation: Relation,
    start?: string,
  ): Promise<{ columns: string[]; zoneless: string[]; batches: AsyncIterable<readonly Row[]> }>;
  /** The tables and views that there are, whether or not they may be read, without the server's own. */
  tables(): Promise<Declared[]>;
  /** The rows of one query of `init`, for which it has no longer than some time; after one that fails there may be others. */
  answer(select: string, milliseconds: number): Promise<Answered>;
  /** A name as this database's SQL has it. */
  quoted(name: string): string;
  /** Never fails, and does not wait for a server that says nothing. */
  close(): Promise<void>;
}

/** What can be wrong with a database. */
export type Fault =
  | { what: "unreachable" | "unsafe" | "lost"; code: string }
  | { what: "login" | "noDatabase" | "writes" | "slow" }
  /** In the server's words; passing: the next time it may be otherwise. */
  | { what: "noTable" | "forbidden" | "full" | "refused"; reason: string; isPassing?: boolean };

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
