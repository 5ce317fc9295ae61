import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { CliError } from "../run/error.js";
import { checkSampleFolder, intoSampleFolder } from "../sample/folder.js";
import { generateSample } from "../sample/generate.js";
import { planSample, sampleTables } from "../sample/options.js";
import { told } from "../words/told.js";
import { visible } from "../words/visible.js";
import { defaultEffects, type Effects } from "./effects.js";

/** The command line's words, not yet parsed. */
export interface SampleCommandOptions {
  customers?: string;
  months?: string;
  seed?: string;
  dirt?: string;
  variety?: string;
  tickets?: string;
  orders?: string;
  answers?: string;
  contacts?: string;
  employees?: string;
  /** Contract tables, comma-separated. */
  tables?: string;
  out?: string;
  /** Overwrite what is no earlier sample. */
  force?: boolean;
}

/** Generate an invented company's extract into `--out` (default `data/extracts`), which must hold nothing but an earlier one. */
export async function sampleCommand(
  options: SampleCommandOptions,
  effects: Effects = defaultEffects,
): Promise<void> {
  const directory = resolve(effects.cwd, options.out ?? "data/extracts");
  const sizes = [
    "customers",
    "months",
    "seed",
    "dirt",
    "variety",
    "tickets",
    "orders",
    "answers",
    "contacts",
    "employees",
  ] as const;
  const numbers = Object.fromEntries(
    sizes.flatMap((name) => {
      const given = options[name];
      return given === undefined ? [] : [[name, numberOf(name, given)]];
    }),
  );
  const tables = options.tables === undefined ? {} : { tables: options.tables.split(",") };
  const beside = sampleTables.filter((name) => existsSync(join(directory, `${name}.csv`)));
  const asked = { ...numbers, ...tables, beside };
  planSample(asked);
  await checkSampleFolder(directory, options.force ?? false);
  const { plan, tables: written } = await intoSampleFolder(directory, (folder) =>
    generateSample(folder, asked, (table) => effects.stderr.write(`wrote ${table}.csv\n`)),
  );
  effects.stdout.write(
    `${written.length} tables, ${plan.customers} customers, ${plan.months} months, seed ${plan.seed}: ${visible(directory)}\n`,
  );
}

function numberOf(name: string, given: string): number {
  const value = Number(given);
  if (given.trim() === "" || Number.isNaN(value))
    throw new CliError(told("option.noNumber", { option: name, value: given }), 2);
  return value;
}
