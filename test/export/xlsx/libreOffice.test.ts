import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import JSZip from "jszip";
import { expect, test } from "vitest";
import { folderOfTest } from "../../temporaryFolder.js";
import { bothLanguages, initiativeOf, kpiValueOf, packOf, putWorkbook, scoreOf } from "./packOf.js";
import { entryOf, type ReadCell, readWorkbook } from "./readWorkbook.js";

const program = ["soffice", "libreoffice"].find((name) => spawnSync(name, ["--version"]).status === 0);

/** Has it work out every formula of a file that it opens, whoever wrote it. */
const recalculates = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>`;

/** Opens a workbook in LibreOffice with nobody there to answer a question, and saves what it made of it. */
function converted(folder: string, file: string): Buffer {
  const profile = join(folder, "profile");
  mkdirSync(join(profile, "user"), { recursive: true });
  writeFileSync(join(profile, "user", "registrymodifications.xcu"), recalculates);
  const out = join(folder, "converted");
  const to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, file];
  execFileSync(program as string, [`-env:UserInstallation=${pathToFileURL(profile)}`, "--headless", ...to], {
    timeout: 170_000,
    stdio: "pipe",
  });
  return readFileSync(join(out, "pack.xlsx"));
}

const formulasOf = async (file: Uint8Array): Promise<[string, ReadCell][]> =>
  (await readWorkbook(file)).flatMap(({ name, cells }) =>
    [...cells]
      .filter(([, { formula }]) => formula !== null)
      .map(([at, cell]): [string, ReadCell] => [`${name}!${at}`, cell]),
  );

/** A workbook whose formulas have a wrong result kept. */
async function falsified(file: Uint8Array): Promise<Uint8Array> {
  const archive = await JSZip.loadAsync(file);
  const sheets = Object.keys(archive.files).filter((path) => /worksheets\/sheet\d+\.xml$/.test(path));
  for (const path of sheets)
    archive.file(path, (await entryOf(file, path)).replace(/(<\/f><v>)[^<]*/g, "$1-99"));
  return archive.generateAsync({ type: "uint8array" });
}

const thirds = scoreOf().items.map((item) => ({
  ...item,
  weight: 1 / 3,
  score: item.score && item.score / 7,
}));

test.for(bothLanguages)(
  "LibreOffice opens it unasked and works out every figure that is printed (%s)",
  { timeout: 180_000 },
  async (language, { skip }) => {
    skip(program === undefined, "LibreOffice is not installed");
    const folder = folderOfTest("libre-office");
    const file = join(folder, "pack.xlsx");
    const scores = [
      scoreOf(),
      scoreOf({ missing: "zero", total: 58, kind: "team", subject: "=1+1" }),
      // Two thirds of the weight: (80 + 60) ÷ 7 ÷ 2.
      scoreOf({ items: thirds, total: 10, covered_weight: 0.666666667 }),
      // Of what is hidden nothing is worked out but how much of the weight has a score.
      scoreOf({
        missing: "zero",
        items: scoreOf().items.map((item, at) => (at === 1 ? { ...item, score: null, hidden: true } : item)),
        total: null,
        grade: null,
        covered_weight: 0.5,
        kind: "team",
        subject: "Team 1",
      }),
      scoreOf({ items: [], total: null, grade: null, covered_weight: 0 }),
    ];
    const values = [kpiValueOf(), kpiValueOf({ label: "=1+1", value: null }), kpiValueOf({ value: 0 })];
    const initiatives = [initiativeOf(), initiativeOf({ value_money: null, return: null, name: "@SUM(1)" })];
    await putWorkbook(packOf({ language, scores, values, initiatives }), file);
    const printed = await formulasOf(readFileSync(file));
    // Three scorecards with total, coverage and weight, two of them in the overview too, one without total; the returns of two.
    expect(printed).toHaveLength(3 * 3 + 2 + 2 + 5);
    const before = await readWorkbook(readFileSync(file));
    writeFileSync(file, await falsified(readFileSync(file)));
    const output = converted(folder, file);
    const worked = new Map(await formulasOf(output));
    for (const [at, { value }] of printed) expect(worked.get(at)?.value, at).toBeCloseTo(value as number, 9);
    const after = await readWorkbook(output);
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    const texts = (sheets: typeof after) =>
      sheets
        .flatMap(({ cells }) => [...cells.values()].map(({ value }) => value))
        .filter((value) => /^[=@]/.test(String(value)));
    expect(texts(after)).toEqual(texts(before));
    // The label, the subject of three items and their total, the name.
    expect(texts(after)).toHaveLength(1 + 4 + 1);
  },
);
