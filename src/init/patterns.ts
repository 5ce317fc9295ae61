import { primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, type TableName } from "../contract/index.js";
import { isCoded } from "../contract/reading.js";
import { type Heading, wordsOfName } from "./heading.js";

/** What a row of a table is called. */
const entities: Partial<Record<TableName, readonly string[]>> = {
  customers: ["customer", "company"],
  customer_status: ["customer status", "customer lost"],
  contracts: ["contract"],
  employees: ["employee", "agent"],
  leads: ["lead"],
  opportunities: ["opportunity"],
  products: ["product"],
  orders: ["order", "revenue order"],
  tickets: ["ticket"],
  ticket_steps: ["ticket step", "step"],
  handoffs: ["handoff"],
  contacts: ["contact"],
  events: ["event"],
  event_invitations: ["event invitation", "event attended", "attended"],
  survey_answers: ["answer", "survey", "survey response"],
  market_sales: ["market revenue", "market"],
  reviews_360: ["rating"],
  trainings: ["training"],
};

/**
 * The meanings that make a column, the fittest first; `~` before one that may mean something else as well. Keys and references
 * are added to them; a row's own name (`ticket`) may stand beside any.
 */
const patterns: Partial<Record<TableName, Readonly<Record<string, string>>>> = {
  customers: {
    name: "customer name, company name, name, company, ~title",
    segment: "segment, ~type, ~category",
    industry: "industry",
    region: "region, revenue region",
    province: "province",
    city: "city",
    employees: "employee count, ~employee",
    acquired_on:
      "acquired when, since, since when, first cooperation when, cooperation when, cooperation start when, ~created when, ~created, ~first order when",
    acquisition_channel: "acquired channel, acquired source, source, source channel",
    owner_id: "owner id, ~owner, ~manager id, ~agent id",
  },
  customer_status: {
    changed_on: "updated when, status updated when, status when, lost when, ~when",
    status: "status",
    reason_category: "reason category, lost reason category, ~reason, ~lost reason",
    reason: "reason, lost reason",
  },
  contracts: {
    starts_on: "start when, start, from when, ~signed when",
    ends_on: "end when, end, to when, ~due when",
    monthly_value: "month fee, month amount, month revenue, month price",
    currency: "currency, currency id",
    reason_category: "end reason, lost reason, end reason category, reason category, ~reason",
    reason: "end reason remark",
  },
  employees: {
    name: "employee name, name",
    department: "department, department name",
    team: "team, team name",
    role: "role, position, role title, ~title",
    manager_id: "manager id, manager employee id, ~manager",
    hired_on: "hired when, hired, start when, employee since",
    left_on: "left when, left, end when",
  },
  leads: {
    created_at: "created when, created, first contact when, ~when, ~received when",
    source: "source, ~source id",
    channel: "channel, ~source channel",
    owner_id: "owner id, ~owner, ~agent id",
    segment: "segment, ~type",
    region: "region",
    qualified_at: "qualified when, qualified",
    converted_at: "converted when, converted, won when",
    customer_id: "converted customer id",
    lost_at: "lost when",
    lost_reason: "lost reason",
  },
  opportunities: {
    owner_id: "owner id, ~owner, ~agent id",
    created_at: "created when, created, ~when",
    stage: "stage, stage name, pipeline stage, ~status",
    amount: "amount",
    currency: "currency, currency id",
    closed_at: "closed when, closed, won when, ~end when",
    won: "won",
  },
  products: { name: "product name, name, ~product, ~title", category: "category, product category, ~type" },
  orders: {
    line_no: "line id, line, order line id, order line, position, ~rownumber",
    ordered_at: "order when, created when, ~when, ~revenue when, ~invoice when, ~created",
    owner_id: "owner id, owner, ~agent id",
    quantity: "quantity",
    revenue: "revenue, revenue net, line amount net, amount net, revenue amount, ~amount, ~line amount",
    cost: "cost, ~cost amount",
    currency: "currency, currency id",
    promised_on:
      "promised, promised when, promised delivery when, requested delivery when, due delivery when, requested promised, ~estimated delivery when, ~due when",
    delivered_on: "delivery when, ~delivery",
  },
  tickets: {
    type: "type, ~category",
    complaint_class: "complaint category, complaint type",
    severity: "severity, severity id, severity level, complaint severity",
    channel: "channel, contact channel, source channel, received channel, channel id, ~source",
    created_at: "created when, created, ~received when, ~requested when, ~when, ~start when",
    first_response_at:
      "first response when, first agent response when, first response, response when, first answer when",
    resolved_at: "resolved when, resolved, completed when, ~completed, ~closed when, ~closed, ~end when",
    agent_id: "agent id, agent, ~owner id, ~owner, ~employee id",
    handling_count: "handling count",
    first_contact_resolved: "first contact resolved, first resolved, once resolved",
    qa_correct: "qa correct",
    asset_id: "asset id, serial id, asset serial id, asset, ~serial",
    fault_code: "fault id, ~fault",
    repair_quality: "repair quality, repair quality score",
    previous_ticket_id: "previous ticket id",
    root_cause: "root cause",
  },
  ticket_steps: { step: "step, step name", entered_at: "entered when, start when, ~when" },
  handoffs: {
    from_department: "from department",
    to_department: "to department",
    handed_at: "handoff when, handed when, ~when, ~created when",
    due_at: "due when, due, due completed when, requested completed when",
    completed_at: "completed when, completed",
  },
  contacts: {
    employee_id: "employee id, agent id, ~owner id, ~agent, ~owner, ~employee",
    channel: "channel, contact channel, ~type",
    contacted_at: "contact when, when, ~created when",
    purpose: "purpose, ~reason",
    reached: "reached",
  },
  events: {
    name: "event name, name, ~title",
    type: "type",
    held_on: "held when, event when, when, start when, ~start",
  },
  event_invitations: { attended: "attended" },
  survey_answers: {
    answer_id: "answer id",
    respondent_id: "response id, respondent id, survey id, survey response id",
    answered_at:
      "answered when, answer when, rating when, response when, created when, ~created, ~completed when, ~when",
    survey: "survey, survey type, type, survey name",
    dimension: "dimension, rating dimension, survey dimension",
    score:
      "score, rating, score amount, rating amount, satisfaction score, ~satisfaction, answer score, rating score, dimension score",
    scale_min: "scale min, min score, min, rating min",
    scale_max: "scale max, max score, max, rating max",
  },
  market_sales: {
    month: "month, month when",
    market: "market, market name",
    company: "company, company name",
    is_own: "own, own company",
    sales: "revenue, ~quantity, ~amount, market revenue",
  },
  reviews_360: {
    period_start: "period start, period start when, period",
    reviewee_id: "reviewee id, ~reviewee",
    reviewer_id: "reviewer id, ~reviewer",
    rater: "rater",
    dimension: "dimension, rating dimension",
    score: "score, rating score",
    scale_min: "scale min, min score, min",
    scale_max: "scale max, max score, max",
  },
  trainings: {
    course: "course, course name, training name, training course",
    due_on: "due when, due",
    completed_on: "completed when, completed",
  },
};

