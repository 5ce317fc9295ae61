import { conclude } from "../answers/conclude.js";
import { buildWarehouse } from "../warehouse/build.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";
import { type InputOptions, resolvePlaces } from "./places.js";
import { type ProgressOptions, reportProgress } from "./progress.js";

/**
 * `build`: extracts → warehouse → marts.
 * @returns the build's id
 */
export async function buildCommand(
  options: InputOptions & ProgressOptions,
  effects: Effects,
): Promise<string> {
  const progress = reportProgress(options, effects);
  const { buildId, asOfOn, asOfFrom } = await buildWarehouse(
    {
      ...resolvePlaces(options, effects),
      now: effects.now(),
      conclude,
      ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      ...(options.allowOutside ? { allowOutside: true } : {}),
      ...(options.full ? { full: true } : {}),
      ...(options.acceptDrift ? { acceptDrift: true } : {}),
    },
    progress,
  );
  progress.say(told("build.done", { build: buildId, day: asOfOn, from: asOfFrom }), {
    buildId,
    asOfOn,
    asOfFrom,
  });
  return buildId;
}
