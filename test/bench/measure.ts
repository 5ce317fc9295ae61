import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { append } from "../../src/statistics/extremes.js";

/** What a process and all it started took. */
export interface Measurement {
  seconds: number;
  /** Largest resident memory of the whole process tree, in bytes; null where `/proc` does not tell. */
  peakBytes: number | null;
  /** Processor time of the process, user's and system's, in seconds. */
  cpuSeconds: number;
  /** What it wrote. */
  said: string;
}

const pollMilliseconds = 40;

/**
 * Run `node` with the arguments and measure it. Memory is the larger of the sum over the process tree, looked up every
 * 40 ms, and the kernel's own high-water mark of its largest process.
 *
 * @throws when the process fails, with what it wrote to stderr
 */
export function measure(
  args: readonly string[],
  place: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { ...place, stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    let said = "";
    let peak = 0;
    let cpuSeconds = 0;
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      said += chunk;
    });
    const poll = setInterval(() => {
      if (child.pid === undefined) return;
      peak = Math.max(peak, treeBytes(child.pid));
      cpuSeconds = Math.max(cpuSeconds, processorSeconds(child.pid));
    }, pollMilliseconds);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(poll);
      const seconds = (performance.now() - began) / 1000;
      if (code === 0) resolve({ seconds, peakBytes: peak === 0 ? null : peak, cpuSeconds, said });
      else reject(new Error(`node ${args.join(" ")} ended with ${code}: ${stderr.trim()}`));
    });
  });
}

/** The median of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The resident memory of a process and all it started, in bytes. */
export function treeBytes(root: number): number {
  const children = childrenByParent();
  let sum = 0;
  let highWater = 0;
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const status = readStatus(pid);
    sum += status.resident;
    highWater = Math.max(highWater, status.highWater);
    append(open, children.get(pid) ?? []);
  }
  return Math.max(sum, highWater);
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const pid of processIds()) {
    const parent = Number(/^PPid:\s+(\d+)/m.exec(statusText(pid))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

function processIds(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function readStatus(pid: number): { resident: number; highWater: number } {
  const text = statusText(pid);
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * 1024;
  return { resident: bytes("VmRSS"), highWater: bytes("VmHWM") };
}

/** What a process has taken of processors so far; 0 where there is no `/proc`. */
function processorSeconds(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return 0;
  }
}

/** Linux counts processor time in hundredths on every machine. */
const ticksPerSecond = 100;

/** Empty for a process that has ended meanwhile, and where there is no `/proc`. */
function statusText(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
