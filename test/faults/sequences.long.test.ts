import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { withWarehouse } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Numbers below a bound, the same of a seed each time (Lehmer's generator, of Park & Miller 1988). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** A command as a process of its own, killed after some time, or left to end. */
async function spawned(
  args: readonly string[],
  killedAfter?: number,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["src/cli/herringbone.js", ...args], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part) => {
    said += part;
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  if (killedAfter !== undefined) {
    await Promise.race([wait(killedAfter), ended]);
    child.kill("SIGKILL");
  }
  return { code: await ended, said };
}

/** A company whose customers have a ticket each, answered after a minute; it is changed, and lives on one machine after the other. */
class Company {
  private machine = 0;
  tickets = 20;
  /** So many tickets had the extracts of a build that may be in the warehouse. */
  readonly built = new Set<number>();
  readonly gone = new Set<string>();
  readonly history: string[] = [];

  constructor(private readonly folder: string) {
    mkdirSync(this.place("data"), { recursive: true });
    smallCatalogue(["first_response_time"], this.place("catalog"));
    this.write();
  }

  place(name: string): string {
    return join(this.folder, String(this.machine), name);
  }

  get warehouse(): string {
    return this.place("w.duckdb");
  }

  get building(): string[] {
    return [
      "build",
      "--data",
      this.place("data"),
      "--catalog",
      this.place("catalog"),
      ...this.common,
      "--quiet",
    ];
  }

  get common(): string[] {
    return ["--warehouse", this.warehouse, "--lang", "en"];
  }

  /** The extracts, each file put in its place whole. */
  write(): void {
    const numbers = Array.from({ length: this.tickets }, (_, n) => n);
    const day = (n: number) => `2026-0${1 + (n % 3)}-${String(1 + (n % 28)).padStart(2, "0")}`;
    const files = {
      "customers.csv": ["customer_id,name,acquired_on", ...numbers.map((n) => `C${n},Firm ${n},2025-01-01`)],
      "tickets.csv": [
        "ticket_id,customer_id,type,channel,created_at,first_response_at",
        ...numbers.map(
          (n) =>
            `T${n},C${n},request,phone,${day(n)} 09:${10 + (n % 40)}:07,${day(n)} 09:${11 + (n % 40)}:07`,
        ),
      ],
    };
    for (const [name, lines] of Object.entries(files)) {
      writeFileSync(this.place(`data/${name}.part`), `${lines.join("\n")}\n`);
      renameSync(this.place(`data/${name}.part`), this.place(`data/${name}`));
    }
  }

  /** All that lies beside the warehouse, as a backup has it, on another machine. */
  move(): void {
    const [from, to] = [this.place(""), join(this.folder, String(this.machine + 1))];
    cpSync(from, to, { recursive: true });
    this.machine += 1;
  }

  async run(...args: string[]) {
    return commandLine({ env: process.env, now: "2026-06-01" })(
      ...args,
      "--warehouse",
      this.warehouse,
      "--lang",
      "en",
    );
  }

  async builds(): Promise<string[]> {
    const { code, out, err } = await this.run("builds", "--format", "json");
    expect(code, `${this.history}: ${err}`).toBe(0);
    return (JSON.parse(out) as { build_id: string }[]).map(({ build_id }) => build_id);
  }

  /** The warehouse is that of one build, whole; its equations hold, its figures are those of its rows, and who is gone is nowhere. */
  async judge(isForgetting: boolean): Promise<void> {
    const said = this.history.join(", ");
    if (this.built.size === 0 && !existsSync(this.warehouse)) return;
    const { code, out, err } = await this.run("check", "--format", "json");
    expect(code, `${said}: ${err}`).toBe(0);
    const { files, tables } = JSON.parse(out) as Record<string, { holds: boolean }[]>;
    for (const { holds } of [...(files ?? []), ...(tables ?? [])]) expect(holds, said).toBe(true);
    const names = [this.warehouse, ...this.kept()];
    for (const path of names) {
      const { rows, cases, ids } = await withWarehouse(path, async (db) => {
        const one = async (sql: string) => (await db.runAndReadAll(sql)).value(0, 0);
        return {
          rows: Number(await one("select count(*) from staging.tickets")),
          cases: Number(await one("select count(*) from marts.first_response_time")),
          ids: String(await one("select string_agg(customer_id, ' ') from staging.customers")).split(" "),
        };
      });
      expect(this.built, `${said}: ${path}`).toContain(rows);
      expect(cases, `${said}: ${path}`).toBe(rows);
      expect(ids).toHaveLength(rows);
      if (!isForgetting) for (const id of this.gone) expect(ids, `${said}: ${path}`).not.toContain(id);
    }
  }

  kept(): string[] {
    const folder = `${this.warehouse}.builds`;
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => /^\d{8}-\d{6}-[0-9a-f]{8}\.duckdb$/.test(name))
      .map((name) => join(folder, name));
  }
}

