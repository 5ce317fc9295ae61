import type { Unprinted } from "../../answers/printedFigures.js";
import type { Difference, Place, Verified } from "../../answers/verifyFigures.js";
import type { Catalogue } from "../../catalogue/catalogueFiles.js";
import type { PagesState } from "../../export/carried/readCarried.js";
import { periodName } from "../../words/figures.js";
import { dimensions, type Language, verifyTable, workbook } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { visible } from "../../words/visible.js";
import { labelIn } from "../../words/wording.js";
import { shown, toTable } from "./columns.js";

/** What `verify --format json` prints. */
export interface VerifyReport extends Verified {
  file: string;
  pack: string;
  title: string;
  scope: Record<string, string>;
  period: string;
  /** The build that the PDF was printed of, and that of the warehouse. */
  build_id: string;
  warehouse_build_id: string;
  /** The data's last day in the PDF. */
  as_of_on: string;
  /** What made the PDF, as it says. */
  command: string;
  pages: PagesState;
  /** Whether the figures are those that were attached. */
  attachment: "printed" | "altered";
  /** Figures that it carries and whose text is on none of its pages. */
  unprinted: Unprinted[];
}

/** What a PDF is, whether its pages are as printed, and its figures that the warehouse does not give, for people. */
export function toVerifyTable(
  report: VerifyReport,
  { kpis, scorecards }: Pick<Catalogue, "kpis" | "scorecards">,
  language: Language,
): string {
  const say = verifyTable(language);
  const number = (count: number) => grouped(count, 0);
  const scope = scopeText(report.scope, language) || say.company;
  const { build_id, warehouse_build_id: other } = report;
  const lines = [
    `${report.title} ${report.pack} · ${scope} · ${report.period}`,
    say.build({ build: build_id, day: report.as_of_on }),
    say.pages[report.pages],
    ...(report.attachment === "printed" ? [] : [say.attachment]),
    say.covered,
    ...(build_id === other ? [] : [say.otherBuild({ build: other })]),
    report.figures === 0
      ? say.nothing
      : say.agree({ agree: number(report.agree), figures: number(report.figures) }),
    ...(report.not_carried > 0 ? [say.notCarried(number(report.not_carried))] : []),
  ];
  const labels = new Map(
    [...kpis, ...scorecards].map(({ id, label }): [string, string] => [id, labelIn(label, language)]),
  );
  const name = (id: string, label: string) => `${labels.get(id) ?? label} ${id}`;
  const placed = [
    shown<Place>(say.what, ({ id, label, item }) =>
      [name(id, label), ...(item ? [name(item.id, item.label)] : [])].join(" · "),
    ),
    shown<Place>(say.of, ({ of }) => scopeText(of, language) || say.company),
    shown<Place>(say.period, ({ period }) => (period ? periodName(period, language) : "–")),
  ];
  const called = shown<{ figure: string }>(say.figure, ({ figure }) => figureName(figure, language));
  const table = toTable<Difference>(
    [
      ...placed,
      called,
      shown(say.carried, ({ carried }) => said(carried)),
      shown(say.now, ({ now }) => said(now)),
    ],
    report.differ,
  );
  const head = lines.map((line) => `${visible(line)}\n`).join("");
  const missing = toTable<Unprinted>(
    [...placed, called, shown(say.carried, ({ text }) => text)],
    report.unprinted,
  );
  return [
    head,
    ...(report.differ.length === 0 ? [] : [table]),
    ...(report.unprinted.length === 0 ? [] : [`${say.unprinted}\n${missing}`]),
  ].join("\n");
}

/** All digits, without those that binary fractions add. */
const said = (figure: Difference["now"]): string =>
  figure === null ? "–" : typeof figure === "number" ? String(Number(figure.toPrecision(12))) : `${figure}`;

function scopeText(of: Record<string, string>, language: Language): string {
  const known = new Map(Object.entries(dimensions(language)));
  return Object.entries(of)
    .map(([name, value]) => `${known.get(name) ?? name}=${value}`)
    .join(" ");
}

/** What a workbook heads columns of them with, by their names. */
const columns: Readonly<Record<string, string>> = {
  covered_weight: "covered",
  delta: "change",
  expected_reached: "reached",
  follow_up: "followUp",
  return: "returned",
  return_high: "returnedHigh",
  return_low: "returnedLow",
  started_on: "started",
  value_money: "worth",
  value_money_high: "worthHigh",
  value_money_low: "worthLow",
};

/** The names that lead to a figure, each as people call it where it has such a name. */
function figureName(figure: string, language: Language): string {
  const known = new Map(
    Object.entries({ ...workbook(language).columns, ...verifyTable(language).figures } as Record<
      string,
      string
    >),
  );
  return figure
    .split(".")
    .map((part) => known.get(columns[part] ?? part) ?? part)
    .join(" · ");
}
