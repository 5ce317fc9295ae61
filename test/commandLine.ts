import { join } from "node:path";
import { main } from "../src/cli/main.js";

interface Place {
  /** Default: the project. */
  cwd?: string;
  now?: string | Date;
  env?: NodeJS.ProcessEnv;
  /** Named in every command. */
  warehouse?: string;
}

/** The command line within this process: a function that runs one and gives its exit code and what it printed. */
export function commandLine({
  cwd = join(import.meta.dirname, ".."),
  now = "2026-07-01",
  env = {},
  warehouse,
}: Place) {
  return async (...args: string[]) => {
    const printed = { out: "", err: "", /** Both, as they came. */ all: "" };
    const stream = (name: "out" | "err") => ({
      write: (text: string) => {
        printed[name] += text;
        printed.all += text;
      },
    });
    const places = warehouse === undefined ? [] : ["--warehouse", warehouse];
    const effects = { stdout: stream("out"), stderr: stream("err"), env, cwd, now: () => new Date(now) };
    const code = await main(["node", "herringbone", ...args, ...places], effects);
    return { code, ...printed };
  };
}
