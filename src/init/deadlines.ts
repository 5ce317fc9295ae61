import { inSimplified } from "./lexicon/characters.js";

/** Words of a day or time by which something is to be, or is thought to be, done. */
const latin =
  /(?<!\p{L})(by|until|till|bis|before|deadlines?|due|overdue|sla|targets?|limits?|expected|anticipated|planned|scheduled|estimated|eta|promised|committed|forecast(?:ed)?|projected|soll|sollte|plan|geplant\p{Ll}*|planm\p{Ll}*|voraussichtlich\p{Ll}*|erwartet\p{Ll}*|zugesagt\p{Ll}*|ziel|zieltermin|fällig\p{Ll}*|faellig\p{Ll}*|spätestens|spaetestens|frist)(?!\p{L})|frist(?!\p{L})|fälligkeit|faelligkeit/iu;
const chinese =
  /期限|时限|時限|限时|限期|截止|截至|到期|预计|預計|预期|预估|计划|計劃|承诺|承諾|最晚|最迟|要求|约定|目标|应当|(?<![响反供对效适回感])应(?!答|收|用|急|对|聘)|須|须|SLA/u;

/** Columns that hold what is to be, and those of which nobody can say it by a word: the end of a contract is known before. */
const ofPlans = new Set([
  "due_at",
  "due_on",
  "promised_on",
  "ends_on",
  "starts_on",
  "held_on",
  "hired_on",
  "left_on",
]);

/** Whether a heading names a time by which something is to be done, and a column takes what was done. */
export function isOnlyPlanned(title: string, column: string): boolean {
  if (ofPlans.has(column)) return false;
  const text = title.normalize("NFKC").replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, " ");
  return latin.test(text.replaceAll("_", " ")) || chinese.test(text);
}

/** What forms note of their own: when, and by whom, they were filled in. */
const ofForms =
  /^(?:(?:form )?(?:submit|submitted|submission)(?: (?:at|on|by|date|time|datetime))*|(?:entry |response )?timestamps?|zeitstempel|eingereicht(?: (?:am|um|von))?|horodat(?:eur|age)|(?:表单)?(?:提交|填表|填写|填报|上传)(?:时间|日期|人|者))$/iu;

const ofRecords = new Set(["acquired_on", "hired_on", "left_on", "ordered_at", "owner_id"]);

/** Whether a heading says when or by whom a form was filled in, and a column takes a day or a person of what is told in it. */
export function isOfForm(title: string, column: string): boolean {
  if (!ofRecords.has(column)) return false;
  const text = inSimplified(title.normalize("NFKC")).replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, " ");
  return ofForms.test(text.replaceAll(/[_\s]+/g, " ").trim());
}
