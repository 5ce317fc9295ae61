import { execFile } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { onInterrupt } from "../run/interrupt.js";
import { type Wording, worded } from "../words/wording.js";

/** What the search for a browser asks of the machine; tests put a made-up one in its place. */
export interface Machine {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  isRoot: boolean;
  home: string;
  /** True for a regular file that may be executed. */
  isExecutable(path: string): boolean;
  /** A small text file, or null when it can't be read. */
  read(path: string): string | null;
  /** Runs a program without stdin. Never rejects: a program that can't start has code 127. */
  run(command: string, args: string[], options?: RunOptions): Promise<RunResult>;
  /** Tells the user about a step that takes a while. */
  note(line: Wording): void;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds; default ten minutes. */
  timeout?: number;
}

export interface RunResult {
  code: number;
  /** Standard output, then standard error. */
  output: string;
}

/** Where this program keeps what it brings itself. */
export function ownFolder({ env, home }: Machine): string {
  return join(env.XDG_CACHE_HOME || join(home, ".cache"), "herringbone");
}

/** The Chromium in there, when it was installed: a script that starts it. */
export function ownBrowser(machine: Machine): string {
  return join(ownFolder(machine), "chromium", "launch-chromium");
}

export const thisMachine: Machine = {
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  home: homedir(),
  isExecutable,
  read,
  run,
  note: (line) => process.stderr.write(`${worded(line, "en")}\n`),
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function run(
  command: string,
  args: string[],
  { timeout = 600_000, ...rest }: RunOptions = {},
): Promise<RunResult> {
  return new Promise((resolve) => {
    const options = { timeout, maxBuffer: 64 * 1024 * 1024, ...rest };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      over();
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 127;
      resolve({ code, output: `${stdout}${stderr}` || (error?.message ?? "") });
    });
    const over = onInterrupt(() => child.kill() && once(child, "exit"));
    child.stdin?.end();
  });
}
