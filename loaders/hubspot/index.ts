import { type Told, told } from "../../src/words/told.js";
import { type Api, pauses } from "../remote/api.js";
import { type Cells, cellsOf, givenCount, listIn, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { remoteKind } from "../remote/kind.js";
import type { Reading, Since } from "../remote/reading.js";
import type { ApiRelation } from "../remote/settings.js";

const pageRows = 100;
/** An address may be so long. */
const longestQuery = 12_000;

/** What records of an object are asked to name beside themselves. */
const associations: Readonly<Record<string, readonly string[]>> = {
  tickets: ["companies"],
  deals: ["companies"],
  calls: ["companies", "deals", "tickets"],
  meetings: ["companies", "deals", "tickets"],
  emails: ["companies", "deals", "tickets"],
  communications: ["companies", "deals", "tickets"],
  tasks: ["companies", "deals", "tickets"],
  feedback_submissions: ["companies", "tickets"],
};

/** Objects of a HubSpot account. */
export const hubspot = remoteKind({
  name: "HubSpot",
  defaultUrl: "https://api.hubapi.com",
  tokenPath: "/oauth/v1/token",
  authorization: (_, token) => `Bearer ${token}`,
  refusal: (_, text) =>
    // The limit of a day does not pass by waiting.
    /"policyName"\s*:\s*"DAILY"/.test(text) ? new ApiError({ what: "limited", wait: "24 h" }) : undefined,
  reading: (api, relation, sought) =>
    relation.object === "owners" ? Promise.resolve(owners(api)) : objects(api, relation, sought),
});

/**
 * An object's records, first those in use, then the archived. They are listed by id, not searched for: a search ends at
 * 10,000. Its total is what they are held against.
 */
async function objects(api: Api, relation: ApiRelation, sought: ReadonlySet<string>): Promise<Reading> {
  const { object, fields, cursor } = relation;
  const described = listIn(await api.json(`/crm/v3/properties/${object}`), "results");
  if (!described) throw new ApiError({ what: "noData" });
  const all = described.flatMap((property) => {
    const [name, type] = [textIn(property, "name"), textIn(property, "type")];
    const { calculated } = property as { calculated?: unknown };
    return name === undefined ? [] : [{ name, type, isComputed: calculated === true }];
  });
  const known = all.map(({ name }) => name);
  const lacking = fields?.find((name) => !known.includes(name));
  if (lacking !== undefined) throw new ApiError({ what: "noObject", reason: `${object}.${lacking}` });
  const isNamed = fields !== undefined || sought.size > 0;
  const isSought = (name: string) => sought.has(name) || sought.has(columnOf(name)) || name === cursor;
  const properties = known.filter((name) => !isNamed || isSought(name));
  const query = new URLSearchParams({ limit: String(pageRows), properties: properties.join(",") });
  const linked = associations[object];
  if (linked) query.set("associations", linked.join(","));
  if (query.toString().length > longestQuery)
    throw new ApiError({ what: "refused", reason: `${known.length} properties: fields: […]` });
  const own = ["id", "archived", ...(linked ?? []).map((name) => `associations_${name}`)];
  const columns = [...own.slice(0, 2), ...properties.map(columnOf), ...own.slice(2)];
  return {
    key: "id",
    columns,
    async count() {
      const body = { filterGroups: [], limit: 1 };
      const path = `/crm/v3/objects/${object}/search`;
      return givenCount(await api.json(path, { method: "POST", body }), ["total"]);
    },
    async *pages() {
      for (const archived of ["false", "true"])
        for await (const page of listed(api, `/crm/v3/objects/${object}?${query}&archived=${archived}`))
          yield page.map(recordOf);
    },
    // What was just made or changed is found by a search some seconds later.
    rest: () => api.rest(10 * pauses.first),
    gone: { column: "archived", is: "true", isCounted: false },
    since: sinceOf(),
  };

  function sinceOf(): Since | Told {
    const moves = known.find((name) => changeTimes.includes(name));
    if (moves === undefined) return told("cursor.noSince");
    if (cursor !== moves) return told("cursor.stands", { column: cursor ?? "", moves });
    const chosen = all.filter(({ name }) => properties.includes(name));
    const computed = chosen.flatMap(({ name, isComputed }) => (isComputed ? [name] : []));
    // An association does not change the record.
    const standing = [...computed, ...own.slice(2)];
    if (standing.length > 0) return told("cursor.computed", { columns: standing });
    return {
      shape: chosen,
      async *pages(mark) {
        for await (const page of searched(api, object, { properties, cursor, mark }))
          yield page.map(recordOf);
        for await (const page of listed(api, `/crm/v3/objects/${object}?${query}&archived=true`))
          yield page.map(recordOf);
      },
      givesGone: true,
      mark: { column: columnOf(cursor) },
    };
  }
}

/** When a record was last changed: of contacts, and of all others. */
const changeTimes = ["lastmodifieddate", "hs_lastmodifieddate"];
/** Beyond 10,000 records a search gives none. */
export const searchBounds = { most: 9900 };

/** Records in use that changed since a time, in the order of their changes: from where a search ends another goes on. */
async function* searched(
  api: Api,
  object: string,
  { properties, cursor, mark }: { properties: readonly string[]; cursor: string; mark: string },
): AsyncGenerator<unknown[]> {
  for (let from = Date.parse(mark); ; ) {
    let last = from;
    let after: string | undefined;
    for (let found = 0; found < searchBounds.most; ) {
      const answer: unknown = await api.json(`/crm/v3/objects/${object}/search`, {
        method: "POST",
        body: {
          filterGroups: [{ filters: [{ propertyName: cursor, operator: "GTE", value: String(from) }] }],
          sorts: [{ propertyName: cursor, direction: "ASCENDING" }],
          ...{ properties, limit: pageRows, ...(after === undefined ? {} : { after }) },
        },
      });
      const results = listIn(answer, "results");
      if (!results) throw new ApiError({ what: "noData" });
      yield results;
      found += results.length;
      last = Math.max(last, Date.parse(textIn(results.at(-1), "properties", cursor) ?? "") || last);
      const next = nextOf(answer);
      if (next === undefined) return;
      if (next === after) throw new ApiError({ what: "endless" });
      after = next;
    }
    // So many of one moment no search can tell apart.
    if (last === from) throw new ApiError({ what: "endless" });
    from = last;
  }
}

/** People of the account; the interface does not count them. */
const owners = (api: Api): Reading => ({
  key: "id",
  columns: ["id", "email", "firstName", "lastName", "userId", "archived"],
  count: async () => undefined,
  async *pages() {
    for (const archived of ["false", "true"])
      for await (const page of listed(api, `/crm/v3/owners?limit=${pageRows}&archived=${archived}`))
        yield page.map((record) => cellsOf(record));
  },
});

async function* listed(api: Api, path: string): AsyncGenerator<unknown[]> {
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
function nextOf(answer: unknown): string | undefined {
  const after = textIn(answer, "paging", "next", "after");
  const { next } = (answer as { paging?: { next?: unknown } | null }).paging ?? {};
  if (after === undefined && next !== undefined && next !== null) throw new ApiError({ what: "noNext" });
  return after;
}

/** A property's column; one that is called like what every record has beside its properties goes by another name. */
const columnOf = (property: string) =>
  /^(id|archived|associations_.*)$/.test(property) ? `property_${property}` : property;

/** A record's properties as columns, and the ids of what it is associated with. */
function recordOf(record: unknown): Cells {
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
