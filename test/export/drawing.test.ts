import { describe, expect, test } from "vitest";
import { otherLanguage, readDrawing } from "../../src/export/drawing.js";

const letters = new Map([
  ["0001", "K"],
  ["0002", "月"],
  ["0003", "度"],
  ["0004", " "],
]);

const read = (lines: string[], { drawn = [] as number[], repeated = [] as number[], lang = "en" } = {}) =>
  readDrawing(lines.join("\n"), {
    letters: () => letters,
    isDrawn: (id) => drawn.includes(id),
    isRepeated: (id) => repeated.includes(id),
    lang,
  });

const margin = "/Artifact <</Type /Pagination>> BDC";
const layout = "/Artifact <</Type /Layout>> BDC";
const text = (...codes: string[]) => [
  "BT",
  "/F4 8 Tf",
  "1 0 0 -1 0 9 Tm",
  ...codes.map((code) => `<${code}> Tj`),
  "ET",
];

describe("an artifact is", () => {
  test("text outside of marked content, even where letters are told beside it", () => {
    const told = ["BT", "/Span<</ActualText <FEFF6708> >> BDC", "<0002> Tj", "EMC", "ET"];
    const { drawing, texts } = read(["q", ...told, "Q", ...text("0001")]);
    expect(drawing.split("\n")).toEqual(["q", margin, ...told, "EMC", "Q", margin, ...text("0001"), "EMC"]);
    expect(texts.size).toBe(0);
  });

  test("a drawing outside of marked content, and no clip", () => {
    const { drawing } = read([
      "0 0 9 9 re",
      "W* n",
      "q",
      "0 0 m",
      "9 9 l",
      "S",
      "1 w",
      "0 0 9 9 re",
      "f",
      "Q",
    ]);
    expect(drawing.split("\n")).toEqual([
      ...["0 0 9 9 re", "W* n", "q", layout, "0 0 m", "9 9 l", "S", "1 w", "0 0 9 9 re", "f", "EMC", "Q"],
    ]);
  });

  test("the head of a table on its later pages", () => {
    const head = ["/TH <</MCID 0 >>BDC", ...text("0001"), "EMC"];
    const { drawing, decoration } = read(head, { repeated: [0] });
    expect(drawing.split("\n")).toEqual([margin, ...head.slice(1)]);
    expect([...decoration]).toEqual([0]);
  });

  test("a background or a rule in marked content, but no picture", () => {
    const rule = (id: number) => [`/Table <</MCID ${id} >>BDC`, "0 0 9 1 re", "f", "EMC"];
    const { drawing, decoration } = read([...rule(0), ...rule(1)], { drawn: [1] });
    expect(drawing.split("\n")).toEqual([layout, ...rule(0).slice(1), ...rule(1)]);
    expect([...decoration]).toEqual([0]);
  });
});

describe("the text of marked content", () => {
  const marked = (...lines: string[]) => ["/NonStruct <</MCID 0 >>BDC", ...lines, "EMC"];

  test("is that of its letters, with the ends of its lines", () => {
    const next = ["BT", "1 0 0 -1 0 20 Tm", "<00020003> Tj", "ET"];
    expect(read(marked(...text("0001"), ...next)).texts.get(0)).toBe("K\n月度");
  });

  test("is the one told beside it where there is one", () => {
    const told = ["/Span<</ActualText <FEFF65E5> >> BDC", "<0002> Tj", "EMC"];
    expect(read(marked("BT", "/F4 8 Tf", ...told, "ET")).texts.get(0)).toBe("日");
  });

  test("says where a passage is of the other language", () => {
    const { drawing, foreign } = read(marked(...text("0001", "0002", "0004", "0003", "0004", "0001")));
    const passage = [
      "/Span <</Lang (zh-CN)>> BDC",
      "<0002> Tj",
      "<0004> Tj",
      "<0003> Tj",
      "EMC",
      "<0004> Tj",
    ];
    expect(drawing).toContain(passage.join("\n"));
    expect(foreign.size).toBe(0);
  });

  test("may be of the other language as a whole", () => {
    expect([...read(marked(...text("0002"))).foreign]).toEqual([0]);
    expect(otherLanguage("en")).toBe("zh-CN");
  });

  test("is Chinese with an abbreviation in it", () => {
    const { drawing, foreign } = read(marked(...text("0001", "0002")), { lang: "zh-CN" });
    expect(foreign.size).toBe(0);
    expect(drawing).not.toContain("Lang");
  });
});
