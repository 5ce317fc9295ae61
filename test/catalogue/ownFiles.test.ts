import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("own-files");

const shipped = "data/catalog";
const bike = `scorecards:
  - id: bike
    label: { zh: 车, en: Bike }
    grain: quarter
    subjects: [company, employee]
    groups: [{ id: all, label: { zh: 全, en: All }, kpis: [revenue] }]
`;

function laid(name: string, files: Record<string, string>): string {
  const own = join(folder, name);
  mkdirSync(own);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), text);
  return own;
}

it("a file of one's own is said to lack what a shipped one asks for, which is named", () => {
  const own = laid("cards", { "scorecards.yaml": bike });
  expect(() => readCatalogue([own, shipped])).toThrow(
    `${join(own, "scorecards.yaml")}: this file stands in place of the shipped one and has bike, but data/catalog/assessment.yaml (scorecards) asks for what it does not have; add that here, or put your own assessment.yaml beside it: service_staff`,
  );
});

it("files of one's own that go together are taken", () => {
  const own = laid("whole", {
    "scorecards.yaml": bike,
    "assessment.yaml": "scorecards: [{ scorecard: bike }]\n",
    "fishbones.yaml": "fishbones: []\n",
  });
  const { scorecards, assessment } = readCatalogue([`${own}/`, shipped]);
  expect(scorecards.map(({ id }) => id)).toEqual(["bike"]);
  expect(assessment.scorecards).toEqual([{ scorecard: "bike" }]);
});

it("a file of one's own that asks a shipped one for what it lacks is itself named", () => {
  const own = laid("asks", { "assessment.yaml": "scorecards: [{ scorecard: bike }]\n" });
  expect(() => readCatalogue([own, shipped])).toThrow(
    `${join(own, "assessment.yaml")}: scorecards: no such scorecard (scorecards.yaml has`,
  );
});
