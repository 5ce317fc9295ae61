import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporaryFolder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const copy = join(temporaryFolder("language"), "project");

/** A language of three sentences, as one file and its place in the list of languages. */
function addGerman(): void {
  mkdirSync(copy);
  for (const folder of ["src", "loaders"])
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const place = join(copy, "src", "words", "languages.ts");
  const list = readFileSync(place, "utf8");
  const sections = [...list.matchAll(/"zh-CN": zhCN\.(\w+)/g)].map(([, name]) => name ?? "");
  const own: Record<string, string> = {
    messages: '{ "month.invalid": ({ month }: { month: string }) => "ein Monat heißt JJJJ-MM: " + month }',
    figures: '{ period: "Zeitraum" }',
    pages: '{ nav: { index: "Übersicht" } }',
  };
  const german = sections.map((name) => `export const ${name} = ${own[name] ?? "{}"};\n`);
  writeFileSync(join(copy, "src", "words", "de.ts"), german.join(""));
  writeFileSync(
    place,
    `import * as de from "./de.js";\n${list
      .replace('["zh-CN", "en"] as const', '["zh-CN", "en", "de"] as const')
      .replaceAll(/"zh-CN": zhCN\.(\w+)/g, "$&, de: de.$1 as never")}`,
  );
}

test("a language that lacks words takes the first one's", () => {
  addGerman();
  const script = `
    import { CliError } from "./src/run/error.js";
    import { told } from "./src/words/told.js";
    import { pages } from "./src/words/languages.js";
    import { tableWriter } from "./src/cli/print/kpiTable.js";
    const failure = (id, values) => new CliError(told(id, values), 2).in("de");
    const kpi = { id: "csat", label: { zh: "满意度", en: "CSAT" }, counts: { zh: "回答", en: "answers" },
      unit: "score", kind: "mean", currency: "CNY", own_dimensions: [] };
    const value = { kpi_id: "csat", grain: "month", period_start: "2026-03-01", value: 4, low: null, high: null,
      n: 3, mature: true, partial: false, incomplete: false, target: null, reason: null, reason_text: null };
    console.log(JSON.stringify({
      own: failure("month.invalid", { month: "5" }),
      first: failure("warehouse.missing", { path: "w" }),
      nested: failure("file.fault", { at: ["a.yaml"], wrong: told("yaml.empty") }),
      pages: [pages("de").nav.index, pages("de").nav.quality],
      table: tableWriter([kpi], { language: "de", by: [], label: String }).block([value]),
    }));`;
  writeFileSync(join(copy, "say.ts"), script);
  const said = JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", "say.ts"], { cwd: copy, encoding: "utf8" }),
  );
  expect(said).toMatchObject({
    own: "ein Monat heißt JJJJ-MM: 5",
    first: 'no warehouse yet, run "herringbone build" first: w',
    nested: "a.yaml: the file is empty",
    pages: ["Übersicht", "Data quality"],
    table: expect.stringMatching(/^CSAT csat \(0–100\)\n *Zeitraum +value +95 % interval/),
  });
});

test("and a command talks it", () => {
  const run = () =>
    execFileSync(process.execPath, ["src/cli/herringbone.js", "kpi", "--from", "5", "--lang", "de"], {
      cwd: copy,
      encoding: "utf8",
      stdio: "pipe",
    });
  expect(run).toThrow(/herringbone: no warehouse yet, run "herringbone build" first/);
});
