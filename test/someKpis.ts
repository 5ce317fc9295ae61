import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Kpi } from "../src/catalogue/kpis.js";

const shipped = join(import.meta.dirname, "../data/catalog");

/** Reading it takes a quarter of a second. */
let shippedKpis: { id: string }[] | undefined;

/** A catalogue of some KPIs of the shipped one, in a folder. */
export function catalogueOf(ids: readonly string[], folder: string): string {
  shippedKpis ??= parse(readFileSync(join(shipped, "kpis.yaml"), "utf8")).kpis as { id: string }[];
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "kpis.yaml"),
    stringify({ kpis: shippedKpis.filter(({ id }) => ids.includes(id)) }),
  );
  return folder;
}

/** The same with the shipped settings and words: what is built with it says of these KPIs what the shipped one says. */
export function smallCatalogue(ids: readonly string[], folder: string): string {
  catalogueOf(ids, folder);
  for (const name of ["settings.yaml", "vocabulary.yaml"])
    copyFileSync(join(shipped, name), join(folder, name));
  return folder;
}

/** The first KPI of each kind: computed alike, additive alike, split and owned alike; and those that are named. */
export function oneOfEachKind(kpis: readonly Kpi[], named: readonly string[]): string[] {
  const kinds = new Map<string, string>();
  for (const { id, kind, additive, all_months, numerator_dimensions, belongs_to } of kpis) {
    const traits = [kind, additive, all_months, numerator_dimensions.length > 0, belongs_to !== undefined];
    if (!kinds.has(traits.join())) kinds.set(traits.join(), id);
  }
  return [...new Set([...kinds.values(), ...named])];
}
