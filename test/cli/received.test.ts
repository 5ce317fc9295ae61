import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "../../src/catalogue/settings.js";
import { readVocabulary } from "../../src/catalogue/vocabularyFile.js";
import { languageOf } from "../../src/cli/language.js";
import { catalogFolders } from "../../src/cli/places.js";
import { planLoad } from "../../src/load/plan.js";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = temporaryFolder("received");

const elsewhere = join(root, "elsewhere");
const secret = join(elsewhere, "passwd");
const secretText = "root:x:0:0:root\npassword hunter2\n";
let serial = 0;
let data = "";

beforeEach(() => {
  data = join(root, `run${++serial}`, "c");
  mkdirSync(join(data, "catalog"), { recursive: true });
  writeFileSync(join(data, "tickets.csv"), "ticket_id,created_at,type\n1,2026-01-01 10:00:00,complaint\n");
  mkdirSync(elsewhere, { recursive: true });
  writeFileSync(secret, secretText);
});

async function build(...more: string[]) {
  const run = commandLine({ cwd: join(data, "..") });
  const { code, all: said } = await run("build", "--data", "c", "--lang", "en", ...more);
  return { code, said };
}

const read = [
  "sources.yaml",
  "vocabulary.yaml",
  "catalog/settings.yaml",
  "catalog/vocabulary.yaml",
  "catalog/dimensions.yaml",
  "catalog/kpis.yaml",
  "catalog/fishbones.yaml",
  "catalog/scorecards.yaml",
  "catalog/assessment.yaml",
  "catalog/targets.csv",
  "catalog/weights.csv",
  "catalog/improvements.csv",
];

describe("nothing that came with a folder leads a build out of it", () => {
  it.each(read)("%s as a link", async (name) => {
    symlinkSync(secret, join(data, name));
    const { code, said } = await build();
    expect(code).toBe(2);
    expect(said).toContain("--allow-outside");
    expect(said).not.toMatch(/hunter2|root:x/);
  });

  it("what is only kept or counted in", async () => {
    symlinkSync(secret, join(data, "catalog", "notes.yaml"));
    expect(await build()).toMatchObject({ code: 2, said: expect.stringContaining("notes.yaml") });
  });

  it("rates, which are read when amounts ask for them", async () => {
    symlinkSync(secret, join(data, "catalog", "exchange_rates.csv"));
    writeFileSync(
      join(data, "orders.csv"),
      "order_id,line_no,customer_id,ordered_at,revenue,currency\n1,1,A,2026-01-02,5,USD\n",
    );
    const { code, said } = await build();
    expect(code).toBe(2);
    expect(said).toContain("exchange_rates.csv");
    expect(said).not.toMatch(/hunter2|root:x/);
  });

  it("a catalogue that is a link itself, whatever is in it", async () => {
    rmSync(join(data, "catalog"), { recursive: true });
    symlinkSync(elsewhere, join(data, "catalog"));
    expect(await build()).toMatchObject({ code: 2, said: expect.stringContaining("--allow-outside") });
    writeFileSync(join(elsewhere, "settings.yaml"), "language: en\n");
    expect(await build()).toMatchObject({ code: 2, said: expect.stringContaining("--allow-outside") });
    rmSync(join(elsewhere, "settings.yaml"));
  });

  it("a catalogue that --catalog names, out of which a link leads", async () => {
    symlinkSync(secret, join(data, "catalog", "settings.yaml"));
    expect(await build("--catalog", "c/catalog")).toMatchObject({
      code: 2,
      said: expect.stringContaining("--allow-outside"),
    });
  });

  it("the same is said of what is there and what is not", async () => {
    const said = async (path: string) => {
      rmSync(join(data, "sources.yaml"), { force: true });
      writeFileSync(join(data, "sources.yaml"), `s:\n  files: {tickets: ${path}}\n  tables: {tickets: {}}\n`);
      const answer = await build();
      expect(answer.code).toBe(2);
      return answer.said.replaceAll(path, "PATH");
    };
    for (const [there, not] of [
      [secret, `${secret}.none`],
      ["../../elsewhere/passwd", "../../elsewhere/none"],
      ["../../elsewhere/*", "../../nowhere/*"],
    ] as const)
      expect(await said(there)).toBe(await said(not));
    rmSync(join(data, "sources.yaml"));
    const linked = async (to: string) => {
      rmSync(join(data, "vocabulary.yaml"), { force: true });
      symlinkSync(to, join(data, "vocabulary.yaml"));
      return build();
    };
    expect(await linked(secret)).toEqual(await linked(`${secret}.none`));
  });
});

