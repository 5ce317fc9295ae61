import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { conclude } from "../answers/conclude.js";
import { asOfSql, readSettings } from "../catalogue/settings.js";
import { previewSite } from "../publish/site/preview.js";
import { CliError } from "../run/error.js";
import { buildWarehouse } from "../warehouse/build.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";
import { type InputOptions, resolvePlaces } from "./places.js";
import { type ProgressOptions, reportProgress } from "./progress.js";

const home = fileURLToPath(new URL("../..", import.meta.url));

export interface DevCommandOptions extends InputOptions, ProgressOptions {
  port?: string;
}

/** `dev`: a preview that follows pages and components, and rebuilds the warehouse when its inputs change. */
export async function devCommand(options: DevCommandOptions, effects: Effects): Promise<void> {
  const port = Number(options.port ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new CliError(told("port.invalid", { port: options.port ?? "" }), 2);
  }
  const places = resolvePlaces(options, effects);
  if (options.asOf !== undefined) asOfSql(options.asOf, readSettings(places.catalogDir).time_zone);
  const progress = reportProgress(options, effects);
  const rebuild = async () => {
    const { buildId } = await buildWarehouse(
      {
        ...places,
        now: effects.now(),
        conclude,
        ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
        ...(options.allowOutside ? { allowOutside: true } : {}),
        ...(options.full ? { full: true } : {}),
        ...(options.acceptDrift ? { acceptDrift: true } : {}),
      },
      progress,
    );
    progress.say(told("dev.built", { build: buildId }), { buildId });
  };
  if (!existsSync(places.warehouse)) await rebuild();
  await previewSite(
    { root: home, ...places, catalogDir: places.catalogDir.map(({ path }) => path), port },
    rebuild,
    progress,
    effects.env,
  );
}
