import { spawn } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { naming, pseudonymised } from "../../src/load/persons/pseudonyms.js";
import { BuildCache } from "../../src/warehouse/kept/buildCache.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { textOf } from "./textOf.js";

const folder = temporaryFolder("forget");
const data = join(folder, "data");
const catalog = join(folder, "catalog");
const kept = join(folder, "kept");
const untouched = join(folder, "untouched");
const warehouse = join(kept, "w.duckdb");
const former = join(`${warehouse}.builds`, "20260401-040000-0123abcd.duckdb");

const run = commandLine({ cwd: folder, now: "2026-05-02T04:00:00Z", warehouse });
const write = (name: string, lines: readonly string[]) =>
  writeFileSync(join(data, `${name}.csv`), `${lines.join("\n")}\n`);
const build = async (now = "2026-05-02T04:00:00Z") => {
  const at = commandLine({ cwd: folder, now, warehouse });
  const places = ["--data", data, "--catalog", catalog, "--as-of", "2026-04-30", "--lang", "en"];
  const done = await at("build", ...places);
  if (done.code !== 0) throw new Error(done.err);
  return done.all;
};
const values = async (...args: string[]) =>
  JSON.parse(
    (
      await run(
        "kpi",
        "average_response_time",
        "--from",
        "2026-03",
        "--to",
        "2026-03",
        "--format",
        "json",
        ...args,
      )
    ).out,
  ) as {
    by: object;
    value: number;
  }[];

/** What leads to the customer and to the employee who are forgotten. */
const words = ["Kestrel7", "Kestrel Works", "moved to Merlin", "Osprey3", "Ada Osprey"];

/** What all files beside each other say, bytes and all rows. */
async function everything(): Promise<string> {
  const found: string[] = [];
  const instance = await DuckDBInstance.create();
  const db = await instance.connect();
  const walk = async (place: string): Promise<void> => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      const path = join(place, entry.name);
      if (entry.isDirectory()) await walk(path);
      else {
        found.push(readFileSync(path, "latin1"), readFileSync(path, "utf8"));
        if (path.endsWith(".duckdb")) found.push(await textOf(path));
        if (path.endsWith(".parquet"))
          found.push(JSON.stringify((await db.runAndReadAll(`from '${path}'`)).getRowsJson()));
      }
    }
  };
  await walk(kept);
  db.closeSync();
  instance.closeSync();
  return found.join("\n");
}

/** As builds keep the rows of large files. */
async function keepRows(): Promise<void> {
  const instance = await DuckDBInstance.create();
  const db = await instance.connect();
  const cache = new BuildCache(warehouse, true, 0);
  const rows = `read_csv('${join(data, "customers.csv")}', all_varchar = true)`;
  await cache.keep(cache.key("customers"), { rejected: "T72,Kestrel7" }, (path) =>
    db.run(`copy (from ${rows}) to '${path}' (format parquet)`),
  );
  db.closeSync();
  instance.closeSync();
}

beforeAll(async () => {
  for (const place of [data, `${warehouse}.builds`]) mkdirSync(place, { recursive: true });
  smallCatalogue(["average_response_time", "new_customers"], catalog);
  const others = Array.from({ length: 60 }, (_, at) => at + 1);
  write("customers", [
    "customer_id,name,region,acquired_on",
    "Kestrel7,Kestrel Works,East,2026-03-03",
    ...others.map((at) => `C${at},N${at},North,2024-01-01`),
  ]);
  write("customer_status", [
    "customer_id,changed_on,status,reason",
    "Kestrel7,2026-04-01,churned,moved to Merlin",
  ]);
  write("employees", [
    "employee_id,name,hired_on",
    "Osprey3,Ada Osprey,2020-01-01",
    "Osprey4,Bob,2020-01-01",
    "C1,Eve,2020-01-01",
  ]);
  const ticket = (at: number, customer: string, agent: string) =>
    `T${at},${customer},request,phone,2026-03-02 10:00:${10 + (at % 40)},2026-03-02 10:${10 + (at % 40)}:00,${agent}`;
  write("tickets", [
    "ticket_id,customer_id,type,channel,created_at,first_response_at,agent_id",
    ...others.map((at) => ticket(at, at % 10 === 0 ? "Kestrel7" : `C${at}`, at % 2 ? "Osprey3" : "Osprey4")),
    // Rows that are refused: what cannot be read, an older version of another, and a line that is none.
    "T70,Kestrel7,request,phone,soon,2026-03-02 10:00:00,Osprey3",
    ticket(71, "Kestrel7", "Osprey3"),
    ticket(71, "Kestrel7", "Osprey4"),
    'T72,Kestrel7,"request"x,phone,2026-03-02 10:00:00,,Osprey3',
  ]);
  await build();
  await keepRows();
  copyFileSync(warehouse, former);
  await run("close", "2026-03");
  cpSync(kept, untouched, { recursive: true });
});

