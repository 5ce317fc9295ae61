import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import JSZip from "jszip";
import { smallWorkbook } from "./smallWorkbook.js";

const letters = [..."ABCDEFGHIJKLMNOPQRST"];

/** Writes a workbook of so many rows of 20 cells piece by piece: six of texts of their own, three times, numbers. */
export async function writeLargeWorkbook(path: string, rows: number): Promise<void> {
  const frame = await JSZip.loadAsync(
    await smallWorkbook({ strings: [], formats: [22], sheets: [{ name: "S", rows: "" }] }),
  );
  const around = async (part: string, mark: string) => {
    const [before = "", behind = ""] = ((await frame.file(part)?.async("string")) ?? "").split(mark);
    return { before: before + mark, behind };
  };
  const sheet = await around("xl/worksheets/sheet1.xml", "<sheetData>");
  const strings = await around("xl/sharedStrings.xml", '/main">');
  function* sheetXml() {
    yield sheet.before;
    const headings = letters.map((letter, index) => ["customer_id", "name"][index] ?? `column ${letter}`);
    yield `<row r="1">${headings.map((text, index) => `<c r="${letters[index]}1" t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`;
    for (let index = 0; index < rows; index++) {
      const cells = letters.map((letter, column) => {
        const at = `${letter}${index + 2}`;
        if (column < 6) return `<c r="${at}" t="s"><v>${index * 6 + column}</v></c>`;
        if (column < 9)
          return `<c r="${at}" s="1"><v>${46000 + ((index * 7919 + column) % 1000) / 8}</v></c>`;
        return `<c r="${at}"><v>${((index * 31 + column * 17) % 100_000) / 8}</v></c>`;
      });
      yield `<row r="${index + 2}" spans="1:20">${cells.join("")}</row>`;
    }
    yield sheet.behind;
  }
  function* stringsXml() {
    yield strings.before;
    for (let index = 0; index < rows * 6; index++)
      yield `<si><t>${index % 6 === 0 ? `C${index / 6}` : `客户名称 ${index} 公司`}</t></si>`;
    yield strings.behind;
  }
  frame.file("xl/worksheets/sheet1.xml", Readable.from(inPieces(sheetXml())));
  frame.file("xl/sharedStrings.xml", Readable.from(inPieces(stringsXml())));
  const written = frame.generateNodeStream({
    compression: "DEFLATE",
    streamFiles: true,
    compressionOptions: { level: 1 },
  });
  await pipeline(written, createWriteStream(path));
}

function* inPieces(texts: Iterable<string>): Generator<Buffer> {
  let held = "";
  for (const text of texts) {
    held += text;
    if (held.length < 1 << 16) continue;
    yield Buffer.from(held);
    held = "";
  }
  yield Buffer.from(held);
}
