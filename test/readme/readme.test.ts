import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { isLong } from "../long.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { blocksOf, patched } from "./blocks.js";

const folder = temporaryFolder("readme");
cpSync(fileURLToPath(new URL("desk", import.meta.url)), join(folder, "desk"), { recursive: true });

const program = fileURLToPath(new URL("../../src/cli/herringbone.js", import.meta.url));

const blocks = blocksOf("Your first hour");

const herringbone = commandLine({ cwd: folder, env: process.env, now: "2026-06-02T09:00:00Z" });

/** Runs a command line of the README in the folder of the walk. */
async function run(line: string) {
  const words = line.replace(/^\$ npx herringbone /, "").split(" ");
  const { code, all } = await herringbone(...words);
  return { code, lines: all.split("\n").map(steady) };
}

/** Without what the clock decides. */
const steady = (line: string) =>
  line
    .replace(/\b\d{8}-\d{6}-[0-9a-f]{8}\b/, "BUILD")
    .replace(/^http:\/\/127\.0\.0\.1:\d+/, "ADDRESS")
    .replace(/\d+\.\d\d s\b/, "0.00 s")
    .replace(/^(Build of|Builds?) \S+T\S+/, "$1 TIME")
    .trimEnd();

/** What the README shows, where the program printed it: line by line, with any number of lines where "…" stands. */
function shownOf(printed: readonly string[], shown: readonly string[]): string[] {
  const rest = printed.at(-1) === "" ? printed.slice(0, -1) : [...printed];
  let isOpen = false;
  const found = shown.map((line) => {
    if (line === "…") {
      isOpen = true;
      return line;
    }
    const isThis = (one: string) => (line.endsWith(" …") ? one.startsWith(line.slice(0, -2)) : one === line);
    const at = rest.findIndex(isThis);
    if (at < 0 || (at > 0 && !isOpen)) return `printed instead: ${rest[0]}`;
    rest.splice(0, at + 1);
    isOpen = false;
    return line;
  });
  return isOpen ? found : [...found, ...rest];
}

/** It runs until it is interrupted, so it has a process of its own. */
async function serves(shown: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [program, "serve"], { cwd: folder });
  try {
    const address = await new Promise<string>((done, fail) => {
      child.stdout.once("data", (it) => done(String(it)));
      child.stderr.once("data", (it) => fail(new Error(String(it))));
      child.once("exit", (code) => fail(new Error(`ended with ${code}`)));
    });
    expect([steady(address)]).toEqual(shown.map(steady));
    expect(await (await fetch(address.trim())).text()).toContain("<title>");
  } finally {
    child.kill("SIGINT");
  }
}

describe("the README's first hour", { timeout: 600_000 }, () => {
  it("has commands, and at most 15 lines of a mapping to write", () => {
    expect(blocks.filter(({ kind }) => kind === "console").length).toBeGreaterThanOrEqual(6);
    const mapping = blocks.filter(({ kind, file }) => kind !== "console" && file.endsWith("sources.yaml"));
    const written = mapping.flatMap(({ kind, lines }) =>
      lines.filter((line) => kind !== "diff" || line.startsWith("+")),
    );
    expect(written.length).toBeGreaterThan(0);
    expect(written.length).toBeLessThanOrEqual(15);
  });

  for (const { kind, file, lines } of blocks) {
    const [first = "", ...rest] = lines;
    const path = join(folder, file);
    if (kind === "console") {
      // A report's site and PDF, and what serves them, are made in `npm run test:long`; else its warehouse alone.
      it.skipIf(!isLong && / serve$/.test(first))(first, async () => {
        if (!isLong && first.includes(" report ")) {
          expect((await run(first.replace(" report ", " build "))).code).toBe(0);
          return;
        }
        if (first.endsWith(" serve")) return serves(rest);
        const { code, lines: printed } = await run(first);
        const exit = /^exit code (\d)$/.exec(rest.at(-1) ?? "")?.[1];
        const shown = (exit === undefined ? rest : rest.slice(0, -1)).map(steady);
        expect(shownOf(printed, shown)).toEqual(shown);
        expect(code).toBe(Number(exit ?? 0));
      });
      continue;
    }
    it(`${kind} ${file}: ${first}`, () => {
      mkdirSync(dirname(path), { recursive: true });
      const text = kind === "diff" ? patched(readFileSync(path, "utf8"), lines) : `${lines.join("\n")}\n`;
      writeFileSync(path, text);
    });
  }
});
