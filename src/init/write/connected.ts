import { told } from "../../words/told.js";
import type { Connected } from "../connected/origin.js";
import type { RawTable } from "../group.js";
import { isActive } from "../tableGuess.js";
import { map, type Say, word } from "./nodes.js";
import type { PlannedPart } from "./plan.js";

/** What a source in a database says: where it is, and its relations, with what may be a cursor. */
export function connectedEntries(
  { kind, settings }: Connected,
  parts: readonly PlannedPart[],
  say: Say,
): [string, unknown][] {
  return [
    ["kind", word(kind)],
    ...Object.entries(settings).map(([key, value]): [string, unknown] => [key, word(value)]),
    [
      "relations",
      map(parts.map((part) => [part.name, relationNode(part.from.raw, cursorNote(part.from, say), say)])),
    ],
  ];
}

/** What says which table it is, with its rows and what else is to be noted. */
export function relationNode(raw: RawTable, more: readonly string[], say: Say): unknown {
  const { relation = {}, about, isWhole = false } = raw.origin?.surveyed ?? {};
  const node = map(
    Object.entries(relation).map(([key, value]) => [key, word(value)]),
    true,
  );
  const notes = [
    ...(about === undefined
      ? []
      : [say(told(isWhole ? "init.rows" : "init.aboutRows", { count: String(about) }))]),
    ...more,
  ];
  if (notes.length > 0) node.comment = ` ${say(told("init.notes", { notes }))}`;
  return node;
}

/** A time of change lets a build read only what changed; it is for people to know whether every change moves it on. */
function cursorNote({ raw, guess }: PlannedPart["from"], say: Say): string[] {
  const { times = [], indexed = [] } = raw.origin?.surveyed ?? {};
  const column = guess.columns.find((each) => each.column === "updated_at" && isActive(each))?.source;
  if (!column || !times.includes(column)) return [];
  const id = indexed.includes(column) ? "init.cursorIndexed" : "init.cursorPlain";
  return [say(told(id, { column }))];
}

/** Which clock times without a zone show no database says. */
export function zoneQuestion(parts: readonly PlannedPart[], say: Say): string[] {
  const columns = parts.flatMap(({ from: { raw, guess } }) =>
    guess.columns
      .filter(({ source }) => source !== null && raw.origin?.surveyed.zoneless.includes(source))
      .filter(isActive)
      .map(({ source }) => `${raw.files[0]}.${source}`),
  );
  return columns.length === 0
    ? []
    : [say(told("init.askedZone", { columns: columns.slice(0, mostNamed) })), "time_zone: UTC"];
}

/** A question names no more columns than these. */
const mostNamed = 12;
