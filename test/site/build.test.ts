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
import { buildSite, type SiteEffects } from "../../src/site/build.js";
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
  await buildSite(
    options(),
    framework(0, () => expect(readFileSync(member, "utf8")).toBe("figures")),
  );
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
