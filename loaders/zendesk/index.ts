import { told } from "../../src/words/told.js";
import type { Api } from "../remote/api.js";
import { type Cells, givenCount, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { remoteKind } from "../remote/kind.js";
import type { Reading } from "../remote/reading.js";
import type { ApiRelation } from "../remote/settings.js";
import { listRows, recordsIn } from "./records.js";
import { schedules } from "./schedules.js";
import { survey } from "./survey.js";

const pageRows = 1000;
/** Beyond it the account counts once a day. */
const countedExactly = 100_000;
/** So much of a count of yesterday may have been deleted since. */
const deletedInADay = 0.01;

/** Objects of a Zendesk account. */
export const zendesk = remoteKind({
  name: "Zendesk",
  tokenPath: "/oauth/tokens",
  // A token of the account belongs to a user, one of OAuth is all that is needed.
  authorization: ({ user }, token) =>
    user === undefined
      ? `Bearer ${token}`
      : `Basic ${Buffer.from(`${user}/token:${token}`).toString("base64")}`,
  reading,
  schedules,
  survey,
});

async function reading(api: Api, { object, cursor }: ApiRelation): Promise<Reading> {
  const onFrom = (stream: Stream): Pick<Reading, "pages" | "since"> => ({
    pages: () => exported(api, stream),
    since:
      cursor !== undefined && !changeTimes.includes(cursor)
        ? told("cursor.stands", { column: cursor, moves: changeTimes[0] ?? "" })
        : {
            shape: stream.path,
            pages: (mark) => exported(api, stream, mark),
            // What is deleted comes as changed.
            givesGone: false,
            mark: () => stream.end,
            ofAll: /^(custom_field|user_fields)_/,
          },
  });
  switch (object) {
    case "tickets":
      // Deleted ones come in, archived ones too; neither a list nor a search has them all.
      return {
        ...counted(api, object),
        ...onFrom({ path: "/api/v2/incremental/tickets/cursor", key: "tickets" }),
        gone: { column: "status", is: "deleted", isCounted: false },
      };
    case "users":
      return {
        ...counted(api, object),
        ...onFrom({ path: "/api/v2/incremental/users/cursor", key: "users" }),
        gone: { column: "active", is: "false", isCounted: false },
      };
    case "ticket_metrics":
      // Their own list leaves out the tickets that are archived.
      return {
        key: "ticket_id",
        columns: ["id", "ticket_id"],
        count: async () => undefined,
        ...onFrom({
          path: "/api/v2/incremental/tickets/cursor",
          key: "metric_sets",
          more: "&include=metric_sets",
        }),
      };
    default:
      return { ...counted(api, object), pages: () => listed(api, `/api/v2/${object}`, object) };
  }
}

/** By the account's own count; of many records it is of another time. */
function counted(api: Api, object: string): Pick<Reading, "key" | "count" | "slack" | "columns"> {
  return {
    key: "id",
    columns: ["id"],
    async count() {
      const answer = await api.json(`/api/v2/${object}/count`);
      return givenCount(answer, ["count", "value"], ["count"]);
    },
    // Whether it counts what is archived nobody says: more than it counts is no loss.
    slack: (count) => ({
      fewer: count > countedExactly ? Math.ceil(count * deletedInADay) : 0,
      more: Number.POSITIVE_INFINITY,
    }),
  };
}

/** Columns of times of change that a user may name: an export goes on by a cursor of its own. */
const changeTimes = ["updated_at", "generated_timestamp"];

/** A cursor export. */
interface Stream {
  path: string;
  key: string;
  more?: string;
  /** Where it ended. */
  end?: string | undefined;
}

/** A cursor export, from the beginning or from where it ended before to the end of its stream. */
async function* exported(api: Api, stream: Stream, start?: string): AsyncGenerator<Cells[]> {
  const { path, key, more = "" } = stream;
  const seen = new Set<string>();
  for (let cursor = start; ; ) {
    const from: string = cursor === undefined ? "start_time=0" : `cursor=${encodeURIComponent(cursor)}`;
    const answer: unknown = await api.json(`${path}?${from}&per_page=${pageRows}${more}`);
    yield recordsIn(answer, key);
    const next = textIn(answer, "after_cursor");
    stream.end = next ?? cursor;
    if ((answer as { end_of_stream?: unknown }).end_of_stream === true) return;
    if (next === undefined) throw new ApiError({ what: "noNext" });
    if (seen.has(next)) throw new ApiError({ what: "endless" });
    seen.add(next);
    cursor = next;
  }
}

/** A list, by its cursor. */
async function* listed(api: Api, path: string, key: string): AsyncGenerator<Cells[]> {
  const seen = new Set<string>();
  for (let next: string | undefined = `${path}?page[size]=${listRows}`; next !== undefined; ) {
    if (seen.has(next)) throw new ApiError({ what: "endless" });
    seen.add(next);
    const answer: unknown = await api.json(next);
    yield recordsIn(answer, key);
    // What knows no cursor names the next page by its number.
    const hasMore = (answer as { meta?: { has_more?: unknown } }).meta?.has_more;
    next = hasMore === undefined ? textIn(answer, "next_page") : textIn(answer, "links", "next");
    if (hasMore === true && next === undefined) throw new ApiError({ what: "noNext" });
    if (hasMore === false) return;
  }
}
