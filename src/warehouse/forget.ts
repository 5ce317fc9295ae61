import { readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type PersonKind, personKinds } from "../contract/personKinds.js";
import { columnsOfOthers } from "../contract/persons.js";
import { literal } from "../engine/sql.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { clearKept, currentBuild, listBuilds } from "./builds.js";
import {
  addEntry,
  type Closing,
  type Forgetting,
  insteadOf,
  readClosings,
  removeReplaced,
  requireFile,
} from "./closings.js";
import { type Erased, eraseFromFile, kindsWith } from "./erasePerson.js";
import { endForgetting, entryOf, listPerson, readForgottenPersons } from "./forgottenPersons.js";
import { dropCache } from "./kept/buildCache.js";
import { removeAttempt } from "./lastAttempt.js";
import { withLock } from "./lock.js";
import { withDatabase, withWarehouse } from "./open.js";

/** What was done for a person to be forgotten. */
export interface Forgotten {
  kind: PersonKind;
  pseudonym: string;
  builds: number;
  /** Files beside the warehouse that nobody can read, and which may have the person still. */
  aside: string[];
}

/**
 * Erases a person from a warehouse, its kept builds and the record of closed periods, so that figures stay; and sees to it that no build
 * brings the person back. What was begun and did not end is gone on with by asking again.
 * @throws CliError 1 where nobody has the id, or a kept build cannot be read; 2 where several have it
 */
export async function forgetPerson(
  warehouse: string,
  { id, kind: asked, now }: { id: string; kind?: PersonKind; now: Date },
): Promise<Forgotten> {
  await currentBuild(warehouse);
  const path = realpathSync(warehouse);
  return withLock(`${path}.lock`, async () => {
    const builds = await listBuilds(path);
    const kinds = new Set<PersonKind>();
    const list = readForgottenPersons(path);
    for (const each of personKinds) if (entryOf(list, each, id)) kinds.add(each);
    for (const build of builds)
      for (const each of await withWarehouse(build.path, (db) => kindsWith(db, id))) kinds.add(each);
    const found = [...kinds].filter((each) => asked === undefined || each === asked);
    const [kind] = found;
    if (kind === undefined) throw new CliError(told("forget.unknown", { id }));
    if (found.length > 1) throw new CliError(told("forget.several", { id, kinds: found }), 2);
    const listed = listPerson(path, kind, id, now.toISOString().slice(0, 10));
    const { pseudonym } = listed;
    const person = { kind, id, pseudonym };
    clearKept(path);
    removeAttempt(path);
    dropCache(path);
    await eraseFromRecord(path, person, now);
    // The warehouse last: until then it says that this has not ended.
    for (const build of builds.toSorted((one, other) => Number(one.isCurrent) - Number(other.isCurrent)))
      await eraseFromFile(build.path, person);
    endForgetting(path, listed);
    return { kind, pseudonym, builds: builds.length, aside: unreadable(path) };
  });
}

/** What `setAside` left. */
function unreadable(path: string): string[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(path)}.broken`))
    .map((name) => join(folder, name));
}

/** Of closed figures those of groups that are called by the person's id have the pseudonym; nothing of the entries is changed. */
async function eraseFromRecord(warehouse: string, { kind, id, pseudonym }: Erased, now: Date): Promise<void> {
  const record = readClosings(warehouse);
  removeReplaced(record);
  const own = `member = ${literal(id)} and dimension not in (${[...columnsOfOthers(kind)].map(literal).join(", ")})`;
  await withDatabase(":memory:", {}, async (db) => {
    const having: { closing: Closing; path: string }[] = [];
    for (const closing of record.entries.filter((entry) => entry.event === "closed")) {
      const path = requireFile(record, closing, "figures");
      const reader = await db.runAndReadAll(
        `select 1 from read_parquet(${literal(path)}) where ${own} limit 1`,
      );
      if (reader.currentRowCount > 0) having.push({ closing, path });
    }
    if (having.length === 0) return;
    await addEntry<Forgetting>(record, async (write) => {
      for (const { closing, path } of having)
        await db.run(`
          copy (
            select * replace (case when ${own} then ${literal(pseudonym)} else member end as member)
            from read_parquet(${literal(path)})
          ) to ${literal(write(insteadOf(closing.number, "figures")))} (format parquet, compression zstd)`);
      return { event: "forgotten", forgotten_at: now.toISOString() };
    });
  });
  removeReplaced(readClosings(warehouse));
}
