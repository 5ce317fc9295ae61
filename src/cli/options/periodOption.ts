import { namedPeriod, type Period } from "../../kpi/periods.js";
import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";

/**
 * The period that `--period` names, or undefined where it was not given.
 * @throws CliError 2
 */
export function periodAsked(text: string | undefined): Period | undefined {
  if (text === undefined) return undefined;
  const period = namedPeriod(text);
  if (period) return period;
  throw new CliError(told("period.invalid", { text }), 2);
}
