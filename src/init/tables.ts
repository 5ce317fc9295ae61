import type { Vocabulary } from "../catalogue/vocabulary.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { type Told, told } from "../words/told.js";
import { common, guessAs, worthOf } from "./guess.js";
import type { Heading } from "./lexicon/heading.js";
import { saidByName } from "./lexicon/named.js";
import { isConstant } from "./madeUp.js";
import type { Evidence, TableGuess } from "./tableGuess.js";

/** What lacks much of what a table must have is not like it. */
const lowest = -4;

/** So much less a table may be worth that is told by more. */
const near = 2;

/** Tables that a file may be of; targets and the like are kept by hand, and read by their names. */
const eligible = tableNames.filter((table) => !(contract[table] as Table).managed && table !== "initiatives");

/** Whether a file is called and headed as the contract has it, as somebody writes it for this program. */
const isOfContract = (table: TableName, { names, columns }: Evidence): boolean =>
  names.some((name) => name.toLowerCase() === table) &&
  columnsOf(table).every(({ name, required }) => !required || columns.includes(name));

/** The contract table that a file most likely is, and why it may be another; undefined where it is like none. */
export function guessTable(evidence: Evidence, vocabulary: Vocabulary): TableGuess | undefined {
  const mayBe = isOfContract("initiatives", evidence) ? [...eligible, "initiatives" as const] : eligible;
  const guesses = mayBe.map((table) => guessAs(table, evidence, vocabulary));
  const likely = guesses
    .filter(({ columns, score }) => columns.length > 0 && score > lowest)
    .sort((one, other) => other.score - one.score);
  const [first] = likely;
  if (!first) return undefined;
  // Nearly every file has an id, a day and a customer: what is told by more than these goes before what is not.
  const isNear = ({ isTold, hasKey, lacking, score }: TableGuess) =>
    isTold && hasKey && lacking.every(isConstant) && score > 0 && score + near >= first.score;
  const best = first.isTold ? first : (likely.find(isNear) ?? first);
  return { ...best, ...doubtOf(best, guesses, evidence) };
}

/** What share of a table's worth another may reach, and how much more: where its name says it, its key's heading, or neither. */
const reach = { name: [1, 0.5], key: [0.9, 0.2], neither: [0.7, 0] } as const;

function doubtOf(
  best: TableGuess,
  all: readonly TableGuess[],
  { names, headings }: Evidence,
): Pick<TableGuess, "doubt" | "other"> {
  const doubted = (doubt: Told) => ({ doubt });
  const [keyName] = primaryKeyOf(best.table);
  const key = best.columns.find(({ column }) => column === keyName);
  if (best.table === "customer_status" && !tellsStatus(best) && !isCalledIn(names, best.table))
    return doubted(told("init.noStatus", { table: best.table }));
  const isRepeated = key?.reasons.some(({ id }) => id === "init.notUnique") ?? false;
  if (key && isRepeated && key.source !== null && primaryKeyOf(best.table).length === 1)
    return doubted(told("init.keyRepeats", { table: best.table, column: key.source }));
  const bought = best.table === "orders" ? boughtBy(best, headings) : undefined;
  if (bought !== undefined) return doubted(told("init.bought", { table: best.table, column: bought }));
  const customer = ofNoCustomer.has(best.table)
    ? [...headings].find(([title, heading]) => title !== key?.source && namesCustomer(heading))?.[0]
    : undefined;
  if (customer !== undefined)
    return doubted(told("init.ofCustomers", { table: best.table, column: customer }));
  const isCalled = (table: TableName) => isCalledIn(names, table);
  const isBestCalled = isCalled(best.table);
  const [share, more] = reach[isBestCalled ? "name" : best.isOwnKey ? "key" : "neither"];
  const worth = worthBeside(best);
  const [rival] = all
    .filter(({ table }) => table !== best.table)
    .map((guess) => ({ guess, worth: worth(guess) }))
    .filter((other) => {
      const isOther = !isBestCalled && isCalled(other.guess.table);
      return other.worth > worth(best) * (isOther ? 0.5 : share) + (isOther ? 0 : more);
    })
    .sort((one, other) => other.worth - one.worth);
  if (!rival) return {};
  const doubt = told("init.either", {
    one: best.table,
    other: rival.guess.table,
    by: readIn(best),
    otherBy: readIn(rival.guess),
  });
  return { doubt, other: rival.guess };
}

/**
 * What the columns that a table would read are worth: half of those that tell no table, as references of others do, nothing of the
 * best table's own key.
 */
function worthBeside(best: TableGuess) {
  const untold = new Set(best.columns.flatMap(({ column, source }) => (common.has(column) ? [source] : [])));
  const key = best.isOwnKey
    ? best.columns.find(({ column }) => column === primaryKeyOf(best.table)[0])?.source
    : undefined;
  return ({ table, columns }: TableGuess): number =>
    columns.reduce((sum, each) => {
      const { source, column } = each;
      if (source === null || (table !== best.table && source === key)) return sum;
      const isCommon = common.has(column) || untold.has(source) || refers(table, column);
      return sum + worthOf(each) * (isCommon ? 0.5 : 1);
    }, 0);
}

/** Tables of things that are no single customer's. */
const ofNoCustomer = new Set<TableName>(["events", "products", "employees"]);

const namesCustomer = ({ readings }: Heading): boolean =>
  readings.some(({ means, unknown }) => unknown === 0 && means.has("customer") && means.has("id"));

/** The heading by which orders are those of the company itself: a supplier's, or for the work on a ticket, and none of a customer. */
function boughtBy({ columns }: TableGuess, headings: Evidence["headings"]): string | undefined {
  if (columns.some(({ column }) => column === "customer_id")) return undefined;
  const says = (heading: Heading, some: readonly string[]) =>
    heading.readings.some(({ means }) => some.some((each) => means.has(each)));
  const all = [...headings];
  if (all.some(([, heading]) => says(heading, ["customer"]))) return undefined;
  return all.find(([, heading]) => says(heading, ["supplier", "maker"]) || saysIds(heading, "ticket"))?.[0];
}

const saysIds = ({ readings }: Heading, what: string): boolean =>
  readings.some(({ means, unknown }) => unknown === 0 && means.has(what) && means.has("id"));

const isCalledIn = (names: readonly string[], table: TableName) =>
  names.some((name) => saidByName(name, table) === "own");

/** Whether words or headings say that customers were lost or won, as many things else of a customer have a day. */
const tellsStatus = ({ columns }: TableGuess): boolean =>
  columns.some(
    ({ column, certainty, named }) =>
      certainty !== "unsure" &&
      (column === "status" || (column.startsWith("reason") && named?.certainty === 2)),
  );

const refers = (table: TableName, column: string) =>
  columnsOf(table).some(({ name, references }) => name === column && references !== undefined);

/** The columns that would be read, as `column: heading`. */
const readIn = ({ columns }: TableGuess): string[] =>
  columns.flatMap(({ column, source, certainty }) =>
    source !== null && certainty !== "unsure" ? [`${column}: ${source}`] : [],
  );
