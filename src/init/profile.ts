import type { DuckDBConnection } from "@duckdb/node-api";
import { fitting, isFilled, readCell, readInstant } from "../contract/notation.js";
import { plainReading, type Reading } from "../contract/reading.js";
import { quoted } from "../engine/sql.js";
import { looksPersonal } from "../load/persons/personal.js";
import { withoutSign } from "./signs.js";

/** What the cells of a column are, by the readings that builds judge them by; counts of cells. */
export interface Profile {
  rows: number;
  filled: number;
  distinct: number;
  /** No value stands twice in one file; in another of its series it may be a later version. */
  isOnce: boolean;
  /** Different values, counted anew in each file, of the filled cells. */
  onceShare: number;
  whole: number;
  /** Numbers with a decimal point, and with a decimal comma; those that are one but not the other. */
  point: number;
  comma: number;
  pointAlone: number;
  commaAlone: number;
  days: number;
  times: number;
  truths: number;
  /** Cells of nothing but one word or code. */
  codes: number;
  /** The commonest texts with their numbers, and whether that is all there are. */
  words: readonly (readonly [string, number])[];
  isAllWords: boolean;
  /** Of the commonest texts, the share that looks like telephones or mail addresses. */
  personal: number;
  /** Of them, the share that ends or begins as names of companies do. */
  companies: number;
  /** Of them, the share that may be names of people. */
  people: number;
}

/** So many of a column's commonest texts are looked at. */
const mostWords = 200;

/** The column of a series that says which of its files a row is of. */
export const partColumn = quoted("\u0001part");

/** Looks at columns of a table of texts: each different cell of a column is judged once. */
export async function profilesOf(
  db: DuckDBConnection,
  { relation, rows, partOf }: { relation: string; rows: number; partOf?: string },
  columns: readonly string[],
): Promise<Map<string, Profile>> {
  if (columns.length === 0) return new Map();
  const names = columns.map(quoted).join(", ");
  const from = partOf === undefined ? `0 as ${partColumn}` : partColumn;
  await db.run(`create or replace temp table look_cells as
    select title, cell, ${partColumn}, count(*) as times
    from (unpivot (select ${names}, ${from} from ${relation}) on ${names} into name title value cell)
    where ${isFilled("cell")}
    group by all`);
  const counted = await db.runAndReadAll(
    `select title, ${countsSql.join(", ")} from (select *, ${withoutSign("cell")} as bare from look_cells) group by title`,
  );
  const counts = new Map(counted.getRows().map(([title, ...each]) => [String(title), each.map(Number)]));
  const words = await wordsOf(db);
  await db.run("drop table look_cells");
  return new Map(
    columns.map((column) => [
      column,
      {
        ...named(counts.get(column) ?? countsSql.map(() => 0), rows),
        ...personalOf(words.get(column) ?? []),
      },
    ]),
  );
}

const read = (kind: "int" | "decimal" | "date" | "timestamp" | "bool", reading: Reading = plainReading) =>
  `${readCell({ kind }, kind === "decimal" ? "bare" : "cell", reading)} is not null`;
const [point, comma] = [read("decimal"), read("decimal", { ...plainReading, decimal: "," })];
const readsMoment = `${read("timestamp")} or ${readInstant("cell")} is not null`;
const times = (condition: string) => `coalesce(sum(times) filter (where ${condition}), 0)`;

/** The counts of a column's filled cells, in the order of `named`. */
const countsSql = [
  "sum(times)",
  "count(distinct cell)",
  "count(*)",
  times(read("int")),
  times(point),
  times(comma),
  times(`${point} and not (${comma})`),
  times(`${comma} and not (${point})`),
  times(read("date")),
  times(readsMoment),
  times(read("bool")),
  times("regexp_full_match(trim(cell), '[\\w.:/#@-]+')"),
];

