import type { Connected } from "../connected/origin.js";
import type { Guessed } from "../refine.js";
import { openColumns } from "../tableGuess.js";

/** A raw table of a source, and what it feeds. */
export interface PlannedPart {
  name: string;
  from: Guessed;
}

/** A source that is to be written: files that are read by the same settings, no two of which feed one table. */
export interface PlannedInit {
  name: string;
  encoding?: string;
  /** Nobody can tell it; this is the likeliest. */
  askedEncoding?: string;
  delimiter?: string;
  decimal?: ",";
  /** By what the decimal mark is told; `open` where nothing tells it. */
  decimalBy?: "cells" | "dates" | "open";
  /** As the headings of its times say. */
  timeZone?: string;
  /** Of tables of a database: what says where it is. */
  connected?: Connected;
  parts: PlannedPart[];
}

/** Puts files together to sources. */
export function planSources(all: readonly Guessed[]): PlannedInit[] {
  const sources: PlannedInit[] = [];
  for (const from of all) {
    const settings = settingsOf(from);
    const { table } = from.guess;
    const isFree = (source: PlannedInit) =>
      !source.parts.some((part) => part.from.guess.table === table) &&
      (
        ["encoding", "askedEncoding", "delimiter", "decimal", "decimalBy", "timeZone", "connected"] as const
      ).every((key) => source[key] === settings[key]);
    const found = sources.find(isFree);
    const base = settings.connected?.name ?? "extracts";
    const before = sources.filter(({ connected }) => connected === settings.connected).length;
    const source = found ?? {
      name: `${base}${before === 0 ? "" : `_${before + 1}`}`,
      ...settings,
      parts: [],
    };
    if (!found) sources.push(source);
    source.parts.push({ name: table, from });
  }
  return sources;
}

/** What of a file's writing has to be said; workbooks, JSON and Parquet say it themselves. */
function settingsOf(from: Guessed): Omit<PlannedInit, "name" | "parts"> {
  const { written, askedEncoding, files } = from.raw;
  const [file = ""] = files;
  const delimiter = written?.delimiter;
  const isTold = delimiter === undefined || delimiter === (/\.tsv/i.test(file) ? "\t" : ",");
  const { mark, by, isOpen = false } = from.decimals ?? {};
  const encoding = written?.encoding;
  return {
    ...(askedEncoding
      ? { askedEncoding }
      : encoding && !/^utf-(8|16.*)$/i.test(encoding)
        ? { encoding }
        : {}),
    ...(isTold ? {} : { delimiter }),
    ...(mark === "," ? { decimal: mark, ...(by ? { decimalBy: by } : {}) } : {}),
    ...(from.zone === undefined ? {} : { timeZone: from.zone }),
    ...(isOpen ? { decimalBy: "open" } : {}),
    ...(from.raw.origin ? { connected: from.raw.origin.source } : {}),
  };
}

/**
 * Sources as they are read, and as they wait for what their tables lack, so that one that nobody has completed keeps no other from
 * being built.
 */
export function byCompleteness(sources: readonly PlannedInit[]): {
  whole: PlannedInit[];
  waiting: PlannedInit[];
} {
  const of = (isWaiting: boolean) =>
    sources.flatMap((source) => {
      const parts = source.parts.filter(({ from }) => openColumns(from.guess).length > 0 === isWaiting);
      return parts.length > 0 ? [{ ...source, parts }] : [];
    });
  const [whole, waiting] = [of(false), of(true)];
  const names = new Set(sources.map(({ name }) => name));
  const named = (name: string): string => (names.has(name) ? named(`${name}_open`) : name);
  const isTaken = ({ name }: PlannedInit) => whole.some((each) => each.name === name);
  return {
    whole,
    waiting: waiting.map((each) => (isTaken(each) ? { ...each, name: named(each.name) } : each)),
  };
}
