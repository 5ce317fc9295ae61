import { resolve } from "node:path";
import { withStaticServer } from "../export/staticServer.js";
import { isSite } from "../publish/site/target.js";
import { CliError } from "../run/error.js";
import { onInterrupt } from "../run/interrupt.js";
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
  if (!isSite(root)) {
    throw new CliError(
      {
        en: `there is no built site, run "herringbone site" first or name its folder: ${root}`,
        zh: `这里没有生成的网站，请先运行 herringbone site，或指定网站的文件夹：${root}`,
      },
      2,
    );
  }
  const port = portOf(options);
  await withStaticServer({ root, port, compressed: true }, async (address) => {
    effects.stdout.write(`${address}\n`);
    // The process ends by the interruption, with its code.
    await new Promise((end) => onInterrupt(() => end(undefined)));
  });
}

function portOf({ port = "0" }: ServeOptions): number {
  const number = Number(port);
  if (/^\d+$/.test(port) && number <= 65_535) return number;
  throw new CliError(
    {
      en: `--port takes a number from 1 to 65535: ${port}`,
      zh: `--port 须是 1 到 65535 之间的数：${port}`,
    },
    2,
  );
}