function named(counts: readonly number[], rows: number): Omit<Profile, keyof OfWords> {
  const [
    filled = 0,
    distinct = 0,
    inFiles = 0,
    whole = 0,
    points = 0,
    commas = 0,
    pointAlone = 0,
    commaAlone = 0,
  ] = counts;
  const [days = 0, moments = 0, truths = 0, codes = 0] = counts.slice(8);
  return {
    rows,
    filled,
    distinct,
    isOnce: inFiles === filled,
    onceShare: filled === 0 ? 0 : inFiles / filled,
    whole,
    point: points,
    comma: commas,
    pointAlone,
    commaAlone,
    days,
    times: moments,
    truths,
    codes,
  };
}

async function wordsOf(db: DuckDBConnection): Promise<Map<string, [string, number][]>> {
  const found = await db.runAndReadAll(`
    select title, trim(cell), sum(times)::bigint from (
      select *, row_number() over (partition by title order by times desc, cell) as place
      from (select title, cell, sum(times) as times from look_cells group by title, cell)
    ) where place <= ${mostWords + 1} group by title, trim(cell) order by 3 desc, 2`);
  const words = new Map<string, [string, number][]>();
  for (const [title, word, count] of found.getRows())
    words.set(String(title), [...(words.get(String(title)) ?? []), [String(word), Number(count)]]);
  return words;
}

type OfWords = Pick<Profile, "words" | "isAllWords" | "personal" | "companies" | "people">;

const company =
  /(公司|集团|集團|厂|工厂|厂家|事务所|商行|商店|研究院|研究所|大学|医院|有限|合作社|(?<!\p{L})(gmbh|ag|kg|ohg|e\.?k|inc|ltd|llc|llp|plc|corp|co|company|group|holding|limited|sarl|sas|sa|s\.?r\.?l|bv|nv|oy|ab|as|aps|pty|kgaa|se|s\.?p\.?a)\.?)$/iu;
const person =
  /^(\p{Script=Han}{2,4}|\p{Lu}[\p{Ll}'’-]+(\s\p{Lu}\.?)?(\s\p{Lu}[\p{L}'’-]+){1,2}|\p{Lu}[\p{L}'’-]+,\s\p{Lu}[\p{L}'’-]+)$/u;

function personalOf(words: readonly (readonly [string, number])[]): OfWords {
  const share = (is: (word: string) => boolean) =>
    words.filter(([word]) => is(word)).length / Math.max(1, words.length);
  return {
    words: words.slice(0, mostWords),
    isAllWords: words.length <= mostWords,
    personal: share(looksPersonal),
    companies: share((word) => company.test(word)),
    people: share((word) => person.test(word) && !company.test(word)),
  };
}

/** How many of a column's filled cells that builds do not read as they stand fit each of some formats. */
export async function fitsOf(
  db: DuckDBConnection,
  relation: string,
  column: string,
  formats: readonly (readonly string[])[],
  isTime: boolean,
): Promise<number[]> {
  const plain = isTime ? readsMoment : read("date");
  const counts = formats.map(
    (list) => `count(*) filter (where ${fitting("cell", list)} is not null and not (${plain}))`,
  );
  const reader = await db.runAndReadAll(
    `select ${counts.join(", ")} from (select ${quoted(column)} as cell from ${relation} where ${isFilled(quoted(column))})`,
  );
  return formats.map((_, index) => Number(reader.value(index, 0)));
}

/** The share of a column's different values that stand in another's; null where there are none. */
export async function joinShare(
  db: DuckDBConnection,
  one: { relation: string; column: string },
  other: { relation: string; column: string },
): Promise<number | null> {
  const values = ({ relation, column }: typeof one) =>
    `select distinct trim(${quoted(column)}) as value from ${relation} where ${isFilled(quoted(column))}`;
  const reader = await db.runAndReadAll(
    `select avg(case when value in (${values(other)}) then 1 else 0 end) from (${values(one)} limit 5000)`,
  );
  const share = reader.value(0, 0);
  return share === null ? null : Number(share);
}
