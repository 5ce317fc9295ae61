import { Document, Pair, Scalar, type YAMLMap } from "yaml";
import { quoted } from "../../engine/sql.js";
import { columnNamed } from "../../load/mapping/mappedColumns.js";
import { looksPersonal, masked } from "../../load/persons/personal.js";
import { questionFor } from "../../load/sourcesYaml.js";
import { told } from "../../words/told.js";
import { visible } from "../../words/visible.js";
import type { FoundAccount } from "../connected/account.js";
import type { Connected } from "../connected/origin.js";
import { swapped } from "../dates.js";
import type { FoundPreset } from "../presets.js";
import type { Guessed } from "../refine.js";
import { type ColumnGuess, isActive, openColumns, type TableGuess } from "../tableGuess.js";
import { accountNode } from "./account.js";
import { connectedEntries, relationNode, zoneQuestion } from "./connected.js";
import type { Idle } from "./idle.js";
import { because, flow, lines, map, type Say, said, word } from "./nodes.js";
import { byCompleteness, type PlannedInit, type PlannedPart, planSources } from "./plan.js";
import { valuesOf } from "./valuesNode.js";

/** A line of comments is no longer than this many columns of a file. */
const mostListed = 60;
const mostListedIdle = 20;

/** The text of `sources.yaml`: guesses with their reasons, what is unsure as comments, what is not mapped. */
export function sourcesText(
  {
    sources,
    idle,
    preset,
    account,
  }: {
    sources: readonly PlannedInit[];
    idle: readonly Idle[];
    preset?: FoundPreset;
    account?: FoundAccount;
  },
  say: Say,
): string {
  const doc = new Document({});
  const root = doc.contents as unknown as YAMLMap;
  doc.commentBefore = lines([
    say(told("init.about")),
    say(told("init.aboutSure")),
    say(told("init.aboutUnsure")),
  ]);
  if (preset) root.add(new Pair(word(preset.name), presetNode(preset, say)));
  if (account && account.tables.length > 0)
    root.add(new Pair(word(account.source.name), accountNode(account, say)));
  const { whole, waiting } = byCompleteness(sources);
  for (const source of whole) root.add(new Pair(word(source.name), sourceNode(source, say)));
  const blocks = waiting.flatMap((source) => oneText([[source.name, sourceNode(source, say)]]).split("\n"));
  const below = [
    ...(blocks.length > 0 ? [say(told("init.waiting")), ...blocks] : []),
    ...(idle.length > 0 ? [say(told("init.idle"))] : []),
    ...idle.flatMap(({ file, why, columns, may = [] }, at) => [
      `  ${visible(file)}: ${say(why)}`,
      ...(columns.length > 0 ? [`    ${listed(columns, say, mostListedIdle)}`] : []),
      ...eitherLines(may, at + 1, say),
    ]),
  ];
  if (root.items.length === 0)
    return `${[doc.commentBefore, lines(below)].map((text) => text.replaceAll(/^/gm, "#")).join("\n\n")}\n`;
  if (below.length > 0) doc.comment = lines(below);
  return doc.toString({ lineWidth: 0 });
}

/** The mappings of a file that may be one table or another, of which one is to be taken. */
function eitherLines(may: readonly Guessed[], number: number, say: Say): string[] {
  if (may.length === 0) return [];
  const mapped = may.flatMap((each) =>
    planSources([each]).map((source) => [`${each.guess.table}_${number}`, sourceNode(source, say)] as const),
  );
  return [say(told("init.takeOne")), ...mapped.flatMap((each) => oneText([each]).split("\n"))];
}

/** What has to be said by hand before a build reads the table: a column, or one value for all rows. */
function askedLines(guess: TableGuess, say: Say): string[] {
  const { table, lacking, candidates = [] } = guess;
  const unsure = openColumns(guess).filter((column) => !lacking.includes(column));
  const asked = unsure.length === 0 ? [] : [say(told("init.asksUnsure", { table, columns: unsure }))];
  if (lacking.length === 0) return asked;
  return [
    ...asked,
    say(told("init.asks", { table, lacking: [...lacking] })),
    ...lacking.map((column) => `${column}: "${questionFor(table, column)}"`),
    ...candidates.map(({ column, source, samples }) =>
      say(told("init.candidate", { column, source: shownTitle(source), samples: [...samples] })),
    ),
  ];
}

