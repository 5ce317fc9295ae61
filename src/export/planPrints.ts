import { dimensionOf } from "../catalogue/dimensions.js";
import { commandOf } from "../catalogue/packCommand.js";
import { heldInPack, packFile, parsePack, requireKnown } from "../catalogue/packs.js";
import { suggest } from "../catalogue/suggest.js";
import { codeOf } from "../catalogue/vocabulary.js";
import { namedPeriod, nameOfPeriod, type Period } from "../kpi/periods.js";
import { documents } from "../published/documents.js";
import {
  type Pack,
  type PackSection,
  type Paper,
  type PrintJob,
  packSections,
} from "../published/packTypes.js";
import { CliError } from "../run/error.js";
import type { Language } from "../words/languages.js";
import { told } from "../words/told.js";
import { fileNames } from "./fileNames.js";
import { type SiteData, siteData } from "./siteData.js";
import { siteReport } from "./siteReports.js";

/** What is asked for. */
export interface Order {
  /** Ids; none for the main report. */
  packs: readonly string[];
  /** `DIMENSION=VALUE` that the packs are limited to. */
  for?: string;
  /** The dimension of whose values each has its own. */
  each?: string;
  lang?: Language;
  period?: string;
  paper?: Paper;
}

/** A file to be printed. */
export interface Print {
  job: PrintJob;
  language: Language;
  /** The site's page that draws it, below its folder. */
  page: string;
  file: string;
}

/** Every file of an order, and the build whose figures they show. */
export interface Plan {
  buildId: string;
  prints: Print[];
}

/** How many entries a list has at most in a pack whose pages are bounded; fewer where those take more pages. */
const mostRows = 12;

/** Whom sections can be of that tell of the company alone, or of those that scorecards judge; all others are of groups. */
const subjects: Partial<Record<PackSection, readonly string[]>> = {
  scorecards: ["team", "employee"],
  feedback: ["employee"],
  assessment: [],
  weights: [],
};

/** The sections that tell something of themselves; the others go with them. */
const telling = packSections.filter((section) => section !== "definitions" && section !== "signoff");

/**
 * That a pack tells something of what it is limited to.
 * @throws CliError 2 where all of its sections are of others
 */
function requireSubject(data: SiteData, { id, sections }: Pack, dimension: string): void {
  const own = telling.filter((section) => sections.includes(section));
  const isOf = (section: PackSection) =>
    subjects[section]?.includes(dimension) ?? (dimension !== "employee" || section === "summary");
  if (own.length === 0 || own.some(isOf)) return;
  const of = [...new Set(own.flatMap((section) => subjects[section] ?? splitsOf(data)))];
  throw new CliError(told("export.noSubject", { id, dimension, of }), 2);
}

/**
 * That sheets, where a pack has nothing else, are of the period that was asked for: of others there are none.
 * @throws CliError 2 naming those that there are
 */
function requireAssessed(data: SiteData, { id, sections }: Pack, period: Period | null): void {
  const own = telling.filter((section) => sections.includes(section));
  if (period === null || own.some((section) => section !== "feedback")) return;
  const known = data.read(documents.assessment).periods.map((each) => nameOfPeriod(each.period));
  const asked = nameOfPeriod(period);
  if (own.length > 0 && known.length > 0 && !known.includes(asked))
    throw new CliError(
      told("export.notAssessed", { id, period: asked, known: known.slice(0, mostNamed) }),
      2,
    );
}

/** The pack that is printed where none is named. */
const main = "kpi-report";

/**
 * Every file that an order asks for.
 * @throws CliError 2 for a pack, dimension, value or period that there is not, 1 where the site lacks data
 */
export function planPrints(dist: string, packsFolder: string, order: Order): Plan {
  const wanted = order.packs.length > 0 ? order.packs : [main];
  const packs = [...new Set(wanted)].map((id) => {
    const from = packFile(packsFolder, id);
    return { from, pack: parsePack(from.text, from.file) };
  });
  if (order.for !== undefined && order.each !== undefined) throw new CliError(told("export.forOrEach"), 2);
  const first = siteReport(dist, order.lang);
  const data = siteData(dist);
  const { catalogue } = data;
  const known = {
    fishbones: catalogue.fishbones.map(({ id }) => id),
    problems: catalogue.problems.map(({ id }) => id),
    scorecards: catalogue.scorecards.map(({ id }) => id),
    kpis: catalogue.kpis.map(({ id }) => id),
  };
  const prints = packs.flatMap(({ pack, from }): Print[] => {
    requireKnown(pack, known, from);
    const language = order.lang ?? pack.language ?? first.language;
    const { page, suffix } = siteReport(dist, language);
    const period =
      order.period === undefined
        ? heldInPack(from, "period", () => periodOf(data, pack.period))
        : periodOf(data, order.period);
    requireAssessed(data, pack, period);
    const scoped = () => scopesOf(data, pack, order);
    const isOwn = (order.for ?? order.each) === undefined && pack.each !== "employee";
    const { scopes, values } = isOwn
      ? heldInPack(from, pack.each === null ? "scope" : "each", scoped)
      : scoped();
    const names = fileNames(values, [pack.id, scopes[0]?.dimension, order.period, suffix].join("."));
    return scopes.map((scope): Print => {
      const paper = order.paper ?? pack.paper;
      const cells =
        scope && scope.dimension !== "employee" ? data.cellsOf(scope.dimension, scope.value) : null;
      const parts = [
        pack.id,
        ...(scope ? [partOf(scope.dimension, names.get(scope.value) ?? "")] : []),
        ...(order.period ? [order.period] : []),
      ];
      const file = `${[...parts, ...(suffix ? [suffix] : [])].join(".")}.pdf`;
      const command = commandOf(pack.id, scope, order);
      const rows = pack.max_pages === null ? null : mostRows;
      return { job: { pack, paper, scope, period, cells, rows, command }, language, page, file };
    });
  });
  return { buildId: data.build.build_id, prints: apart(prints) };
}

