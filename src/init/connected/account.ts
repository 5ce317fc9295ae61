import type { DuckDBConnection } from "@duckdb/node-api";
import { type PresetExtract, plainColumns, presets, recognised } from "../../../loaders/index.js";
import { type Vocabulary, wordKey, wordsOf } from "../../catalogue/vocabulary.js";
import { columnsOf, type TableName } from "../../contract/index.js";
import { isCoded, wordTable } from "../../contract/reading.js";
import { quoted } from "../../engine/sql.js";
import { looksPersonal } from "../../load/persons/personal.js";
import { append } from "../../statistics/extremes.js";
import { type Told, told } from "../../words/told.js";
import type { RawTable } from "../group.js";
import { resolvedWhole } from "../presets.js";
import type { Idle } from "../write/idle.js";
import type { Connected } from "./origin.js";

/** An account whose objects a preset maps. */
export interface FoundAccount {
  source: Connected;
  /** Its objects that are read, by the name that each has as a raw table. */
  parts: ReadonlyMap<string, RawTable>;
  tables: readonly { table: TableName; from: string }[];
  /** What the preset lacks in them. */
  told: readonly Told[];
  /** Words of closed columns that nobody knows, with the records that have them; none of what may be chosen only. */
  unknown: readonly { table: TableName; column: string; words: readonly (readonly [string, number])[] }[];
  /** Fields that the company made, with words that they hold. */
  own: readonly {
    part: string;
    fields: readonly { column: string; label: string; words: readonly string[] }[];
  }[];
}

/** What the preset of an account's kind makes of its objects, and the objects that nothing is read from. */
export async function accountOf(
  db: DuckDBConnection,
  source: Connected,
  raws: readonly RawTable[],
  vocabulary: Vocabulary,
): Promise<{ account: FoundAccount; idle: Idle[] }> {
  const preset = presets[source.kind];
  if (!preset) throw new Error(`no preset: ${source.kind}`);
  const extracts = new Map<string, PresetExtract>();
  const parts = new Map<string, RawTable>();
  for (const raw of raws) {
    const [part = ""] = raw.files;
    const object = recognised(preset, part, raw.columns);
    if (object === undefined) continue;
    extracts.set(object, { part, header: raw.columns, isMixed: false });
    parts.set(part, raw);
    await db.run(`create or replace temp view ${quoted(part)} as select * from ${raw.relation}`);
  }
  const { mappings, told: said, left } = resolvedWhole(preset, extracts);
  const idle: Idle[] = [];
  for (const { table, part, fields } of left) {
    if (!parts.delete(part)) continue;
    idle.push({ file: part, why: told("init.likeLacks", { table, lacking: fields }), columns: [] });
  }
  const isUsed = (part: string) =>
    mappings.some(({ from, select = "" }) => from === part || select.includes(quoted(part)));
  for (const part of [...parts.keys()].filter((each) => !isUsed(each))) {
    parts.delete(part);
    idle.push({ file: part, why: told("init.presetIdle"), columns: [] });
  }
  const unknown: FoundAccount["unknown"][number][] = [];
  for (const mapping of mappings) {
    const raw = parts.get(mapping.from);
    const object = [...extracts].find(([, { part }]) => part === mapping.from)?.[0] ?? "";
    const plain = plainColumns(preset, object, mapping.table, raw?.columns ?? []);
    const options = (column: string) => raw?.origin?.surveyed.options?.get(plain.get(column) ?? "") ?? [];
    append(unknown, await unknownWords(db, mapping, vocabulary, options));
  }
  const own = [];
  for (const [part, raw] of parts) {
    const fields = await ownFields(db, raw);
    if (fields.length > 0) own.push({ part, fields });
  }
  const tables = mappings.map(({ table, from }) => ({ table, from }));
  return { account: { source, parts, tables, told: said, unknown, own }, idle };
}

type Mapping = ReturnType<typeof resolvedWhole>["mappings"][number];

/** Words of the sampled records, and those that may be chosen, that neither preset nor vocabulary knows. */
async function unknownWords(
  db: DuckDBConnection,
  { table, from, columns = {}, where, select, values = {} }: Mapping,
  vocabulary: Vocabulary,
  options: (column: string) => readonly string[],
): Promise<FoundAccount["unknown"][number][]> {
  const items = Object.entries(columns).map(([name, sql]) => `${sql} as ${quoted(name)}`);
  const condition = where === undefined ? "" : ` where ${where}`;
  const rows = select ?? `select ${items.join(", ")} from ${quoted(from)}${condition}`;
  const found = [];
  for (const { name, kind, labels = {} } of columnsOf(table)) {
    if (!isCoded(kind) || kind === "open") continue;
    const counted = await db
      .runAndReadAll(
        `select trim(cell), count(*) from (select ${quoted(name)}::varchar as cell from (${rows}))
        where trim(cell) <> '' group by 1 order by 2 desc, 1 limit ${mostWords}`,
      )
      .then(
        (reader) => reader.getRows().map(([word, count]) => [String(word), Number(count)] as const),
        // The preset has not this column, or a sampled record breaks what a build puts aside.
        () => undefined,
      );
    if (counted === undefined) continue;
    const { folded } = wordTable(wordsOf(vocabulary, table, name));
    const known = new Set(
      [...Object.entries(labels).flat(), ...Object.keys(values[name] ?? {})].map(wordKey),
    );
    const isUnknown = (word: string) =>
      !folded.has(wordKey(word)) && !known.has(wordKey(word)) && !looksPersonal(word);
    const stand = counted.filter(([word]) => isUnknown(word));
    const chosen = options(name).filter((word) => isUnknown(word) && !stand.some(([each]) => each === word));
    const words = [...stand, ...chosen.slice(0, mostWords).map((word) => [word, 0] as const)];
    if (words.length > 0) found.push({ table, column: name, words });
  }
  return found;
}

const mostWords = 40;
/** So many words of a field are shown. */
const shownWords = 3;

/** Of fields that the company made what they may hold; of others words that several records have, for these are no person's. */
async function ownFields(
  db: DuckDBConnection,
  raw: RawTable,
): Promise<FoundAccount["own"][number]["fields"]> {
  const { own = [], options, comments } = raw.origin?.surveyed ?? {};
  const fields = [];
  for (const column of own) {
    const reader = await db.runAndReadAll(
      `select ${quoted(column)}, count(*) from ${raw.relation} where trim(${quoted(column)}) <> '' group by 1
      having count(*) > 2 order by 2 desc, 1 limit ${shownWords}`,
    );
    const held = reader.getRows().map(([word]) => String(word));
    const words = (options?.get(column) ?? held).filter((word) => !looksPersonal(word)).slice(0, shownWords);
    fields.push({ column, label: comments?.get(column) ?? "", words });
  }
  return fields;
}
