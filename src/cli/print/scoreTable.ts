import type { Kpi } from "../../catalogue/kpis.js";
import type { Grade, Scorecard } from "../../catalogue/scorecards.js";
import type { Grain } from "../../kpi/periods.js";
import {
  reasonOfItem,
  type SubjectKind,
  type TracedItem,
  type TracedSubject,
  type Unscored,
} from "../../score/scored.js";
import type { InForce } from "../../score/weightReview.js";
import { currencyName } from "../../words/currency.js";
import { figure, periodName } from "../../words/figures.js";
import type { Language } from "../../words/languages.js";
import { figures, scoreTable } from "../../words/languages.js";
import { noTargetText } from "../../words/noTarget.js";
import { grouped } from "../../words/rounding.js";
import { toldReason } from "../../words/toldReason.js";
import { visible } from "../../words/visible.js";
import { labelIn } from "../../words/wording.js";
import { align } from "./align.js";
import { shown, toTable } from "./columns.js";
import type { CommandOf, ScoreRow } from "./scoreFormat.js";

export interface ScoreTableOptions {
  language: Language;
  kpis: readonly Kpi[];
  grades: readonly Grade[];
  card: Scorecard;
  kind: SubjectKind;
  grain: Grain;
  periodStart: string;
  /** The day whose weights were asked for. */
  weightsOn?: string;
  /** Whether each subject's items are told, as the company's always are. */
  isTraced: boolean;
  commandOf: CommandOf;
}

/** One scorecard's subjects for people: the company's items by group, or the ranking of teams or employees. */
export function toScoreTable(rows: readonly ScoreRow[], options: ScoreTableOptions): string {
  const { language, card, grain, periodStart, kind, weightsOn } = options;
  const say = scoreTable(language);
  const period = periodName({ grain, period_start: periodStart }, language);
  const head = [`${labelIn(card.label, language)} ${card.id} · ${period}`];
  if (weightsOn !== undefined) head.push(say.whatIf(weightsOn));
  const blocks = [head.map(visible).join("\n")];
  if (rows.length === 0) blocks.push(`  ${say.nobody}`);
  if (kind !== "company" && rows.length > 0) blocks.push(rankingTable(rows, options).trimEnd());
  if (kind === "company" || options.isTraced) {
    for (const row of rows) blocks.push(subjectTable(row, options).trimEnd());
  }
  if (rows.length > 0 && rows.every(({ total }) => total === null)) blocks.push(say.nobodyTotal(period));
  if (rows.some(({ total }) => total === null)) blocks.push(say.noTotal);
  const marked = rows.some((row) => row.provisional || row.groups.some(({ provisional }) => provisional));
  if (marked) blocks.push(say.provisionalNote);
  return `${blocks.join("\n\n")}\n`;
}

function rankingTable(rows: readonly ScoreRow[], options: ScoreTableOptions): string {
  const { language, card, kind, weightsOn } = options;
  const say = scoreTable(language);
  const groups = card.groups.filter(({ id }) =>
    rows.some((row) => row.groups.some((each) => each.id === id && each.total !== null)),
  );
  const compares = weightsOn !== undefined;
  return toTable<ScoreRow>(
    [
      shown(say.rank, ({ rank }) => rank?.toString() ?? "–"),
      shown(say.subjects[kind], ({ subject }) => subject ?? ""),
      shown(say.total, ({ total }) => points(total)),
      shown(say.grade, (row) => gradeName(row, options)),
      shown(say.covered, (row) => share(row.covered_weight)),
      shown(compares && `${say.rank} (${say.inForce})`, (row) => row.in_force?.rank?.toString() ?? "–"),
      shown(compares && say.total, (row) => points(row.in_force?.total ?? null)),
      ...groups.map(({ id, label }) =>
        shown<ScoreRow>(labelIn(label, language), (row) =>
          points(row.groups.find((each) => each.id === id)?.total ?? null),
        ),
      ),
      shown(say.missing, (row) => missing(row, options)),
    ],
    rows,
  );
}

