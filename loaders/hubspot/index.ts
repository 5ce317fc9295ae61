import { type Told, told } from "../../src/words/told.js";
import { type Api, pauses } from "../remote/api.js";
import { cellsOf, givenCount, listIn, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { remoteKind } from "../remote/kind.js";
import type { Reading, Since } from "../remote/reading.js";
import type { ApiRelation } from "../remote/settings.js";
import {
  associations,
  changeTimes,
  columnOf,
  describedProperties,
  listed,
  longestQuery,
  nextOf,
  pageRows,
  recordOf,
} from "./records.js";
import { survey } from "./survey.js";

/** Objects of a HubSpot account. */
export const hubspot = remoteKind({
  name: "HubSpot",
  defaultUrl: "https://api.hubapi.com",
  tokenPath: "/oauth/v1/token",
  authorization: (_, token) => `Bearer ${token}`,
  refusal: (_, text) =>
    // The limit of a day does not pass by waiting.
    /"policyName"\s*:\s*"DAILY"/.test(text) ? new ApiError({ what: "limited", wait: "24 h" }) : undefined,
  survey,
  reading: (api, relation, sought) =>
    relation.object === "owners" ? Promise.resolve(owners(api)) : objects(api, relation, sought),
});

/**
 * An object's records, first those in use, then the archived. They are listed by id, not searched for: a search ends at
 * 10,000. Its total is what they are held against.
 */
async function objects(api: Api, relation: ApiRelation, sought: ReadonlySet<string>): Promise<Reading> {
  const { object, fields, cursor } = relation;
  const all = (await describedProperties(api, object)).map(({ name, type, isComputed }) => ({
    name,
    type,
    isComputed,
  }));
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
