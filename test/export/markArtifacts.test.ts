import { expect, test } from "vitest";
import { markedText } from "../../src/export/markArtifacts.js";

test("text outside of marked content becomes an artifact, all else stays", () => {
  const drawing = [
    "q",
    "BT",
    "<0001> Tj",
    "/Span<</ActualText <FEFF6708> >> BDC",
    "<0002> Tj",
    "EMC",
    "ET",
    "/NonStruct <</MCID 0 >>BDC",
    "BT",
    "<0003> Tj",
    "ET",
    "EMC",
    "BT",
    "<0004> Tj",
    "ET",
    "Q",
  ];
  const artifact = "/Artifact <</Type /Pagination>> BDC";
  expect(markedText(drawing.join("\n")).split("\n")).toEqual([
    "q",
    artifact,
    ...drawing.slice(1, 7),
    "EMC",
    ...drawing.slice(7, 12),
    artifact,
    ...drawing.slice(12, 15),
    "EMC",
    "Q",
  ]);
});