/** How many items lack a score, by reason. */
function missing({ items }: TracedSubject, { language }: ScoreTableOptions): string {
  const say = scoreTable(language);
  const reasons = Object.keys(say.unscored) as Unscored[];
  const counted = reasons.map((reason) => ({
    reason,
    count: items.filter(({ unscored }) => unscored === reason).length,
  }));
  return counted
    .filter(({ count }) => count > 0)
    .map(({ reason, count }) => `${say.unscored[reason]} ${count}`)
    .join(say.joined);
}

function subjectTable(row: ScoreRow, options: ScoreTableOptions): string {
  const { language, card, kind } = options;
  const say = scoreTable(language);
  const name = [say.subjects[kind], row.subject ?? ""].join(" ").trim();
  const title = [`${name}${say.colon}${totalText(row, options)}`];
  if (row.in_force) title.push(`${say.inForce}${say.colon}${totalText(row.in_force, options)}`);
  const head = [say.kpi, say.weight, say.value, say.target, "n", say.score, ""];
  const lines = card.groups.flatMap((group) => {
    const total = row.groups.find(({ id }) => id === group.id);
    if (!total) return [];
    const items = row.items.filter((item) => item.group === group.id);
    const grade = gradeName(total, options);
    return [
      [labelIn(group.label, language), share(total.weight), "", "", "", points(total.total), grade],
      ...items.map((item) => itemLine(item, options)),
    ];
  });
  const traced = options.isTraced ? row.items.map((item) => traceLines(row, item, options)) : [];
  return `${title.map(visible).join("\n")}\n${align([head, ...lines])}${traced.join("")}`;
}

function totalText(total: InForce, options: ScoreTableOptions): string {
  const say = scoreTable(options.language);
  const grade = gradeName(total, options);
  const covered = `${say.covered} ${share(total.covered_weight)}`;
  return [`${say.total} ${points(total.total)}`, grade, covered].filter(Boolean).join(say.joined);
}

function itemLine(item: TracedItem, { language, kpis, grain }: ScoreTableOptions): string[] {
  const say = scoreTable(language);
  const kpi = kpis.find(({ id }) => id === item.kpi_id);
  if (!kpi) return [];
  const unit =
    kpi.unit === "money"
      ? ` ${currencyName(kpi.currency, language)}`
      : kpi.unit in say.units
        ? say.units[kpi.unit as keyof typeof say.units]
        : "";
  const shown = (value: number | null) => (value === null ? "–" : `${figure(value, kpi)}${unit}`);
  return [
    `  ${labelIn(kpi.label, language)}`,
    share(item.weight),
    shown(item.value),
    shown(item.target),
    grouped(item.n, 0),
    points(item.score),
    unscoredText(item, language, grain),
  ];
}

/** Why there is no score; of what was not recorded, by which table, column or day. */
function unscoredText(item: TracedItem, language: Language, grain: Grain): string {
  if (!item.unscored) return "";
  const say = scoreTable(language);
  const { reason_text: told } = toldReason(reasonOfItem(item), language);
  if (item.unscored === "incomplete" && told !== null) return told;
  const text =
    (item.unscored === "no_target" && noTargetText(grain, item.target_grains, language)) ||
    say.unscored[item.unscored];
  return item.unscored === "no_data" && told !== null ? `${text}${say.colon}${told}` : text;
}

/** What the value is made of, and the command that gives it. */
function traceLines(row: ScoreRow, item: TracedItem, { commandOf }: ScoreTableOptions): string {
  const made = [item.numerator, item.denominator].filter((part) => part !== null).join(" ÷ ");
  const value = item.value === null ? "–" : String(item.value);
  const equals = made === "" ? value : `${value} (${made})`;
  return `    ${item.kpi_id} = ${equals}, n = ${item.n}\n      $ ${visible(commandOf(row, item) ?? "")}\n`;
}

const points = (score: number | null) => (score === null ? "–" : grouped(score, 1));
const share = (weight: number) => `${grouped(weight * 100, 1)} %`;

function gradeName(
  { grade, provisional }: Pick<InForce, "grade" | "provisional">,
  { grades, language }: ScoreTableOptions,
): string {
  const name = labelIn(grades.find(({ id }) => id === grade)?.label, language) ?? "";
  return provisional ? `${name}${figures(language).bracketed(scoreTable(language).provisional)}` : name;
}
