#!/usr/bin/env node
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  end(`Node ${process.versions.node} is too old, 20.19 is needed / Node 版本过旧，需要 20.19`, 2);
}
// Node and packages call what could not be opened for want of descriptors not installed, or wait for it.
if (!mayOpen(40))
  end(
    "too few files may be open, raise ulimit -n to 256 / 可同时打开的文件过少，请将 ulimit -n 提高到 256",
    1,
  );
// Who reads the output may have seen enough, as `head` has.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}
// A trace names the sources, which takes time only where one is wanted.
process.setSourceMapsEnabled(process.argv.includes("--debug"));
const { keptProgram } = await import("./program.js");
const { missingPackage } = await import("../run/missingPackage.js");
const { main, tell } = await started(await keptProgram());
process.on("uncaughtException", (error) => process.exit(tell(error, process.argv)));
process.exitCode = await main(process.argv);

/** The main module as it is kept, or as it was written where that cannot be loaded. */
async function started(kept) {
  try {
    if (kept !== undefined) return await import(kept);
  } catch (error) {
    if (process.argv.includes("--debug")) process.stderr.write(`${error.stack}\n`);
  }
  return import(await fromSource()).catch(endWithoutPackages);
}

/** The main module as it was written, its TypeScript translated as it is loaded. */
async function fromSource() {
  const { register } = await import("tsx/esm/api").catch(endWithoutPackages);
  register();
  return "./main.js";
}

/** Ends where a package is missing; what else may be wrong with the program is thrown. */
function endWithoutPackages(error) {
  const name = missingPackage(error);
  if (name === undefined) throw error;
  end(`packages are not installed (${name}), run npm ci / 依赖包尚未安装（${name}），请运行 npm ci`, 2);
}

/** Whether so many files more may be open at once. */
function mayOpen(count) {
  const opened = [];
  try {
    while (opened.length < count) opened.push(openSync(fileURLToPath(import.meta.url)));
    return true;
  } catch (error) {
    if (!["EMFILE", "ENFILE"].includes(error.code)) throw error;
    return false;
  } finally {
    for (const file of opened) closeSync(file);
  }
}

/** Ends before there is a language to choose. */
function end(reason, code) {
  process.stderr.write(`herringbone: ${reason}\n`);
  process.exit(code);
}
