import { addDays, daysBetween } from "../../src/kpi/periods.js";
import {
  type Assessment,
  addressOf,
  type BenefitsDocument,
  isTested,
  type Milestone,
  type PublishedInitiative,
  type Risk,
} from "../../src/published/benefitTypes.js";
import {
  type BenefitNames,
  expectedText,
  qText,
  verdictDay,
  verdictText,
} from "../../src/words/benefitTeller.js";
import { moneyEnds, moneyText } from "../../src/words/figureText.js";
import { benefit } from "../../src/words/languages.js";
import { effectCell, effectScale } from "../charts/effectCell.js";
import { benefitNames, changeOf, scopeOf } from "../data/benefits.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { bodyOf, headed, numberHead, textHead } from "./table.js";

/** A verdict with its symbol. */
function verdictMark(site: Site, row: Assessment, names: BenefitNames): HTMLElement {
  const { verdict } = row;
  const symbol = site.messages.benefits.symbols[verdict];
  return h(
    "span",
    { class: `verdict is-${verdict}` },
    h("span", { class: "symbol", "aria-hidden": "true" }, `${symbol}\u00a0`),
    verdictText(row, names, benefit(site.language)),
  );
}

/** A figure where a change was shown, else its interval alone. */
function orRange(value: string | null, range: string | null, none: string): (Node | string)[] {
  if (range === null) return [none];
  return value === null ? [h("small", {}, range)] : [value, h("br"), h("small", {}, range)];
}

/** What an initiative was worth, and its return. */
function worthCells(site: Site, row: Assessment): { worth: (Node | string)[]; returned: (Node | string)[] } {
  const { messages, format, language, catalogue } = site;
  const { between } = benefit(language);
  const isShown = row.verdict === "improved" || row.verdict === "worsened";
  const { value_money: money, value_money_low, value_money_high } = row;
  const ends = moneyEnds({ low: value_money_low, high: value_money_high }, catalogue.currency, language);
  const hasMoney = isTested(row.verdict) && (value_money_low !== null || value_money_high !== null);
  const hasReturn = isTested(row.verdict) && row.return_low !== null && row.return_high !== null;
  return {
    worth: orRange(
      isShown && money !== null ? moneyText(money, catalogue.currency, language) : null,
      hasMoney ? between(ends.low, ends.high) : null,
      messages.none,
    ),
    returned: orRange(
      isShown && row.return !== null ? format.share(row.return) : null,
      hasReturn ? between(format.share(row.return_low ?? 0), format.share(row.return_high ?? 0)) : null,
      messages.none,
    ),
  };
}

/** A cell that holds nothing goes where rows are short lists. */
const empty = (is: boolean) => (is ? { class: "nothing" } : {});

/** Where an initiative stands in time. */
function stateText(site: Site, row: Assessment, names: BenefitNames): string {
  const { benefits: words } = site.messages;
  const day = (iso: string) => site.format.day(iso, true);
  if (row.started_on > names.as_of_on) return words.state.planned(day(row.started_on));
  const isRunning = row.verdict === "still_running" || addDays(row.follow_up.end, -1) > names.as_of_on;
  return isRunning
    ? words.state.running(day(verdictDay(row, names.kpi(row.kpi_id))))
    : words.state.over(day(addDays(row.follow_up.end, -1)));
}

/** Every initiative: verdict, effect with its interval against what was expected, money, return, state. */
export function benefitTable(
  site: Site,
  doc: BenefitsDocument,
  {
    href = (row) => site.href(`benefit/${addressOf(row.initiative_id)}`),
    isShort = false,
    rows = doc.initiatives,
  }: {
    href?: (row: Assessment) => string;
    isShort?: boolean;
    /** Those of the document that the table is of; all of them have one scale. */
    rows?: readonly PublishedInitiative[];
  } = {},
): HTMLElement {
  const { language, messages } = site;
  const { columns } = messages.benefits;
  const names = benefitNames(site, doc);
  const scale = effectScale(doc.initiatives);
  const hasChart = !isShort && doc.initiatives.some((row) => effectCell(row, scale, "") !== null);
  return headed(
    "benefits",
    [
      textHead(columns.initiative),
      textHead(columns.verdict),
      numberHead(columns.effect),
      numberHead(columns.expected),
      hasChart && textHead(columns.against),
      numberHead(columns.worth),
      numberHead(columns.returned),
      textHead(columns.state),
    ],
    bodyOf(
      rows.map((row) => {
        const kpi = site.kpi(row.kpi_id);
        const { change, interval } = changeOf(site, kpi, row);
        const { worth, returned } = worthCells(site, row);
        const isKnown = isTested(row.verdict) && !row.hidden;
        const reached = row.expected_reached && messages.benefits.reached[row.expected_reached];
        const marks = [
          ...(row.withdrawn ? [messages.benefits.withdrawn] : []),
          ...(isLate(row) ? [messages.benefits.late] : []),
        ];
        const drawn = isKnown ? effectCell(row, scale, `${change} (${interval})`) : null;
        const about = `${kpi?.label[language] ?? row.kpi_id} · ${scopeOf(site, names, row)}`;
        return [
          h(
            "th",
            { scope: "row", class: "text" },
            h("a", { href: href(row) }, row.name),
            h("br"),
            h("small", {}, about),
          ),
          h(
            "td",
            { class: "text verdict-cell" },
            verdictMark(site, row, names),
            isKnown && row.q !== null && [h("br"), h("small", {}, `q ${qText(row.q)}`)],
          ),
          h("td", empty(!isKnown), isKnown ? [change, h("br"), h("small", {}, interval)] : messages.none),
          h(
            "td",
            empty(row.expected === null),
            row.expected === null || !kpi
              ? messages.none
              : [
                  expectedText({ unit: kpi.unit, currency: site.catalogue.currency }, row.expected, language),
                  reached && [h("br"), h("small", {}, reached)],
                ],
          ),
          hasChart && h("td", { class: `text effect${drawn ? "" : " nothing"}` }, drawn ?? messages.none),
          h("td", empty(worth[0] === messages.none), worth),
          h("td", empty(returned[0] === messages.none), returned),
          h(
            "td",
            { class: "text wrap" },
            stateText(site, row, names),
            marks.length > 0 && [h("br"), h("small", { class: "late" }, marks.join(benefit(language).list))],
          ),
        ];
      }),
    ),
  );
}

