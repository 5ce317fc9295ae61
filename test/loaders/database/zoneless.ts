import { expect } from "vitest";
import type { Kind } from "../../../loaders/index.js";
import { folderOfTest } from "../../temporaryFolder.js";

/** Expects that a relation of two rows names its columns of times without a zone, unless the source says its zone. */
export async function expectZoneless(
  kind: Kind,
  variable: string,
  table: string,
  columns: readonly string[],
): Promise<void> {
  const tempDir = folderOfTest("zoneless");
  const said = async (more: object) => {
    const settings = { url_env: variable, timeout: "1 minute", relations: { t: { table } }, ...more };
    const extract = await kind.open({ name: "db.t", path: "", tempDir }, settings);
    return (await extract.load(undefined as never, async () => 2)).told;
  };
  expect(await said({})).toEqual([{ id: "database.zoneless", values: { name: "db.t", columns } }]);
  expect(await said({ time_zone: "UTC" })).toEqual([]);
}
