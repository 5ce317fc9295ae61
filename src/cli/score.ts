import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { openingPeriod } from "../answers/openingPeriod.js";
import { requirePeriods } from "../answers/periodLimits.js";
import { scoreSubjects } from "../answers/scoreSubjects.js";
import { type Catalogue, readKept } from "../catalogue/catalogueFiles.js";
import type { Scorecard } from "../catalogue/scorecards.js";
import { addDays, type Period } from "../kpi/periods.js";
import { CliError } from "../run/error.js";
import { shellWord } from "../run/shellWord.js";
import { assessments, isAssessment } from "../score/assessment.js";
import type { SubjectKind, TracedItem, TracedSubject } from "../score/scored.js";
import { withWarehouse } from "../warehouse/open.js";
import { told } from "../words/told.js";
import { assessmentScore } from "./assessmentScore.js";
import type { Effects } from "./effects.js";
import { periodAsked } from "./options/periodOption.js";
import { cardsAsked, requireWeights } from "./options/scorecardArgument.js";
import type { ScoreOptions } from "./options/scoreOptions.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { type ScoreRow, toScoreCsv, toScoreJson } from "./print/scoreFormat.js";
import { toScoreTable } from "./print/scoreTable.js";

interface Scored {
  card: Scorecard;
  period: Period;
  rows: ScoreRow[];
}

/** `score`: weighted totals, grades and ranking by a scorecard, or by all of them. */
export async function scoreCommand(
  id: string | undefined,
  options: ScoreOptions,
  effects: Effects,
): Promise<void> {
  if (isAssessment(id)) return assessmentScore(id, options, effects);
  const warehouse = warehouseOf(options, effects);
  const kind = options.for ?? "company";
  const asked = periodAsked(options.period);
  checkDay(options.weights);
  const { scored, catalogue, settings } = await withWarehouse(warehouse, async (db) => {
    const { catalogue, settings } = await readKept(db);
    const ids = catalogue.scorecards.map((card) => card.id);
    const cards = cardsAsked(id, kind, catalogue, [...ids, ...assessments]);
    await requirePeriods(db, settings, [asked?.start, options.weights]);
    const all: Scored[] = [];
    for (const card of cards) {
      const period = asked ?? (await openingPeriod(db, catalogue.kpis, card));
      all.push({ card, period, rows: await rowsOf(db, catalogue, card, kind, period, options.weights) });
    }
    return { scored: all, catalogue, settings };
  });

  const commandOf = (subject: TracedSubject, item: TracedItem) =>
    options.trace ? kpiCommandLine(subject, item, scored, options) : undefined;
  const rows = scored.flatMap((each) => each.rows);
  const language = options.lang ?? settings.language;
  if (options.format === "json") effects.stdout.write(toScoreJson(rows, language, commandOf));
  else if (options.format === "csv") effects.stdout.write(toScoreCsv(rows, language, commandOf, options));
  else {
    const { kpis, grades } = catalogue;
    const weightsOn = options.weights === undefined ? {} : { weightsOn: options.weights };
    const tables = scored.map(({ card, period, rows: own }) =>
      toScoreTable(own, {
        language,
        kpis,
        grades,
        card,
        kind,
        grain: period.grain,
        periodStart: period.start,
        isTraced: options.trace === true,
        commandOf,
        ...weightsOn,
      }),
    );
    effects.stdout.write(tables.join("\n"));
  }
}

function checkDay(day: string | undefined): void {
  if (day === undefined || z.iso.date().safeParse(day).success) return;
  throw new CliError(told("weights.noDay", { day }), 2);
}

async function rowsOf(
  db: DuckDBConnection,
  catalogue: Catalogue,
  card: Scorecard,
  kind: SubjectKind,
  period: Period,
  weightsOn: string | undefined,
): Promise<ScoreRow[]> {
  await requireWeights(db, card, weightsOn ?? addDays(period.end, -1));
  const month = period.start.slice(0, 7);
  const request = { card, kind, grain: period.grain, from: month, to: month, withSettled: true };
  const inForce = await scoreSubjects(db, catalogue, request);
  if (weightsOn === undefined) return inForce;
  const rows = await scoreSubjects(db, catalogue, { ...request, weightsOn });
  return rows.map((row) => {
    const same = inForce.find(({ subject }) => subject === row.subject);
    const { total, covered_weight, provisional, grade, rank } = same ?? nothing;
    return { ...row, in_force: { total, covered_weight, provisional, grade, rank } };
  });
}

const nothing = { total: null, covered_weight: 0, provisional: false, grade: null, rank: null };

/** The command that gives an item's value. */
function kpiCommandLine(
  subject: TracedSubject,
  item: TracedItem,
  scored: readonly Scored[],
  { warehouse }: PlaceOptions,
): string {
  const { period_start, kind } = subject;
  const grain = scored.find(({ card }) => card.id === subject.scorecard)?.period.grain ?? "month";
  const month = period_start.slice(0, 7);
  const where = subject.subject === null ? [] : ["--where", `${kind}=${subject.subject}`];
  const places = warehouse === undefined ? [] : ["--warehouse", warehouse];
  const range = ["--grain", grain, "--from", month, "--to", month];
  return ["herringbone", "kpi", item.kpi_id, ...range, ...where, ...places].map(shellWord).join(" ");
}
