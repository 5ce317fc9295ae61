import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";

/** Whether this machine lets a test mount something over a folder of its own: root's, on Linux; else the test says skipped. */
export const canMount = (): boolean =>
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", tmpdir()]).status === 0;

/** Runs a shell script whose mounts are seen by it alone; `-n`: without a network. */
export const withMounts = (script: string, more: readonly string[] = [], env = process.env) =>
  spawnSync("unshare", ["-m", ...more, "sh", "-c", script], { encoding: "utf8", env });
