import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { init } from "../../src/init/index.js";
import { readSourcesYaml } from "../../src/load/sourcesYaml.js";
import { stageDir } from "../load/stageFolder.js";
import { temporaryFolder } from "../temporaryFolder.js";

const place = temporaryFolder("init-cells");

/** Lets `init` look at files of some rows; a row's cells by their number. */
async function initOf(name: string, files: Record<string, [head: string, row: (n: number) => string]>) {
  const dataDir = join(place, name);
  mkdirSync(dataDir);
  for (const [file, [head, row]] of Object.entries(files))
    writeFileSync(
      join(dataDir, file),
      `${[head, ...Array.from({ length: 40 }, (_, n) => row(n))].join("\n")}\n`,
    );
  const { rows } = await init({ dataDir, machineZone: "UTC", lang: "en" });
  const columns = (table: string) =>
    Object.values(readSourcesYaml(dataDir)?.sources ?? {}).find(({ tables }) => tables[table])?.tables[table]
      ?.columns;
  return { dataDir, rows, columns, yaml: readFileSync(join(dataDir, "sources.yaml"), "utf8") };
}

const minute = (n: number) => `2026-01-${10 + (n % 15)} 10:${10 + n}:00`;
const customers: [string, (n: number) => string] = ["Customer ID,Name", (n) => `KD-${100 + n},Firm ${n}`];

