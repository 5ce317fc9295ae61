import type { TableName } from "../contract/index.js";
import { ownValue } from "./ownValue.js";

/** The dimensions that the models give, in the order of the cube's columns; a catalogue may add its own. */
export const dimensions = [
  "segment",
  "industry",
  "region",
  "acquisition_channel",
  "owner",
  "channel",
  "type",
  "class",
  "severity",
  "agent",
  "dimension",
  "market",
  "source",
  "reason",
  "employee",
  "team",
  "department",
] as const;

/** Those that `intermediate.customers` gives: a case has its customer's where its mart does not say. */
export const customerDimensions: readonly Dimension[] = dimensions.slice(0, 5);

/** One of the dimensions that the models give. */
export type ModelDimension = (typeof dimensions)[number];

/** A dimension by its name: one that the models give, or one of the catalogue's own (`dimensions.yaml`). */
export type Dimension = string;

/** Contract columns that name a dimension. */
const aliases: Readonly<Record<string, ModelDimension>> = {
  owner_id: "owner",
  agent_id: "agent",
  complaint_class: "class",
  reason_category: "reason",
  employee_id: "employee",
};

/** The dimension that a name stands for; whether there is one is for the catalogue to say. */
export const dimensionOf = (name: string): Dimension => ownValue(aliases, name) ?? name;

export const isModelDimension = (name: string): name is ModelDimension =>
  (dimensions as readonly string[]).includes(name);

/** What a null value of a dimension, and a case without a customer, roll up under. */
export const unknown = "(unknown)";

/** A table whose own dimensions a KPI's cases have: they join it by its key. */
export interface OwnTable {
  table: TableName;
  keys: readonly string[];
  /** All that the table gives, in the order of its relation's columns. */
  dimensions: readonly Dimension[];
}

/** A dimension of a KPI that comes from tables of `dimensions.yaml`, the first that says anything going before the others. */
export interface OwnDimensionOfKpi {
  id: Dimension;
  label: { zh: string; en: string } | null;
  tables: readonly TableName[];
  /** What the tables say nothing of is as the model says. */
  ofModel: boolean;
}
