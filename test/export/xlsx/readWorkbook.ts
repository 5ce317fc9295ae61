// @ts-expect-error it comes without types
import { JSDOM } from "jsdom";
import JSZip from "jszip";

/** A cell as the file has it. */
export interface ReadCell {
  /** A text is a string, a number a number; null is a cell that has only a format. */
  value: string | number | null;
  formula: string | null;
  format: string;
  isQuoted: boolean;
}

export interface ReadSheet {
  name: string;
  cells: Map<string, ReadCell>;
  /** Each row's cells by the head of their column. */
  rows: Record<string, ReadCell | undefined>[];
  xml: Document;
}

const parser: DOMParser = new new JSDOM("").window.DOMParser();
const parsed = (text: string) => parser.parseFromString(text, "text/xml");
const all = (of: Element | Document, name: string) => [...of.getElementsByTagName(name)];

/** An entry of the archive as text. */
export async function entryOf(file: Uint8Array, path: string): Promise<string> {
  const entry = (await JSZip.loadAsync(file)).file(path);
  if (entry === null) throw new Error(`no ${path}`);
  return entry.async("string");
}

/** Reads a workbook by the letter of ECMA-376, part 1, with nothing of the library that wrote it. */
export async function readWorkbook(file: Uint8Array): Promise<ReadSheet[]> {
  const xml = async (path: string) => parsed(await entryOf(file, path));
  const texts = all(await xml("xl/sharedStrings.xml"), "si").map((si) => unescaped(si.textContent ?? ""));
  const styles = await xml("xl/styles.xml");
  const own = new Map(
    all(styles, "numFmt").map((each) => [each.getAttribute("numFmtId"), each.getAttribute("formatCode")]),
  );
  const looks = all(all(styles, "cellXfs")[0] as Element, "xf").map((xf) => ({
    format: own.get(xf.getAttribute("numFmtId")) ?? builtIn[xf.getAttribute("numFmtId") ?? ""] ?? "General",
    isQuoted: xf.getAttribute("quotePrefix") === "1",
  }));
  const names = all(await xml("xl/workbook.xml"), "sheet").map((each) => each.getAttribute("name") ?? "");
  return Promise.all(
    names.map(async (name, index) => {
      const sheet = await xml(`xl/worksheets/sheet${index + 1}.xml`);
      const cells = new Map(
        all(sheet, "c").map((c): [string, ReadCell] => {
          const [v] = all(c, "v");
          const text = v?.textContent ?? null;
          const type = c.getAttribute("t");
          const value =
            text === null ? null : type === "s" ? (texts[Number(text)] ?? null) : type ? text : Number(text);
          const look = looks[Number(c.getAttribute("s") ?? 0)] ?? { format: "General", isQuoted: false };
          return [
            c.getAttribute("r") ?? "",
            { value, formula: all(c, "f")[0]?.textContent ?? null, ...look },
          ];
        }),
      );
      return { name, cells, rows: rowsOf(cells), xml: sheet };
    }),
  );
}

/** Formats that a file names by number alone (18.8.30). */
const builtIn: Record<string, string> = {
  "1": "0",
  "2": "0.00",
  "3": "#,##0",
  "4": "#,##0.00",
  "9": "0%",
  "10": "0.00%",
};

/** Signs that XML cannot hold are written `_x0009_` (22.9.2.19). */
const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

function rowsOf(cells: ReadonlyMap<string, ReadCell>): ReadSheet["rows"] {
  const rows: ReadSheet["rows"] = [];
  for (const [place, cell] of cells) {
    const [, column = "", row = ""] = /^([A-Z]+)(\d+)$/.exec(place) ?? [];
    const head = cells.get(`${column}1`)?.value;
    if (row === "1" || typeof head !== "string") continue;
    rows[Number(row) - 2] ??= {};
    (rows[Number(row) - 2] as ReadSheet["rows"][number])[head] = cell;
  }
  return rows;
}
