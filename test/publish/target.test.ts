import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { buildSite, type SiteEffects } from "../../src/publish/site/build.js";
import { folderOfTest } from "../temporaryFolder.js";
import { inChinese } from "../words/said.js";

let root: string;
let runs: number;

beforeEach(() => {
  root = folderOfTest("target");
  for (const name of ["reports", "catalogue", "data"]) mkdirSync(join(root, name));
  for (const name of ["package.json", "warehouse.duckdb"]) writeFileSync(join(root, name), "{}");
  symlinkSync(join(import.meta.dirname, "..", "..", "node_modules"), join(root, "node_modules"));
  runs = 0;
});

/** What the pages of a site may load at any time, and so lies in it in any case. */
const number = "number.00000000.json";

const effects: SiteEffects = {
  env: {},
  buildId: async () => "",
  catalogue: async () => ({
    language: "en",
    kpiLabels: new Map(),
    fishboneLabels: new Map(),
    scorecardLabels: new Map(),
    initiativeLabels: new Map(),
  }),
  publish: async () => {
    runs += 1;
    return [{ path: number, bytes: Buffer.from(`site ${runs}`) }];
  },
  run: async (_command, _args, { env }) => {
    mkdirSync(env.HERRINGBONE_SITE ?? "", { recursive: true });
    writeFileSync(join(env.HERRINGBONE_SITE ?? "", "index.html"), "");
    return { code: 0, output: "" };
  },
};

const build = (out: string) =>
  buildSite(
    { root, warehouse: "warehouse.duckdb", out, kept: [join(root, "data"), join(root, "catalogue")] },
    effects,
  );
const page = (out: string) => readFileSync(join(root, out, "_file", "data", "kpi", number), "utf8");

async function refuses(out: string, message: RegExp) {
  await expect(build(out)).rejects.toMatchObject({
    message: expect.stringMatching(message),
    wording: inChinese("--out"),
    exitCode: 2,
  });
  expect(runs).toBe(0);
}

describe("the folder of a site", () => {
  it("may be absent, empty, or an earlier site", async () => {
    mkdirSync(join(root, "empty"));
    for (const out of ["empty", "absent/below", "empty", "absent/below"]) await build(out);
    expect([page("empty"), page("absent/below")]).toEqual(["site 3", "site 4"]);
    writeFileSync(join(root, "empty", ".DS_Store"), "");
    await build("empty");
    expect(readdirSync(root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("is refused when it holds anything else, which stays", async () => {
    mkdirSync(join(root, "thesis", "chapters"), { recursive: true });
    writeFileSync(join(root, "thesis", "chapters", "1.txt"), "years of work");
    await refuses("thesis", /holds something else.*chapters\/1\.txt.*thesis$/);
    expect(readFileSync(join(root, "thesis", "chapters", "1.txt"), "utf8")).toBe("years of work");
    writeFileSync(join(root, "thesis", "index.html"), "<title>My thesis · Herringbone</title>");
    await refuses("thesis", /holds something else/);
  });

  it("is refused when a file was put into an earlier site", async () => {
    await build("dist");
    runs = 0;
    writeFileSync(join(root, "dist", "CNAME"), "kpis.example");
    await refuses("dist", /\(CNAME\)/);
    expect(page("dist")).toBe("site 1");
  });

  it("is refused when a file comes into it while the site is built", async () => {
    const late: SiteEffects = {
      ...effects,
      run: async (...args) => {
        mkdirSync(join(root, "dist"));
        writeFileSync(join(root, "dist", "late.txt"), "");
        return effects.run(...args);
      },
    };
    await expect(buildSite({ root, warehouse: "warehouse.duckdb" }, late)).rejects.toThrow(/late\.txt/);
    expect(readdirSync(join(root, "dist"))).toEqual(["late.txt"]);
  });

  it("is refused when it is a file, or lies below one", async () => {
    writeFileSync(join(root, "file"), "words");
    await refuses("file", /has to be a folder/);
    await refuses("file/below", /lies in something that is no folder/);
    expect(readFileSync(join(root, "file"), "utf8")).toBe("words");
  });

  it("is refused when it is or holds the project, a home, the inputs, or lies in the sources", async () => {
    for (const out of [root, "/", homedir(), tmpdir(), "catalogue", "data"])
      await refuses(out, /must not replace|folder data/);
    for (const out of ["reports", "reports/dist", "node_modules/dist"])
      await refuses(out, /no place for a site|must not/);
  });

  it("may be behind a link, which stays; one that leads nowhere is refused", async () => {
    mkdirSync(join(root, "disk"));
    symlinkSync(join(root, "disk"), join(root, "dist"));
    await build("dist");
    await build("dist");
    expect(page("disk")).toBe("site 2");
    runs = 0;
    writeFileSync(join(root, "disk", "notes.txt"), "");
    await refuses("dist", /notes\.txt/);
    symlinkSync(join(root, "gone"), join(root, "astray"));
    await refuses("astray", /leads nowhere/);
  });
});
