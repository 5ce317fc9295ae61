import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documents, tables } from "../../src/published/documents.js";

const pages = readdirSync("reports", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(md|ts)$/.test(name) && !/^(src|\.observablehq)\//.test(name))
  .map((name) => readFileSync(join("reports", name), "utf8"));

/** What pages load: `/data/kpi/cube/ID.arrow`, whichever KPI it is of. */
const loaded = new Set(
  pages.flatMap((text) =>
    [...text.matchAll(/FileAttachment\((["`])(?:\.\.)*\/?.*?data\/kpi\/(.+?)\1\)/g)].map(([, , path]) =>
      (path ?? "").replace(/\$\{[^}]*\}/, "ID"),
    ),
  ),
);
const listed = [...Object.values(documents), ...Object.values(tables)].map((one) =>
  typeof one === "function" ? one("ID").path : one.path,
);

test("pages load what the list of documents and tables has, and it has nothing else", () => {
  expect(loaded.size).toBeGreaterThan(10);
  expect([...loaded].sort()).toEqual([...listed].sort());
});
