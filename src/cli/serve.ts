import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { withStaticServer } from "../export/staticServer.js";
import { bringBack } from "../publish/site/swap.js";
import { isSite } from "../publish/site/target.js";
import { CliError } from "../run/error.js";
import { onInterrupt } from "../run/interrupt.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";

export interface ServeOptions {
  port?: string;
}

/** `serve`: the built site on this machine's own address, which it prints, until it is interrupted. */
export async function serveCommand(
  folder: string | undefined,
  options: ServeOptions,
  effects: Effects,
): Promise<void> {
  const root = resolve(effects.cwd, folder ?? "dist");
  await bringBack(root);
  if (!isSite(root)) {
    throw new CliError(told("site.missing", { folder: root }), 2);
  }
  const port = portOf(options);
  const beside = () => {
    if (!existsSync(root)) void bringBack(root).catch(() => {});
    return undefined;
  };
  await withStaticServer({ root, port, compressed: true, beside }, async (address) => {
    effects.stdout.write(`${address}\n`);
    // The process ends by the interruption, with its code.
    await new Promise((end) => onInterrupt(() => end(undefined)));
  });
}

function portOf({ port = "0" }: ServeOptions): number {
  const number = Number(port);
  if (/^\d+$/.test(port) && number <= 65_535) return number;
  throw new CliError(told("port.invalid", { port }), 2);
}