/** How a heading names a column. */
export interface Named {
  column: string;
  /** 2: it says so; 1: it may say so; 0: it says more than that, in words that are not known. */
  certainty: 0 | 1 | 2;
  /** The place of its pattern: of two columns the one with the fitter stands. */
  rank: number;
  /** It names who or what, not its id: a name may stand there as well. */
  isBare?: boolean;
  isBySound: boolean;
  /** It says that it holds its codes. */
  isCode?: boolean;
  /** It is made of initials that are those of other words as well. */
  isOpen?: boolean;
}

interface Pattern {
  means: ReadonlySet<string>;
  isLikely: boolean;
  isBare?: boolean;
}

function patternsOf(table: TableName, name: string): Pattern[] {
  const column = columnsOf(table).find((each) => each.name === name);
  const written = (patterns[table]?.[name] ?? "").split(", ").filter(Boolean);
  const isKey = primaryKeyOf(table)[0] === name && !column?.references;
  const own = (isKey ? (entities[table] ?? []) : []).map((entity) => `${entity} id`);
  const referred = column?.references ? (entities[column.references as TableName] ?? []) : [];
  const roles = referred.filter((role) => role !== "agent" || table !== "tickets");
  const isRole = ["agent_id", "owner_id", "manager_id", "reviewee_id", "previous_ticket_id"].includes(name);
  const found = [
    ...written,
    ...own,
    ...(isKey ? ["~id", "~record id"] : []),
    ...(column?.references && !isRole ? roles.map((entity) => `${entity} id`) : []),
  ].map(
    (text): Pattern => ({ means: new Set(text.replace("~", "").split(" ")), isLikely: text.startsWith("~") }),
  );
  const isFree = column?.references !== undefined && !isRole;
  const bare = isFree
    ? roles.map((entity) => ({ means: new Set(entity.split(" ")), isLikely: true, isBare: true }))
    : [];
  const bareKeys = isKey
    ? (entities[table] ?? []).map((entity) => ({ means: new Set([entity]), isLikely: true, isBare: true }))
    : [];
  const bareNames = isFree
    ? roles.map((entity) => ({
        means: new Set([...entity.split(" "), "name"]),
        isLikely: true,
        isBare: true,
      }))
    : [];
  return [...found, ...bareKeys, ...bare, ...bareNames];
}

