import { parse } from "csv-parse/sync";
import { type Api, pauses } from "../remote/api.js";
import { type Cells, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { version } from "./version.js";

/** So many records are asked for at once. */
const pageRows = 50_000;
/** Between two looks at a job that is not ready. */
const longestPause = 30_000;

/** The records of a query of the Bulk API 2.0, deleted ones among them. */
export async function* bulkPages(api: Api, query: string): AsyncGenerator<Cells[]> {
  const jobs = `/services/data/${version}/jobs/query`;
  const body = {
    operation: "queryAll",
    query,
    contentType: "CSV",
    columnDelimiter: "COMMA",
    lineEnding: "LF",
  };
  const id = textIn(await api.json(jobs, { method: "POST", body }), "id");
  if (id === undefined) throw new ApiError({ what: "noData" });
  const job = `${jobs}/${encodeURIComponent(id)}`;
  try {
    await completed(api, job);
    const seen = new Set<string>();
    for (let locator: string | null = ""; locator !== null; ) {
      const at: string = locator === "" ? "" : `&locator=${encodeURIComponent(locator)}`;
      // A page that broke off is asked for again, from where it begins.
      const page: { records: Cells[]; next: string | null } = await api.asked(
        `${job}/results?maxRecords=${pageRows}${at}`,
        {},
        ({ text, headers }) => {
          const records = recordsIn(text);
          const told = headers.get("sforce-numberofrecords");
          if (told !== null && Number(told) !== records.length) throw new ApiError({ what: "noData" });
          const next = headers.get("sforce-locator");
          return { records, next: next === null || next === "null" || next === "" ? null : next };
        },
      );
      yield page.records;
      if (page.next !== null && seen.has(page.next)) throw new ApiError({ what: "endless" });
      if (page.next !== null) seen.add(page.next);
      locator = page.next;
    }
  } finally {
    // What is left behind goes by itself after a week.
    await api.asked(job, { method: "DELETE" }, () => undefined).catch(() => undefined);
  }
}

/** Waits while a job is under way, longer each time. */
async function completed(api: Api, job: string): Promise<void> {
  for (let pause = pauses.first; ; pause = Math.min(longestPause, pause * 1.5)) {
    const answer = await api.json(job);
    switch (textIn(answer, "state")) {
      case "JobComplete":
        return;
      case "Failed":
      case "Aborted":
        throw new ApiError({
          what: "refused",
          reason: api.access.masked(textIn(answer, "errorMessage") ?? textIn(answer, "state") ?? ""),
        });
      case undefined:
        throw new ApiError({ what: "noData" });
      default:
        await api.rest(pause, undefined, new ApiError({ what: "slow" }));
    }
  }
}

/** The records of a page; empty cells are nothing. */
function recordsIn(text: string): Cells[] {
  let rows: string[][];
  try {
    rows = parse(text, { relax_column_count: false });
  } catch {
    throw new ApiError({ what: "noData" });
  }
  const [header, ...records] = rows;
  if (!header || /^\s*</.test(text)) throw new ApiError({ what: "noData" });
  return records.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] || null])));
}
