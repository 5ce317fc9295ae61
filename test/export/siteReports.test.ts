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
  expect(siteReport(dist, "kpi-report")).toEqual({ page: "report.html", file: "kpi-report.pdf" });
  expect(siteReport(dist, "kpi-report", "zh-CN")).toEqual({ page: "report.html", file: "kpi-report.pdf" });
  expect(siteReport(dist, "kpi-report", "en")).toEqual({ page: "en/report.html", file: "kpi-report.en.pdf" });
});

test("on a site whose own language is English it is the other way round", () => {
  site("zh");
  expect(siteReport(dist, "kpi-report", "en")).toEqual({ page: "report.html", file: "kpi-report.pdf" });
  expect(siteReport(dist, "kpi-report", "zh-CN")).toEqual({
    page: "zh/report.html",
    file: "kpi-report.zh-CN.pdf",
  });
});

test("an unknown report is wrong usage, an unbuilt site is not", () => {
  for (const name of ["churn", "constructor", "__proto__"])
    expect(() => siteReport(dist, name)).toThrow(
      expect.objectContaining({ exitCode: 2, message: `unknown report (there is kpi-report): ${name}` }),
    );
  expect(() => siteReport(dist, "kpi-report")).toThrow(expect.objectContaining({ exitCode: 1 }));
});
