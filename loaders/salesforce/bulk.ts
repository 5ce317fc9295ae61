import { setTimeout as wait } from "node:timers/promises";
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
    let header: readonly string[] | undefined;
    for (let locator: string | null = ""; locator !== null; ) {
      const at: string = locator === "" ? "" : `&locator=${encodeURIComponent(locator)}`;
      // A page that broke off is asked for again, from where it begins.
      const page: Page = await api.asked(
        `${job}/results?maxRecords=${pageRows}${at}`,
        {},
        ({ text, headers }) => {
          const { titles, records } = recordsIn(text, header);
          const told = headers.get("sforce-numberofrecords");
          if (told !== null && Number(told) !== records.length) throw new ApiError({ what: "noData" });
          // The last page says that there is no next.
          const next = headers.get("sforce-locator") || undefined;
          if (next === undefined) throw new ApiError({ what: "noNext" });
          return { titles, records, next: next === "null" ? null : next };
        },
      );
      header = page.titles;
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

interface Page {
  titles: readonly string[];
  records: Cells[];
  /** Where the next page begins. */
  next: string | null;
}

/** Waits while a job is under way, longer each time; given up when it stands still for longer than the interface may. */
async function completed(api: Api, job: string): Promise<void> {
  let processed = "";
  let still = 0;
  for (let pause = pauses.first; ; pause = Math.min(longestPause, pause * 1.5)) {
    const answer = await api.json(job);
    const state = textIn(answer, "state");
    if (state === undefined) throw new ApiError({ what: "noData" });
    if (state === "JobComplete") return;
    if (state === "Failed" || state === "Aborted") {
      const reason = api.reason(textIn(answer, "errorMessage") ?? state);
      throw new ApiError({ what: "refused", reason });
    }
    const now = `${state} ${textIn(answer, "numberRecordsProcessed") ?? ""}`;
    still = now === processed ? still + pause : 0;
    processed = now;
    if (still > api.timeout) throw new ApiError({ what: "slow" });
    await wait(pause);
  }
}

/** The records of a page; empty cells are nothing. Its first line is the header, or that of the first page holds. */
function recordsIn(
  text: string,
  known: readonly string[] | undefined,
): { titles: readonly string[]; records: Cells[] } {
  let rows: string[][];
  try {
    rows = parse(text);
  } catch {
    throw new ApiError({ what: "noData" });
  }
  const [first] = rows;
  const hasHeader = known === undefined || first?.join() === known.join();
  const titles = known ?? first;
  const isTable = titles && rows.every(({ length }) => length === titles.length);
  if (!isTable || /^\s*</.test(text)) throw new ApiError({ what: "noData" });
  const cellsOf = (row: string[]): Cells =>
    Object.fromEntries(titles.map((name, at) => [name, row[at] || null]));
  return { titles, records: rows.slice(hasHeader ? 1 : 0).map(cellsOf) };
}
