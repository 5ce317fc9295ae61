import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { namedPeriod } from "../kpi/periods.js";
import { type Pack, packSections, papers } from "../published/packTypes.js";
import { CliError } from "../run/error.js";
import { languages } from "../words/languages.js";
import { says, told } from "../words/told.js";
import { idSchema, labelSchema } from "./names.js";
import { faultsOf, type PlacedFault, readYaml } from "./readYaml.js";
import { suggest } from "./suggest.js";
import { readTextFile } from "./textFile.js";

const ids = z.array(z.string()).min(1).nullable().default(null);

const packSchema = z
  .strictObject({
    title: labelSchema,
    sections: z
      .array(z.enum(packSections))
      .min(1)
      .superRefine((sections, { addIssue }) => {
        for (const [at, input] of sections.entries())
          if (sections.indexOf(input) < at)
            addIssue({ code: "custom", path: [at], input, message: says("schema.sectionTwice") });
      }),
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
    // 2026 is a number to YAML.
    period: z
      .preprocess(
        (given) => (typeof given === "number" ? String(given) : given),
        z.string().refine((text) => namedPeriod(text) !== undefined, says("schema.period")),
      )
      .nullable()
      .default(null),
  })
  .superRefine(({ each, scope: input }, { addIssue }) => {
    if (each !== null && input !== null)
      addIssue({ code: "custom", path: ["scope"], input, message: says("schema.scopeOrEach") });
  });

/**
 * Reads the text of a pack's file, whose name is the pack's id.
 * @throws CliError 2 naming file, line and place of each fault, what was found and what was expected
 */
export function parsePack(text: string, file: string): Pack {
  const id = basename(file).replace(/\.ya?ml$/, "");
  const { title, ...pack } = readYaml(packSchema, text, file, { lines: true });
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
  const { file, text } = packFile(folder, id);
  return parsePack(text, file);
}

/** Where a pack stands written. */
export interface PackFile {
  file: string;
  text: string;
}

/**
 * A pack's file by its id.
 * @throws CliError 2 for one that the folder has not
 */
export function packFile(folder: string, id: string): PackFile {
  const known = packIds(folder);
  if (!known.includes(id))
    throw new CliError(told("pack.unknown", { id, near: suggest(id, known), known }), 2);
  const name = readdirSync(folder).find((each) => each.replace(/\.ya?ml$/, "") === id) ?? `${id}.yaml`;
  const file = join(folder, name);
  return { file, text: readTextFile(file, null) };
}

/**
 * That what a pack names is in the catalogue.
 * @throws CliError 2 naming file, line and list of each that is not, and what it may be
 */
export function requireKnown(
  pack: Pack,
  known: Record<"fishbones" | "problems" | "scorecards" | "kpis", readonly string[]>,
  from: PackFile,
): void {
  const faults = (["fishbones", "problems", "scorecards", "kpis"] as const).flatMap((list) =>
    [...(pack[list] ?? []).entries()]
      // A catalogue of no problem has none to print, whatever the packs name that are shipped.
      .filter(([, id]) => !known[list].includes(id) && !(list === "problems" && known.problems.length === 0))
      .map(([at, id]): PlacedFault => {
        const near = suggest(id, known[list]);
        const wrong = told("pack.notThere", { id, near, known: near === "" ? known[list] : [] });
        return { path: [list, at], place: list, wrong };
      }),
  );
  if (faults.length > 0) throw faultsOf(from, faults);
}

/**
 * What a pack's file says under a key, where the site decides whether there is such a thing.
 * @throws CliError 2 naming file, line and key
 */
export function heldInPack<Of>(from: PackFile, key: keyof Pack, work: () => Of): Of {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CliError) || typeof error.wording === "string") throw error;
    throw faultsOf(from, [{ path: [key], wrong: error.wording }]);
  }
}
