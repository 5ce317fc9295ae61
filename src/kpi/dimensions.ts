/** The dimensions of the cube, in the order of its columns. */
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

export type Dimension = (typeof dimensions)[number];

/** Contract columns that name a dimension. */
const aliases: Readonly<Record<string, Dimension>> = {
  owner_id: "owner",
  agent_id: "agent",
  complaint_class: "class",
  reason_category: "reason",
  employee_id: "employee",
};

/** The dimension a name stands for, or undefined. */
export function dimensionOf(name: string): Dimension | undefined {
  return dimensions.find((dimension) => dimension === name) ?? aliases[name];
}

/** What a null value of a dimension, and a case without a customer, roll up under. */
export const unknown = "(unknown)";
