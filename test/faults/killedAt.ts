import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What changes something on a disk, in the forms that the program uses. */
const changes = [
  "closeSync",
  "copyFileSync",
  "cpSync",
  "fsyncSync",
  "linkSync",
  "mkdirSync",
  "openSync",
  "renameSync",
  "rmSync",
  "unlinkSync",
  "writeFileSync",
  "writeSync",
];
const promised = ["copyFile", "cp", "link", "mkdir", "rename", "rm", "unlink", "writeFile"];

/**
 * A program that is run before another in its process: of the calls that name `place` it notes each in a file, and ends the
 * process by SIGKILL right behind the one of that number, or the first that begins so.
 */
const preload = (place: string, list: string, at: number | string) => `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const [place, list, at] = ${JSON.stringify([place, list, at])};
const append = fs.appendFileSync;
let count = 0;
const isMeant = (args) => args.some((arg) => typeof arg === "string" && arg.startsWith(place) && !/\\.building[^/]*\\/./.test(arg));
const done = (name, args) => {
  if (!isMeant(args)) return;
  const call = name + " " + args.filter((arg) => typeof arg === "string" && arg.startsWith(place)).map((arg) => arg.slice(place.length)).join(" ");
  append(list, call + "\\n");
  if (++count === at || (typeof at === "string" && call.startsWith(at))) process.kill(process.pid, "SIGKILL");
};
for (const name of ${JSON.stringify(changes)}) {
  const real = fs[name];
  fs[name] = (...args) => { const result = real(...args); done(name, args); return result; };
}
for (const name of ${JSON.stringify(promised)}) {
  const real = fs.promises[name];
  fs.promises[name] = async (...args) => { const result = await real(...args); done(name, args); return result; };
}
syncBuiltinESMExports();
`;

/** A program run before another, for which a package is not there. */
const lacking = (name: string) => {
  const hook = `export async function resolve(asked, context, next) {
    if (asked === ${JSON.stringify(name)} || asked.includes(${JSON.stringify(`/node_modules/${name}/`)})) throw new Error("none");
    return next(asked, context);
  }`;
  const url = `data:text/javascript;base64,${Buffer.from(hook).toString("base64")}`;
  return `import { register } from "node:module";\nregister(${JSON.stringify(url)});\n`;
};

/**
 * Runs a command that is killed right behind a certain one of the calls that change something at a place.
 * @param at its number from 1, or what it begins with; 0 for none
 * @param without a package that is not there
 * @returns how it ended, and the calls up to then
 */
export function runKilledAt(args: readonly string[], place: string, at: number | string, without?: string) {
  const list = `${place.replace(/\/$/, "")}.calls`;
  rmSync(list, { force: true });
  const before = without === undefined ? "" : lacking(without);
  const code = Buffer.from(before + preload(place, list, at)).toString("base64");
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript;base64,${code}`, "src/cli/herringbone.js", ...args],
    { cwd: root, encoding: "utf8" },
  );
  const calls = readFileSync(list, "utf8").split("\n").slice(0, -1);
  rmSync(list);
  return { status, signal, stderr, calls };
}