describe("init by cells", () => {
  it("tells a closed list's column and a reference whose headings say nothing", async () => {
    const { columns } = await initOf("unknown", {
      "customers.csv": customers,
      "tickets.csv": [
        "Ticket ID,Created,Qqx,Zzv,Wwk",
        (n) =>
          `T${n},${minute(n)},KD-${100 + (n % 30)},${["complaint", "repair", "praise"][n % 3]},${n % 2 ? "alpha" : "beta"}`,
      ],
    });
    expect(columns("tickets")).toEqual({
      ticket_id: "Ticket ID",
      created_at: "Created",
      customer_id: "Qqx",
      type: "Zzv",
    });
  });

  it("takes neither of two columns that could be the reference, nor small numbers that are ids of anything", async () => {
    const two = await initOf("two", {
      "customers.csv": customers,
      "tickets.csv": ["Ticket ID,Created,Qqx,Zzv", (n) => `T${n},${minute(n)},KD-${100 + n},KD-${139 - n}`],
    });
    expect(two.columns("tickets")).toEqual({ ticket_id: "Ticket ID", created_at: "Created" });
    const small = await initOf("small", {
      "customers.csv": ["Customer ID,Name", (n) => `${n + 1},Firm ${n}`],
      "tickets.csv": ["Ticket ID,Created,Qqx", (n) => `T${n},${minute(n)},${(n % 30) + 1}`],
    });
    expect(small.columns("tickets")).toEqual({ ticket_id: "Ticket ID", created_at: "Created" });
  });

  it("takes of two columns headed alike the one whose values are the other file's keys", async () => {
    const { columns } = await initOf("alike", {
      "customers.csv": customers,
      "tickets.csv": [
        "Ticket ID,Created,Acct No,Cust No",
        (n) => `T${n},${minute(n)},9900${n},KD-${100 + (n % 30)}`,
      ],
    });
    expect(columns("tickets")).toMatchObject({ customer_id: "Cust No" });
  });

  it("tells what one survey leaves out of its rows by the heading and the scores, and asks where these do not show it", async () => {
    const survey = (
      heading: string,
      score: (n: number) => string,
      ticket = true,
    ): Record<string, [string, (n: number) => string]> => ({
      "satisfaction.csv": [
        `Response ID,${ticket ? "Ticket ID," : ""}${heading},Rated on`,
        (n: number) => `R-${n},${ticket ? `T-${n},` : ""}${score(n)},${minute(n)}`,
      ],
    });
    const of = async (name: string, ...given: Parameters<typeof survey>) =>
      (await initOf(name, survey(...given))).columns("survey_answers");
    const known = { answer_id: "Response ID", answered_at: "Rated on" };
    expect(await of("rating", "Rating", (n) => String((n % 5) + 1))).toMatchObject({
      ...known,
      ...{ score: "Rating", survey: "'after_sales'", dimension: "'overall'", scale_min: "1", scale_max: "5" },
    });
    expect(await of("nps", "NPS score", (n) => String(n % 9), false)).toMatchObject({
      ...known,
      ...{ survey: "'periodic'", dimension: "'recommend'", scale_min: "0", scale_max: "10" },
    });
    expect(await of("named", "满意度评分(1-10)", (n) => String((n % 4) + 2))).toMatchObject({
      ...{ score: "满意度评分(1-10)", dimension: "'overall'", scale_min: "1", scale_max: "10" },
    });
    // Nobody can tell of 1 to 4 what the best was.
    const { rows, yaml } = await initOf(
      "open",
      survey("Rating", (n) => String((n % 4) + 1)),
    );
    expect(yaml).toMatch(/^# +# +survey: "'<periodic\|complaint_resolution\|after_sales>'"$/m);
    expect(rows[0]?.why).toMatchObject({ id: "init.waits" });
  });

  it("keeps what waits for an answer as comments, so that the rest can be built, and is whole with the answer", async () => {
    const { dataDir, yaml, columns } = await initOf("waiting", {
      "satisfaction.csv": [
        "Response ID,Ticket ID,Rating,Rated on",
        (n) => `R-${n},T-${n},${(n % 4) + 1},${minute(n)}`,
      ],
      "tickets.csv": ["Ticket ID,Created,Resolved", (n) => `T-${n},${minute(n)},2026-02-01 09:00:00`],
    });
    expect(columns("survey_answers")).toBeUndefined();
    await stageDir(dataDir, async ({ report }) =>
      expect(report.tables).toMatchObject([{ table: "tickets", loaded: 40, quarantined: 0 }]),
    );
    const [, block = ""] = yaml.split(/^# Read once .*\n/m);
    const answers = { survey: "'after_sales'", dimension: "'overall'", scale_min: "1", scale_max: "5" };
    const taken = block
      .replace(/^# ?/gm, "")
      .replace(/^( +)columns:\n/m, (line, blank) =>
        Object.entries(answers).reduce(
          (text, [name, value]) => `${text}${blank}  ${name}: "${value}"\n`,
          line,
        ),
      );
    writeFileSync(join(dataDir, "sources.yaml"), yaml.replace(block, taken));
    await stageDir(dataDir, async ({ report }) =>
      expect(report.tables.map(({ table, loaded }) => [table, loaded]).sort()).toEqual([
        ["survey_answers", 40],
        ["tickets", 40],
      ]),
    );
  });

  it("reads yes and no in words of the file, and moments with a spaced or named offset", async () => {
    const { dataDir } = await initOf("truths", {
      "tickets.csv": [
        "Ticket ID,Created,Resolved,First contact resolved,QA correct",
        (n) =>
          `T${n},${minute(n)} +0100,2026-02-01 09:00:00 UTC,${n % 2 ? "t" : "f"},${n % 2 ? "geprüft" : "nicht geprüft"}`,
      ],
    });
    await stageDir(dataDir, async ({ rows, report }) => {
      expect(report.tables).toMatchObject([{ loaded: 40, quarantined: 0 }]);
      const [first] = await rows(
        "select epoch(created_at)::bigint::varchar as made, epoch(resolved_at)::bigint::varchar as done, first_contact_resolved as fcr, qa_correct as qa from staging.tickets where ticket_id = 'T1'",
      );
      expect(first).toEqual({
        made: String(Date.UTC(2026, 0, 11, 9, 11) / 1000),
        done: String(Date.UTC(2026, 1, 1, 9) / 1000),
        fcr: true,
        qa: true,
      });
    });
  });
});
