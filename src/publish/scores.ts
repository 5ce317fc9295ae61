import type { DuckDBConnection } from "@duckdb/node-api";
import { openingPeriod } from "../answers/openingPeriod.js";
import { scoreSubjects } from "../answers/scoreSubjects.js";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import type { Kpi } from "../catalogue/kpis.js";
import type { Scorecard } from "../catalogue/scorecards.js";
import { addMonths, type Grain, monthsOf, periodOf } from "../kpi/periods.js";
import { documents } from "../published/documents.js";
import type { CompanyScore, Ranking } from "../published/scoreTypes.js";
import type { TracedSubject } from "../score/scored.js";
import { ranked } from "../score/totals.js";
import { append } from "../statistics/extremes.js";
import { pageLength, pagesOf } from "./listPages.js";
import { fileOf, jsonBytes } from "./onDemand.js";
import { type Unshown, withoutHidden } from "./unshown.js";
import type { ZipEntry } from "./zip.js";

/** How many complete periods pages can go back, by whose score it is. */
const companyPeriods = 8;
const rankedPeriods = 4;
const years = 2;

/** The company's totals of each scorecard, in its own periods and in years; those in which nothing is known are left out. */
export async function scoresDocument(db: DuckDBConnection, catalogue: Catalogue): Promise<CompanyScore[]> {
  const scores: CompanyScore[] = [];
  for (const card of catalogue.scorecards.filter(({ subjects }) => subjects.includes("company"))) {
    for (const { grain, from, to } of await spans(db, catalogue.kpis, card, companyPeriods)) {
      const subjects = await scoreSubjects(db, catalogue, { card, kind: "company", grain, from, to });
      const known = subjects.filter(({ items }) => items.some(({ value }) => value !== null));
      for (const { rank: _, kind: __, subject: ___, ...score } of known) scores.push({ grain, ...score });
    }
  }
  return scores;
}

/**
 * The rankings of teams and employees, in the last periods of each scorecard and in years: `ranking.json` has the first of
 * each, as many as its budget allows, and names the documents of the others.
 */
export async function rankingDocuments(
  db: DuckDBConnection,
  catalogue: Catalogue,
  unshown: Unshown,
  budgetBytes: number,
): Promise<ZipEntry[]> {
  const rankings: Ranking[] = [];
  for (const card of catalogue.scorecards) {
    for (const kind of ["team", "employee"] as const) {
      if (!card.subjects.includes(kind)) continue;
      for (const { grain, from, to } of await spans(db, catalogue.kpis, card, rankedPeriods)) {
        const subjects = await scoreSubjects(db, catalogue, { card, kind, grain, from, to });
        for (const own of byPeriod(subjects)) {
          const shown = await shownSubjects(own, catalogue, { kind, grain }, unshown);
          const left = own.length - shown.length;
          rankings.push({ ...rankingOf(card, kind, grain, shown), ...(left > 0 && { unshown: left }) });
        }
      }
    }
  }
  return pagedRankings(rankings, budgetBytes);
}

/** Rankings with the first of each, and a document for each hundred of the others. */
export function pagedRankings(rankings: readonly Ranking[], budgetBytes: number): ZipEntry[] {
  const pages: ZipEntry[] = [];
  const first = (length: number) =>
    rankings.map((ranking) => ({
      ...ranking,
      subjects: ranking.subjects.slice(0, length),
      leftOut: Math.max(0, ranking.subjects.length - length),
    }));
  const bytesOf = (index: ReturnType<typeof first>) =>
    index.reduce(
      (sum, { leftOut }) => sum + (leftOut > 0 ? pathBytes * (2 + leftOut / pageLength) : 0),
      jsonBytes(index).length,
    );
  let length = pageLength;
  while (length > 1 && bytesOf(first(length)) > budgetBytes) length = Math.floor(length / 2);
  const index = first(length).map((ranking, at) => {
    const { subjects } = rankings[at] ?? ranking;
    if (ranking.leftOut === 0) return ranking;
    const name = [ranking.scorecard, ranking.kind, ranking.grain, ranking.period_start].join("-");
    const paged = pagesOf(`ranking/${name}`, subjects, length);
    append(pages, paged.entries);
    return { ...ranking, ...paged.pages };
  });
  return [fileOf(documents.ranking, index), ...pages];
}

