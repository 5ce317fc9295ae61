import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyProject } from "../copyProject.js";
import { folderOfTest } from "../temporaryFolder.js";

test("the program is kept by its sources, which it follows", () => {
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
}, 120_000);
