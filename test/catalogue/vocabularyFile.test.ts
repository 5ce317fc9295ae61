import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeOf, labelOf, wordsOf } from "../../src/catalogue/vocabulary.js";
import { readVocabulary } from "../../src/catalogue/vocabularyFile.js";
import { columnsOf, tableNames } from "../../src/contract/index.js";
import { folderOfTest } from "../temporaryFolder.js";

function withOwn<T>(text: string, work: (folder: string) => T): T {
  const folder = folderOfTest("words");
  writeFileSync(join(folder, "vocabulary.yaml"), text);
  return work(folder);
}

describe("the vocabulary", () => {
  it("has a label in both languages for every code of the contract, the Chinese one as the contract has it", () => {
    const vocabulary = readVocabulary();
    for (const table of tableNames)
      for (const { name, labels = {} } of columnsOf(table))
        for (const [code, chinese] of Object.entries(labels)) {
          const words = wordsOf(vocabulary, table, name)[code];
          expect(words?.labels, `${table}.${name}.${code}`).toEqual({
            "zh-CN": chinese,
            en: expect.any(String),
          });
        }
  });

  it("of a company adds to the usual one: names of regions, other spellings", () =>
    withOwn(
      "region: {华东: {labels: {en: East China}}}\ntype: {repair: {spellings: [Incident]}}\n",
      (folder) => {
        const vocabulary = readVocabulary([], folder);
        expect(labelOf(vocabulary, "region", "华东", "en")).toBe("East China");
        expect(labelOf(vocabulary, "region", "华东", "zh-CN")).toBeUndefined();
        expect(labelOf(vocabulary, "type", "repair", "zh-CN")).toBe("维修");
        expect(codeOf(vocabulary, "type", "INCIDENT")).toBe("repair");
        expect(codeOf(vocabulary, "region", "east-china")).toBe("华东");
        expect(codeOf(vocabulary, "class", "Technical Support")).toBe("technical_support");
        expect(labelOf(vocabulary, "region", "constructor", "en")).toBeUndefined();
      },
    ));

  it("refuses codes that a closed column does not have, and a word with two meanings", () => {
    for (const text of ["type: {incident: {}}\n", "type: {repair: {spellings: [praise]}}\n"])
      withOwn(text, (folder) =>
        expect(() => readVocabulary(folder)).toThrow(expect.objectContaining({ exitCode: 2 })),
      );
  });
});