it.each([1, 2, 3])(
  "whatever happens in whatever order, readers find a whole build and no equation breaks: seed %i",
  { timeout: 900_000 },
  async (seed) => {
    const next = chance(7919 * seed);
    const company = new Company(join(temporaryFolder(`sequences-${seed}`), "place"));
    company.built.add(company.tickets);
    expect(await spawned(company.building)).toMatchObject({ code: 0 });
    let isForgetting: string | null = null;
    const forget = async (id: string, killedAfter?: number) => {
      const { code, said } = await spawned(["forget", id, ...company.common], killedAfter);
      if (killedAfter === undefined)
        expect([code, said], company.history.join()).toEqual([0, expect.anything()]);
      if (code === 0) company.gone.add(id);
      isForgetting = code === 0 ? null : id;
    };
    const steps: Record<string, () => Promise<void>> = {
      build: async () => {
        company.built.add(company.tickets);
        const { code, said } = await spawned(company.building);
        expect([code, said], company.history.join()).toEqual([0, expect.anything()]);
      },
      "build killed": async () => {
        company.built.add(company.tickets);
        await spawned(company.building, 200 + next(3000));
      },
      "two builds": async () => {
        company.built.add(company.tickets);
        const ended = await Promise.all([spawned(company.building), spawned(company.building)]);
        expect(ended.map(({ code }) => code)).toContain(0);
        for (const { code, said } of ended.filter((each) => each.code !== 0))
          expect([code, said]).toEqual([1, expect.stringMatching(/another build is running/)]);
      },
      change: async () => {
        company.tickets = 10 + next(60);
        company.write();
      },
      forget: () => forget(`C${next(10)}`),
      "forget killed": () => forget(`C${next(10)}`, 200 + next(2500)),
      restore: async () => {
        const ids = await company.builds();
        const { code, said } = await spawned([
          "build",
          "--restore",
          ids[next(ids.length)] ?? "",
          ...company.common,
        ]);
        expect([0, 2], said).toContain(code);
      },
      "restore killed": async () => {
        const ids = await company.builds();
        await spawned(
          ["build", "--restore", ids[next(ids.length)] ?? "", ...company.common],
          200 + next(1500),
        );
      },
      "diff while a build runs": async () => {
        const ids = await company.builds();
        company.built.add(company.tickets);
        const [built, shown] = await Promise.all([
          spawned(company.building),
          spawned(["diff", ids.at(-1) ?? "", "--warehouse", company.warehouse, "--lang", "en"]),
        ]);
        expect(built, company.history.join()).toMatchObject({ code: 0 });
        // A build that is no longer kept, or is the warehouse's own, is refused in a sentence.
        expect([0, 1, 2], shown.said).toContain(shown.code);
        expect(shown.said.trim().split("\n").length, shown.said).toBeLessThan(4);
      },
      reconcile: async () => {
        const list = company.place("list.csv");
        writeFileSync(list, "id,minutes\nT1,1\nT2,1\nT999,1\n");
        const { code, err } = await company.run(
          ...["reconcile", "first_response_time", "--with", list, "--period", "2026-02"],
          ...["--id", "id", "--value", "minutes"],
        );
        expect([0, 1], err).toContain(code);
      },
      "move to another machine": async () => company.move(),
    };
    const names = Object.keys(steps);
    for (let count = 0; count < 14; count++) {
      // Who was being forgotten is forgotten before anything else is asked.
      const waiting: string | null = isForgetting;
      const name = names[next(names.length)] ?? "build";
      company.history.push(waiting === null ? name : `forget ${waiting} goes on`);
      if (waiting === null) await steps[name]?.();
      else await forget(waiting);
      await company.judge(isForgetting !== null);
    }
    if (isForgetting !== null) await forget(isForgetting);
    company.history.push("the end");
    company.built.add(company.tickets);
    const { code, said } = await spawned(company.building);
    expect([code, said], company.history.join()).toEqual([0, expect.anything()]);
    await company.judge(false);
    const left = readdirSync(company.place("")).sort();
    expect(left.filter((each) => /\.(building|lock|part|tmp|partial)/.test(each))).toEqual([]);
  },
);
