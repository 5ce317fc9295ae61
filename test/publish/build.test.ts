import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { buildSite, type SiteEffects } from "../../src/publish/site/build.js";
import { followChanges } from "../../src/publish/site/preview.js";
import { bringBack } from "../../src/publish/site/swap.js";
import { CliError } from "../../src/run/error.js";
import { folderOfTest } from "../temporaryFolder.js";
import { inChinese } from "../words/said.js";

let root: string;

beforeEach(() => {
  root = folderOfTest("site");
  mkdirSync(join(root, "reports"));
  site(join(root, "dist"));
  writeFileSync(join(root, "package.json"), "{}");
  writeFileSync(join(root, "warehouse.duckdb"), "");
  symlinkSync(join(import.meta.dirname, "..", "..", "node_modules"), join(root, "node_modules"));
});

/** A site as the first builds left it, without a mark. */
function site(folder: string): void {
  mkdirSync(join(folder, "_observablehq"), { recursive: true });
  writeFileSync(join(folder, "index.html"), previous);
}

const previous = "<title>previous · Herringbone</title>";

const options = () => ({ root, warehouse: "warehouse.duckdb" });

/** What Framework makes of a page that loads a table: of no content, and named after that. */
const shell = (text = "next") =>
  `<title>shell</title><b>${text}</b> {"path":"./_file/data/kpi/cube/csat.e3b0c442.arrow","lastModified":1,"size":0}`;

/** A Framework that writes one page and ends with `code`. */
const framework = (code: number, during = () => {}): SiteEffects => ({
  env: {},
  buildId: async () => "b1",
  catalogue: async () => ({
    language: "en",
    kpiLabels: new Map(),
    fishboneLabels: new Map(),
    scorecardLabels: new Map(),
    initiativeLabels: new Map(),
  }),
  publish: async () => [
    { path: "build.json", bytes: Buffer.from('{"build_id":"b1"}') },
    { path: "cube/csat.arrow", bytes: Buffer.from("figures") },
  ],
  run: async (_command, _args, { env }) => {
    const out = env.HERRINGBONE_SITE ?? "";
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "index.html"), shell());
    during();
    return { code, output: "the reason" };
  },
});

const page = () => readFileSync(join(root, "dist", "index.html"), "utf8");
const leftovers = () => readdirSync(root).filter((name) => name.endsWith(".tmp"));

test("the new site takes the old one's place when it is whole", async () => {
  await buildSite(
    options(),
    framework(0, () => expect(page()).toBe(previous)),
  );
  expect(page()).toContain("<b>next</b>");
  expect(leftovers()).toEqual([]);
});

test("a name that looks like what shells are stamped by is a title as it is", async () => {
  const name = `</title><b>$& herringbone-any-id ./_file/data/kpi/x.12345678.arrow"\u202e`;
  const effects = framework(0);
  await buildSite(options(), {
    ...effects,
    catalogue: async (file) => ({
      ...(await effects.catalogue(file)),
      kpiLabels: new Map([["csat", { "zh-CN": name, en: name }]]),
    }),
    run: async (command, args, run) => {
      const out = join(run.env.HERRINGBONE_SITE ?? "", "kpi");
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, "herringbone-any-id.html"), shell());
      return effects.run(command, args, run);
    },
  });
  expect(readFileSync(join(root, "dist", "kpi", "csat.html"), "utf8")).toContain(
    `<title>&lt;/title&gt;&lt;b&gt;$&amp; herringbone-any-id ./_file/data/kpi/x.12345678.arrow"\\u202e · Herringbone</title>`,
  );
});

test("a failed build leaves the previous site and says why", async () => {
  const failed = buildSite(options(), framework(1));
  await expect(failed).rejects.toThrow(CliError);
  await expect(failed).rejects.toThrow(/the site build failed:\nthe reason/);
  expect(page()).toBe(previous);
  expect(leftovers()).toEqual([]);
});

test("what a killed build left is removed, and a site it had moved away comes back", async () => {
  const dead = 2 ** 22 + 1;
  mkdirSync(join(root, `dist.building-${dead}.tmp`));
  rmSync(join(root, "dist"), { recursive: true });
  site(join(root, `dist.previous-${dead}.tmp`));
  await expect(buildSite(options(), framework(1))).rejects.toThrow(CliError);
  expect(page()).toBe(previous);
  expect(leftovers()).toEqual([]);
});