/**
 * A scope as a part of a file's name: with its dimension, for a team may be called as a region is, today or one day. Employees' ids
 * stand alone, unless they could be a language, a period, a number, the word for a locked file or a scope.
 */
const partOf = (dimension: string, name: string): string =>
  dimension === "employee" && !/^(?:en|zh|locked|\d.*)$|=/i.test(name) ? name : `${dimension}=${name}`;

/** Prints of one order never have the same file, whatever packs are called: the later ones have a number. */
function apart(prints: readonly Print[]): Print[] {
  const used = new Set<string>();
  return prints.map((print) => {
    let { file } = print;
    for (let at = 2; used.has(file.toLowerCase()); at += 1) file = print.file.replace(/\.pdf$/, `.${at}.pdf`);
    used.add(file.toLowerCase());
    return { ...print, file };
  });
}

/** Whom a pack is printed for: one, each of a dimension's values, or the company; and all values that there are. */
function scopesOf(
  data: SiteData,
  pack: Pack,
  order: Order,
): { scopes: PrintJob["scope"][]; values: readonly string[] } {
  const each = order.each ?? (order.for === undefined ? pack.each : null);
  if (each !== null) {
    const dimension = dimensionOf(each);
    const values = valuesOf(data, pack, dimension);
    if (values.length === 0) throw noDimension(data, each);
    requireSubject(data, pack, dimension);
    return { scopes: values.map((value) => ({ dimension, value })), values };
  }
  const asked = order.for ?? pack.scope;
  if (asked === null) return { scopes: [null], values: [] };
  const [, name = "", value = ""] = /^([^=]+)=(.*)$/s.exec(asked) ?? [];
  if (name === "" || value === "") throw new CliError(told("export.noScope", { scope: asked }), 2);
  const dimension = dimensionOf(name);
  const values = valuesOf(data, pack, dimension);
  if (values.length === 0) throw noDimension(data, name);
  requireSubject(data, pack, dimension);
  const coded = [value, codeOf(data.catalogue.vocabulary, dimension, value)].find(
    (each) => each !== undefined && values.includes(each),
  );
  if (coded === undefined) throw noValue(name, value, values);
  return { scopes: [{ dimension, value: coded }], values };
}

function noValue(dimension: string, value: string, values: readonly string[]): CliError {
  const near = suggest(value, values);
  const known = near === "" ? values.slice(0, mostNamed) : [];
  const more = values.length > mostNamed ? ["…"] : [];
  return new CliError(
    told("export.noValue", { dimension, value, near, known: known.concat(known.length > 0 ? more : []) }),
    2,
  );
}

/** So many values a message names at most. */
const mostNamed = 20;

/** The values that a pack can be limited to: employees are those that the assessment has a sheet of. */
function valuesOf(data: SiteData, pack: Pack, dimension: string): string[] {
  if (dimension !== "employee") return data.valuesOf(dimension);
  const { periods } = data.read(documents.assessment);
  const sheets = periods.flatMap(({ sheets, sheet_pages = [] }) => [
    ...sheets.map(({ employee_id }) => employee_id),
    ...sheet_pages.flatMap(({ employees }) => employees),
  ]);
  const ranked = pack.sections.includes("scorecards")
    ? data
        .read(documents.ranking)
        .flatMap(({ kind, subjects }) => (kind === "employee" ? subjects.map(({ subject }) => subject) : []))
    : [];
  return [...new Set([...sheets, ...ranked])].sort();
}

/** The dimensions that the site tells KPIs apart by. */
const splitsOf = ({ catalogue }: SiteData) =>
  catalogue.kpis.flatMap(({ published }) => [...published.cross, ...published.single]);

function noDimension(data: SiteData, name: string): CliError {
  if (dimensionOf(name) === "employee") return new CliError(told("export.noSheets"), 2);
  const known = [...new Set([...splitsOf(data), "employee"])].sort();
  return new CliError(told("export.noDimension", { name, near: suggest(name, known), known }), 2);
}

/**
 * A period that the site has figures of.
 * @throws CliError 2 for another
 */
function periodOf({ build }: SiteData, text: string | null): Period | null {
  if (text === null) return null;
  const period = namedPeriod(text);
  if (!period) throw new CliError(told("period.invalid", { text }), 2);
  const all = build.periods.filter(({ role, grain }) => role === "period" && grain === period.grain);
  if (all.some(({ period_start: start }) => start === period.start)) return period;
  const [first, last] = [all[0], all.at(-1)].map((each) => each?.period_start.slice(0, 7) ?? "–");
  throw new CliError(told("export.noPeriod", { text, first: first ?? "–", last: last ?? "–" }), 2);
}