function sourceNode(source: PlannedInit, say: Say): YAMLMap {
  const { encoding, askedEncoding, delimiter, decimal, decimalBy, timeZone, connected, parts } = source;
  const entries: [string, unknown][] = connected
    ? connectedEntries(connected, parts, say)
    : [["files", map(parts.map((part) => [part.name, filesNode(part, say)]))]];
  if (encoding !== undefined) {
    const certainty = parts[0]?.from.raw.written?.certainty === "likely" ? "init.likely" : "init.sure";
    entries.push([
      "encoding",
      said(
        word(encoding),
        because(certainty, [told(parts[0]?.from.raw.isByHeadings ? "init.byHeadings" : "init.byBytes")], say),
      ),
    ]);
  }
  if (delimiter !== undefined)
    entries.push([
      "delimiter",
      said(quotedWord(delimiter), because("init.sure", [told("init.byHeader")], say)),
    ]);
  if (decimal !== undefined) {
    const why =
      decimalBy === "dates"
        ? because("init.likely", [told("init.byDates")], say)
        : because("init.sure", [told("init.byCells")], say);
    entries.push(["decimal", said(quotedWord(decimal), why)]);
  }
  if (timeZone !== undefined)
    entries.push([
      "time_zone",
      said(word(timeZone), because("init.sure", [told("init.zoneOfHeadings")], say)),
    ]);
  const tables = map(parts.map((part) => [part.from.guess.table, tableNode(part, say)]));
  entries.push(["tables", tables]);
  const node = map(entries);
  const questions = [
    ...(askedEncoding === undefined ? [] : [say(told("init.askedEncoding")), `encoding: ${askedEncoding}`]),
    ...(decimalBy === "open" ? [say(told("init.askedDecimal")), 'decimal: ","'] : []),
    ...(connected && timeZone === undefined ? zoneQuestion(parts, say) : []),
  ];
  if (questions.length > 0) node.commentBefore = lines(questions);
  return node;
}

/** A source whose preset says what its columns mean. */
function presetNode({ name, parts, tables }: FoundPreset, say: Say): YAMLMap {
  const [first] = parts.values();
  if (first?.origin) return copyNode({ name, parts, tables }, first.origin.source, say);
  const files = map(
    [...parts].map(([part, { patterns }]) => [
      part,
      patterns.length === 1 ? word(patterns[0] ?? "") : flow(patterns),
    ]),
  );
  const node = map([
    ["preset", said(word(name), because("init.likely", [told("init.byPreset")], say))],
    ["files", files],
  ]);
  const fed = tables.map(({ table, from }) => `${table} ← ${from}`);
  node.comment = lines([say(told("init.presetTables", { tables: fed }))]);
  return node;
}

/** The same of a database that a system's objects are copied into. */
function copyNode({ name, parts, tables }: FoundPreset, { kind, settings }: Connected, say: Say): YAMLMap {
  const relations = [...parts].map(([part, raw]) => [part, relationNode(raw, [], say)] as const);
  const node = map([
    ["kind", word(kind)],
    ["preset", said(word(name), because("init.likely", [told("init.byPreset")], say))],
    ...Object.entries(settings).map(([key, value]) => [key, word(value)] as const),
    ["relations", map(relations)],
  ]);
  const fed = tables.map(({ table, from }) => `${table} ← ${from}`);
  node.comment = lines([say(told("init.presetTables", { tables: fed }))]);
  return node;
}

function quotedWord(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = "QUOTE_DOUBLE";
  return scalar;
}

