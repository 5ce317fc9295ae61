import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withStaticServer } from "../../src/export/staticServer.js";

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "herringbone-server-"));
  root = join(folder, "site");
  mkdirSync(join(root, "en"), { recursive: true });
  writeFileSync(join(root, "index.html"), "总览");
  writeFileSync(join(root, "en", "index.html"), "overview");
  writeFileSync(join(root, "指标 1.html"), "kpi");
  writeFileSync(join(folder, "secret"), "secret");
});

afterAll(() => rmSync(folder, { recursive: true }));

test("serves files and the index of folders, whatever follows the path", async () => {
  await withStaticServer({ root }, async (address) => {
    const page = await fetch(address);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await page.text()).toBe("总览");
    expect(await (await fetch(`${address}en/?grain=month#top`)).text()).toBe("overview");
    expect(await (await fetch(`${address}${encodeURIComponent("指标 1.html")}`)).text()).toBe("kpi");
    expect((await fetch(`${address}nothing.html`)).status).toBe(404);
  });
});

test("serves below a base path and nothing beside it", async () => {
  await withStaticServer({ root, base: "/kpi/" }, async (address) => {
    expect(address).toMatch(/\/kpi\/$/);
    expect(await (await fetch(`${address}index.html`)).text()).toBe("总览");
    expect((await fetch(new URL("/index.html", address))).status).toBe(404);
  });
});

test.each(["/../secret", "/..%2fsecret", "/en/%2e%2e/%2e%2e/secret", "/%", "/%00"])(
  "gives nothing from outside its root: %s",
  async (path) => {
    await withStaticServer({ root }, async (address) => {
      const { port } = new URL(address);
      const status = await new Promise((done, fail) => {
        request({ port, path }, ({ statusCode }) => done(statusCode))
          .on("error", fail)
          .end();
      });
      expect(status).toBe(404);
    });
  },
);
