import { type PresetExtract, presets, recognised, resolvePreset } from "../../loaders/index.js";
import type { TableName } from "../contract/index.js";
import { append } from "../statistics/extremes.js";
import type { RawTable } from "./group.js";

/** Files of a folder that a preset maps already. */
export interface FoundPreset {
  name: string;
  /** Raw table → file, by the name that the preset knows it by. */
  parts: ReadonlyMap<string, RawTable>;
  /** The contract's tables that it feeds, each from a raw table. */
  tables: readonly { table: TableName; from: string }[];
}

/** Presets of CRMs; a ledger's headings are read as they stand. */
const ofSystems = ["salesforce", "hubspot", "zendesk"] as const;

/** So many files have to be known by their names and their columns alike before a folder is taken for a system's export. */
const fewestFiles = 2;

/** The preset whose objects most files of a folder are, by name and columns; undefined where it is no such export. */
export function presetOf(raws: readonly RawTable[]): FoundPreset | undefined {
  const plain = raws.filter(({ sheet, askedEncoding }) => !sheet && !askedEncoding);
  const found = ofSystems
    .map((name) => ({ name, files: filesOf(name, plain) }))
    .filter(({ files }) => files.sure >= fewestFiles)
    .sort((one, other) => other.files.sure - one.files.sure)[0];
  if (!found) return undefined;
  const { name, files } = found;
  const preset = presets[name];
  if (!preset) return undefined;
  const extracts = new Map<string, PresetExtract>();
  const parts = new Map<string, RawTable>();
  for (const [object, raw] of files.byObject) {
    const part = preset.objects[object]?.names.find((each) => /^[A-Za-z_]\w*$/.test(each)) ?? object;
    extracts.set(object, { part, header: raw.columns, isMixed: false });
    parts.set(part, raw);
  }
  const { mappings, left } = resolvedWhole(preset, extracts);
  for (const { part } of left) parts.delete(part);
  const tables = mappings.map(({ table, from }) => ({ table, from }));
  return tables.length > 0 ? { name, parts, tables } : undefined;
}

/** What a preset makes of extracts, without those that lack what their table cannot be without: these are told. */
export function resolvedWhole(preset: (typeof presets)[string], all: ReadonlyMap<string, PresetExtract>) {
  const extracts = new Map(all);
  const left: ReturnType<typeof resolvePreset>["lacking"] = [];
  for (;;) {
    const resolved = resolvePreset(preset, extracts, { zone: "UTC", isUtc: true, now: new Date(0) });
    if (resolved.lacking.length === 0) return { ...resolved, left };
    append(left, resolved.lacking);
    const lacking = new Set(resolved.lacking.map(({ part }) => part));
    for (const [object, { part }] of all) if (lacking.has(part)) extracts.delete(object);
  }
}

/** The best file for each object of a preset, and how many of them name and columns tell alike. */
function filesOf(name: string, raws: readonly RawTable[]): { sure: number; byObject: Map<string, RawTable> } {
  const byObject = new Map<string, RawTable>();
  const preset = presets[name];
  let sure = 0;
  if (!preset) return { sure, byObject };
  const known = raws.flatMap((raw) => {
    const called = recognised(preset, raw.file, undefined);
    const looks = recognised(preset, "", raw.columns);
    const object = called ?? looks;
    return object === undefined
      ? []
      : [{ raw, object, isSure: called !== undefined && called === looks, isCalled: called !== undefined }];
  });
  known.sort(
    (one, other) =>
      Number(other.isSure) - Number(one.isSure) || Number(other.isCalled) - Number(one.isCalled),
  );
  for (const { raw, object, isSure } of known) {
    if (byObject.has(object)) continue;
    byObject.set(object, raw);
    if (isSure) sure++;
  }
  return { sure, byObject };
}