const known = new Map<TableName, { column: string; patterns: readonly Pattern[] }[]>();

function allPatterns(table: TableName) {
  const found = known.get(table) ?? [
    ...columnsOf(table).map(({ name }) => ({ column: name, patterns: patternsOf(table, name) })),
    updatedAt,
  ];
  known.set(table, found);
  return found;
}

const updatedAt: { column: string; patterns: readonly Pattern[] } = {
  column: "updated_at",
  patterns: ["updated when", "last updated when", "updated", "last updated", "system updated"].map(
    (text) => ({
      means: new Set(text.split(" ")),
      isLikely: false,
    }),
  ),
};

/** The columns of a table that a heading may name, the surest first. */
export function namedBy(heading: Heading, table: TableName): Named[] {
  const own = new Set((entities[table] ?? []).flatMap((entity) => entity.split(" ")));
  const coded = new Set(
    columnsOf(table).flatMap(({ name, kind }) => (isCoded(kind) || name === "role" ? [name] : [])),
  );
  const found = new Map<string, Named>();
  for (const { column, patterns: list } of allPatterns(table)) {
    if (heading.key === column) found.set(column, { column, certainty: 2, rank: -1, isBySound: false });
    for (const { means, unknown, isBySound, isOpen } of heading.readings) {
      for (const [rank, pattern] of list.entries()) {
        const fits =
          isSame(means, pattern.means) || isSame(without(means, own, pattern.means), pattern.means);
        const isCode =
          !fits && coded.has(column) && isSame(without(means, beside, pattern.means), pattern.means);
        if (!fits && !isCode) continue;
        const certainty = unknown > 0 ? 0 : pattern.isLikely || isCode ? 1 : 2;
        const named: Named = {
          column,
          certainty,
          rank,
          isBySound,
          ...(pattern.isBare ? { isBare: true } : {}),
          ...(isOpen ? { isOpen } : {}),
          ...(isCode ? { isCode } : {}),
        };
        const before = found.get(column);
        if (!before || before.certainty < certainty || (before.certainty === certainty && before.rank > rank))
          found.set(column, named);
      }
    }
  }
  return [...found.values()].sort((one, other) => other.certainty - one.certainty || one.rank - other.rank);
}

/** `SEG_CD` is a segment, too, `DeptName` a department, `行业分类` an industry. */
const beside = new Set(["id", "name", "category", "type"]);

/** The meanings but for the row's own name, which a pattern need not have. */
const without = (means: ReadonlySet<string>, own: ReadonlySet<string>, pattern: ReadonlySet<string>) =>
  new Set([...means].filter((each) => pattern.has(each) || !own.has(each)));

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  one.size === other.size && [...one].every((each) => other.has(each));

/**
 * What a file's or sheet's name says of its rows: `own`, that they are a table's; `other`, that they are something of such a
 * row (`ticket_tags`, `客户标签`), or its history; `none`, nothing.
 */
export function saidByName(name: string, table: TableName): "own" | "other" | "none" {
  const words = wordsOfName(name);
  const own = (entities[table] ?? []).map((entity) => entity.split(" "));
  const means = new Set(words.flatMap((word) => word ?? []));
  if (!own.some((entity) => entity.every((each) => means.has(each)))) return "none";
  if (means.has("history")) return "other";
  // The last word says what it is, the words before it whose or which.
  const head = words.findLast((word) => word === undefined || word.some((each) => !neutral.has(each)));
  return own.some((entity) => head?.includes(entity.at(-1) ?? "")) ? "own" : "other";
}

/** What a name has besides: `customer list`, `工单明细`, `export`. */
const neutral = new Set(["listing", "record", "id", "when", "month", "year"]);
