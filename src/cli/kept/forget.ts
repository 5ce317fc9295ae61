import { readKept } from "../../catalogue/catalogueFiles.js";
import type { PersonKind } from "../../contract/personKinds.js";
import { CliError } from "../../run/error.js";
import { forgetPerson } from "../../warehouse/forget.js";
import { countForgotten, readForgottenPersons } from "../../warehouse/forgottenPersons.js";
import { withWarehouse } from "../../warehouse/open.js";
import type { Language } from "../../words/languages.js";
import { forgetTable } from "../../words/languages.js";
import { told } from "../../words/told.js";
import { worded } from "../../words/wording.js";
import type { Effects } from "../effects.js";
import { type PlaceOptions, warehouseOf } from "../places.js";
import { type Column, toCsv, toJson, toTable } from "../print/columns.js";

export interface ForgetOptions extends PlaceOptions {
  kind?: PersonKind;
  list?: boolean;
  format?: "table" | "csv" | "json";
  excel?: boolean;
  lang?: Language;
}

/** `forget`: erases a person, or says when how many were. */
export async function forgetCommand(
  id: string | undefined,
  options: ForgetOptions,
  effects: Effects,
): Promise<void> {
  if ((id === undefined) !== (options.list === true)) throw new CliError(told("forget.oneOf"), 2);
  const warehouse = warehouseOf(options, effects);
  const { settings } = await withWarehouse(warehouse, readKept);
  const language = options.lang ?? settings.language;
  if (id === undefined) return list(warehouse, { ...options, lang: language }, effects);
  const { kind } = options;
  const done = await forgetPerson(warehouse, {
    id,
    now: effects.now(),
    ...(kind === undefined ? {} : { kind }),
  });
  const lines = [
    told("forget.done", { ...done }),
    ...done.aside.map((path) => told("forget.aside", { path })),
  ];
  for (const line of lines) effects.stdout.write(`${worded(line, language)}\n`);
}

/** Says how many were forgotten, and when the last, and of how many it has not ended; nothing where nobody was. */
export function forgottenLine(warehouse: string, language: Language): string {
  const found = countForgotten(warehouse);
  if (!found) return "";
  const { count, day, pending } = found;
  return [
    ...(day === null ? [] : [told("forget.said", { count, day })]),
    ...(pending === 0 ? [] : [told("forget.pending", { count: pending })]),
  ]
    .map((line) => `${worded(line, language)}\n`)
    .join("");
}

interface Day {
  forgotten_on: string;
  persons: number;
  /** Of how many of them it has not ended. */
  pending: number;
}

const columns: Column<Day, Language>[] = [
  {
    key: "forgotten_on",
    head: (language) => forgetTable(language).day,
    cell: ({ forgotten_on: day }) => day,
  },
  {
    key: "persons",
    head: (language) => forgetTable(language).persons,
    cell: ({ persons }) => String(persons),
  },
  {
    key: "pending",
    head: (language) => forgetTable(language).pending,
    cell: ({ pending }) => String(pending),
  },
];

/** How many were forgotten on which day; nobody can say any more who. */
function list(warehouse: string, options: ForgetOptions & { lang: Language }, effects: Effects): void {
  const days = new Map<string, Day>();
  for (const { forgotten_on, is_pending } of readForgottenPersons(warehouse).persons) {
    const { persons, pending } = days.get(forgotten_on) ?? { persons: 0, pending: 0 };
    days.set(forgotten_on, { forgotten_on, persons: persons + 1, pending: pending + (is_pending ? 1 : 0) });
  }
  const rows = [...days.values()];
  const none = () => `${worded(told("forget.none"), options.lang)}\n`;
  effects.stdout.write(
    options.format === "json"
      ? toJson(rows)
      : options.format === "csv"
        ? toCsv(columns, rows, options)
        : rows.length === 0
          ? none()
          : toTable(columns, rows, options.lang),
  );
}
