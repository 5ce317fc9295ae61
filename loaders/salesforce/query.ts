import type { Api } from "../remote/api.js";
import { type Cells, cellsOf, listIn, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";
import { version } from "./version.js";

/** Deleted and merged records are among what it gives. */
export const queryPath = (query: string) =>
  `/services/data/${version}/queryAll?q=${encodeURIComponent(query)}`;

const noData = new Set(["attributes"]);

/** Times as the Bulk API writes them, so that a record is the same whichever way it comes. */
const inUtc = (cells: Cells): Cells =>
  Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [
      name,
      cell?.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\+0000$/, "$1Z") ?? null,
    ]),
  );

/** The records of a query, page by page. */
export async function* queryPages(api: Api, query: string): AsyncGenerator<Cells[]> {
  const seen = new Set<string>();
  for (let path: string | undefined = queryPath(query); path !== undefined; ) {
    if (seen.has(path)) throw new ApiError({ what: "endless" });
    seen.add(path);
    const answer: unknown = await api.json(path);
    const records = listIn(answer, "records");
    if (!records) throw new ApiError({ what: "noData" });
    yield records.map((record) => inUtc(cellsOf(record, noData)));
    path = textIn(answer, "nextRecordsUrl");
    const { done } = answer as { done?: unknown };
    if (path === undefined && done === false) throw new ApiError({ what: "noNext" });
  }
}
