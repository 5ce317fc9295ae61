import { z } from "zod";
import { columnsOf, tableNames } from "../contract/index.js";
import { fileFault } from "../run/error.js";
import { bareLimits, scoreRuleFault, scoreRuleSchema } from "../score/scoreRule.js";
import { says, told } from "../words/told.js";
import { caseCondition } from "./caseConditions.js";
import { type Dimension, dimensions, type OwnDimensionOfKpi, type OwnTable } from "./dimensions.js";
import { idSchema, labelSchema } from "./names.js";
import { readYaml } from "./readYaml.js";

const dimension = z.enum(dimensions);
/** A contract table, or a column of one as `table.column`. */
function isNeed(name: string): boolean {
  const [table = "", column, ...more] = name.split(".");
  const known = tableNames.find((each) => each === table);
  if (!known || more.length > 0) return false;
  return column === undefined || columnsOf(known).some((each) => each.name === column);
}

const needs = z.array(
  z.string().refine((names) => names === "activity" || names.split("|").every(isNeed), says("schema.need")),
);
const columnName = z
  .string()
  .refine((name) => name.includes(".") && isNeed(name), says("schema.contractColumn"));
const kindOfRow = z
  .string()
  .refine((text) => /^[^=]+=.+$/.test(text) && isNeed(text.split("=")[0] ?? ""), says("schema.kindOfRow"));
const conditionOfCase = z.string().refine((text) => {
  const { columns, operator } = caseCondition(text);
  return columns.every((name) => name.includes(".") && isNeed(name)) && (!operator || columns.length === 1);
}, says("schema.condition"));
const table = z.enum(tableNames);

/** The kinds of KPI: each has a formula and an interval of its own. */
export const kinds = [
  "rate",
  "customer_rate",
  "poisson_rate",
  "mean",
  "count",
  "sum",
  "growth",
  "share",
  "nps",
] as const;

const kpiSchema = z
  .strictObject({
    id: idSchema,
    label: labelSchema,
    definition: labelSchema,
    formula: labelSchema,
    unit: z.enum(["percent", "score", "minutes", "hours", "count", "money", "nps"]),
    counts: labelSchema.default({ zh: "案例", en: "cases" }),
    direction: z.enum(["up", "down", "none"]),
    kind: z.enum(kinds),
    cases: z.enum(["months", "periods"]),
    against: z.enum(["previous", "year"]).optional(),
    accrues: z.enum(["numerator", "rest", "once"]).optional(),
    range: z
      .tuple([z.number().nullable(), z.number().nullable()])
      .refine(([low, high]) => low === null || high === null || low < high, says("schema.lowerFirst"))
      .default([null, null]),
    scale: z.number().positive().default(1),
    horizon_days: z.int().positive().optional(),
    matures: z.enum(["awaited", "limits"]).optional(),
    all_months: z.boolean().default(false),
    percentiles: z.array(dimension).optional(),
    needs: needs.min(1),
    contract_needs: needs.min(1).optional(),
    kinds: z.array(z.union([z.literal("loss"), kindOfRow])).default([]),
    dated_by: columnName.optional(),
    look_back: z
      .union([z.strictObject({ months: z.literal(12) }), z.strictObject({ days: z.int().positive() })])
      .optional(),
    cases_by: z.array(conditionOfCase).min(1).optional(),
    dimensions: z.array(dimension),
    numerator_dimensions: z.array(dimension).default([]),
    belongs_to: z.enum(["owner", "agent", "employee"]).optional(),
    cases_of: z.array(table).default([]),
    numerators_of: z.array(table).default([]),
    contributors: z.enum(["customers", "employees", "leads", "none"]).default("customers"),
    score: scoreRuleSchema.default({ rule: "linear" }),
  })
  .refine(({ kind, cases, against }) => !against || (kind === "growth" && cases === "months"), {
    path: ["against"],
    message: says("schema.ofGrowth"),
  })
  .refine(({ kind, accrues }) => !accrues || kind === "customer_rate", {
    path: ["accrues"],
    message: says("schema.ofCustomerRate"),
  })
  .transform((row) => ({
    ...row,
    dimensions: row.dimensions as readonly Dimension[],
    numerator_dimensions: row.numerator_dimensions as readonly Dimension[],
    percentiles: row.percentiles as readonly Dimension[] | undefined,
    additive: row.cases === "months" && row.against === undefined,
    currency: "CNY",
    own_tables: [] as readonly OwnTable[],
    own_dimensions: [] as readonly OwnDimensionOfKpi[],
  }));

/** The dimensions of a catalogue's KPIs, in the order of the cube's columns: the models', then its own. */
export const cubeDimensions = (kpis: readonly Kpi[]): Dimension[] => [
  ...new Set([...dimensions, ...kpis.flatMap((kpi) => kpi.own_dimensions.map(({ id }) => id))]),
];

/** One KPI: a row of `kpis.yaml`. `additive` KPIs roll up from months; the others are computed for each period. */
export type Kpi = z.infer<typeof kpiSchema>;
export type Kind = Kpi["kind"];

/**
 * Reads the text of `kpis.yaml`.
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function parseKpis(text: string, file: string): Kpi[] {
  const row = z.unknown().superRefine(refuseBareLimits).pipe(kpiSchema);
  const { kpis } = readYaml(z.strictObject({ kpis: z.array(row).min(1) }), text, file);
  const seen = new Set<string>();
  for (const kpi of kpis) {
    if (seen.has(kpi.id))
      throw fileFault(file, "", told("entry.twice", { what: told("entry.kpi"), id: kpi.id }));
    seen.add(kpi.id);
    const fault = scoreRuleFault(kpi);
    if (fault) throw fileFault(file, `${kpi.id}.score`, fault);
    if (kpi.belongs_to && ![...kpi.dimensions, ...kpi.numerator_dimensions].includes(kpi.belongs_to)) {
      throw fileFault(
        file,
        `${kpi.id}.belongs_to`,
        told("kpi.notItsDimension", { dimension: kpi.belongs_to }),
      );
    }
  }
  return kpis;
}

function refuseBareLimits(row: unknown, context: z.RefinementCtx): void {
  for (const { path, value } of bareLimits(row)) {
    const message = says("schema.bareLimit");
    context.addIssue({ code: "custom", path, message, input: value });
  }
}
