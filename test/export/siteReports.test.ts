import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { siteReport } from "../../src/export/siteReports.js";
import { folderOfTest } from "../temporaryFolder.js";

let dist: string;

beforeEach(() => {
  dist = folderOfTest("reports");
});

function site(other: "en" | "zh"): void {
  mkdirSync(join(dist, other));
  for (const page of ["report.html", `${other}/report.html`]) writeFileSync(join(dist, page), "");
}

test("the site's own language gives the plain name, the other its own", () => {
  site("en");
  const own = { page: "report.html", language: "zh-CN", suffix: "" };
  expect(siteReport(dist)).toEqual(own);
  expect(siteReport(dist, "zh-CN")).toEqual(own);
  expect(siteReport(dist, "en")).toEqual({ page: "en/report.html", language: "en", suffix: "en" });
});

test("on a site whose own language is English it is the other way round", () => {
  site("zh");
  expect(siteReport(dist, "en")).toEqual({ page: "report.html", language: "en", suffix: "" });
  expect(siteReport(dist, "zh-CN")).toEqual({ page: "zh/report.html", language: "zh-CN", suffix: "zh-CN" });
});

test("an unbuilt site is no wrong usage", () => {
  expect(() => siteReport(dist)).toThrow(expect.objectContaining({ exitCode: 1 }));
});
