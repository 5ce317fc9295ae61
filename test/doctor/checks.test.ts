import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { Finding } from "../../src/doctor/finding.js";
import {
  checkBrowser,
  checkDisk,
  checkDuckDb,
  checkFonts,
  checkNode,
} from "../../src/doctor/machineChecks.js";
import { checkExtracts, checkSettings, checkWarehouse } from "../../src/doctor/projectChecks.js";
import { type Machine, thisMachine } from "../../src/export/machine.js";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import { folderOfTest } from "../temporaryFolder.js";
import { both } from "../words/said.js";

let folder: string;

beforeEach(() => {
  folder = folderOfTest("doctor");
});

/** A finding in both languages. */
const said = ({ subject, state, found, mend }: Finding) => ({
  state,
  subject: both(subject),
  found: both(found),
  ...(mend === undefined ? {} : { mend: both(mend) }),
});
const anything = { en: expect.any(String), zh: expect.stringMatching(/[一-鿿]/) };

test("Node must be recent", () => {
  expect(checkNode("20.19.0")).toMatchObject({ state: "good" });
  expect(checkNode("24.1.0")).toMatchObject({ state: "good" });
  expect(said(checkNode("20.18.3"))).toMatchObject({
    state: "bad",
    mend: { en: expect.stringContaining("Node 20.19"), zh: expect.stringContaining("Node 20.19") },
  });
});

test("this project has what it needs", async () => {
  expect(await checkDuckDb()).toMatchObject({ state: "good", found: expect.stringMatching(/^v\d/) });
  expect(checkFonts()).toMatchObject({ state: "good" });
  expect(said(await checkDisk(folder))).toMatchObject({
    subject: { en: "disk", zh: "磁盘" },
    found: { en: expect.stringContaining("GB free"), zh: expect.stringContaining("可用") },
  });
});

const browser = (version: string | null, env: NodeJS.ProcessEnv = {}): Machine => ({
  ...thisMachine,
  env: { PATH: "/usr/bin", ...env },
  platform: "linux",
  home: folder,
  isExecutable: (path) => version !== null && path === "/usr/bin/chromium",
  run: async () => ({ code: 0, output: `Chromium ${version}` }),
});

test("a browser is good, old or absent", async () => {
  expect(said(await checkBrowser(browser("150.0.1.2")))).toMatchObject({
    state: "good",
    found: { en: "150.0.1.2 at /usr/bin/chromium", zh: "150.0.1.2，位于 /usr/bin/chromium" },
  });
  const named = { PUPPETEER_EXECUTABLE_PATH: "/usr/bin/chromium" };
  expect(await checkBrowser(browser("120.0.1.2", named))).toMatchObject({ state: "bad" });
  expect(said(await checkBrowser(browser(null)))).toMatchObject({ state: "note", mend: anything });
  expect(said(await checkBrowser(browser(null, named)))).toMatchObject({ state: "bad", mend: anything });
});

test("settings that can't be read are shown with the place", () => {
  expect(said(checkSettings([folder]))).toMatchObject({
    state: "good",
    found: { en: expect.stringContaining("zh-CN"), zh: expect.stringContaining("zh-CN") },
  });
  writeFileSync(join(folder, "settings.yaml"), "language: fr\n");
  expect(said(checkSettings([folder]))).toMatchObject({
    state: "bad",
    found: { en: expect.stringContaining("settings.yaml"), zh: expect.stringContaining("settings.yaml") },
  });
});

test("extracts are there or not", () => {
  expect(checkExtracts(() => "data/sample")).toMatchObject({ state: "good", found: "data/sample" });
  const none = () => {
    throw new CliError(told("extracts.missing", { folder: "data" }), 2);
  };
  expect(said(checkExtracts(none))).toMatchObject({
    state: "bad",
    found: { en: "no such folder of extracts: data", zh: "没有这个数据文件夹：data" },
  });
});

test("a warehouse is absent, or broken", async () => {
  const path = join(folder, "herringbone.duckdb");
  expect(said(await checkWarehouse(path))).toMatchObject({ state: "note", mend: anything });
  writeFileSync(path, "no database");
  expect(said(await checkWarehouse(path))).toMatchObject({
    state: "bad",
    mend: { en: expect.stringContaining(path), zh: expect.stringContaining(path) },
  });
});
