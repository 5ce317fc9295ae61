import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stageDir } from "../load/stageFolder.js";
import { initOf } from "./initFolder.js";

const tickets = (dates: readonly string[], more: readonly string[] = []) =>
  ["Ticket ID,Type,Created at", ...dates.map((date, row) => `T${row},Complaint,${date}`), ...more, ""].join(
    "\n",
  );

describe("init", () => {
  it("writes what a build reads at once: mapping, words, and a catalogue that decides nothing", async () => {
    const { dir, out, code, text, columns } = await initOf(
      {
        "desk/tickets 2026-01.csv": tickets(["2026-01-05 10:00", "2026-01-06 11:00"]),
        "desk/tickets 2026-02.csv": tickets(["2026-02-05 10:00"]).replace("T0", "T7"),
        "notes.txt": "x",
      },
      "--lang",
      "en",
    );
    expect(code).toBe(0);
    expect(out).toContain("desk/tickets 2026-01.csv and 1 more of its kind  tickets     3");
    expect(columns("tickets")).toEqual({ ticket_id: "Ticket ID", type: "Type", created_at: "Created at" });
    expect(text("sources.yaml")).toContain("tickets: desk/tickets *.csv");
    expect(text("catalog/settings.yaml")).toContain("time_zone: Europe/Berlin");
    expect(text("catalog/targets.csv").trim().split("\n")).toHaveLength(1);
    expect(text("catalog/weights.csv").trim().split("\n")).toHaveLength(1);
    await stageDir(dir, async ({ report }) => {
      expect(report.tables).toMatchObject([{ table: "tickets", loaded: 3, quarantined: 0 }]);
    });
  });

  it("overwrites no mapping but when told to, and then keeps it", async () => {
    const { run, dir, code, err, text } = await initOf(
      { "sources.yaml": "x: {}\n", "tickets.csv": tickets(["2026-01-05"]) },
      "--lang",
      "en",
    );
    expect([code, err]).toEqual([2, expect.stringContaining("it is not overwritten")]);
    expect(readdirSync(dir).sort()).toEqual(["sources.yaml", "tickets.csv"]);
    for (const kept of ["sources.yaml.bak", "sources.yaml.bak2"]) {
      expect((await run("init", dir, "--force")).code).toBe(0);
      expect(existsSync(join(dir, kept))).toBe(true);
    }
    expect(text("sources.yaml.bak")).toBe("x: {}\n");
  });

  it("leaves a date open that may be the day or the month, unless another date of the folder tells", async () => {
    const open = ["01/02/2026 10:00", "03/04/2026 10:00"];
    const alone = await initOf({ "tickets.csv": tickets(open) }, "--lang", "en");
    expect(alone.yaml).toMatch(
      /# +created_at: Created at # unsure: .*every cell fits "%d\/%m\/%Y %H:%M" and "%m\/%d\/%Y %H:%M"/,
    );
    expect(alone.yaml).not.toMatch(/^ +created_at/m);
    const told = await initOf(
      {
        "tickets.csv": tickets(open),
        "customers.csv": "Customer ID,Name,Since\nC1,A,12/31/2025\nC2,B,01/02/2025\n",
      },
      "--lang",
      "en",
    );
    expect(told.yaml).toContain('date_formats: [ "%m/%d/%Y %H:%M" ]');
  });

  it("asks what unknown words mean, with their numbers, and never shows what leads to a person", async () => {
    const more = ["T8,Firmware,2026-01-01", "T9,Firmware,2026-01-02", "T10,ann@example.com,2026-01-03"];
    const { yaml, text } = await initOf(
      {
        "tickets.csv": tickets(["2026-01-05"], more),
        "customers.csv":
          "Customer ID,Name,Phone,Region\nC1,Ann Lee,13800010001,ann@example.com\nC2,Bob Ray,13800010002,East\n",
      },
      "--lang",
      "en",
    );
    expect(yaml).toContain('"Firmware": <inquiry|request|complaint|repair|praise>');
    expect(yaml).toContain("2 × Firmware");
    for (const one of ["example.com", "Ann", "1380001"])
      expect(yaml + text("vocabulary.yaml")).not.toContain(one);
  });

  it.each([
    ["quotes", 'Created "at"'],
    ["a comment", "Created # at"],
    ["a line end", "Created\nat"],
    ["digits", "2026.01"],
    ["a word of YAML", "null"],
    ["SQL", "created') or 1=1 --"],
    ["length", `created at ${"x".repeat(5000)}`],
  ])("reads a heading with %s as itself", async (_, title) => {
    const cells = (row: number) => [`T${row}`, "2026-01-05 10:00", "Phone"];
    const head = ["Ticket ID", title, "Channel"].map((cell) => `"${cell.replaceAll('"', '""')}"`);
    const rows = [head, cells(1), cells(2)].map((cells) => cells.join(","));
    const { dir, yaml, code } = await initOf({ "tickets.csv": `${rows.join("\n")}\n` }, "--lang", "en");
    expect(code).toBe(0);
    // What may be more than a time of creation is asked for: by the line to take the # from, or by what is lacking.
    if (!/^ +created_at:/m.test(yaml)) {
      expect(yaml).toMatch(/like tickets, but nothing in it is created_at|# +created_at:/);
      return;
    }
    await stageDir(dir, async ({ report }) => expect(report.tables[0]).toMatchObject({ loaded: 2 }));
  });

  it("looks at ten thousand columns, an empty file and one that is none, and says what it does not read", async () => {
    const wide = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    const { code, out, columns, yaml } = await initOf(
      {
        "wide.csv": `Ticket ID,Type,Created,${wide.join(",")}\nT1,Complaint,2026-01-05,${wide.join(",")}\n`,
        "empty.csv": "",
        "rates.csv": "Foo,Bar\n1,2\n",
        "old.xls": "no workbook",
      },
      "--lang",
      "en",
    );
    expect(code).toBe(0);
    expect(columns("tickets")).toMatchObject({ ticket_id: "Ticket ID" });
    expect(yaml).toMatch(/and \d+ more/);
    expect(out).toContain("not read: rates.csv: its columns are like those of no table");
    expect(out).toMatch(/not read: empty.csv: .*empty/);
  });

  it("says the same in Chinese", async () => {
    const { out, yaml, text } = await initOf({
      "工单.csv": "工单编号,工单类型,创建时间\nG1,投诉,2026-01-05 10:00\nG2,咨询,2026-01-06 10:00\n",
    });
    expect(yaml).toContain("ticket_id: 工单编号 # 确定：表头写明；取值没有重复");
    expect(out).toContain("请先看一看标为“可能”和“不确定”之处");
    expect(text("catalog/settings.yaml")).toMatch(
      /language: zh-CN[\s\S]*time_zone: Asia\/Shanghai[\s\S]*currency: CNY/,
    );
  });

  it("takes a preset where names and columns are a system's, and reads no table twice", async () => {
    const { yaml, out, run, dir } = await initOf(
      {
        "ticket_data.csv":
          "id,created_at,requester_id,assignee_id,organization_id,status,subject\n1,2026-01-05T10:00:00Z,7,8,9,open,x\n",
        "organization_data.csv": "id,name,shared_tickets,shared_comments\n9,A,false,false\n",
        "customers.csv": "Customer ID,Name,Region\n9,A,East\n",
      },
      "--lang",
      "en",
    );
    expect(yaml).toMatch(/^zendesk:\n {2}preset: zendesk # likely/m);
    expect(yaml).toContain("customers ← organization, tickets ← ticket");
    expect(out).toContain(
      "not read: customers.csv: like customers, which the preset reads from another file",
    );
    expect((await run("build", "--data", dir, "--warehouse", join(dir, ".w", "w.duckdb"))).code).toBe(0);
  });

  it("writes nothing where there is nothing to look at", async () => {
    const { code, err, dir } = await initOf({ "notes.txt": "x" }, "--lang", "en");
    expect([code, err]).toEqual([2, expect.stringContaining("no file to look at")]);
    expect(readdirSync(dir)).toEqual(["notes.txt"]);
  });
});
