import { told } from "../../src/words/told.js";
import type { Api } from "../remote/api.js";
import { givenCount } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { remoteKind } from "../remote/kind.js";
import type { Reading, Since } from "../remote/reading.js";
import type { ApiRelation } from "../remote/settings.js";
import { bulkPages } from "./bulk.js";
import { describedFields } from "./describe.js";
import { queryPages, queryPath } from "./query.js";
import { schedules } from "./schedules.js";
import { modified, survey } from "./survey.js";

/** Up to so many records are read page by page, more by the Bulk API. */
const mostPaged = 2000;

/** Objects of a Salesforce account. */
export const salesforce = remoteKind({
  name: "Salesforce",
  tokenPath: "/services/oauth2/token",
  authorization: (_, token) => `Bearer ${token}`,
  refusal(status, text) {
    const code = codeIn(text);
    if (code === "REQUEST_LIMIT_EXCEEDED") return new ApiError({ what: "limited", wait: "24 h" });
    // It stands in the place of 401 where a session is not taken any more.
    if (status === 403 && code === "INVALID_SESSION_ID") return new ApiError({ what: "expired" });
    return undefined;
  },
  reading,
  schedules,
  survey,
});

async function reading(
  api: Api,
  { object, fields, cursor }: ApiRelation,
  sought: ReadonlySet<string>,
): Promise<Reading> {
  const fieldsOf = (await describedFields(api, object)).map(({ name, type, isComputed }) => ({
    name,
    type,
    isComputed,
  }));
  const known = fieldsOf.map(({ name }) => name);
  const wanted = new Set([...sought, "id", "isdeleted", cursor?.toLowerCase() ?? "id"]);
  const isNamed = fields !== undefined || sought.size > 0;
  const taken = isNamed ? known.filter((name) => wanted.has(name.toLowerCase())) : known;
  const lacking = fields?.find((name) => !known.some((each) => each.toLowerCase() === name.toLowerCase()));
  if (lacking !== undefined) throw new ApiError({ what: "noObject", reason: `${object}.${lacking}` });
  const query = `select ${taken.join(", ")} from ${object}`;
  const countOf = async (where: string) =>
    givenCount(await api.json(queryPath(`select count() from ${object}${where}`)), ["totalSize"]);
  let counted = 0;
  const pagesOf = (count: number, where: string) =>
    count > mostPaged ? bulkPages(api, `${query}${where}`) : queryPages(api, `${query}${where} order by Id`);
  const isDeletable = taken.includes("IsDeleted");
  const chosen = fieldsOf.filter(({ name }) => taken.includes(name));
  const computed = chosen.flatMap(({ name, isComputed }) => (isComputed ? [name] : []));
  const since: Since = {
    shape: chosen,
    async *pages(mark) {
      // Of what is deleted some goes for good: all of it is read.
      const where = ` where ${modified} >= ${mark}${isDeletable ? " or IsDeleted = true" : ""}`;
      yield* pagesOf(await countOf(where), where);
    },
    givesGone: isDeletable,
    mark: { column: modified },
  };
  return {
    key: "Id",
    columns: taken,
    count: async () => (counted = await countOf("")),
    pages: () => pagesOf(counted, ""),
    ...(isDeletable ? { gone: { column: "IsDeleted", is: "true", isCounted: true } } : {}),
    since:
      cursor !== modified
        ? told("cursor.stands", { column: cursor ?? "", moves: modified })
        : computed.length > 0
          ? told("cursor.computed", { columns: computed })
          : since,
  };
}

function codeIn(text: string): string | undefined {
  try {
    const found = [JSON.parse(text)].flat()[0] as { errorCode?: string } | null;
    return found?.errorCode;
  } catch {
    return undefined;
  }
}
