import { PDFDocument, PDFName, type PDFRef, PDFString } from "pdf-lib";
import { expect, test } from "vitest";
import { renumberStructureIds } from "../../src/export/structureIds.js";

const id = (text: string) => PDFString.of(text);

/** A document of three elements with such ids, the cells of the first two under the third. */
async function documentOf([one = "", two = "", head = ""]: readonly string[]): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  const { context, catalog } = document;
  const elements = [one, two, head].map((own) =>
    context.register(context.obj({ ID: id(own), T: id("node"), A: [{ Headers: [id(head), id(one)] }] })),
  );
  const leaves = [one, two, head]
    .map((own, at) => ({ own, element: elements[at] }))
    .sort((a, b) => (a.own < b.own ? -1 : 1))
    .map(({ own, element }) =>
      context.register(context.obj({ Limits: [id(own), id(own)], Names: [id(own), element as PDFRef] })),
    );
  const tree = context.register(context.obj({ Kids: leaves }));
  catalog.set(PDFName.of("StructTreeRoot"), context.register(context.obj({ IDTree: tree })));
  return document;
}

test("ids are numbered in the order of their elements, wherever they stand, and listed so; other strings stay", async () => {
  const document = await documentOf(["node00000553", "node00000545", "node00002863"]);
  renumberStructureIds(document);
  const objects = document.context.enumerateIndirectObjects().map(([, object]) => object.toString());
  const elements = objects.filter((text) => text.includes("/ID ("));
  expect(elements.map((text) => /\/ID \((\w+)\)/.exec(text)?.[1])).toEqual([
    "node00000001",
    "node00000002",
    "node00000003",
  ]);
  for (const text of elements) {
    expect(text).toMatch(/\/Headers \[ \(node00000003\) \(node00000001\) \]/);
    expect(text).toContain("/T (node)");
  }
  expect(objects.filter((text) => /\/Limits|\/Kids/.test(text) && text.includes("node"))).toEqual([]);
  const [root = ""] = objects.filter((text) => text.includes("/IDTree"));
  expect([...root.matchAll(/\((\w+)\) (\d+) 0 R/g)].map(([, name, at]) => [name, Number(at)])).toEqual([
    ["node00000001", expect.any(Number)],
    ["node00000002", expect.any(Number)],
    ["node00000003", expect.any(Number)],
  ]);
});

test("whichever numbers the browser gave, and in whatever order, the file is the same", async () => {
  const orders = [
    ["node00000001", "node00000002", "node00000003"],
    ["node00000912", "node00000007", "node00000411"],
    ["node00000411", "node00000912", "node00000007"],
  ];
  const files = await Promise.all(
    orders.map(async (order) => {
      const document = await documentOf(order);
      renumberStructureIds(document);
      return document.context.enumerateIndirectObjects().map(([ref, object]) => `${ref} ${object}`);
    }),
  );
  expect(files[1]).toEqual(files[0]);
  expect(files[2]).toEqual(files[0]);
});
