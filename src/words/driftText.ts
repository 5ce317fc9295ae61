import { labelled, named } from "../contract/called.js";
import type { Drift, DriftTold, Finding, FindingKind, Freshness } from "../published/drift.js";
import { findingKinds } from "../published/drift.js";
import { dayText } from "./figureText.js";
import { languages } from "./languages.js";
import { grouped } from "./rounding.js";
import { type Told, told } from "./told.js";
import { type Labels, type Wording, worded } from "./wording.js";

/** How tables and days are written: as on the command line unless told otherwise. */
interface Manner {
  table(name: string): Told;
  day(iso: string): string;
}

const typed: Manner = { table: named, day: String };

/** How fresh a table's rows are, and whether the next ones are late. */
export function freshnessText(fresh: Freshness, { table, day }: Manner = typed): Told {
  const { source, newest_on: newest, age_days: age, expected_every: every, late_days: late } = fresh;
  const expected =
    every === null
      ? ""
      : fresh.is_late
        ? late === null
          ? told("drift.missing", { every })
          : told(late === 1 ? "drift.lateDay" : "drift.lateDays", { every, late })
        : told("drift.inTime", { every });
  const where = told("drift.tableOf", { table: table(fresh.table), source });
  return newest === null || age === null
    ? told("drift.undated", { where, expected })
    : told(age === 1 ? "drift.dayOld" : "drift.daysOld", { where, newest: day(newest), age, expected });
}

/** What was found of a source, in a sentence without its end. */
export function findingText(finding: Finding, manner: Manner = typed): Told {
  const { sources } = finding;
  const tableOf = (table: string) => {
    const called = manner.table(table);
    return sources.length === 0
      ? called
      : told("drift.tableOf", { table: called, source: sources.join(", ") });
  };
  switch (finding.kind) {
    case "late": {
      if (finding.table !== null) return freshnessText(finding.freshness, manner);
      const { expected_every: every, written_at: at } = finding;
      return told("drift.lateFiles", { source: sources.join(", "), at, every });
    }
    case "volume":
      return told("drift.volume", {
        where: tableOf(finding.table),
        gained: signed(finding.gained),
        usual: signed(finding.usual),
        ...distance(finding),
      });
    case "nulls":
      return told("drift.nulls", {
        where: tableOf(`${finding.table}.${finding.column}`),
        share: percent(finding.share),
        usual: percent(finding.usual),
        ...distance(finding),
      });
    case "schema": {
      const { raw_table, change, title, instead, columns } = finding;
      const where = `${sources.join(", ")}.${raw_table}`;
      const read: Wording = columns.length > 0 ? told("drift.read", { columns: columns.map(named) }) : "";
      const unread: Wording = columns.length > 0 ? read : told("drift.unread");
      const [was, now] = [title ?? "", instead ?? ""];
      switch (change) {
        case "came":
          return told("drift.came", { where, title: was, read: unread });
        case "went":
          return told("drift.went", { where, title: was, read: unread });
        case "replaced":
          return told("drift.replaced", { where, title: was, instead: now, read: unread });
        case "reordered":
          return told("drift.reordered", { where });
        case "gone":
          return told("drift.gone", { where });
      }
    }
  }
}

const distance = ({ z, builds }: { z: number | null; builds: number }) => ({
  builds,
  z: z === null ? told("drift.neverChanged") : told("drift.z", { z: grouped(z, 1) }),
});

const percent = (share: number) => `${grouped(share * 100, 1)} %`;
const signed = (rows: number) => `${rows > 0 ? "+" : ""}${grouped(rows, Number.isInteger(rows) ? 0 : 1)}`;

/** How many builds rows and empty cells are held against, or that they are too few to say. */
export const knownText = ({ known_builds: known, needed_builds: needed }: Drift): Told =>
  known < needed ? told("drift.tooFew", { known, needed }) : told("drift.known", { known });

/** All of it in every language, for pages. */
export function driftTold(drift: Drift | null): DriftTold | null {
  if (drift === null) return null;
  const inAll = (text: (manner: Manner) => Told): Labels =>
    Object.fromEntries(
      languages.map((language) => {
        const manner = {
          table: (name: string) => (name.includes(".") ? named(name) : labelled(name)),
          day: (iso: string) => dayText(iso, language),
        };
        return [language, worded(text(manner), language)];
      }),
    ) as Labels;
  const { freshness, findings } = drift;
  const isJudged =
    findings.length > 0 ||
    drift.known_builds >= drift.needed_builds ||
    freshness.some(({ expected_every }) => expected_every !== null);
  return {
    freshness: freshness.map((each) => inAll((manner) => freshnessText(each, manner))),
    known: inAll(() => knownText(drift)),
    // Late rows stand among the others' freshness.
    findings: findings
      .filter((finding) => finding.kind !== "late" || finding.table === null)
      .map((finding) => inAll((manner) => findingText(finding, manner))),
    brief: isJudged ? inAll(() => briefText(drift)) : null,
  };
}

/** How many findings of each kind there are. */
function briefText(drift: Drift): Told {
  const count = (kind: FindingKind) => drift.findings.filter((finding) => finding.kind === kind).length;
  const [late = 0, volume = 0, nulls = 0, schema = 0] = findingKinds.map(count);
  const known = knownText(drift);
  return drift.findings.length === 0
    ? told("drift.nothing", { known })
    : told("drift.brief", { late, volume, nulls, schema, known });
}
