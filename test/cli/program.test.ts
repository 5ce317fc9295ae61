import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyProject } from "../copyProject.js";
import { folderOfTest } from "../temporaryFolder.js";

test("the program is kept by its sources, which it follows", () => {
  const copy = copyProject(folderOfTest("program"));
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
  const [made = "", ...others] = readdirSync(kept);
  expect([made, others]).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), []]);
  // What runs is what is kept, until the sources are others.
  const main = join(kept, made, "main.js");
  writeFileSync(
    main,
    readFileSync(main, "utf8").replace("customer KPIs from CRM extracts", "spoken otherwise"),
  );
  expect(said()).toBe("spoken otherwise");
  writeFileSync(source, `${readFileSync(source, "utf8")}// changed\n`);
  expect(said()).toBe(first);
  expect(readdirSync(kept)).toHaveLength(2);

  // Where nothing can be kept it runs from its sources.
  rmSync(kept, { recursive: true });
  writeFileSync(kept, "");
  expect(said()).toBe(first);
  expect(readFileSync(kept, "utf8")).toBe("");
}, 120_000);
