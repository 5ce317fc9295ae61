import { z } from "zod";

/** A text the output has to have; of a list within the list one is enough. `re:` a pattern over all of it, `line:` within a line. */
const texts = z.array(z.union([z.string(), z.array(z.string())]));

/** A number, or a fraction such as `1/3`. */
const figure = z.union([z.number(), z.string().regex(/^[\d.]+\/[\d.]+$/), z.null()]);

const rowSchema = z.strictObject({
  kpi: z.string().optional(),
  /** The period's start, as far as it is written. */
  period: z.string(),
  by: z.record(z.string(), z.string()).optional(),
  value: figure.optional(),
  numerator: figure.optional(),
  denominator: figure.optional(),
  median: figure.optional(),
  n: z.number().optional(),
  open: z.number().optional(),
  partial: z.boolean().optional(),
  /** The value compared with; null: none. */
  compare: figure.optional(),
  /** Without value, or shown as incomplete. */
  marked: z.literal(true).optional(),
  unmarked: z.literal(true).optional(),
});

const spoken = {
  args: z.array(z.string()).optional(),
  contains: texts.default([]),
  lacks: texts.default([]),
};

const kpiSchema = z.strictObject({
  args: z.array(z.string()),
  rows: z.array(rowSchema).default([]),
  /** No row starts before this month. */
  no_before: z.string().optional(),
  /** No other group has a value. */
  only_by: z.array(z.string()).optional(),
  text: z.strictObject(spoken).optional(),
  raw: z.strictObject({ ...spoken, hex: z.string().optional(), not_hex: z.string().optional() }).optional(),
});

const runShape = {
  build_args: z.array(z.string()).default([]),
  build_exit: z.union([z.int(), z.array(z.int())]).default(0),
  build_contains: texts.default([]),
  build_lacks: texts.default([]),
  check_contains: texts.default([]),
  check_lacks: texts.default([]),
  loaded: z.record(z.string(), z.int()).default({}),
  quarantine: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.strictObject({
          count: z.int(),
          at: z
            .array(
              z.strictObject({
                at: z.string(),
                column: z.string().optional(),
                value: z.string().optional(),
              }),
            )
            .default([]),
        }),
      ),
    )
    .default({}),
  kpi: z.array(kpiSchema).default([]),
};

const runSchema = z.strictObject(runShape);

/** `expect.json` of a case: what a build of the folder beside it, and what is then asked, have to give. */
export const expectationSchema = z.strictObject({
  ...runShape,
  /** Several builds of the same files, instead of one. */
  runs: z.array(runSchema).optional(),
  /** Either outcome is right. */
  any_of: z.array(runSchema).optional(),
  site: z
    .strictObject({
      no_data: z.record(z.string(), z.array(z.string())).default({}),
      shown: z.array(z.string()).default([]),
    })
    .optional(),
  two_sites: z.strictObject({ a: z.string(), b: z.string(), delay_s: z.number() }).optional(),
  print: z
    .strictObject({
      sample: z.array(z.tuple([z.string(), z.string(), z.string()])),
      characters: z.array(z.string()),
    })
    .optional(),
});

export type Run = z.infer<typeof runSchema>;
export type AskedKpi = z.infer<typeof kpiSchema>;
export type ExpectedRow = z.infer<typeof rowSchema>;

/** The number a figure is written as. */
export function numberOf(written: number | string | null): number | null {
  if (written === null || typeof written === "number") return written;
  const [over = "", under = "1"] = written.split("/");
  return Number(over) / Number(under);
}

/** Whether an output has a text of a case, in any case of its letters. */
function has(output: string, text: string): boolean {
  if (text.startsWith("re:")) return new RegExp(text.slice(3), "i").test(output);
  if (text.startsWith("line:")) {
    const pattern = new RegExp(text.slice(5), "i");
    return output.split("\n").some((line) => pattern.test(line));
  }
  return output.toLowerCase().includes(text.toLowerCase());
}

/** The texts of a case that an output lacks. */
export const missing = (output: string, wanted: readonly (string | string[])[]): (string | string[])[] =>
  wanted.filter((text) => ![text].flat().some((each) => has(output, each)));

/** The texts of a case that an output must not have and has. */
export const surplus = (output: string, unwanted: readonly (string | string[])[]): string[] =>
  unwanted.flat().filter((text) => has(output, text));