test("a site that a killed build had moved away comes back for who reads it, and behind a link", async () => {
  const dead = 2 ** 22 + 1;
  const real = join(root, "sites", "v 1");
  mkdirSync(join(root, "sites"));
  renameSync(join(root, "dist"), `${real}.previous-${dead}.tmp`);
  symlinkSync(real, join(root, "dist"));
  writeFileSync(`${real}.lock`, JSON.stringify({ pid: dead, started: null }));
  await bringBack(join(root, "dist"));
  expect(page()).toBe(previous);
  expect(readdirSync(join(root, "sites"))).toEqual(["v 1"]);
  // The next build finds it, too; its own new one stands, and nothing is brought in its place.
  renameSync(real, `${real}.previous-${dead}.tmp`);
  await buildSite(options(), framework(0));
  expect(page()).toContain("<b>next</b>");
  site(`${real}.previous-${dead}.tmp`);
  await bringBack(join(root, "dist"));
  expect(page()).toContain("<b>next</b>");
});

test("a site that another process is putting into place is waited for, not taken from it", async () => {
  const [dist, moved] = [join(root, "dist"), join(root, `dist.previous-${process.pid}.tmp`)];
  renameSync(dist, moved);
  writeFileSync(`${dist}.lock`, JSON.stringify({ pid: process.pid, started: null }));
  const back = bringBack(dist);
  expect(existsSync(dist)).toBe(false);
  site(dist);
  await back;
  expect(existsSync(moved)).toBe(true);
});

test("without a warehouse nothing is touched", async () => {
  rmSync(join(root, "warehouse.duckdb"));
  await expect(buildSite(options(), framework(0))).rejects.toThrow(/no warehouse.*warehouse\.duckdb$/);
  expect(page()).toBe(previous);
});

const runs = () => readdirSync(join(root, "reports", ".observablehq", "runs"));
const cube = (site: string) => {
  const [, path = ""] = /"path":"([^"]*)"/.exec(readFileSync(join(root, site, "index.html"), "utf8")) ?? [];
  return readFileSync(join(root, site, path), "utf8");
};

test("a component that is not valid is named with its line, and Framework gets nothing to build", async () => {
  writeFileSync(join(root, "reports", "broken.ts"), "export const one = 1;\nexport const two: = 2;\n");
  let went: Promise<string> = Promise.resolve("");
  const effects = framework(0);
  const failed = buildSite(options(), {
    ...effects,
    run: async (command, args, given) => {
      went = (given.goes ?? Promise.resolve()).then(
        () => "went",
        () => "stayed",
      );
      await went;
      return effects.run(command, args, given);
    },
  });
  await expect(failed).rejects.toThrow(/the site build failed:\nreports\/broken\.ts:2: Unexpected "="/);
  expect(await went).toBe("stayed");
  expect(page()).toBe(previous);
});

test("builds at the same time have pages and data of their own", async () => {
  writeFileSync(join(root, "reports", "index.md"), "page");
  const build = (id: string, other?: Promise<unknown>) =>
    buildSite(
      { ...options(), warehouse: "warehouse.duckdb", out: `dist-${id}` },
      {
        ...framework(0),
        buildId: async () => id,
        publish: async () => [
          { path: "build.json", bytes: Buffer.from(JSON.stringify({ build_id: id })) },
          { path: "cube/csat.arrow", bytes: Buffer.from(id) },
        ],
        run: async (command, args, given) => {
          await given.goes;
          expect(readFileSync(join(root, given.env.HERRINGBONE_PAGES ?? "", "index.md"), "utf8")).toBe(
            "page",
          );
          await other;
          return framework(0).run(command, args, given);
        },
      },
    );
  await build("a", build("b"));
  await Promise.all([build("a"), build("b")]);
  expect([cube("dist-a"), cube("dist-b")]).toEqual(["a", "b"]);
  expect(runs()).toEqual([]);
});

test("two builds into one folder: the later one is refused and names the running one", async () => {
  let second: Promise<unknown> = Promise.resolve();
  const run = framework(0, () => {
    second = expect(buildSite(options(), framework(0))).rejects.toMatchObject({
      message: expect.stringContaining(`(process ${process.pid})`),
      wording: inChinese(`（进程 ${process.pid}）`),
      exitCode: 1,
    });
  });
  await buildSite(options(), {
    ...run,
    run: async (...given) => {
      const result = await run.run(...given);
      await second;
      return result;
    },
  });
  expect(page()).toContain("<b>next</b>");
  expect(readdirSync(root).filter((name) => /lock|tmp/.test(name))).toEqual([]);
});

