import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { CliError } from "../../src/error.js";
import { buildSite, type SiteEffects, siteEffects } from "../../src/site/build.js";
import { followedData } from "../../src/site/dataFollows.js";
import { followChanges } from "../../src/site/preview.js";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "herringbone-site-"));
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

afterEach(() => rmSync(root, { recursive: true, force: true }));

const options = () => ({ root, warehouse: "warehouse.duckdb" });

/** A Framework that writes one page and ends with `code`. */
const framework = (code: number, during = () => {}): SiteEffects => ({
  env: {},
  publish: async () => [{ path: "cube/csat.arrow", bytes: Buffer.from("figures") }],
  run: async (_command, _args, { env }) => {
    const out = env.HERRINGBONE_SITE ?? "";
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "index.html"), "next");
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
  expect(page()).toBe("next");
  expect(leftovers()).toEqual([]);
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

test("without a warehouse nothing is touched", async () => {
  rmSync(join(root, "warehouse.duckdb"));
  await expect(buildSite(options(), framework(0))).rejects.toThrow(/no warehouse.*warehouse\.duckdb$/);
  expect(page()).toBe(previous);
});

test("cached data is dropped when the warehouse changed, and only then", async () => {
  const cached = join(root, "reports", ".observablehq", "cache", "data", "kpi.zip");
  const member = join(root, "reports", ".observablehq", "cache", "data", "kpi", "cube", "csat.arrow");
  await buildSite(options(), {
    ...framework(0),
    run: async (command, args, given) => {
      await given.awaits;
      expect(readFileSync(member, "utf8")).toBe("figures");
      return framework(0).run(command, args, given);
    },
  });
  writeFileSync(cached, "data");
  writeFileSync(member, "older figures");
  await buildSite(options(), framework(0));
  expect(existsSync(cached)).toBe(true);
  expect(readFileSync(member, "utf8")).toBe("older figures");
  writeFileSync(join(root, "warehouse.duckdb"), "a newer build");
  await buildSite(options(), framework(0));
  expect(existsSync(cached)).toBe(false);
  expect(readFileSync(member, "utf8")).toBe("figures");
});

test("Framework reads the pages while the data is published, and is told when it lies in its place", async () => {
  const member = join(root, "reports", ".observablehq", "cache", "data", "kpi", "cube", "csat.arrow");
  const { publish, run } = framework(0);
  let started = () => {};
  const running = new Promise<void>((done) => {
    started = done;
  });
  await buildSite(options(), {
    env: {},
    publish: async (env) => {
      await running;
      return publish(env);
    },
    run: async (command, args, given) => {
      started();
      expect(existsSync(member)).toBe(false);
      await given.awaits;
      expect(readFileSync(member, "utf8")).toBe("figures");
      return run(command, args, given);
    },
  });
  expect(page()).toBe("next");
});

test("data that cannot be published ends the build with its reason, and is published anew next time", async () => {
  const failed = buildSite(options(), {
    ...framework(0),
    publish: async () => {
      throw new CliError("the warehouse does not open");
    },
  });
  await expect(failed).rejects.toThrow("the warehouse does not open");
  expect(page()).toContain("previous");
  expect(leftovers()).toEqual([]);
  let published = 0;
  const { publish, ...rest } = framework(0);
  await buildSite(options(), {
    ...rest,
    publish: async (env) => {
      published += 1;
      return publish(env);
    },
  });
  expect(published).toBe(1);
});

const waiting = `import { dataPlaced } from ${JSON.stringify(join(import.meta.dirname, "../../src/site/dataFollows.ts"))};
  console.log("began"); await dataPlaced(); console.log("placed");`;
const waitingRun = (awaits?: Promise<void>) =>
  siteEffects.run(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", waiting], {
    cwd: join(import.meta.dirname, "..", ".."),
    env: awaits ? { ...process.env, ...followedData } : process.env,
    awaits,
  });

test("a process that waits for the data goes on when it is placed, early or late", async () => {
  const late = new Promise<void>((done) => setTimeout(done, 1500));
  for (const awaits of [undefined, Promise.resolve(), late])
    expect(await waitingRun(awaits)).toEqual({ code: 0, output: "began\nplaced\n" });
});

test("a process that waits for the data ends when there will be none", async () => {
  const failing = new Promise<void>((_, fail) => setTimeout(fail, 1500, new Error("no data")));
  const { code, output } = await waitingRun(failing);
  expect(code).not.toBe(0);
  expect(output).not.toContain("placed");
  const alone = await siteEffects.run(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", waiting],
    { cwd: join(import.meta.dirname, "..", ".."), env: { ...process.env, ...followedData } },
  );
  expect(alone.code).toBe(1);
  expect(alone.output).toContain("the data was not published");
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
