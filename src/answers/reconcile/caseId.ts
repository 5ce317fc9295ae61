import { bareId } from "../../load/brokenReferences.js";

/** An id of one or more columns as SQL, null where one is: as the keys of a case are written elsewhere, a blank between them. */
export const idOf = (columns: readonly string[]): string =>
  columns.map((column) => `cast(${column} as varchar)`).join(" || ' ' || ");

/** SQL of an id without case, blanks and what spreadsheets add to it; only what has any of these is looked at closely, which costs more. */
export const looseId = (id: string) =>
  `case when regexp_matches(${id}, '^0|[\\s="''.]') then ${bareId(`regexp_replace(${id}, '\\s+', '', 'g')`)} else lower(${id}) end`;
