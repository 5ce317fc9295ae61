import { z } from "zod";
import { grains } from "../kpi/periods.js";
import { fileFault } from "../run/error.js";
import type { SubjectKind } from "../score/scored.js";
import { type Told, told } from "../words/told.js";
import type { Kpi } from "./kpis.js";
import { lackFault } from "./lacking.js";
import { idSchema, labelSchema } from "./names.js";
import { readYaml } from "./readYaml.js";
import { suggest } from "./suggest.js";

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
 * one group of a scorecard only.
 * @param ownKpis the path of a `kpis.yaml` of one's own
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function parseScorecards(
  text: string,
  file: string,
  kpis: readonly Kpi[],
  ownKpis?: string,
): Scorecards {
  const { grades, scorecards } = readYaml(
    z.strictObject({
      grades: z.array(gradeSchema).min(1).optional(),
      scorecards: z.array(scorecardSchema),
    }),
    text,
    file,
  );
  if (grades) checkGrades(grades, file);
  unique(scorecards, file, "", "scorecard");
  for (const card of scorecards) checkKpis(card, file, kpis, ownKpis);
  return { grades: grades ?? defaultGrades, scorecards };
}

function checkGrades(grades: readonly Grade[], file: string): void {
  unique(grades, file, "grades", "grade");
  grades.forEach(({ id, from }, index) => {
    const better = grades[index - 1];
    if (better && from >= better.from) {
      throw fileFault(
        file,
        `grades.${id}.from`,
        told("grade.notBelow", { better: better.id, limit: better.from, from }),
      );
    }
  });
  const worst = grades.at(-1);
  if (worst && worst.from !== 0) {
    throw fileFault(file, `grades.${worst.id}.from`, told("grade.lastAboveZero", { from: worst.from }));
  }
}

function checkKpis(
  { id: card, groups }: Scorecard,
  file: string,
  kpis: readonly Kpi[],
  ownKpis: string | undefined,
): void {
  unique(groups, file, card, "group");
  const seen = new Set<string>();
  for (const { id: group, kpis: ids } of groups) {
    for (const id of ids) {
      const fail = (wrong: Told) => fileFault(file, `${card}.${group}`, wrong);
      const kpi = kpis.find((each) => each.id === id);
      if (!kpi) {
        const known = kpis.map((each) => each.id);
        const wrong = told("kpi.unlisted", { id, near: suggest(id, known) });
        throw lackFault({ file, place: `${card}.${group}`, id }, ownKpis, wrong);
      }
      if (kpi.direction === "none") throw fail(told("kpi.noDirection", { id }));
      if (seen.has(id)) throw fail(told("entry.twice", { what: told("entry.kpi"), id }));
      seen.add(id);
    }
  }
}

function unique(
  entries: readonly { id: string }[],
  file: string,
  place: string,
  what: "scorecard" | "grade" | "group",
): void {
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (seen.has(id)) throw fileFault(file, place, told("entry.twice", { what: told(`entry.${what}`), id }));
    seen.add(id);
  }
}
