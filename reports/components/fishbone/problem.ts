import { type CauseEvidence, rankCauses, readingOf } from "../../src/analysis/evidence.js";
import type { Cause, Grain, Problem, ProblemBranch } from "../../src/published/siteTypes.js";
import { currentPeriod, type Headline, headlineOf } from "../data/headline.js";
import type { Site } from "../data/site.js";
import type { Status } from "../data/targets.js";
import { type HeadlineWords, wordsFor } from "./bone.js";

/** A cause with what the KPIs say of it that would show it. */
export interface CauseView extends Omit<CauseEvidence, "cause"> {
  cause: Cause;
  branch: ProblemBranch;
  standing: Status;
  /** The KPI with the strongest sign; where its page leads to. */
  lead: string;
}

/** What is shown of a problem, worked out once for picture, list, table and title. */
export interface ProblemView {
  problem: Problem;
  period: string;
  headlines: Map<string, Headline>;
  words: Map<string, HeadlineWords>;
  /** The causes as ranked by how far off target their KPIs are. */
  causes: CauseView[];
  /** How many causes stand how. */
  counts: Record<Status, number>;
}

/** Reads what the KPIs say of a problem's causes. */
export function problemView(site: Site, problem: Problem, grain: Grain = site.grain): ProblemView {
  const current = currentPeriod(site, grain);
  const listed = problem.branches.flatMap((branch) => branch.causes.map((cause) => ({ cause, branch })));
  const headlines = new Map<string, Headline>();
  for (const id of new Set(listed.flatMap(({ cause }) => cause.kpis))) {
    const kpi = site.kpi(id);
    if (kpi) headlines.set(id, headlineOf(site, kpi, grain));
  }
  const readings = new Map(
    [...headlines].map(([id, { kpi, point, target }]) => [id, readingOf(kpi, point, target)]),
  );
  const causes = rankCauses(
    listed.map(({ cause }) => cause),
    readings,
  ).flatMap((evidence): CauseView[] => {
    const found = listed.find(({ cause }) => cause.id === evidence.cause);
    const lead = evidence.readings[0]?.kpi;
    return found && lead !== undefined ? [{ ...evidence, ...found, lead }] : [];
  });
  return {
    problem,
    period: current === null ? "" : site.format.period(grain, current),
    headlines,
    words: new Map([...headlines].map(([id, headline]) => [id, wordsFor(site, headline, current)])),
    causes,
    counts: countsOf(causes),
  };
}

/**
 * The KPIs whose values a print shows of a problem: all of its causes where those are ranked, as the ranking lists them; else the one a cause
 * that stands at its bone.
 */
export function printedHeadlines(view: ProblemView): Headline[] {
  if (isRanked(view)) return [...view.headlines.values()];
  const leads = new Set(view.causes.map(({ lead }) => lead));
  return [...view.headlines.values()].filter(({ kpi }) => leads.has(kpi.id));
}

/** Whether any cause has a value that can be held against a target. */
export const isRanked = ({ causes }: ProblemView): boolean =>
  causes.some(({ distance }) => distance !== null);

/** How many causes stand how. */
export function countsOf(causes: readonly { standing: Status }[]): Record<Status, number> {
  const counts = { bad: 0, near: 0, unsure: 0, good: 0, few: 0, untargeted: 0, none: 0 };
  for (const { standing } of causes) counts[standing] += 1;
  return counts;
}

/** The address of a cause on the problems page: `slow_complaints.no_reminder`. */
export function causeKey({ problem }: ProblemView, { cause }: CauseView): string {
  return `${problem.id}.${cause.id}`;
}

/** What a bone says of its cause. */
export interface CauseWords {
  label: string;
  /** The status of the KPI with the strongest sign. */
  symbol: string;
  value: string;
  /** The rank of the first three; empty for the others. */
  rank: string;
  /** That KPI's name, with its period where it isn't the current one. */
  evidence: string;
  /** All of it as one sentence. */
  sentence: string;
}

/** Puts a cause into words. */
export function causeWords(site: Site, view: ProblemView, { cause, lead, rank }: CauseView): CauseWords {
  const { language, messages, format } = site;
  const { comma, colon } = messages.punctuation;
  const label = cause.label[language];
  const words = view.words.get(lead);
  const headline = view.headlines.get(lead);
  const name = headline?.label ?? lead;
  const target =
    headline?.target && messages.problems.targetOf(format.limit(headline.kpi.unit, headline.target.target));
  const said = words ? [words.status, words.value, target, words.remark] : [messages.status.none];
  return {
    label,
    symbol: words?.symbol ?? messages.none,
    value: words?.value ?? messages.status.none,
    rank: rank !== null && rank <= 3 ? messages.problems.rankOf(format.integer(rank)) : "",
    evidence: [name, words?.remark].filter(Boolean).join(" · "),
    sentence: `${label}${colon}${[messages.problems.evidence(name), ...new Set(said)].filter(Boolean).join(comma)}`,
  };
}
