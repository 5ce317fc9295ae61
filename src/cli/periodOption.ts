import { namedPeriod, type Period } from "../kpi/periods.js";
import { CliError } from "../run/error.js";

/**
 * The period that `--period` names, or undefined where it was not given.
 * @throws CliError 2
 */
export function periodAsked(text: string | undefined): Period | undefined {
  if (text === undefined) return undefined;
  const period = namedPeriod(text);
  if (period) return period;
  throw new CliError(
    {
      en: `a period is written 2026-05, 2026-Q2, 2026-H1 or 2026: ${text}`,
      zh: `期间写作 2026-05、2026-Q2、2026-H1 或 2026，实际为 ${text}`,
    },
    2,
  );
}
