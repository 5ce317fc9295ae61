import type { TableName } from "../../../src/contract/index.js";

/** A system's export: the table that its rows are, and its columns as the system heads them, with what they mean (`-`: nothing of the table). */
export type Export = readonly [system: string, table: TableName, columns: string];
