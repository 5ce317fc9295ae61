import type { Api } from "../remote/api.js";
import { type Cells, cellsOf, listIn, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";

export const pageRows = 100;
/** An address may be so long. */
export const longestQuery = 12_000;

/** What records of an object are asked to name beside themselves. */
export const associations: Readonly<Record<string, readonly string[]>> = {
  tickets: ["companies"],
  deals: ["companies"],
  calls: ["companies", "deals", "tickets"],
  meetings: ["companies", "deals", "tickets"],
  emails: ["companies", "deals", "tickets"],
  communications: ["companies", "deals", "tickets"],
  tasks: ["companies", "deals", "tickets"],
  feedback_submissions: ["companies", "tickets"],
};

/** When a record was last changed: of contacts, and of all others. */
export const changeTimes = ["lastmodifieddate", "hs_lastmodifieddate"];

/** The properties of an object, with what it says of each. */
export async function describedProperties(api: Api, object: string) {
  const described = listIn(await api.json(`/crm/v3/properties/${object}`), "results");
  if (!described) throw new ApiError({ what: "noData" });
  return described.flatMap((property) => {
    const [name, type, label = ""] = ["name", "type", "label"].map((key) => textIn(property, key));
    const { calculated, hubspotDefined } = property as { calculated?: unknown; hubspotDefined?: unknown };
    if (name === undefined) return [];
    const options = (listIn(property, "options") ?? []).flatMap((value) => textIn(value, "value") ?? []);
    return [{ name, type, isComputed: calculated === true, label, isOwn: hubspotDefined === false, options }];
  });
}

export async function* listed(api: Api, path: string): AsyncGenerator<unknown[]> {
  const seen = new Set<string>();
  for (let after: string | undefined = ""; after !== undefined; ) {
    const answer: unknown = await api.json(
      after === "" ? path : `${path}&after=${encodeURIComponent(after)}`,
    );
    const results = listIn(answer, "results");
    if (!results) throw new ApiError({ what: "noData" });
    yield results;
    after = nextOf(answer);
    if (after !== undefined && seen.has(after)) throw new ApiError({ what: "endless" });
    if (after !== undefined) seen.add(after);
  }
}

/** Where an answer goes on. */
export function nextOf(answer: unknown): string | undefined {
  const after = textIn(answer, "paging", "next", "after");
  const { next } = (answer as { paging?: { next?: unknown } | null }).paging ?? {};
  if (after === undefined && next !== undefined && next !== null) throw new ApiError({ what: "noNext" });
  return after;
}

/** A property's column; one that is called like what every record has beside its properties goes by another name. */
export const columnOf = (property: string) =>
  /^(id|archived|associations_.*)$/.test(property) ? `property_${property}` : property;

/** A record's properties as columns, and the ids of what it is associated with. */
export function recordOf(record: unknown): Cells {
  const { properties, associations: links } = record as Record<string, unknown>;
  const cells: Cells = {
    id: textIn(record, "id") ?? null,
    archived: String((record as { archived?: unknown }).archived ?? false),
    ...Object.fromEntries(Object.entries(cellsOf(properties)).map(([name, cell]) => [columnOf(name), cell])),
  };
  for (const [name, link] of Object.entries((links ?? {}) as object)) {
    const ids = (listIn(link, "results") ?? []).flatMap((each) => textIn(each, "id") ?? []);
    cells[`associations_${name}`] = [...new Set(ids)].join(";");
  }
  return cells;
}
