import { z } from "zod";
import { fileFault } from "../run/error.js";
import { type Told, told } from "../words/told.js";
import type { Kpi } from "./kpis.js";
import { lackFault } from "./lacking.js";
import { idSchema, labelSchema } from "./names.js";
import { readYaml } from "./readYaml.js";
import { suggest } from "./suggest.js";

/** The hues there are for branches. */
const hues = 4;

const branch = { id: idSchema, label: labelSchema, colour: z.int().min(1).max(hues) };

const fishboneSchema = z.strictObject({
  id: idSchema,
  label: labelSchema,
  /** The scorecard whose total the head shows. */
  scorecard: idSchema.optional(),
  success_factors: z.array(idSchema).default([]),
  branches: z.array(z.strictObject({ ...branch, kpis: z.array(idSchema).min(1) })).min(1),
});

const causeSchema = z.strictObject({
  id: idSchema,
  label: labelSchema,
  kpis: z.array(idSchema).min(1),
  note: labelSchema.optional(),
});

const fileSchema = z.strictObject({
  fishbones: z.array(fishboneSchema),
  problem_branches: z.array(z.strictObject(branch)).default([]),
  problems: z
    .array(
      z.strictObject({
        id: idSchema,
        label: labelSchema,
        branches: z.record(idSchema, z.array(causeSchema).min(1)),
      }),
    )
    .default([]),
});

/** A department's KPIs on their branches. */
export type Fishbone = z.infer<typeof fishboneSchema>;

/** A possible cause of a problem, with the KPIs that would show it. */
export type Cause = z.infer<typeof causeSchema>;

/** A problem (the head) with its possible causes, by branches in the order of `problem_branches`. */
export interface Problem extends Pick<Fishbone, "id" | "label"> {
  branches: (Pick<Fishbone["branches"][number], "id" | "label" | "colour"> & { causes: Cause[] })[];
}

export interface Fishbones {
  fishbones: Fishbone[];
  problems: Problem[];
}

/**
 * Reads the text of `fishbones.yaml`. Every bone, and every KPI that would show a cause, has to be in the
 * catalogue; ids are unique where they name something.
 * @param ownKpis the path of a `kpis.yaml` of one's own
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function parseFishbones(
  text: string,
  file: string,
  kpis: readonly Kpi[],
  ownKpis?: string,
): Fishbones {
  const content = readYaml(fileSchema, text, file);
  const known = kpis.map(({ id }) => id);
  const fail = (place: string, wrong: Told) => fileFault(file, place, wrong);
  const requireKnown = (place: string, ids: readonly string[]) => {
    for (const id of ids) {
      if (known.includes(id)) continue;
      throw lackFault({ file, place, id }, ownKpis, told("kpi.unlisted", { id, near: suggest(id, known) }));
    }
  };
  const requireUnique = (place: string, what: Entry, ids: readonly string[]) => {
    const twice = ids.find((id, index) => ids.indexOf(id) < index);
    if (twice !== undefined)
      throw fail(place, told("entry.twice", { what: told(`entry.${what}`), id: twice }));
  };
  const requireOnce = (place: string, bones: readonly (readonly [kpi: string, at: string])[]) => {
    const [twice] = bones.find(([id], index) => bones.findIndex(([other]) => other === id) < index) ?? [];
    if (twice === undefined) return;
    const places = bones.filter(([id]) => id === twice).map(([, at]) => at);
    throw fail(place, told("kpi.twiceInFishbone", { id: twice, places }));
  };

  requireUnique("fishbones", "fishbone", idsOf(content.fishbones));
  for (const { id, success_factors, branches } of content.fishbones) {
    requireUnique(id, "branch", idsOf(branches));
    requireKnown(`${id}.success_factors`, success_factors);
    for (const { id: name, kpis: bones } of branches) requireKnown(`${id}.${name}`, bones);
    requireOnce(id, [
      ...branches.flatMap(({ id: name, kpis: bones }) => bones.map((bone) => [bone, name] as const)),
      ...success_factors.map((factor) => [factor, "success_factors"] as const),
    ]);
  }

  const order = idsOf(content.problem_branches);
  requireUnique("problem_branches", "branch", order);
  requireUnique("problems", "problem", idsOf(content.problems));
  for (const { id, branches } of content.problems) {
    for (const [name, causes] of Object.entries(branches)) {
      if (!order.includes(name)) {
        throw fail(`${id}.branches`, told("branch.unlisted", { name, near: suggest(name, order) }));
      }
      for (const cause of causes) {
        const place = `${id}.${name}.${cause.id}`;
        requireKnown(place, cause.kpis);
        requireUnique(place, "kpi", cause.kpis);
      }
    }
    requireUnique(id, "cause", Object.values(branches).flatMap(idsOf));
    if (Object.keys(branches).length === 0) throw fail(`${id}.branches`, told("problem.noCause"));
  }
  return {
    fishbones: content.fishbones,
    problems: content.problems.map(({ id, label, branches }) => ({
      id,
      label,
      branches: content.problem_branches.flatMap((each) => {
        const causes = branches[each.id];
        return causes ? [{ ...each, causes }] : [];
      }),
    })),
  };
}

type Entry = "fishbone" | "branch" | "kpi" | "problem" | "cause";

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
