import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { align } from "../../src/cli/print/align.js";
import { reportProgress } from "../../src/cli/progress.js";
import { told } from "../../src/words/told.js";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const project = join(import.meta.dirname, "..", "..");
const folder = temporaryFolder("escapes");
const data = join(folder, "extracts");
const warehouse = join(folder, "warehouse.duckdb");
const run = commandLine({ warehouse });

/** Clears the screen, colours, names the window, turns what follows around, begins a line. */
const commands = "\u001b[2J\u001b[31m\u001b]0;x\u0007\u009b1m\u007f\u202e\u2066";
const hostile = `${commands}\t\r\nbuild ok`;
const commandsShown = "\\u001b[2J\\u001b[31m\\u001b]0;x\\u0007\\u009b1m\\u007f\\u202e\\u2066";
const shown = `${commandsShown}\\t\\r\\nbuild ok`;

/** What people read holds nothing that commands a terminal, and no line that somebody else began. */
function requireHarmless(text: string): void {
  expect(text.replaceAll("\n", "").match(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu) ?? []).toEqual([]);
  expect(text).not.toMatch(/^\s*build ok/m);
}

let built: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  cpSync(join(project, "data", "sample"), data, { recursive: true });
  const change = (name: string, to: (text: string) => string, from = join(data, name)) =>
    writeFileSync(join(data, name), to(readFileSync(from, "utf8")));
  const quoted = (text: string) => `,"${text}${hostile}",`;
  const scalar = (text: string) => JSON.stringify(text + hostile);
  change("customers.csv", (text) => text.replaceAll(",华南,", quoted("华南")));
  change("tickets.csv", (text) =>
    text.replaceAll(",email,", quoted("email")).replace(",inquiry,", quoted("inquiry")),
  );
  change("employees.csv", (text) => text.replaceAll(/,(一组|客户经理),/g, (_, name: string) => quoted(name)));
  change("catalog/weights.csv", (text) =>
    text.replaceAll(
      /,KPI小组,([^,]*),(.*)/g,
      (_, ...notes: [string, string]) =>
        `${quoted("KPI小组")}"${notes[0]}${hostile}","${notes[1]}${hostile}"`,
    ),
  );
  for (const name of ["kpis.yaml", "scorecards.yaml"])
    change(
      `catalog/${name}`,
      (text) =>
        text.replaceAll(
          /label: \{ zh: ([^,}]+), en: ([^}]+?) \}/g,
          (_, zh: string, en: string) => `label: { zh: ${scalar(zh)}, en: ${scalar(en)} }`,
        ),
      join(project, "data", "catalog", name),
    );
  writeFileSync(join(data, `other${hostile}.csv`), "a\n1\n");
  built = await run("build", "--data", data, "--lang", "en");
  expect(built.code).toBe(0);
}, 300_000);

describe("what would command a terminal is made visible", () => {
  it("in what a build tells of file names and refused values", () => {
    requireHarmless(built.all);
    expect(built.err).toContain(`other${shown}.csv`);
    expect(built.err).toContain(`inquiry${commandsShown}`);
  });

  it.each([
    [["kpi", "csat", "--by", "region"], `华南${commandsShown}`],
    [["kpi", "first_response_time", "--by", "channel", "--compare", "previous"], `email${commandsShown}`],
    [["kpi", "complaint_rate", "--explain", "--by", "region"], `华南${commandsShown}`],
    [["score", "--trace"], `Win rate${shown}`],
    [["score", "--for", "team", "--trace"], `team 一组${commandsShown}`],
    [["score", "combined", "--for", "employee"], shown],
    [["weights"], `note: first version${shown}`],
    [["weights", "--for", "team"], `一组${commandsShown}`],
    [["weights", "customer_relations", "--set", "nps=20%"], `Net promoter score${shown}`],
    [["feedback"], `客户经理${shown}`],
    [["check"], `other${shown}.csv`],
    [["kpi", `no${hostile}`], `no${shown}`],
    [["kpi", "csat", "--where", `region=no${hostile}`], `no${shown}`],
    [["kpi", "--from", `no${hostile}`], `no${shown}`],
  ])("%j", async (args, part) => {
    for (const language of ["en", "zh-CN"]) {
      const { all } = await run(...args, "--lang", language);
      requireHarmless(all);
      if (language === "en") expect(all).toContain(part);
    }
  });

  it("in the place of a stack", async () => {
    const { err } = await run("kpi", `no${hostile}`, "--debug", "--lang", "en");
    expect(err).toContain("    at ");
    requireHarmless(err);
  });

  it("and the columns of a table stand where they are seen", () => {
    expect(
      align([
        ["name", "n"],
        [`a${"\u001b[31m"}`, "1"],
        ["bcdefghijklm", "22"],
      ]),
    ).toBe("  name           n\n  a\\u001b[31m    1\n  bcdefghijklm  22\n");
  });

  it("beside the program's own signs on a terminal", () => {
    let text = "";
    const stderr = {
      isTTY: true,
      write: (part: string) => {
        text += part;
      },
    };
    const effects = { stdout: stderr, stderr, env: {}, cwd: folder, now: () => new Date(0) };
    const progress = reportProgress({ lang: "en" }, effects);
    progress.step(`load ${hostile}`);
    progress.warn(told("warehouse.setAside", { path: hostile }));
    progress.end();
    expect(text.split("\r\u001b[2K")).toHaveLength(3);
    requireHarmless(text.replaceAll("\r\u001b[2K", "\n"));
  });
});

describe("machines get what there is", () => {
  it.each([
    ["kpi", "first_response_time", "--by", "region,channel"],
    ["score", "--for", "team"],
    ["kpi", "first_response_time", "--by", "region", "--explain"],
  ])("%s %s %s", async (...args) => {
    const csv = await run(...args, "--format", "csv");
    expect(csv.out).toContain(commands);
    const json = await run(...args, "--format", "json");
    expect(JSON.stringify(JSON.parse(json.out))).toContain(JSON.stringify(commands).slice(1, -1));
  });

  it("of file names, too", async () => {
    const { out } = await run("check", "--format", "json");
    expect(JSON.parse(out).ignored_files).toContain(`other${hostile}.csv`);
  });
});
