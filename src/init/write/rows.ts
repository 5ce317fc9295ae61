import { told } from "../../words/told.js";
import type { FoundAccount } from "../connected/account.js";
import type { RawTable } from "../group.js";
import type { FoundPreset } from "../presets.js";
import type { Guessed } from "../refine.js";
import { openColumns } from "../tableGuess.js";
import type { Idle } from "./idle.js";

/** What was written of a file. */
export interface InitRow {
  files: readonly string[];
  sheet?: string;
  /** Null where no table is read from it. */
  table: string | null;
  /** The preset that says which columns it takes. */
  preset?: string;
  sure: number;
  likely: number;
  unsure: number;
  unmapped: number;
  why?: Idle["why"];
  /** The encoding that its guesses hold for, which has to be confirmed before a build. */
  askedEncoding?: string;
}

/** The tables that a preset feeds; what of their columns it takes is for it to say. */
export function presetRows(
  preset:
    | (Pick<FoundPreset, "name" | "tables"> & { parts: ReadonlyMap<string, Pick<RawTable, "files">> })
    | undefined,
): InitRow[] {
  if (!preset) return [];
  return preset.tables.map(({ table, from }) => ({
    files: preset.parts.get(from)?.files ?? [],
    table,
    preset: preset.name,
    sure: 0,
    likely: 0,
    unsure: 0,
    unmapped: 0,
  }));
}

/** The same of an account. */
export const accountRows = (account: FoundAccount | undefined): InitRow[] =>
  account ? presetRows({ ...account, name: account.source.kind }) : [];

export function rowsOf(taken: readonly Guessed[], idle: readonly Idle[]): InitRow[] {
  const count = ({ guess }: Guessed, certainty: string) =>
    guess.columns.filter((each) => each.certainty === certainty).length;
  return [
    ...taken.map((each): InitRow => {
      const used = new Set(each.guess.columns.map(({ source }) => source));
      return {
        files: each.raw.files,
        ...(each.raw.sheet ? { sheet: each.raw.sheet.name } : {}),
        table: each.guess.table,
        sure: count(each, "sure"),
        likely: count(each, "likely"),
        unsure: count(each, "unsure"),
        unmapped: each.raw.columns.filter(
          (column) => !used.has(column) && !each.guess.furtherScores?.includes(column),
        ).length,
        ...(each.raw.askedEncoding ? { askedEncoding: each.raw.askedEncoding } : {}),
        ...(openColumns(each.guess).length > 0
          ? { why: told("init.waits", { table: each.guess.table, columns: openColumns(each.guess) }) }
          : {}),
      };
    }),
    ...idle.map(
      ({ file, why, columns }): InitRow => ({
        files: [file],
        table: null,
        sure: 0,
        likely: 0,
        unsure: 0,
        unmapped: columns.length,
        why,
      }),
    ),
  ];
}
