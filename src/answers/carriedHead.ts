import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { commandOf, saidIn } from "../catalogue/packCommand.js";
import type { Settings } from "../catalogue/settings.js";
import { namedPeriod } from "../kpi/periods.js";
import type { CarriedFigures } from "../published/carriedFigures.js";
import type { Pack } from "../published/packTypes.js";
import { periodName } from "../words/figures.js";
import { dayText } from "../words/figureText.js";
import { pages } from "../words/languages.js";
import { labelIn } from "../words/wording.js";
import { squeezed, type Unprinted } from "./printedFigures.js";
import { type Difference, type Place, placeOfScore, placeOfValue } from "./verifyFigures.js";

type Figures = CarriedFigures["figures"];

/** What a PDF's own head is of. */
const placeOfPack = ({ pack: id, title: label, scope: of }: Figures): Place => ({
  kind: "pack",
  id,
  label,
  item: null,
  of,
  period: null,
});

/** What a warehouse and the packs know of what a PDF says of itself. */
export interface Known {
  catalogue: Catalogue;
  settings: Pick<Settings, "currency">;
  /** The pack of that id; null where there is none. */
  pack: Pack | null;
  /** The data's last day, where the warehouse has the PDF's build. */
  asOfDay: string | null;
}

/**
 * What a PDF says of itself and of its figures that is otherwise in the catalogue, in the pack, or in another place of the same
 * attachment: title, currency and last day, labels, units and meanings, whom each figure is of, the command.
 */
export function headDifferences(
  figures: Figures,
  { catalogue, settings, pack, asOfDay }: Known,
): Difference[] {
  const { language, scope, values, scores, initiatives, definitions } = figures;
  const found: Difference[] = [];
  const hold = (place: Place, name: string, carried: string, now: string | null | undefined) => {
    if (carried !== now) found.push({ ...place, figure: name, carried, now: now ?? null });
  };
  const head = placeOfPack(figures);
  hold(head, "pack", figures.pack, pack?.id);
  if (pack) hold(head, "title", figures.title, pack.title[language]);
  hold(head, "currency", figures.currency, settings.currency);
  if (asOfDay !== null) hold(head, "as_of_on", figures.as_of_on, asOfDay);
  const [of, ...others] = Object.entries(scope);
  const said = saidIn(figures.command);
  const told = said.period === undefined ? null : namedPeriod(said.period);
  hold(
    head,
    "command",
    figures.command,
    commandOf(figures.pack, of ? { dimension: of[0], value: of[1] } : null, said),
  );
  if (others.length > 0) hold(head, "scope", JSON.stringify(scope), null);
  if (said.lang !== undefined) hold(head, "language", language, said.lang);
  if (told) hold(head, "period", figures.period, periodName({ ...told, period_start: told.start }, language));
  if (told === undefined) hold(head, "period", figures.period, null);
  const kpis = new Map(catalogue.kpis.map((kpi) => [kpi.id, kpi]));
  const holdKpi = (place: Place, id: string, { label, unit }: { label: string; unit: string }) => {
    const kpi = kpis.get(id);
    hold(place, "label", label, labelIn(kpi?.label, language));
    hold(place, "unit", unit, kpi?.unit);
  };
  for (const one of values) {
    const place = placeOfValue(one);
    holdKpi(place, one.kpi_id, one);
    if (!isOf(one.by, scope)) hold(place, "scope", JSON.stringify(one.by), JSON.stringify(scope));
  }
  for (const one of scores) {
    const place = placeOfScore(one);
    const card = catalogue.scorecards.find(({ id }) => id === one.scorecard);
    hold(place, "label", one.label, labelIn(card?.label, language));
    hold(place, "missing", one.missing, card?.missing);
    // A sheet of everybody's has each employee's.
    if (!isOf(place.of, scope) && !(of === undefined && one.kind === "employee"))
      hold(place, "scope", JSON.stringify(place.of), JSON.stringify(scope));
    for (const item of one.items) {
      const itemPlace = { ...place, item: { id: item.kpi_id, label: item.label } };
      const group = card?.groups.find(({ kpis: own }) => own.includes(item.kpi_id));
      holdKpi(itemPlace, item.kpi_id, item);
      hold(itemPlace, "group", item.group, labelIn(group?.label, language));
    }
  }
  for (const { initiative_id: id, name: label, scope: own } of initiatives)
    if (of && (own as Record<string, unknown> | undefined)?.[of[0]] !== of[1])
      hold({ ...head, kind: "initiative", id, label }, "scope", JSON.stringify(own), JSON.stringify(scope));
  for (const one of definitions) {
    const place: Place = { ...head, kind: "value", id: one.kpi_id, label: one.label, of: {} };
    const kpi = kpis.get(one.kpi_id);
    holdKpi(place, one.kpi_id, one);
    hold(place, "definition", one.definition, labelIn(kpi?.definition, language));
    hold(place, "formula", one.formula, labelIn(kpi?.formula, language));
  }
  return found;
}

const isOf = (one: Record<string, string>, other: Record<string, string>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);

/** What a PDF says of itself that stands on none of its pages: the heads and feet of all of them, and the command. */
export function unprintedHead(figures: Figures, pack: Pack | null, text: string): Unprinted[] {
  const { language, title, period, build_id, as_of_on, command, scope } = figures;
  const printed = squeezed(text);
  const isPrinted = (line: string) => printed.includes(squeezed(line));
  const foot = pages(language).foot.build(build_id, dayText(as_of_on, language));
  // Between the two stands what a scope is called.
  const isAlone = Object.keys(scope).length === 0 && isPrinted(title);
  const about = isAlone ? `${title} · ${period}` : `· ${period}`;
  const place = placeOfPack(figures);
  const say = (figure: string, line: string) => ({ ...place, figure, text: line });
  const sections = pack?.sections ?? [];
  const isCommandTold = (["definitions", "signoff", "feedback"] as const).some((one) =>
    sections.includes(one),
  );
  return [
    ...(isPrinted(title) ? [] : [say("title", title)]),
    ...(period === "" || isPrinted(about) ? [] : [say("period", period)]),
    ...(isPrinted(foot) ? [] : [say("build_id", build_id)]),
    ...(!isCommandTold || isPrinted(command) ? [] : [say("command", command)]),
  ];
}