/** Whether an initiative was registered, or its definition changed, after it had started. */
const isLate = ({ registered }: Assessment) =>
  registered !== null && (registered.is_late || registered.changed.length > 0);

/** How many steps are done, and how many are overdue. */
export function planCounts(site: Site, steps: readonly Milestone[]): { done: number; late: number } {
  return {
    done: steps.filter(({ done_on }) => done_on !== null).length,
    late: steps.filter(({ done_on, due_on }) => done_on === null && due_on <= site.build.as_of_on).length,
  };
}

/** The implementation plan by phase: due, done, late. */
export function planTable(site: Site, steps: readonly Milestone[]): HTMLElement {
  const { messages, format } = site;
  const { plan } = messages.benefits;
  const hasOwners = steps.some(({ owner_id }) => owner_id !== null);
  const phases = (Object.keys(plan.phases) as Milestone["phase"][]).flatMap((phase) =>
    steps.filter((step) => step.phase === phase).map((step, at) => ({ step, isFirst: at === 0 })),
  );
  const state = ({ due_on, done_on }: Milestone): [string, string] => {
    const until = done_on ?? site.build.as_of_on;
    const days = daysBetween(due_on, until);
    if (done_on !== null)
      return days > 0 ? ["late", plan.lateDone(format.integer(days))] : ["done", plan.onTime];
    return days >= 0 ? ["overdue", plan.overdue(format.integer(days))] : ["open", plan.open];
  };
  return headed(
    "plan",
    [
      textHead(plan.columns.phase),
      textHead(plan.columns.step),
      hasOwners && textHead(plan.columns.owner),
      textHead(plan.columns.due),
      textHead(plan.columns.done),
      textHead(plan.columns.state),
    ],
    bodyOf(
      phases.map(({ step, isFirst }) => {
        const [kind, text] = state(step);
        return [
          h(
            "th",
            { scope: "row", class: "text" },
            h("span", { class: isFirst ? null : "again" }, plan.phases[step.phase]),
          ),
          h("td", { class: "text wrap" }, step.name),
          hasOwners && h("td", { class: "text" }, step.owner_id ?? messages.none),
          h("td", { class: "text" }, format.day(step.due_on, true)),
          h("td", { class: "text" }, step.done_on === null ? messages.none : format.day(step.done_on, true)),
          h(
            "td",
            { class: "text" },
            h("span", { class: `step is-${kind}` }, `${stepSymbol[kind] ?? ""}\u00a0${text}`),
          ),
        ];
      }),
    ),
  );
}

const stepSymbol: Record<string, string> = { done: "●", late: "◐", overdue: "▼", open: "○" };

/** The risk register, what is open first. */
export function riskTable(
  site: Site,
  risks: readonly Risk[],
  href: (kpi: string) => string | null,
): HTMLElement {
  const { messages, language } = site;
  const { columns, status } = messages.benefits.risks;
  const order = ["open", "in_progress", "closed"];
  const hasOwners = risks.some(({ owner_id }) => owner_id !== null);
  const rows = risks.toSorted((one, other) => order.indexOf(one.status) - order.indexOf(other.status));
  return headed(
    "risks",
    [
      textHead(columns.risk),
      textHead(columns.kpi),
      textHead(columns.countermeasure),
      hasOwners && textHead(columns.owner),
      textHead(columns.state),
    ],
    bodyOf(
      rows.map((risk) => {
        const kpi = site.kpi(risk.kpi_id ?? "");
        return [
          h("th", { scope: "row", class: "text wrap" }, risk.name),
          h(
            "td",
            { class: "text" },
            kpi ? h("a", { href: href(kpi.id) }, kpi.label[language]) : (risk.kpi_id ?? messages.none),
          ),
          h("td", { class: "text wrap" }, risk.countermeasure ?? messages.none),
          hasOwners && h("td", { class: "text" }, risk.owner_id ?? messages.none),
          h(
            "td",
            { class: "text" },
            h(
              "span",
              { class: `step is-${riskKind[risk.status]}` },
              `${stepSymbol[riskKind[risk.status]] ?? ""}\u00a0${status[risk.status]}`,
            ),
          ),
        ];
      }),
    ),
  );
}

const riskKind: Record<Risk["status"], string> = { open: "overdue", in_progress: "late", closed: "done" };
