import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";

import { join } from "node:path";
import { expect, test } from "vitest";
import { machineFailure } from "../../src/run/machineFailure.js";
import { copyProject } from "../copyProject.js";
import { isLong, isTurn } from "../long.js";
import { folderOfTest } from "../temporaryFolder.js";

test.skipIf(isLong)(
  "the program is kept by its sources, which it follows",
  () => {
    const folder = folderOfTest("program");
    const copy = copyProject(join(folder, "project"));
    const kept = join(copy, "reports", ".observablehq", "program");
    const herringbone = (...args: string[]) =>
      execFileSync(process.execPath, [join(copy, "src", "cli", "herringbone.js"), ...args], {
        encoding: "utf8",
      });
    const source = join(copy, "src", "cli", "main.ts");
    const said = () => /customer KPIs[^\n]*|spoken otherwise/.exec(herringbone("--help"))?.[0];
    const old = join(kept, "0000000000000000");
    mkdirSync(old, { recursive: true });
    utimesSync(old, 0, 0);

    const first = said();
    expect(first).toMatch(/^customer KPIs/);
    const folders = () => readdirSync(kept).filter((name) => /^[0-9a-f]{16}$/.test(name));
    expect(readdirSync(kept)).toEqual([...folders(), `${folders()[0]}.sizes.json`]);
    const [made = ""] = folders();
    // What runs is what is kept, until the sources are others.
    const main = join(kept, made, "main.js");
    writeFileSync(
      main,
      readFileSync(main, "utf8").replace("customer KPIs from CRM extracts", "spoken otherwise".padEnd(31)),
    );
    expect(said()).toBe("spoken otherwise");
    writeFileSync(source, `${readFileSync(source, "utf8")}// changed\n`);
    expect(said()).toBe(first);
    expect(folders()).toHaveLength(2);

    // A damaged one is made anew.
    for (const name of folders()) writeFileSync(join(kept, name, "main.js"), "");
    expect(said()).toBe(first);
    expect(said()).toBe(first);

    // A copy of the project has its own, whatever it was copied with: files are known by their full names.
    const other = join(folder, "another $& place");
    cpSync(copy, other, { recursive: true, verbatimSymlinks: true });
    rmSync(join(copy, "package.json"));
    const program = join(other, "src", "cli", "herringbone.js");
    expect(execFileSync(process.execPath, [program, "--version"], { encoding: "utf8" })).toMatch(/^\d/);
    cpSync(join(other, "package.json"), join(copy, "package.json"));

    // Where nothing can be kept it runs from its sources.
    rmSync(kept, { recursive: true });
    writeFileSync(kept, "");
    expect(said()).toBe(first);
    expect(readFileSync(kept, "utf8")).toBe("");
  },
  120_000,
);

const packages = [
  ["@duckdb", "@duckdb/node-api"],
  ["@duckdb/node-bindings", "@duckdb/node-bindings"],
  ["zod", "zod"],
  ["tsx", "tsx"],
] as const;
test.each(packages.filter(([left]) => isTurn(left === "@duckdb/node-bindings" || left === "tsx")))(
  "without %s it says what to run",
  (left, named) => {
    const folder = folderOfTest("packages");
    const copy = copyProject(join(folder, "project"));
    const own = join(copy, "node_modules");
    const whole = realpathSync(own);
    rmSync(own);
    mkdirSync(join(own, "@duckdb"), { recursive: true });
    // Copied, so that it looks for the others here.
    cpSync(join(whole, "@duckdb", "node-api"), join(own, "@duckdb", "node-api"), { recursive: true });
    const names = [...readdirSync(whole), "@duckdb/node-bindings"].filter(
      (name) => name !== "@duckdb" && name !== ".package-lock.json",
    );
    for (const name of names) symlinkSync(join(whole, name), join(own, name));
    rmSync(join(own, left), { recursive: true });
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(copy, "src", "cli", "herringbone.js"), "--version"],
      { encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `herringbone: packages are not installed (${named}), run npm ci / 依赖包尚未安装（${named}），请运行 npm ci\n`,
    });
  },
);

test.skipIf(isLong)("a package that is missed later is named, too", () => {
  const missed = (message: string, code = "ERR_MODULE_NOT_FOUND") =>
    machineFailure(Object.assign(new Error(message), { code }));
  for (const [message, name] of [
    ["Cannot find package 'puppeteer' imported from /x/src/export/browser.ts", "puppeteer"],
    [
      "Cannot find module '@duckdb/node-bindings-linux-x64/duckdb.node'\nRequire stack:",
      "@duckdb/node-bindings-linux-x64",
    ],
    [
      "Cannot find module '/x/node_modules/@duckdb/node-api/lib/index.js' imported from /x/y.js",
      "@duckdb/node-api",
    ],
    ["Cannot find module 'C:\\x\\node_modules\\zod\\index.js' imported from C:\\x\\y.js", "zod"],
  ] as const)
    expect(missed(message)).toMatchObject({
      message: `package not installed; run npm ci: ${name}`,
      exitCode: 2,
    });
  expect(missed("Cannot find module '/x/src/kpi/gone.js' imported from /x/src/cli/main.ts")).toBeUndefined();
  expect(missed("Cannot find module './gone.js'", "MODULE_NOT_FOUND")).toBeUndefined();
  expect(missed("Cannot find package 'zod' imported from x", "EOTHER")).toBeUndefined();
});
