import { PDFDocument, PDFString } from "pdf-lib";
import { expect, test } from "vitest";
import { renumberStructureIds } from "../../src/export/structureIds.js";

test("ids are numbered anew in their order, wherever they stand; other strings stay", async () => {
  const document = await PDFDocument.create();
  const { context } = document;
  const id = (text: string) => PDFString.of(text);
  const head = context.register(context.obj({ ID: id("node00000545"), T: id("node") }));
  const cell = context.obj({ A: [{ Headers: [id("node00000545"), id("node00002863")] }] });
  const tree = context.obj({
    Limits: [id("node00000545"), id("node00002863")],
    Names: [id("node00000553"), head],
  });
  for (const object of [cell, tree]) context.register(object);
  renumberStructureIds(document);
  expect(context.lookup(head)?.toString()).toContain("/ID (node00000001)");
  expect(context.lookup(head)?.toString()).toContain("/T (node)");
  expect(cell.toString()).toMatch(/\(node00000001\) \(node00000003\)/);
  expect(tree.toString()).toMatch(/\(node00000001\) \(node00000003\)/);
  expect(tree.toString()).toContain("(node00000002)");
});
