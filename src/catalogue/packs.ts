import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { namedPeriod } from "../kpi/periods.js";
import { type Pack, packSections, papers } from "../published/packTypes.js";
import { CliError, fileFault } from "../run/error.js";
import { languages } from "../words/languages.js";
import { says, told } from "../words/told.js";
import { idSchema, labelSchema } from "./names.js";
import { readYaml } from "./readYaml.js";
import { suggest } from "./suggest.js";
import { readTextFile } from "./textFile.js";

const ids = z.array(z.string()).min(1).nullable().default(null);

const packSchema = z
  .strictObject({
    title: labelSchema,
    sections: z.array(z.enum(packSections)).min(1),
    cover: z.boolean().default(true),
    contents: z.boolean().default(true),
    fishbones: ids,
    problems: ids,
    scorecards: ids,
    kpis: ids,
    paper: z.enum(Object.keys(papers) as [keyof typeof papers]).default("A4"),
    max_pages: z.int().positive().nullable().default(null),
    each: idSchema.nullable().default(null),
    scope: z
      .string()
      .regex(/^[^=]+=.+$/, says("schema.scope"))
      .nullable()
      .default(null),
    language: z.enum(languages).nullable().default(null),
    period: z
      .string()
      .refine((text) => namedPeriod(text) !== undefined, says("schema.period"))
      .nullable()
      .default(null),
  })
  .refine(({ sections }) => new Set(sections).size === sections.length, {
    path: ["sections"],
    message: says("schema.sectionTwice"),
  })
  .refine(({ each, scope }) => each === null || scope === null, {
    path: ["scope"],
    message: says("schema.scopeOrEach"),
  });

/**
 * Reads the text of a pack's file, whose name is the pack's id.
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function parsePack(text: string, file: string): Pack {
  const id = basename(file).replace(/\.ya?ml$/, "");
  const { title, ...pack } = readYaml(packSchema, text, file);
  return { id, title: { en: title.en, "zh-CN": title.zh }, ...pack };
}

/** Where the packs of this project lie. */
export const packsFolder = fileURLToPath(new URL("../../reports/packs", import.meta.url));

/** The ids of the packs that a folder holds, in order. */
export const packIds = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => name.replace(/\.ya?ml$/, ""))
    .sort();

/**
 * A pack by its id.
 * @throws CliError 2 for one that the folder has not, or that breaks the rules
 */
export function readPack(folder: string, id: string): Pack {
  const known = packIds(folder);
  if (!known.includes(id))
    throw new CliError(told("pack.unknown", { id, near: suggest(id, known), known }), 2);
  const name = readdirSync(folder).find((each) => each.replace(/\.ya?ml$/, "") === id) ?? `${id}.yaml`;
  const path = join(folder, name);
  return parsePack(readTextFile(path, null), path);
}

/**
 * That what a pack names is in the catalogue.
 * @throws CliError 2 naming the file, the list and what it may be
 */
export function requireKnown(
  pack: Pack,
  known: Record<"fishbones" | "problems" | "scorecards" | "kpis", readonly string[]>,
  file: string,
): void {
  for (const list of ["fishbones", "problems", "scorecards", "kpis"] as const)
    for (const id of pack[list] ?? [])
      if (!known[list].includes(id))
        throw fileFault(file, list, told("pack.notThere", { id, near: suggest(id, [...known[list]]) }));
}
