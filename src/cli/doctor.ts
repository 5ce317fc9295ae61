import type { Language } from "../catalogue/settings.js";
import type { Finding } from "../doctor/finding.js";
import { checkBrowser, checkDisk, checkDuckDb, checkFonts, checkNode } from "../doctor/machineChecks.js";
import { checkExtracts, checkSettings, checkWarehouse } from "../doctor/projectChecks.js";
import { thisMachine } from "../export/machine.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { worded } from "../words/wording.js";
import type { Effects } from "./effects.js";
import { languageFor } from "./language.js";
import { catalogFolders, type InputOptions, inputDir, inputIfAny, warehouseOf } from "./places.js";
import { pad } from "./print/align.js";

const marks: Record<Finding["state"], string> = { good: "✓", note: "•", bad: "✗" };

/** `doctor`: looks at all the main job needs and says how to mend what is missing. */
export async function doctorCommand(
  options: Pick<InputOptions, "warehouse" | "catalog"> & { lang?: Language },
  effects: Effects,
): Promise<void> {
  const catalogDir = catalogFolders(options, inputIfAny(effects), effects);
  const findings = [
    checkNode(process.versions.node),
    await checkDuckDb(),
    await checkBrowser({ ...thisMachine, env: effects.env }),
    checkFonts(),
    await checkDisk(effects.cwd),
    checkSettings(catalogDir),
    checkExtracts(() => inputDir({}, effects)),
    await checkWarehouse(warehouseOf(options, effects)),
  ];
  const language = languageFor(options, effects);
  for (const { subject, state, found, mend } of findings) {
    const name = pad(worded(subject, language), 10);
    effects.stdout.write(`${marks[state]} ${name} ${worded(found, language)}\n`);
    if (mend !== undefined) effects.stdout.write(`  ${" ".repeat(10)} → ${worded(mend, language)}\n`);
  }
  const bad = findings.filter(({ state }) => state === "bad").length;
  if (bad > 0) throw new CliError(told("doctor.findings", { count: bad }));
}
