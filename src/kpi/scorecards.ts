import { z } from "zod";
import { CliError } from "../error.js";
import { idSchema, type Kpi, labelSchema, readYaml } from "./catalogue.js";
import { grains } from "./periods.js";
import type { SubjectKind } from "./scored.js";

const subjectKinds = ["company", "team", "employee"] as const satisfies readonly SubjectKind[];

const gradeSchema = z.strictObject({
  id: idSchema,
  label: labelSchema,
  from: z.number().min(0).max(100),
});

/** A grade and the total from which it is given. */
export type Grade = z.infer<typeof gradeSchema>;

/** 优秀, 良好, 合格, 不合格, best first. */
export const defaultGrades: readonly Grade[] = [
  { id: "excellent", label: { zh: "优秀", en: "excellent" }, from: 85 },
  { id: "good", label: { zh: "良好", en: "good" }, from: 70 },
  { id: "pass", label: { zh: "合格", en: "pass" }, from: 60 },
  { id: "fail", label: { zh: "不合格", en: "fail" }, from: 0 },
];

const scorecardSchema = z.strictObject({
  id: idSchema,
  label: labelSchema,
  grain: z.enum(grains),
  subjects: z.array(z.enum(subjectKinds)).min(1),
  missing: z.enum(["renormalise", "zero"]).default("renormalise"),
  groups: z
    .array(z.strictObject({ id: idSchema, label: labelSchema, kpis: z.array(idSchema).min(1) }))
    .min(1),
});

/** A scorecard: KPIs in groups (perspectives). Their weights stand in `weights.csv`. */
export type Scorecard = z.infer<typeof scorecardSchema>;

/** What `scorecards.yaml` says. */
export interface Scorecards {
  grades: readonly Grade[];
  scorecards: Scorecard[];
}

/**
 * Reads the text of `scorecards.yaml`; every KPI has to be one of the catalogue that can be good or bad, and stands in
 * one group of a scorecard only. The key `assessment` is not read here.
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function parseScorecards(text: string, file: string, kpis: readonly Kpi[]): Scorecards {
  const { grades, scorecards } = readYaml(
    z.strictObject({
      grades: z.array(gradeSchema).min(1).optional(),
      scorecards: z.array(scorecardSchema),
      assessment: z.unknown().optional(),
    }),
    text,
    file,
  );
  if (grades) checkGrades(grades, file);
  unique(scorecards, `${file}: scorecard listed twice`);
  for (const card of scorecards) checkKpis(card, file, kpis);
  return { grades: grades ?? defaultGrades, scorecards };
}

function checkGrades(grades: readonly Grade[], file: string): void {
  unique(grades, `${file}: grade listed twice`);
  grades.forEach(({ id, from }, index) => {
    const better = grades[index - 1];
    if (better && from >= better.from) {
      throw new CliError(`${file}: grades.${id}.from: not below ${better.id}'s ${better.from}: ${from}`, 2);
    }
  });
  const worst = grades.at(-1);
  if (worst && worst.from !== 0) {
    throw new CliError(`${file}: grades.${worst.id}.from: the last grade begins at 0: ${worst.from}`, 2);
  }
}

function checkKpis({ id: card, groups }: Scorecard, file: string, kpis: readonly Kpi[]): void {
  unique(groups, `${file}: ${card}: group listed twice`);
  const seen = new Set<string>();
  for (const { id: group, kpis: ids } of groups) {
    for (const id of ids) {
      const kpi = kpis.find((each) => each.id === id);
      if (!kpi) throw new CliError(`${file}: ${card}.${group}: not in kpis.yaml: ${id}`, 2);
      if (kpi.direction === "none") {
        throw new CliError(`${file}: ${card}.${group}: a kpi without a direction has no score: ${id}`, 2);
      }
      if (seen.has(id)) throw new CliError(`${file}: ${card}.${group}: kpi listed twice: ${id}`, 2);
      seen.add(id);
    }
  }
}

function unique(entries: readonly { id: string }[], message: string): void {
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (seen.has(id)) throw new CliError(`${message}: ${id}`, 2);
    seen.add(id);
  }
}
