import { z } from "zod";
import { languages } from "../words/languages.js";

/** Of who edits a file by hand nothing is too long, too deep or too many to be read. */
const text = z.string().max(20_000);
const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-\d{2}$/);
const figure = z.number().nullable();
const grain = z.enum(["month", "quarter", "half", "year"]);
const scope = z.record(text, text).refine((by) => Object.keys(by).length <= 10);
/** None stands twice: each is told apart by what it is of. */
const list = <Item extends z.ZodType>(item: Item, keys: (keyof z.infer<Item>)[]) =>
  z
    .array(item)
    .max(50_000)
    .refine(
      (all) => new Set(all.map((one) => JSON.stringify(keys.map((key) => one[key])))).size === all.length,
    );
const period = { grain, period_start: day, period_end: day };

const value = z.object({
  kpi_id: text,
  label: text,
  unit: text,
  ...period,
  by: scope,
  value: figure,
  numerator: figure,
  denominator: figure,
  n: z.number(),
  low: figure,
  high: figure,
  mature: z.boolean(),
  partial: z.boolean(),
  floor: figure,
  target: figure,
  stretch: figure,
  status: text.nullable(),
});

const item = z.object({
  kpi_id: text,
  label: text,
  group: text,
  unit: text,
  value: figure,
  target: figure,
  weight: z.number(),
  score: figure,
  hidden: z.literal(true).optional(),
});

const score = z.object({
  scorecard: text,
  label: text,
  kind: z.enum(["company", "team", "employee"]),
  subject: text.nullable(),
  ...period,
  total: figure,
  grade: text.nullable(),
  covered_weight: z.number(),
  missing: text,
  items: list(item, ["kpi_id"]),
});

/** Its figures are named where they are compared. */
const initiative = z.looseObject({
  initiative_id: text,
  name: text,
  hidden: z.enum(["few", "neighbour", "cut"]).optional(),
  rounded: z.literal(true).optional(),
  decided: z.looseObject({ hidden: z.literal(true).optional() }).nullish(),
});

const definition = z.object({ kpi_id: text, label: text, definition: text, formula: text, unit: text });

/** `figures.json` of a PDF, as far as it is compared: what a PDF from anywhere says that it shows. */
export const carriedSchema = z.object({
  figures: z.object({
    format: z.literal(1),
    pack: text,
    title: text,
    language: z.enum(languages),
    scope,
    period: text,
    build_id: text,
    as_of_on: text,
    currency: text,
    command: text,
    values: list(value, ["kpi_id", "grain", "period_start", "by"]),
    scores: list(score, ["scorecard", "kind", "subject", "grain", "period_start"]),
    initiatives: list(initiative, ["initiative_id"]),
    definitions: list(definition, ["kpi_id"]),
  }),
  /** SHA-256 of the figures as JSON. */
  figures_sha256: text,
  /** SHA-256 of all that is drawn on the pages. */
  pages_sha256: text,
  /** SHA-256 of what lies over them: links, notes, form fields. */
  notes_sha256: text,
  /** SHA-256 of what is said without being drawn: tags, bookmarks, properties. */
  words_sha256: text,
});

/** What a PDF carries: what it shows, and what its pages looked like when they were printed. */
export type CarriedFigures = z.infer<typeof carriedSchema>;
