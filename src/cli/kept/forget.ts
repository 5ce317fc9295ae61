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

/** Says how many were forgotten, and when the last; nothing where nobody was. */
export function forgottenLine(warehouse: string, language: Language): string {
  const found = countForgotten(warehouse);
  return found ? `${worded(told("forget.said", found), language)}\n` : "";
}

interface Day {
  forgotten_on: string;
  persons: number;
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
];

/** How many were forgotten on which day; nobody can say any more who. */
function list(warehouse: string, options: ForgetOptions & { lang: Language }, effects: Effects): void {
  const days = new Map<string, number>();
  for (const { forgotten_on: day } of readForgottenPersons(warehouse).persons)
    days.set(day, (days.get(day) ?? 0) + 1);
  const rows = [...days].map(([forgotten_on, persons]): Day => ({ forgotten_on, persons }));
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
