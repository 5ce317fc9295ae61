import type { TableName } from "../contract/index.js";
import { quoted } from "../engine/sql.js";
import { told } from "../words/told.js";
import { wordsOfName } from "./lexicon/heading.js";
import { scaleConstants, surveyConstants } from "./surveys.js";
import type { ColumnGuess, Evidence } from "./tableGuess.js";

/** What no column holds, but the rows show: an order without lines has one. */
export function madeUp(table: TableName, guesses: readonly ColumnGuess[], evidence: Evidence): ColumnGuess[] {
  const { profiles } = evidence;
  if (table === "customers" && !guesses.some(({ column }) => column === "name")) {
    const key = guesses.find(({ column, named }) => column === "customer_id" && named?.isReferred);
    const isName = evidence.headings
      .get(key?.source ?? "")
      ?.readings.some(({ means }) => means.has("name") || means.has("company"));
    if (key?.source && isName)
      return [
        {
          column: "name",
          source: null,
          expression: quoted(key.source),
          certainty: "likely",
          reasons: [told("init.nameIsKey")],
        },
      ];
  }
  if ((table === "employees" || table === "customers") && !guesses.some(({ column }) => column === "name"))
    return nameOfTwo(evidence);
  if (table === "contacts") {
    const lacks = (name: string) => !guesses.some(({ column }) => column === name);
    return [
      ...(lacks("purpose") ? purposeOf(evidence) : []),
      ...(lacks("channel") ? channelOf(evidence) : []),
    ];
  }
  if (table === "trainings" && !guesses.some(({ column }) => column === "training_id"))
    return trainingId(guesses);
  if (table === "customer_status" && !guesses.some(({ column }) => column === "status"))
    return statusOfLost(evidence);
  if (table === "survey_answers") return surveyConstants(guesses, evidence);
  if (table === "reviews_360") return scaleConstants(guesses, evidence);
  if (table !== "orders" || guesses.some(({ column }) => column === "line_no")) return [];
  const found = guesses.find(({ column }) => column === "order_id");
  const order = found?.source;
  const profile = order ? profiles.get(order) : undefined;
  if (!order || !profile) return [];
  const { isOnce } = profile;
  // Lines are numbered over what tells orders apart, not over what they are grouped by.
  const isGrouped = !isOnce && found?.reasons.some(({ id }) => id === "init.notUnique");
  if (isGrouped) return [];
  return [
    {
      column: "line_no",
      source: null,
      expression: isOnce ? "1" : `row_number() over (partition by ${quoted(order)})`,
      certainty: isOnce ? "sure" : "likely",
      reasons: [told(isOnce ? "init.oneLine" : "init.numbered")],
    },
  ];
}

/** Why customers were called, where the file's name or a heading says that it was to follow up. */
function purposeOf({ names, columns }: Evidence): ColumnGuess[] {
  const said = [...names, ...columns].find((text) => /回访|電訪|电访|回訪|follow[ _-]?up/i.test(text));
  if (said === undefined) return [];
  return [
    {
      column: "purpose",
      source: null,
      expression: "'follow_up'",
      certainty: "likely",
      reasons: [told("init.askedFor", { heading: said })],
    },
  ];
}

/** Of a list of customers who left, which need not say so in its rows: its name, or what its days and reasons are headed by, says it. */
function statusOfLost({ names, headings }: Evidence): ColumnGuess[] {
  const isLost = (means: Iterable<string>) => [...means].some((each) => each === "lost" || each === "left");
  const said =
    names.find((name) => isLost(wordsOfName(name).flatMap((word) => word ?? []))) ??
    [...headings].find(([, { readings }]) =>
      readings.some(({ means, unknown }) => unknown === 0 && isLost(means)),
    )?.[0];
  if (said === undefined) return [];
  return [
    {
      column: "status",
      source: null,
      expression: "'churned'",
      certainty: "likely",
      reasons: [told("init.askedFor", { heading: said })],
    },
  ];
}

/** Of trainings without an id: who had to learn what, until when. */
function trainingId(guesses: readonly ColumnGuess[]): ColumnGuess[] {
  const parts = ["employee_id", "course", "due_on"].map(
    (name) => guesses.find(({ column, certainty }) => column === name && certainty !== "unsure")?.source,
  );
  if (!parts.every((part) => part)) return [];
  const expression = `concat_ws('-', ${parts.map((part) => quoted(part ?? "")).join(", ")})`;
  return [
    {
      column: "training_id",
      source: null,
      expression,
      certainty: "likely",
      reasons: [told("init.idOfParts", { columns: parts.map(String) })],
    },
  ];
}

/** Over what customers were reached, where the file's name or a heading says that they were called. */
function channelOf({ names, columns }: Evidence): ColumnGuess[] {
  const said =
    names.find((text) =>
      /电话|電話|外呼|呼叫|电访|電訪|(?<!\p{L})calls?(?!\p{L})|phone|telefon|anruf/iu.test(text),
    ) ??
    columns.find((text) =>
      /接通|接听|接聽|拨通|通话|通話|(?<!\p{L})call (?:duration|result|status)|talk time/iu.test(text),
    );
  if (said === undefined) return [];
  return [
    {
      column: "channel",
      source: null,
      expression: "'phone'",
      certainty: "likely",
      reasons: [told("init.askedFor", { heading: said })],
    },
  ];
}

/** A name that stands in two columns. */
function nameOfTwo({ columns, headings }: Evidence): ColumnGuess[] {
  const named = (which: string) =>
    columns.find((column) =>
      headings
        .get(column)
        ?.readings.some(
          ({ means, unknown }) => unknown === 0 && means.size === 2 && means.has("name") && means.has(which),
        ),
    );
  const [first, last] = [named("first"), named("last")];
  if (first === undefined || last === undefined) return [];
  const expression = `concat_ws(' ', ${quoted(first)}, ${quoted(last)})`;
  return [
    { column: "name", source: null, expression, certainty: "likely", reasons: [told("init.twoNames")] },
  ];
}

/** What an export of one survey need not say in its rows. */
export const isConstant = (column: string) =>
  column === "survey" || column === "dimension" || column.startsWith("scale_");