function filesNode({ from: { raw } }: PlannedPart, say: Say): unknown {
  const { sheet, patterns, file } = raw;
  if (sheet) {
    const row = new Scalar(sheet.headerRow);
    const node = map(
      [
        ["file", word(file)],
        ["sheet", word(sheet.name)],
        ["header_row", row],
      ],
      true,
    );
    node.comment = ` ${because("init.likely", [told("init.headingsRow", { row: String(sheet.headerRow) })], say)}`;
    return node;
  }
  return patterns.length === 1 ? word(patterns[0] ?? "") : flow(patterns);
}

function tableNode({ from: { raw, guess, leftOut = [] } }: PlannedPart, say: Say): YAMLMap {
  const active = guess.columns.filter(isActive);
  const unsure = guess.columns.filter((each) => !isActive(each));
  const columns = map(
    active.map((each) => [each.column, said(textOf(each, raw.columns), reasonsOf(each, say))]),
  );
  // A line stands where it belongs once its # is away.
  const open = [
    ...(unsure.length > 0 ? [say(told("init.unsureLines"))] : []),
    ...unsure.map(
      (each) => `${oneText([[each.column, textOf(each, raw.columns)]])} # ${reasonsOf(each, say)}`,
    ),
    ...askedLines(guess, say),
  ];
  if (open.length > 0) columns.comment = lines(open);
  const entries: [string, unknown][] = [["columns", columns]];
  if (leftOut.length > 0) {
    const where = leftOut.map((each) => each.where).join(" and ");
    const reasons = leftOut.map(({ reason }) => reason);
    entries.push(["where", said(word(where), because("init.likely", reasons, say))]);
  }
  const { values, below } = valuesOf(guess, say);
  if (values) entries.push(["values", values]);
  const formats = datesNode(active);
  if (formats) entries.push(["date_formats", formats]);
  const comments = [...below];
  const used = new Set(active.map(({ source }) => source));
  const rest = raw.columns.filter(
    (column) =>
      !used.has(column) &&
      !unsure.some(({ source }) => source === column) &&
      !guess.furtherScores?.includes(column),
  );
  if (rest.length > 0) comments.push(say(told("init.unmapped", { columns: listed(rest, say) })));
  const node = map(entries);
  if (comments.length > 0) node.comment = lines(comments);
  return node;
}

/** What a mapping says for a column: its name where that is understood, else SQL. */
function textOf({ source, expression }: ColumnGuess, columns: readonly string[]): Scalar {
  if (expression !== undefined)
    return /^\d+$/.test(expression) ? new Scalar(Number(expression)) : word(expression);
  const name = source ?? "";
  return word(
    columnNamed(name, columns) === name && name.trim() === name && name !== "" ? name : quoted(name),
  );
}

const reasonsOf = ({ certainty, reasons }: ColumnGuess, say: Say) =>
  because(`init.${certainty}`, reasons, say);

/** One list where no text could be read by two of its formats, else each column's own. */
function datesNode(columns: readonly ColumnGuess[]): unknown {
  const dated = columns.filter(({ dateFormats }) => dateFormats !== undefined && dateFormats.length > 0);
  if (dated.length === 0) return undefined;
  const all = [...new Set(dated.flatMap(({ dateFormats = [] }) => dateFormats))];
  const day = (format: string) => format.slice(0, 8);
  const isOpen = all.some((one) => all.some((other) => day(swapped(one) ?? "") === day(other)));
  if (!isOpen) return flow(all);
  return map(dated.map(({ column, dateFormats = [] }) => [column, flow(dateFormats)]));
}

function oneText(entries: readonly (readonly [string, unknown])[]): string {
  return new Document(map(entries)).toString({ lineWidth: 0 }).trimEnd();
}

function shownTitle(title: string): string {
  const text = looksPersonal(title) ? masked : visible(title);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function listed(columns: readonly string[], say: Say, most = mostListed): string {
  const shown = columns.slice(0, most).map(shownTitle);
  const more = columns.length - shown.length;
  return [...shown, ...(more > 0 ? [say(told("init.more", { count: String(more) }))] : [])].join(", ");
}
