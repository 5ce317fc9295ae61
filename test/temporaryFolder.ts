import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

/** A new folder for the tests of a file, removed after them. */
export function temporaryFolder(name: string): string {
  const { folder, remove } = made(name);
  afterAll(remove);
  return folder;
}

/** A new folder for one test, made in it or in its `beforeEach`, and removed after it. */
export function folderOfTest(name: string): string {
  const { folder, remove } = made(name);
  onTestFinished(remove);
  return folder;
}

function made(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `herringbone-${name}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
