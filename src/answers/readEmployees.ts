import type { DuckDBConnection } from "@duckdb/node-api";
import type { FeedbackEmployee } from "../score/feedback.js";

/**
 * The employees of a warehouse by id.
 * @param withNames whether settings allow their names to leave it
 */
export async function readEmployees(
  db: DuckDBConnection,
  withNames: boolean,
): Promise<Map<string, FeedbackEmployee>> {
  const reader = await db.runAndReadAll(
    `select employee_id, ${withNames ? "name" : "null"} as name, department, team, role
     from staging.employees order by employee_id`,
  );
  const rows = reader.getRowObjectsJson() as unknown as FeedbackEmployee[];
  return new Map(rows.map((row) => [row.employee_id, row]));
}

/** An employee of whom nothing but the id is known. */
export const stranger = (employee_id: string): FeedbackEmployee => ({
  employee_id,
  name: null,
  department: null,
  team: null,
  role: null,
});
