import { z } from "zod";
import { says, type Told, told } from "../words/told.js";

/** A limit as catalogue files write it: a number, or a percentage like `5%`, which is a fraction. */
const limit = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?%$/, says("schema.limit"))])
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
    per: limit.refine((value) => value > 0, says("schema.aboveZero")),
  }),
  z.strictObject({
    rule: z.literal("bands"),
    bands: z.array(z.strictObject({ limit, score: z.number().min(0).max(100) })).min(1),
    otherwise: z.number().min(0).max(100).default(0),
  }),
]);

export type ScoreRule = z.infer<typeof scoreRuleSchema>;

interface Ruled {
  unit: string;
  direction: "up" | "down" | "none";
  score: ScoreRule;
}

/** What is wrong with a rule for a KPI of its unit and direction: what was expected, and the value last. */
export function scoreRuleFault({ unit, direction, score }: Ruled): Told | undefined {
  if (score.rule === "direct") {
    if (direction === "down") return told("score.directDown");
    const units = ["percent", "score", "nps"];
    return units.includes(unit) ? undefined : told("score.directUnit", { units, unit });
  }
  return score.rule === "bands" ? bandsFault(score, direction === "up") : undefined;
}

function bandsFault({ bands, otherwise }: Extract<ScoreRule, { rule: "bands" }>, isUp: boolean) {
  const sign = isUp ? 1 : -1;
  for (const [index, { limit, score: points }] of bands.entries()) {
    const better = bands[index - 1];
    if (better && sign * (better.limit - limit) <= 0)
      return told(isUp ? "score.bandsFall" : "score.bandsRise", { better: better.limit, limit });
    if (better && better.score <= points) return told("score.bandScores", { better: better.score, points });
  }
  const worst = bands.at(-1)?.score ?? 100;
  return otherwise > worst ? told("score.otherwise", { worst, otherwise }) : undefined;
}

/**
 * Where the limits of a % KPI's rule, as its file has them, are written as bare numbers above 1: `5` is 500 %, and
 * hardly ever meant. `500%` is.
 */
export function bareLimits(row: unknown): { path: (string | number)[]; value: number }[] {
  const { unit, score } = (row ?? {}) as { unit?: unknown; score?: Record<string, unknown> };
  if (unit !== "percent" || typeof score !== "object" || score === null) return [];
  const bands = Array.isArray(score.bands) ? (score.bands as (Record<string, unknown> | null)[]) : [];
  const limits: [(string | number)[], unknown][] = [
    [["score", "limit"], score.limit],
    [["score", "per"], score.per],
    ...bands.map((band, index): [(string | number)[], unknown] => [
      ["score", "bands", index, "limit"],
      band?.limit,
    ]),
  ];
  return limits.flatMap(([path, value]) =>
    typeof value === "number" && Math.abs(value) > 1 ? [{ path, value }] : [],
  );
}
