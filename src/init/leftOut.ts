import { literal, quoted } from "../engine/sql.js";
import { told } from "../words/told.js";
import { asideWord } from "./aside.js";
import { importId } from "./look.js";
import type { Profile } from "./profile.js";
import type { Guessed, LeftOut } from "./refine.js";

const flags =
  /^(is|has)?(been)?(soft)?(deleted|removed|trashed|spam|test|testrecord|sample|demo|draft|template)(flag|record)?$|^(gelöscht|geloescht|papierkorb|storniert)$|^(是否)?(已)?(删除|删除标[志记识]|作废|测试)(标[志记识])?$/i;
const moments = /^(deleted|trashed|archived)(at|on|date|time)$|^(删除|作废)(时间|日期)$|^gelöschtam$/i;
const cancelled = /^(cancell?ed|storniert|voided)(at|on|date|time|am)$|^(取消|撤销|作废)(时间|日期)$/i;
const yes = /^(true|t|1|yes|y|ja|是|x)$/i;

const states = /(status|state|zustand|statut|状态|狀態)$/i;
/** Words that say of any row that it does not count. */
const voided = /^(已)?(作废|作廢|删除|刪除)$|^(is )?(void|voided|deleted|spam|test)$/i;
/** What shops say of an order that came to nothing. */
const shut = /^(交易|订单|訂單)(已)?(关闭|關閉)$/;
const closedFlag = /^(is)?closed$/i;
const keyOf = (title: string) => title.normalize("NFKC").replaceAll(/[^\p{L}\d]/gu, "");

/** Whether a heading may say of rows that they do not count, whatever the table. */
export const mayTellRows = (title: string): boolean =>
  [flags, moments, states, closedFlag].some((each) => each.test(keyOf(title)));

/**
 * Finds the rows that a file itself calls deleted, a test or spam, and orders whose state says so or that they were cancelled,
 * and takes no closing date for one that deals have that are still open.
 */
export function refineRows(all: readonly Guessed[]): void {
  for (const each of all) {
    const found = each.raw.columns.flatMap((title) => {
      const profile = each.profiles.get(title);
      return profile && profile.filled > 0 ? (leftOutBy(title, profile, each.guess.table) ?? []) : [];
    });
    const [first = ""] = each.raw.columns;
    const label = each.raw.labels?.get(first);
    if (label !== undefined) found.push(belowHeadings(first, label));
    if (found.length > 0) each.leftOut = found;
    if (each.guess.table !== "opportunities") continue;
    refineWon(each);
    refineClosed(each);
  }
}

/** The two rows below Qualtrics' headings are none of answers. */
const belowHeadings = (title: string, label: string): LeftOut => ({
  where: `coalesce(${quoted(title)}, '') <> ${literal(label)} and not starts_with(coalesce(${quoted(title)}, ''), ${literal(importId)})`,
  reason: told("init.belowHeadings"),
});

function leftOutBy(title: string, profile: Profile, table: Guessed["guess"]["table"]): LeftOut | undefined {
  const key = keyOf(title);
  const cell = `lower(trim(coalesce(${quoted(title)}::varchar, '')))`;
  if (flags.test(key) && profile.truths > profile.filled * 0.98)
    return without(
      title,
      cell,
      profile.words.filter(([word]) => yes.test(word.trim())),
    );
  const isMoment = moments.test(key) || (table === "orders" && cancelled.test(key));
  if (isMoment && profile.filled < profile.rows && profile.truths < profile.filled)
    return { where: `${cell} in ('', 'null')`, reason: told("init.leftOutFilled", { column: title }) };
  if (!states.test(key) || !profile.isAllWords || table === "customer_status") return undefined;
  const isOut = (word: string) =>
    table === "orders"
      ? asideWord(word, undefined, "customers") !== undefined || shut.test(word.trim())
      : voided.test(word.trim());
  // What a payment or a delivery came to says nothing of the order.
  if (table === "orders" && /pay|支付|付款|收款|ship|发货|物流|invoice|开票|发票|zahl|liefer/i.test(key))
    return undefined;
  return without(
    title,
    cell,
    profile.words.filter(([word]) => isOut(word)),
  );
}

function without(title: string, cell: string, words: Profile["words"]): LeftOut | undefined {
  if (words.length === 0) return undefined;
  const texts = [...new Set(words.map(([word]) => word.trim().toLowerCase()))];
  return {
    where: `${cell} not in (${texts.map(literal).join(", ")})`,
    reason: told("init.leftOutRows", {
      column: title,
      words: words.map(([word, count]) => `${count} × ${word}`),
    }),
  };
}

/**
 * A time at which deals were won is the end of those alone: with the one at which others were lost it is that of all, without it of
 * none.
 */
function refineWon({ guess, headings, raw, profiles }: Guessed): void {
  const found = guess.columns.find(({ column }) => column === "closed_at");
  const means = (title: string, what: string) =>
    headings.get(title)?.readings.some((each) => each.means.has(what) && each.means.has("when")) ?? false;
  if (!found?.source || !means(found.source, "won") || means(found.source, "closed")) return;
  const lost = raw.columns.filter((title) => means(title, "lost") && title !== found.source);
  const [other] = lost;
  const isPlain = (title: string) => {
    const profile = profiles.get(title);
    return profile !== undefined && profile.times >= profile.filled * 0.98;
  };
  if (lost.length === 1 && other !== undefined && isPlain(found.source) && isPlain(other)) {
    found.expression = `coalesce(nullif(trim(${quoted(found.source)}), ''), nullif(trim(${quoted(other)}), ''))`;
    found.certainty = "likely";
    found.reasons.push(told("init.wonOrLost", { other }));
    return;
  }
  found.certainty = "unsure";
  found.reasons.push(told("init.wonOnly"));
}

/** Of a deal that is open the date is when it is thought to be closed. */
function refineClosed({ guess, profiles, raw }: Guessed): void {
  const found = guess.columns.find(({ column }) => column === "closed_at");
  const profile = profiles.get(found?.source ?? "");
  if (!found || !profile || profile.filled < profile.rows * 0.98) return;
  const stage = guess.columns.find(({ column }) => column === "stage")?.source;
  const words = profiles.get(stage ?? "")?.words ?? [];
  const isClosed = (word: string) =>
    /won|lost|clos|gewonnen|verloren|abgeschlossen|赢|输|丢|失|成交|关闭|结束/i.test(word);
  const flag = raw.columns.find((title) => closedFlag.test(keyOf(title)));
  const isOpen =
    words.some(([word]) => !isClosed(word)) ||
    profiles.get(flag ?? "")?.words.some(([word]) => !yes.test(word));
  if (!isOpen) return;
  found.certainty = "unsure";
  found.reasons.push(told("init.openToo"));
}
