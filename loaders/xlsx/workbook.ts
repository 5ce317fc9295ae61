import { type Shown, shownBy } from "./numberFormat.js";
import type { OfficePackage } from "./officePackage.js";
import { attribute, localName, parseXml } from "./xml.js";

export interface Sheet {
  name: string;
  part: string;
  isHidden: boolean;
}

/** What a workbook says of itself. */
export interface Workbook {
  sheets: Sheet[];
  /** Days are counted from 1904, as Excel for the Mac once did. */
  is1904: boolean;
  /** What each cell style shows of a number. */
  shown: Shown[];
  /** The part of the strings that cells share. */
  strings: string | undefined;
}

/** @throws CliError 1 for what is no whole workbook */
export async function readWorkbook(file: string, source: OfficePackage): Promise<Workbook> {
  const main =
    (await source.relationsOf()).find(({ type }) => type === "officeDocument")?.part ?? "xl/workbook.xml";
  const relations = await source.relationsOf(main);
  const sheets: Sheet[] = [];
  let is1904 = false;
  await parseXml(file, source.stream(main), {
    open(tag) {
      const name = localName(tag.name);
      if (name === "workbookPr") is1904 = isTrue(attribute(tag, "date1904"));
      if (name !== "sheet") return;
      const [, id] = Object.entries(tag.attributes).find(([key]) => /:id$/i.test(key)) ?? [];
      const found = relations.find((each) => each.id === id);
      // Sheets of charts and dialogues have no cells.
      if (found && found.type !== "worksheet") return;
      const state = attribute(tag, "state") ?? "visible";
      sheets.push({
        name: attribute(tag, "name") ?? "",
        part: found?.part ?? `the sheet ${attribute(tag, "name")}`,
        isHidden: state !== "visible",
      });
    },
  });
  const styles = relations.find(({ type }) => type === "styles")?.part;
  return {
    sheets,
    is1904,
    shown: styles === undefined ? [] : await readStyles(file, source.stream(styles)),
    strings: relations.find(({ type }) => type === "sharedStrings")?.part,
  };
}

const isTrue = (value: string | undefined) => value === "1" || value === "true";

async function readStyles(file: string, chunks: AsyncIterable<Buffer>): Promise<Shown[]> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let isCells = false;
  await parseXml(file, chunks, {
    open(tag) {
      const name = localName(tag.name);
      if (name === "numFmt")
        codes.set(Number(attribute(tag, "numFmtId")), attribute(tag, "formatCode") ?? "");
      else if (name === "cellXfs") isCells = true;
      else if (name === "xf" && isCells) ids.push(Number(attribute(tag, "numFmtId") ?? 0));
    },
    close(name) {
      if (localName(name) === "cellXfs") isCells = false;
    },
  });
  return ids.map((id) => shownBy(id, codes.get(id)));
}