it.skipIf(process.platform === "win32").each(read)(
  "%s as a pipe is refused, not waited for",
  async (name) => {
    spawnSync("mkfifo", [join(data, name)]);
    expect(await build()).toMatchObject({ code: 2, said: expect.stringContaining("has to be a file") });
  },
);

it("links within the folder are followed, and all others with --allow-outside", async () => {
  writeFileSync(join(data, "own.yaml"), "language: en\n");
  symlinkSync("../own.yaml", join(data, "catalog", "settings.yaml"));
  const stream = { write: () => undefined };
  const effects = { stdout: stream, stderr: stream, env: {}, cwd: join(data, ".."), now: () => new Date(0) };
  const settings = (options: { allowOutside?: boolean }) =>
    readSettings(catalogFolders(options, data, effects));
  expect(settings({}).language).toBe("en");
  expect(languageOf(["build", "--data", "c"], effects)).toBe("en");

  rmSync(join(data, "own.yaml"));
  writeFileSync(join(elsewhere, "own.yaml"), "language: en\n");
  symlinkSync(join(elsewhere, "own.yaml"), join(data, "own.yaml"));
  expect(() => settings({})).toThrow(/--allow-outside/);
  expect(languageOf(["build", "--data", "c"], effects)).toBe("zh-CN");
  expect(languageOf(["build", "--data", "c", "--allow-outside"], effects)).toBe("en");
  expect(settings({ allowOutside: true }).language).toBe("en");
  writeFileSync(
    join(elsewhere, "sources.yaml"),
    `as_of: 2026-06-30\ns: {files: ${data}/tickets.csv, tables: {tickets: {}}}\n`,
  );
  symlinkSync(join(elsewhere, "sources.yaml"), join(data, "sources.yaml"));
  expect((await planLoad(data, [], true)).asOf).toBe("2026-06-30");
  writeFileSync(join(elsewhere, "vocabulary.yaml"), "team: {north: {labels: {en: North}}}\n");
  symlinkSync(join(elsewhere, "vocabulary.yaml"), join(data, "vocabulary.yaml"));
  expect(readVocabulary([], data, true).team?.north?.labels.en).toBe("North");
});

describe("a message tells of a file's content no more than a setting's few words", () => {
  const sentences: [name: string, text: string][] = [
    ["sources.yaml", secretText],
    ["sources.yaml", `s: ${secretText.replaceAll("\n", " ").replaceAll(":", ";")}`],
    ["catalog/settings.yaml", secretText.replaceAll("\n", " ").replaceAll(":", ";")],
    ["catalog/settings.yaml", `language: {${"x".repeat(80)}hunter2: 1}\n${"y".repeat(80)}hunter2: 1\n`],
    ["vocabulary.yaml", "team: hunter2\n"],
    ["catalog/dimensions.yaml", "hunter2\n"],
    ["catalog/settings.yaml", `currency: ${"long ".repeat(40)}hunter2\n`],
  ];
  it.each(sentences)("%s: %s", async (name, text) => {
    writeFileSync(join(data, name), text);
    const { code, said } = await build();
    expect(code).toBe(2);
    expect(said).not.toContain("hunter2");
  });
});
