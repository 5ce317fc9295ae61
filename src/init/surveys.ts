import { literal } from "../engine/sql.js";
import { greatest, least } from "../statistics/extremes.js";
import { type Told, told } from "../words/told.js";
import { splitCases } from "./lexicon/heading.js";
import type { Profile } from "./profile.js";
import type { Evidence } from "./tableGuess.js";

/** A column that is found in a file. */
interface Found {
  column: string;
  source: string | null;
  certainty: string;
}

/** One value for all rows. */
interface Constant {
  column: string;
  source: null;
  expression: string;
  certainty: "likely";
  reasons: Told[];
}

/** Scales that answers are given on. */
const scales = [
  [1, 5],
  [0, 5],
  [1, 7],
  [0, 10],
  [1, 10],
  [0, 100],
] as const;

/** Whether a number is the best that a scale has. */
export const isScaleEnd = (value: number): boolean => scales.some(([, max]) => max === value);

/** What the scores of a heading are of, where it says so in words of its own. */
export function dimensionSaid(heading: string): string | undefined {
  const said = questions.find(([, sign]) => sign.test(heading))?.[0];
  return said ?? (satisfaction.test(heading) ? "overall" : undefined);
}

/** What a heading says that it was asked for, in the order in which it is looked for. */
const questions = [
  ["recommend", /(?<!\p{L})nps(?!\p{L})|recommend|promoter|推荐|推薦|empfehl|weiterempf/iu],
  ["attitude", /attitude|friendl|courte|态度|freundlich/i],
  ["delivery_speed", /deliver|交货|交付|配送|物流|liefer/i],
  ["product_quality", /product|产品|produkt/i],
  ["price", /\bprice|value for money|价格|性价比|preis/i],
  [
    "service_quality",
    /service[ _-]*(?:quality|rating|score)|quality of (?:the |our )?service|服务质量|服务水平|servicequalit/i,
  ],
] as const;

/**
 * What an export of one survey leaves out of its rows, for it is the same in all: which survey, what was asked and on which scale. Told by
 * the heading of the scores and by the scores themselves; nothing where these do not show the scale.
 */
export function surveyConstants(
  guesses: readonly Found[],
  { names, profiles, labels }: Pick<Evidence, "names" | "profiles" | "labels">,
): Constant[] {
  const score = guesses.find(({ column, certainty }) => column === "score" && certainty !== "unsure");
  const profile = profiles.get(score?.source ?? "");
  if (!score?.source || !profile) return [];
  const heading = labels?.get(score.source) ?? score.source;
  const has = (column: string) => guesses.some((each) => each.column === column);
  const made = (column: string, expression: string, reason: Told): Constant[] =>
    has(column) ? [] : [{ column, source: null, expression, certainty: "likely", reasons: [reason] }];
  const { dimension, by, isOpen } = askedFor(heading, names, profile);
  const scale = isOpen ? undefined : scaleOf(heading, profile, dimension === "recommend");
  if (isOpen && !has("dimension")) return [];
  if (!scale && !(has("scale_min") && has("scale_max"))) return [];
  const isOfTickets = has("ticket_id");
  const called = names.find((name) => afterSales.test(name));
  const survey = isOfTickets || called !== undefined ? "after_sales" : "periodic";
  const bySurvey = isOfTickets
    ? told("init.surveyOfTickets")
    : called !== undefined
      ? told("init.calledSo", { name: called })
      : told("init.surveyPeriodic");
  return [
    ...made("survey", literal(survey), bySurvey),
    ...made("dimension", literal(dimension), by),
    ...(scale
      ? scale.values.flatMap((value, at) =>
          made(at === 0 ? "scale_min" : "scale_max", String(value), scale.reason),
        )
      : []),
  ];
}

/** The scale of scores, as their heading names it or as they lie on one. */
export function scaleConstants(
  guesses: readonly Found[],
  { profiles }: Pick<Evidence, "profiles">,
): Constant[] {
  const score = guesses.find(({ column, certainty }) => column === "score" && certainty !== "unsure");
  const profile = profiles.get(score?.source ?? "");
  const scale = score?.source && profile ? scaleOf(score.source, profile, false) : undefined;
  if (!scale) return [];
  return ["scale_min", "scale_max"].flatMap((column, at): Constant[] =>
    guesses.some((each) => each.column === column)
      ? []
      : [
          {
            column,
            source: null,
            expression: String(scale.values[at]),
            certainty: "likely",
            reasons: [scale.reason],
          },
        ],
  );
}

interface Asked {
  dimension: string;
  by: Told;
  /** It is called so, but the scores are on another scale: what was asked for is a question. */
  isOpen?: boolean;
}

/** What was asked for: as the scores are headed, as the file is called, or as the scale shows on which alone one is asked whether one recommends. */
function askedFor(heading: string, names: readonly string[], { words, isAllWords }: Profile): Asked {
  const said = dimensionSaid(heading);
  if (said) return { dimension: said, by: told("init.askedFor", { heading }) };
  const scores = words.map(([text]) => Number(text.trim().replace(",", ".")));
  const [lowest, highest] = [least(scores), greatest(scores)];
  const name = names.find((text) => recommendation.test(splitCases([text]).join(" ")));
  if (name !== undefined)
    return {
      dimension: "recommend",
      by: told("init.calledSo", { name }),
      isOpen: !isAllWords || highest > 10 || highest < 8,
    };
  const isOnPromoterScale = isAllWords && scores.every(Number.isInteger) && lowest === 0 && highest === 10;
  if (isOnPromoterScale && !names.some((text) => satisfaction.test(text)))
    return { dimension: "recommend", by: told("init.scaleOfPromoters") };
  return { dimension: "overall", by: told("init.askedFor", { heading }) };
}

/** Names of surveys that are asked after a service. */
const afterSales = /售后|售後|after[ _-]?sales?|kundendienst|apr[eè]s[ _-]?vente|(?<!\p{L})sav(?!\p{L})/iu;

const recommendation = /(?<!\p{L})nps(?!\p{L})|recommend|promoter|推荐|推薦|empfehl|weiterempf/iu;
const satisfaction = /satisf|csat|zufrieden|满意|滿意|overall|总体|整体|gesamt/iu;

interface Scale {
  values: readonly [number, number];
  reason: Told;
}

/** The scale that a heading names, `满意度(1-5)`, else the smallest on which all scores lie and whose end was reached. */
function scaleOf(heading: string, { words, isAllWords }: Profile, isRecommend: boolean): Scale | undefined {
  const known = (low: number, high: number) =>
    scales.find(([min, max]) => min === low && max === high) as readonly [number, number] | undefined;
  const [, low, high] =
    /(?<![\d.])(\d{1,3})\s*(?:-|–|—|~|～|至|到|to|bis)\s*(\d{1,3})(?![\d.])/i.exec(heading) ?? [];
  const named = known(Number(low ?? Number.NaN), Number(high ?? Number.NaN));
  if (named) return { values: named, reason: told("init.scaleNamed") };
  const scores = words.map(([text]) => Number(text.trim().replace(",", ".")));
  if (!isAllWords || scores.length === 0 || scores.some((value) => !Number.isFinite(value))) return undefined;
  const [lowest, highest] = [least(scores), greatest(scores)];
  const found = isRecommend
    ? known(0, 10)
    : scales.find(
        ([min, max]) => lowest >= min && highest === max && (max !== 10 || min === (lowest === 0 ? 0 : 1)),
      );
  if (!found || lowest < found[0] || highest > found[1]) return undefined;
  return { values: found, reason: told("init.scaleSeen", { least: String(lowest), most: String(highest) }) };
}
