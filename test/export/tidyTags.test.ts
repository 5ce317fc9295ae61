import { PDFRef } from "pdf-lib";
import { expect, test } from "vitest";
import { isPiece, isTag, type Kid, type Tag } from "../../src/export/tagTree.js";
import { tidyTags } from "../../src/export/tidyTags.js";

const page = PDFRef.of(1);
let sequence = 0;
const tag = (role: string, ...kids: (Kid | string)[]): Tag => ({
  role,
  kids: kids.map((kid) => (typeof kid === "string" ? text(kid) : kid)),
});
const texts: string[] = [];
const text = (words: string): Tag => {
  texts[++sequence] = words;
  return { role: "NonStruct", kids: [{ page, sequence }] };
};
const written = (kid: Kid): string => {
  if (isPiece(kid)) return texts[kid.sequence] ?? "";
  if (!isTag(kid)) return "link";
  return `${kid.role}${kid.lang ? `:${kid.lang}` : ""}(${kid.kids.map(written).join(" ")})`;
};
const tidied = (...kids: (Kid | string)[]) =>
  written(
    tidyTags(tag("Document", tag("NonStruct", ...kids)), {
      isDecoration: (piece) => texts[piece.sequence] === "rule",
      foreign: (piece) => (texts[piece.sequence] === "月" ? "zh-CN" : undefined),
    }),
  );

test("boxes give way to what they hold, and text outside of a paragraph becomes one", () => {
  expect(tidied(tag("NonStruct", tag("P", "a", "b")))).toBe("Document(P(a b))");
  expect(tidied(tag("NonStruct", "a", "b"), tag("NonStruct", "c"), "d")).toBe("Document(P(a b) P(c) P(d))");
  expect(tidied(tag("Div", "a", tag("P", "b")))).toBe("Document(Div(P(a) P(b)))");
});

test("what is no content goes, with what held nothing else, but no cell", () => {
  expect(tidied(tag("Div", tag("NonStruct", "rule")), tag("P", "a"))).toBe("Document(P(a))");
  expect(tidied(tag("Table", tag("TR", tag("TH", "a"), tag("TD", "rule"))))).toBe(
    "Document(Table(TR(TH(a) TD())))",
  );
});

test("an item of a list has a body beside its number", () => {
  const below = tag("L", tag("LI", "c"));
  expect(tidied(tag("L", tag("LI", tag("Lbl", "1"), "b", below), "d"))).toBe(
    "Document(L(LI(Lbl(1) LBody(b L(LI(LBody(c))))) LI(LBody(d))))",
  );
});

test("a table takes in its caption; what else has one is a group", () => {
  const table = tag("Table", tag("TR", tag("TD", "a")));
  expect(tidied(tag("Figure", tag("Caption", "b"), table))).toBe("Document(Table(Caption(b) TR(TD(a))))");
  expect(tidied(tag("Figure", table, tag("Caption", "b"), tag("P", "c")))).toBe(
    "Document(Div(Table(TR(TD(a)) Caption(b)) P(c)))",
  );
  expect(tidied(tag("Figure", tag("H1", "a"), tag("Caption", "b")))).toBe("Document(Div(H1(a) Caption(b)))");
});

test("a text of the other language says which", () => {
  expect(tidied(tag("P", "a", "月"))).toBe("Document(P(a Span:zh-CN(月)))");
});

test("no level of headings is left out, and no tag is of a later edition", () => {
  expect(tidied(tag("H2", "a"), tag("H4", "b"), tag("H4", "c"), tag("H3", "d"), tag("H2", "e"))).toBe(
    "Document(H1(a) H2(b) H2(c) H2(d) H1(e))",
  );
  expect(tidied(tag("P", tag("Strong", "a"), "b"))).toBe("Document(P(Span(a) b))");
});
