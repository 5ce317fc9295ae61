import { told } from "../../src/words/told.js";
import type { Kind } from "../source.js";
import type { Driver } from "./driver.js";
import { RelationExtract } from "./extract.js";
import type { Kept } from "./kept.js";
import { type DatabaseSettings, databaseSettings } from "./settings.js";
import { readSnapshot } from "./snapshot.js";
import { surveyDatabase } from "./survey.js";

/** The kind of source that a database is. */
export function databaseKind(driver: Driver): Kind<typeof databaseSettings> {
  /** What was read for a source, by the settings of its plan: once a plan. */
  const snapshots = new WeakMap<object, Promise<Map<string, Kept>>>();
  return {
    settings: databaseSettings,
    parts: ({ relations }, source) =>
      Object.fromEntries(Object.keys(relations).map((name) => [name, [`${source}.${name}`]])),
    survey: (given) => surveyDatabase(driver, given as DatabaseSettings),
    async open({ name, ...opening }, given) {
      const [source = "", relation = ""] = name.split(".");
      const settings = given as DatabaseSettings;
      const reading = snapshots.get(given) ?? readSnapshot(driver, source, settings, opening);
      snapshots.set(given, reading);
      const kept = (await reading).get(relation);
      if (!kept) throw new Error(`no such relation: ${name}`);
      // Whose clock they show the database does not say, and what lies between such a time and another is wrong by a wrong one.
      const { zoneless = [] } = kept;
      const isSaid = (given as { time_zone?: string }).time_zone !== undefined;
      const notes =
        zoneless.length > 0 && !isSaid ? [told("database.zoneless", { name, columns: [...zoneless] })] : [];
      return new RelationExtract(
        name,
        { ...kept, told: [...(kept.told ?? []), ...notes] },
        settings.relations[relation]?.cursor,
      );
    },
  };
}
