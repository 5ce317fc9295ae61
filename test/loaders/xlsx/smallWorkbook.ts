import JSZip from "jszip";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006/relationships";

export interface SmallSheet {
  name: string;
  state?: "hidden" | "veryHidden";
  /** The XML of its rows. */
  rows: string;
  /** XML before and behind them: `cols`, `mergeCells`. */
  before?: string;
  behind?: string;
}

export interface SmallBook {
  sheets: SmallSheet[];
  is1904?: boolean;
  /** XML of each shared string: what stands in its `si`. */
  strings?: string[];
  /** Format codes; cells with `s="1"` have the first, and so on. A number is one of Excel's own. */
  formats?: (string | number)[];
  /** The prefix of the elements of sheets, as some libraries write it. */
  prefix?: string;
}

/** A workbook as bytes, put together by hand: for what a writer of workbooks does not write. */
export async function smallWorkbook(book: SmallBook, change?: (zip: JSZip) => void): Promise<Buffer> {
  const { sheets, is1904 = false, strings, formats = [], prefix = "" } = book;
  const zip = new JSZip();
  const lead = prefix === "" ? "" : `${prefix}:`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`;
  const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`;
  const listed = (inner: string) => xml(`<Relationships xmlns="${packages}">${inner}</Relationships>`);
  zip.file("_rels/.rels", listed(relation("rId1", "officeDocument", "xl/workbook.xml")));
  zip.file(
    "xl/_rels/workbook.xml.rels",
    listed(
      [
        ...sheets.map((_, index) =>
          relation(`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`),
        ),
        relation("rId90", "styles", "/xl/styles.xml"),
        ...(strings ? [relation("rId91", "sharedStrings", "sharedStrings.xml")] : []),
      ].join(""),
    ),
  );
  const listedSheets = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ""} r:id="rId${index + 1}"/>`,
  );
  zip.file(
    "xl/workbook.xml",
    xml(
      `<workbook xmlns="${main}" xmlns:r="${relations}">${is1904 ? '<workbookPr date1904="1"/>' : ""}<sheets>${listedSheets.join("")}</sheets></workbook>`,
    ),
  );
  const codes = formats.map((format, index) => (typeof format === "number" ? format : 164 + index));
  const numFmts = formats.flatMap((format, index) =>
    typeof format === "number"
      ? []
      : [`<numFmt numFmtId="${codes[index]}" formatCode="${format.replaceAll('"', "&quot;")}"/>`],
  );
  zip.file(
    "xl/styles.xml",
    xml(
      `<styleSheet xmlns="${main}"><numFmts>${numFmts.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${codes.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`,
    ),
  );
  if (strings)
    zip.file(
      "xl/sharedStrings.xml",
      xml(`<sst xmlns="${main}">${strings.map((si) => `<si>${si}</si>`).join("")}</sst>`),
    );
  for (const [index, { rows, before = "", behind = "" }] of sheets.entries()) {
    const text = `<worksheet xmlns${prefix === "" ? "" : `:${prefix}`}="${main}">${before}<sheetData>${rows}</sheetData>${behind}</worksheet>`;
    zip.file(
      `xl/worksheets/sheet${index + 1}.xml`,
      xml(prefix === "" ? text : text.replaceAll(/<(\/?)(?=[a-z])/g, `<$1${lead}`)),
    );
  }
  change?.(zip);
  return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}

/** A row of texts, numbers, and cells that are XML as they stand, from column A on. */
export function row(number: number, cells: readonly (string | number | null)[], attributes = ""): string {
  const written = cells.map((cell, index) => {
    const at = `${String.fromCharCode(65 + index)}${number}`;
    if (cell === null) return "";
    if (typeof cell === "number") return `<c r="${at}"><v>${cell}</v></c>`;
    if (cell.startsWith("<c")) return cell.replace("<c", `<c r="${at}"`);
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`;
  });
  return `<row r="${number}"${attributes}>${written.join("")}</row>`;
}
