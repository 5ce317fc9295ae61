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
import { figure, grouped, periodName } from "../../words/figures.js";
import { noTargetText } from "../../words/noTarget.js";
import { toldReason } from "../../words/toldReason.js";
import type { Words } from "../../words/wording.js";
import { align } from "./align.js";
import { shown, toTable } from "./columns.js";
import type { CommandOf, ScoreRow } from "./scoreFormat.js";

const words = {
  zh: {
    subjects: { company: "公司", team: "团队", employee: "员工" },
    total: "总分",
    covered: "覆盖权重",
    rank: "名次",
    grade: "等级",
    kpi: "KPI",
    weight: "权重",
    value: "值",
    target: "目标",
    score: "得分",
    inForce: "按现行权重",
    whatIf: (day: string) => `假设：采用 ${day} 的权重`,
    units: { percent: " %", minutes: " 分钟", hours: " 小时" },
    missing: "未计分",
    unscored: {
      no_data: "无数据",
      no_cases: "没有可计的事项",
      partial: "期间未完",
      incomplete: "记录不全",
      immature: "未成熟",
      few_cases: "不足 10 例",
      no_target: "无目标",
    },
    provisional: "暂定",
    provisionalNote: "暂定：有得分的权重不足八成。",
    noTotal: "“–”：有得分的权重不足一半，不计总分。",
    nobody: "没有人有数据。",
    nobodyTotal: (period: string) => `${period}没有总分。`,
    joined: "、",
    colon: "：",
  },
  en: {
    subjects: { company: "company", team: "team", employee: "employee" },
    total: "total",
    covered: "weight covered",
    rank: "rank",
    grade: "grade",
    kpi: "KPI",
    weight: "weight",
    value: "value",
    target: "target",
    score: "score",
    inForce: "under the weights in force",
    whatIf: (day: string) => `what if: the weights of ${day}`,
    units: { percent: " %", minutes: " min", hours: " h" },
    missing: "without a score",
    unscored: {
      no_data: "no data",
      no_cases: "nothing to count",
      partial: "period not over",
      incomplete: "incomplete",
      immature: "immature",
      few_cases: "fewer than 10 cases",
      no_target: "no target",
    },
    provisional: "provisional",
    provisionalNote: "provisional: less than 80 % of the weight has a score.",
    noTotal: "“–”: less than half of the weight has a score, so there is no total.",
    nobody: "Nobody has any data.",
    nobodyTotal: (period: string) => `There is no total in ${period}.`,
    joined: ", ",
    colon: ": ",
  },
};

export interface ScoreTableOptions {
  language: Words;
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
  const say = words[language];
  const period = periodName({ grain, period_start: periodStart }, language);
  const head = [`${card.label[language]} ${card.id} · ${period}`];
  if (weightsOn !== undefined) head.push(say.whatIf(weightsOn));
  const blocks = [head.join("\n")];
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
  const say = words[language];
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
        shown<ScoreRow>(label[language], (row) =>
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
  const say = words[language];
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
  const say = words[language];
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
      [group.label[language], share(total.weight), "", "", "", points(total.total), grade],
      ...items.map((item) => itemLine(item, options)),
    ];
  });
  const traced = options.isTraced ? row.items.map((item) => traceLines(row, item, options)) : [];
  return `${title.join("\n")}\n${align([head, ...lines])}${traced.join("")}`;
}

function totalText(total: InForce, options: ScoreTableOptions): string {
  const say = words[options.language];
  const grade = gradeName(total, options);
  const covered = `${say.covered} ${share(total.covered_weight)}`;
  return [`${say.total} ${points(total.total)}`, grade, covered].filter(Boolean).join(say.joined);
}

function itemLine(item: TracedItem, { language, kpis, grain }: ScoreTableOptions): string[] {
  const say = words[language];
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
    `  ${kpi.label[language]}`,
    share(item.weight),
    shown(item.value),
    shown(item.target),
    grouped(item.n, 0),
    points(item.score),
    unscoredText(item, language, grain),
  ];
}

/** Why there is no score; of what was not recorded, by which table, column or day. */
function unscoredText(item: TracedItem, language: Words, grain: Grain): string {
  if (!item.unscored) return "";
  const say = words[language];
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
  return `    ${item.kpi_id} = ${equals}, n = ${item.n}\n      $ ${commandOf(row, item)}\n`;
}

const points = (score: number | null) => (score === null ? "–" : grouped(score, 1));
const share = (weight: number) => `${grouped(weight * 100, 1)} %`;

function gradeName(
  { grade, provisional }: Pick<InForce, "grade" | "provisional">,
  { grades, language }: ScoreTableOptions,
): string {
  const name = grades.find(({ id }) => id === grade)?.label[language] ?? "";
  return provisional ? `${name}${bracketed[language](words[language].provisional)}` : name;
}

const bracketed = { zh: (text: string) => `（${text}）`, en: (text: string) => ` (${text})` };
