import { z } from "zod";

/** A limit as catalogue files write it: a number, or a percentage like `5%`, which is a fraction. */
const limit = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?%$/, "not a number or a percentage")])
  .transform((value) =>
    typeof value === "number" ? value : Number((Number(value.slice(0, -1)) / 100).toPrecision(15)),
  );

/**
 * How a KPI's value becomes a score of 0–100.
 *
 * - `direct`: the value is the score, a fraction of a % KPI times 100; clamped.
 * - `linear`: the target in force gives the limits: floor → 0, target → 100; with a stretch target → 80, stretch → 100.
 * - `step`: 100 up to `limit`, `deduct` less for each full or begun `per` beyond it.
 * - `bands`: the score of the first band whose `limit` the value reaches, best first; `otherwise` below the last.
 */
export const scoreRuleSchema = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("direct") }),
  z.strictObject({ rule: z.literal("linear") }),
  z.strictObject({
    rule: z.literal("step"),
    limit,
    deduct: z.number().positive(),
    per: limit.refine((value) => value > 0, "not above 0"),
  }),
  z.strictObject({
    rule: z.literal("bands"),
    bands: z.array(z.strictObject({ limit, score: z.number().min(0).max(100) })).min(1),
    otherwise: z.number().min(0).max(100).default(0),
  }),
]);

export type ScoreRule = z.infer<typeof scoreRuleSchema>;