/** More than the name of a document takes in the list of them. */
const pathBytes = 100;

function rankingOf(
  card: Scorecard,
  kind: "team" | "employee",
  grain: Grain,
  subjects: readonly TracedSubject[],
): Ranking {
  const [{ period_start, period_end } = { period_start: "", period_end: "" }] = subjects;
  const grades: Record<string, number> = {};
  for (const { grade } of subjects) if (grade !== null) grades[grade] = (grades[grade] ?? 0) + 1;
  const untold = subjects.filter(({ between }) => between).length;
  return {
    scorecard: card.id,
    kind,
    grain,
    period_start,
    period_end,
    count: subjects.length,
    ranked: subjects.filter(({ total }) => total !== null).length,
    ...(untold > 0 && { untold }),
    grades,
    subjects: subjects.map(
      ({ subject, total, covered_weight, provisional, grade, between, rank, items, groups }) => ({
        subject: subject ?? "",
        total,
        covered_weight,
        provisional,
        grade,
        ...(between && { between }),
        rank,
        items: items.filter(({ unscored }) => unscored !== "no_data"),
        groups,
      }),
    ),
    leftOut: 0,
  };
}

/** Those of one period that may be told of, without their hidden items, with the ranks that hold whatever is hidden. */
export async function shownSubjects(
  subjects: readonly TracedSubject[],
  catalogue: Pick<Catalogue, "scorecards" | "grades">,
  { kind, grain }: { kind: "team" | "employee"; grain: Grain },
  unshown: Unshown,
): Promise<TracedSubject[]> {
  const [first] = subjects;
  if (!first) return [];
  const { period_start: start, period_end: end } = first;
  const hidden = await unshown.of(kind, grain, start);
  const left = kind === "team" ? await unshown.teams({ grain, start, end }) : new Set<string>();
  const shown = subjects
    .filter(({ subject }) => !left.has(subject ?? ""))
    .map((each) => withoutHidden(each, hidden.get(each.subject ?? "") ?? new Set(), unshown, catalogue));
  const cards = new Set(shown.map(({ scorecard }) => scorecard));
  return [...cards].flatMap((card) => ranked(shown.filter(({ scorecard }) => scorecard === card)));
}

function byPeriod(subjects: readonly TracedSubject[]): TracedSubject[][] {
  const periods = new Map<string, TracedSubject[]>();
  for (const subject of subjects) {
    const own = periods.get(subject.period_start) ?? [];
    own.push(subject);
    periods.set(subject.period_start, own);
  }
  return [...periods.values()];
}

/** The periods up to the one that a scorecard opens at, as months: `count` of its own length, and years. */
async function spans(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  card: Scorecard,
  count: number,
): Promise<{ grain: Grain; from: string; to: string }[]> {
  const { grain } = card;
  const reader = await db.runAndReadAll(
    `select strftime(min(period_start), '%Y-%m-%d') from intermediate.periods`,
  );
  const first = reader.getRowsJson()[0]?.[0];
  if (typeof first !== "string") return [];
  const wanted: { length: Grain; most: number }[] = [{ length: grain, most: count }];
  if (grain !== "year") wanted.push({ length: "year", most: years });
  const found: { grain: Grain; from: string; to: string }[] = [];
  for (const { length, most } of wanted) {
    const last = await openingPeriod(db, kpis, card, length);
    const oldest = periodOf(first, length).start;
    const from = addMonths(last.start, -monthsOf[length] * (most - 1));
    if (last.start < oldest) continue;
    const [, start = from] = [from, oldest].sort();
    found.push({ grain: length, from: start.slice(0, 7), to: last.start.slice(0, 7) });
  }
  return found;
}
