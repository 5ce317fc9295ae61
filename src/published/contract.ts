import type { Labels } from "../words/wording.js";

/** A table of `contract.json`, derived from the contract. */
export interface ContractTable {
  name: string;
  label: Labels;
  primaryKey: string[];
  ownTime: string | null;
  managed: boolean;
  columns: ContractColumn[];
}

/** A column of such a table. */
export interface ContractColumn {
  name: string;
  kind: "id" | "text" | "open" | "int" | "decimal" | "date" | "timestamp" | "bool" | "enum";
  required: boolean;
  labels: Record<string, string> | null;
  references: string | null;
  personal: boolean;
  min: number | null;
  max: number | null;
}
