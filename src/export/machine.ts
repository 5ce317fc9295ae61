import { execFile } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import type { Wording } from "../wording.js";

/** What the search for a browser asks of the machine; tests put a made-up one in its place. */
export interface Machine {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  isRoot: boolean;
  home: string;
  /** True for a regular file that may be executed. */
  isExecutable(path: string): boolean;
  /** Names in a folder, sorted; empty when there is no such folder. */
  list(folder: string): string[];
  /** A small text file, or null when it can't be read. */
  read(path: string): string | null;
  /** Runs a program without stdin. Never rejects: a program that can't start has code 127. */
  run(command: string, args: string[], options?: RunOptions): Promise<RunResult>;
  /** Tells the user about a step that takes a while. */
  note(line: Wording): void;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** Milliseconds; default ten minutes. */
  timeout?: number;
}

export interface RunResult {
  code: number;
  /** Standard output, then standard error. */
  output: string;
}

export const thisMachine: Machine = {
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  home: homedir(),
  isExecutable,
  list: (folder) => (isFolder(folder) ? readdirSync(folder).sort() : []),
  read,
  run,
  note: (line) => process.stderr.write(`${line}\n`),
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
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
  { env = process.env, timeout = 600_000 }: RunOptions = {},
): Promise<RunResult> {
  return new Promise((resolve) => {
    const options = { env, timeout, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 127;
      resolve({ code, output: `${stdout}${stderr}` || (error?.message ?? "") });
    });
    child.stdin?.end();
  });
}
