import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { BatchNotes, dropUnfinished, notesName } from "../../src/export/batchNotes.js";
import { folderOfTest } from "../temporaryFolder.js";

const order = { version: "1", prints: ["a.pdf", "b.pdf"] };
let folder: string;

beforeEach(() => {
  folder = folderOfTest("notes");
});

function made(notes: BatchNotes, file: string, workbook: string | null = null) {
  const sha256 = createHash("sha256").update(file).digest("hex");
  for (const each of [file, workbook]) if (each !== null) writeFileSync(join(folder, each), file);
  const rest = {
    pack: "p",
    scope: {},
    language: "en",
    period: "2026-03",
    pages: 1,
    bytes: file.length,
    locked: false,
  };
  const facts = { file, workbook, sha256, ...rest };
  notes.add(facts);
  return facts;
}

it("what is there as it was made is known to the same order", () => {
  const first = new BatchNotes(folder, order);
  expect(existsSync(join(folder, notesName))).toBe(false);
  const facts = made(first, "a.pdf", "a.xlsx");
  made(first, "b.pdf");
  writeFileSync(join(folder, "b.pdf"), "changed");
  const next = new BatchNotes(folder, order);
  expect(next.of("a.pdf")).toEqual(facts);
  expect(next.of("b.pdf")).toBeUndefined();
});

it("a file whose workbook is another, or gone, is not", () => {
  made(new BatchNotes(folder, order), "a.pdf", "a.xlsx");
  writeFileSync(join(folder, "a.xlsx"), "changed");
  expect(new BatchNotes(folder, order).of("a.pdf")).toBeUndefined();
  rmSync(join(folder, "a.xlsx"));
  expect(new BatchNotes(folder, order).of("a.pdf")).toBeUndefined();
});

it("another order begins anew", () => {
  made(new BatchNotes(folder, order), "a.pdf");
  const other = new BatchNotes(folder, { ...order, version: "2" });
  expect(other.of("a.pdf")).toBeUndefined();
  made(other, "b.pdf");
  expect(readFileSync(join(folder, notesName), "utf8")).not.toContain("a.pdf");
});

it("a line that was cut off is none, and what follows is whole", () => {
  made(new BatchNotes(folder, order), "a.pdf");
  appendFileSync(join(folder, notesName), '{"facts":{"file":"b.p');
  const next = new BatchNotes(folder, order);
  expect(next.of("a.pdf")).toBeDefined();
  made(next, "b.pdf");
  const last = new BatchNotes(folder, order);
  expect([last.of("a.pdf")?.file, last.of("b.pdf")?.file]).toEqual(["a.pdf", "b.pdf"]);
  last.drop();
  expect(existsSync(join(folder, notesName))).toBe(false);
});

it("of half-written files only our own go", () => {
  for (const name of ["a.pdf.123.tmp", "c.pdf.123.tmp", "a.pdf.tmp"]) writeFileSync(join(folder, name), "");
  dropUnfinished(folder, ["a.pdf", "b.pdf"]);
  expect(
    ["a.pdf.123.tmp", "c.pdf.123.tmp", "a.pdf.tmp"].map((name) => existsSync(join(folder, name))),
  ).toEqual([false, true, true]);
});