describe("forget", () => {
  it("says what it cannot do", async () => {
    expect(await run("forget", "Nobody", "--lang", "en")).toMatchObject({
      code: 1,
      err: expect.stringContaining("has this id"),
    });
    expect((await run("forget")).code).toBe(2);
    expect((await run("forget", "Kestrel7", "--list")).code).toBe(2);
    // A customer and an employee have this one.
    expect(await run("forget", "C1", "--lang", "en")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--kind customer, employee"),
    });
    expect((await run("forget", "Kestrel7", "--kind", "lead")).code).toBe(1);
    expect((await run("forget", "--list", "--lang", "en")).out).toBe("nobody has been forgotten\n");
  });

  it("leaves nothing of a person in any file, changes no figure, and no build brings anybody back", async () => {
    const before = await everything();
    for (const word of words) expect(before).toContain(word);
    const [whole, agents] = [await values(), await values("--by", "agent_id")];

    const done = await run("forget", "Kestrel7", "--lang", "en");
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringMatching(/builds written anew 2, .* forgotten-[0-9a-f]{12},/),
    });
    expect((await run("forget", "Osprey3", "--lang", "en")).code).toBe(0);
    const clean = async () => {
      const after = await everything();
      for (const word of words) expect(after).not.toContain(word);
      expect(await values()).toEqual(whole);
      const now = await values("--by", "agent_id");
      const numbers = (rows: readonly { value: number }[]) => rows.map(({ value }) => value).sort();
      expect(numbers(now)).toEqual(numbers(agents));
      expect(JSON.stringify(now)).toMatch(/forgotten-[0-9a-f]{12}/);
    };
    await clean();
    expect((await run("forget", "--list", "--format", "csv")).out).toBe(
      "forgotten_on,persons,pending\r\n2026-05-02,2,0\r\n",
    );
    for (const command of ["check", "builds"])
      expect((await run(command, "--lang", "en")).out).toContain(
        "persons forgotten: 2, the last on 2026-05-02;",
      );
    // Whoever is asked for again is the same, as after an end in the middle.
    const again = await run("forget", "Kestrel7", "--lang", "en");
    expect(again.out).toBe(done.out);

    const said = await build("2026-05-03T04:00:00Z");
    for (const word of words) expect(said).not.toContain(word);
    await clean();
    const { closed_periods } = JSON.parse((await run("check", "--format", "json")).out);
    expect(closed_periods.periods).toMatchObject([{ period: "2026-03", restated: 0 }]);
    const refused = await run("check", "--lang", "en");
    expect(refused.out).toContain("customers");
    // The other customer and employee of one id are still who they were.
    expect(await everything()).toContain("Eve");
  });
});

describe("forget that is killed", () => {
  beforeEach(() => {
    rmSync(kept, { recursive: true, force: true });
    cpSync(untouched, kept, { recursive: true });
  });

  const builds = `${warehouse}.builds`;
  const list = `${warehouse}.forgotten.json`;
  const begun = (place: string) => () => readdirSync(place).some((name) => /\.building$/.test(name));
  /** When it is killed: each a state of the files, and so long after it in ms. */
  const moments: [what: string, reached: () => boolean, wait: number][] = [
    ["before anything is written", () => true, 150],
    ["with the person on the list", () => existsSync(list), 0],
    ["with the record being written", () => existsSync(list), 40],
    ["with a former build begun", begun(builds), 0],
    ["with a former build half written", begun(builds), 60],
    ["with the warehouse begun", begun(kept), 0],
    ["with the warehouse half written", begun(kept), 60],
    ["with the warehouse nearly written", begun(kept), 150],
  ];
  const program = join(import.meta.dirname, "../../src/cli/herringbone.js");
  const killed = async (reached: () => boolean, wait: number) => {
    const child = spawn(process.execPath, [
      program,
      "forget",
      "Kestrel7",
      "--lang",
      "en",
      "--warehouse",
      warehouse,
    ]);
    let said = "";
    child.stdout.on("data", (text) => (said += text));
    const over = new Promise((resolve) => child.once("exit", resolve));
    const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    while (child.exitCode === null && !reached()) await sleep(1);
    await sleep(wait);
    child.kill("SIGKILL");
    await over;
    return said;
  };

  it.each(moments)("%s", async (_, reached, wait) => {
    const [word = "", ...more] = words;
    const said = await killed(reached, wait);
    const isGone = !(await everything()).includes(word);
    for (const command of ["check", "builds", "forget"]) {
      const { out } = await run(command, ...(command === "forget" ? ["--list"] : []), "--lang", "en");
      // Told only of who is gone from everywhere.
      expect([command, out.includes("persons forgotten: 1"), isGone || said === ""]).toEqual([
        command,
        command !== "forget" && isGone && existsSync(list) && !out.includes("not ended: 1"),
        true,
      ]);
    }
    const listed = JSON.parse((await run("forget", "--list", "--format", "json")).out);
    if (!isGone && listed.length > 0) expect(listed).toMatchObject([{ persons: 1, pending: 1 }]);
    // Figures are there all the while, and a build may come between.
    expect(await values()).toMatchObject([{ value: expect.any(Number) }]);
    if (wait === 0) await build("2026-05-03T04:00:00Z");

    expect((await run("forget", "Kestrel7", "--lang", "en")).code).toBe(0);
    const after = await everything();
    for (const each of [word, ...more.slice(0, 2)]) expect(after).not.toContain(each);
    expect(JSON.parse((await run("forget", "--list", "--format", "json")).out)).toMatchObject([
      { persons: 1, pending: 0 },
    ]);
    expect(readdirSync(builds).filter((name) => !/^\d.*\.duckdb$/.test(name))).toEqual([]);
  });
});

it("a row that names nobody who was forgotten is written as it is", () => {
  expect(pseudonymised("customers", undefined)).toBeUndefined();
  expect(pseudonymised("customers", { salt: "s", persons: [] })).toBeUndefined();
  expect(naming({ salt: "s", persons: [] })("Kestrel7")).toBe(false);
});
