import { readFileSync, rmSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type LoadedReport, readLoadedReport } from "../answers/checkReport.js";
import type { Language } from "../catalogue/settings.js";
import { CliError } from "../run/error.js";
import { machineFailure } from "../run/machineFailure.js";
import { told } from "../words/told.js";
import { replaceText } from "./swap.js";

/** A build that failed: why, and what it had read, loaded and refused. */
export interface Attempt {
  /** When it started, an ISO instant. */
  started_at: string;
  exit_code: number;
  error: { en: string; zh: string };
  /** The language it talked. */
  language: Language;
  /** Null where its extracts were not loaded to the end. */
  report: LoadedReport | null;
}

const fileOf = (warehouse: string) => `${warehouse}.last-attempt.json`;

/**
 * Runs the work of a build; when it fails, what it had done is left beside the warehouse, whole or not at all, and when
 * it succeeds an earlier such report goes.
 */
export async function withAttempt<T>(
  db: DuckDBConnection,
  options: { warehouse: string; now: Date; language: Language },
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    rmSync(fileOf(options.warehouse), { force: true });
    return result;
  } catch (error) {
    const failure = machineFailure(error);
    const attempt: Attempt = {
      started_at: options.now.toISOString(),
      exit_code: failure?.exitCode ?? 1,
      error: {
        en: (failure ?? (error as Error)).message,
        zh: failure?.in("zh-CN") ?? (error as Error).message,
      },
      language: options.language,
      report: await readLoadedReport(db, options.now).catch(() => null),
    };
    leave(
      fileOf(options.warehouse),
      attempt.report?.tables.length === 0 ? { ...attempt, report: null } : attempt,
    );
    throw error;
  }
}

/** Forgets a build that failed. */
export const removeAttempt = (warehouse: string): void => rmSync(fileOf(warehouse), { force: true });

/** A failure to write must not hide the failure it is about. */
function leave(file: string, attempt: Attempt): void {
  try {
    replaceText(file, `${JSON.stringify(attempt, null, 2)}\n`);
  } catch {
    // As it is said.
  }
}

/**
 * The build that failed after the last one that succeeded; undefined where there is none.
 * @throws CliError 1 when its report cannot be read
 */
export function readAttempt(warehouse: string): Attempt | undefined {
  const file = fileOf(warehouse);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Attempt;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw machineFailure(error) ?? new CliError(told("attempt.invalid", { file }), 1, { cause: error });
  }
}