test.each([
  { when: "before its data was published", ids: ["b0"] },
  { when: "before its site was put in place", ids: ["b1", "b2"] },
])("a warehouse that was built anew $when ends the build", async ({ ids }) => {
  const effects = { ...framework(0), buildId: async () => (ids.length > 1 ? ids.shift() : ids[0]) ?? "" };
  await expect(buildSite(options(), effects)).rejects.toThrow(/built anew meanwhile \(b\d has become b\d\)/);
  expect(page()).toBe(previous);
  expect(leftovers()).toEqual([]);
});

test("a site is not put in place when it is of another build than asked for", async () => {
  const asked = buildSite({ ...options(), buildId: "b7" }, framework(0));
  await expect(asked).rejects.toThrow("b7 has become b1");
  expect(page()).toBe(previous);
});

test("a page that names data that was not published ends the build", async () => {
  const other = {
    ...framework(0),
    publish: async () => [{ path: "build.json", bytes: Buffer.from('{"build_id":"b1"}') }],
  };
  await expect(buildSite(options(), other)).rejects.toThrow(/not published: index: cube\/csat\.arrow/);
  expect(page()).toBe(previous);
});

/** A Framework that counts how often it is called. */
function counting(): { effects: SiteEffects; calls: () => number } {
  let calls = 0;
  return { effects: framework(0, () => (calls += 1)), calls: () => calls };
}

test("pages are built once for all data, and anew when any of them changes", async () => {
  writeFileSync(join(root, "reports", "index.md"), "page");
  const { effects, calls } = counting();
  await buildSite(options(), effects);
  const other = [
    { path: "build.json", bytes: Buffer.from('{"build_id":"b1"}') },
    { path: "cube/csat.arrow", bytes: Buffer.from("other figures") },
  ];
  await buildSite(options(), { ...effects, publish: async () => other });
  expect(cube("dist")).toBe("other figures");
  expect(calls()).toBe(1);
  writeFileSync(join(root, "reports", "index.md"), "changed");
  await buildSite(options(), effects);
  expect(calls()).toBe(2);
});

test("pages that change while they are built are built once more", async () => {
  writeFileSync(join(root, "reports", "index.md"), "page");
  let calls = 0;
  await buildSite(
    options(),
    framework(0, () => {
      calls += 1;
      if (calls === 1) writeFileSync(join(root, "reports", "index.md"), "changed");
    }),
  );
  expect(calls).toBe(2);
});

test("what a killed build left is not trusted", async () => {
  const { effects, calls } = counting();
  await buildSite(options(), effects);
  const shells = join(root, "reports", ".observablehq", "shells");
  const [stamp = ""] = readdirSync(shells);
  expect(readdirSync(join(shells, stamp)).sort()).toEqual(["site", "site.sizes.json"]);
  renameSync(join(shells, stamp, "site"), join(shells, stamp, "site-killed"));
  await buildSite(options(), effects);
  expect(calls()).toBe(2);
  expect(cube("dist")).toBe("figures");
  // Nor is a shell that is no longer as long as it was made.
  truncateSync(join(shells, stamp, "site", "index.html"), 10);
  await buildSite(options(), effects);
  expect(calls()).toBe(3);
  expect(cube("dist")).toBe("figures");
  expect(runs()).toEqual([]);
});

test("data that cannot be published ends the build with its reason", async () => {
  const failed = buildSite(options(), {
    ...framework(0),
    publish: async () => {
      throw new CliError("the warehouse does not open");
    },
  });
  await expect(failed).rejects.toThrow("the warehouse does not open");
  expect(page()).toContain("previous");
  expect(leftovers()).toEqual([]);
});

test("changes are followed once they rest, one reaction at a time", async () => {
  const folder = join(root, "models");
  mkdirSync(folder);
  let reactions = 0;
  const stop = followChanges([folder, join(root, "absent")], async () => {
    reactions += 1;
  });
  try {
    for (const name of ["a", "b", "c"]) writeFileSync(join(folder, name), "");
    await new Promise((done) => setTimeout(done, 1200));
    expect(reactions).toBe(1);
    writeFileSync(join(folder, "a"), "changed");
    await new Promise((done) => setTimeout(done, 1200));
    expect(reactions).toBe(2);
  } finally {
    stop();
  }
});
