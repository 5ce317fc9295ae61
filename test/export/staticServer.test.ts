import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { withStaticServer } from "../../src/export/staticServer.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("server");
let root: string;

beforeAll(() => {
  root = join(folder, "site");
  mkdirSync(join(root, "en"), { recursive: true });
  writeFileSync(join(root, "index.html"), "总览");
  writeFileSync(join(root, "en", "index.html"), "overview");
  writeFileSync(join(root, "指标 1.html"), "kpi");
  writeFileSync(join(folder, "secret"), "secret");
});

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

/** Asks without what `fetch` does by itself: unpacking, and following. */
const ask = (address: string, headers: Record<string, string> = {}, method = "GET") =>
  new Promise<{ status?: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>((done, fail) => {
    request(address, { headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () =>
        done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      );
    })
      .on("error", fail)
      .end();
  });

/** Writes a file as at one and the same time. */
function writeAt(file: string, text: string): void {
  writeFileSync(file, text);
  utimesSync(file, 1_700_000_000, 1_700_000_000);
}

const figures = JSON.stringify(Array.from({ length: 2000 }, (_, each) => each));

test("sends nobody elsewhere", async () => {
  mkdirSync(join(root, "elsewhere.example"), { recursive: true });
  await withStaticServer({ root }, async (address) => {
    const { port } = new URL(address);
    const location = await new Promise((done, fail) => {
      request({ port, path: "//elsewhere.example" }, ({ headers }) => done(headers.location))
        .on("error", fail)
        .end();
    });
    expect(location).toBe("/elsewhere.example/");
  });
});

test("hashed files are kept for good, others asked for anew, both packed where it pays", async () => {
  mkdirSync(join(root, "_file", "data"), { recursive: true });
  for (const name of ["ranking.0123abcd.json", "cube.0123abcd.arrow", "slice.woff2"])
    writeAt(join(root, "_file", "data", name), figures);
  await withStaticServer({ root, compressed: true }, async (address) => {
    const hashed = await ask(`${address}_file/data/ranking.0123abcd.json`, { "accept-encoding": "br" });
    expect(hashed.headers).toMatchObject({
      "content-encoding": "br",
      "content-type": expect.stringMatching(/^application\/json/),
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(brotliDecompressSync(hashed.body).toString()).toBe(figures);
    // It is packed once, for as long as it lies there as it was written.
    const ranking = join(root, "_file", "data", "ranking.0123abcd.json");
    writeAt(ranking, "other content, of the same time");
    const kept = await ask(`${address}_file/data/ranking.0123abcd.json`, { "accept-encoding": "br" });
    const { "transfer-encoding": _, ...headers } = hashed.headers;
    expect(kept.body.equals(hashed.body)).toBe(true);
    expect(kept.headers).toMatchObject({ ...headers, date: kept.headers.date });
    rmSync(ranking);
    const gone = await ask(`${address}_file/data/ranking.0123abcd.json`, { "accept-encoding": "br" });
    expect(gone.status).toBe(404);
    // What a query looks like says nothing of the page before it.
    const asked = `${address}index.html?/_file/data/a.0123abcd.json`;
    await ask(asked, { "accept-encoding": "br" });
    writeFileSync(join(root, "index.html"), "新的总览");
    expect((await ask(asked, { "accept-encoding": "br" })).body.toString()).toBe("新的总览");
    writeFileSync(join(root, "index.html"), "总览");
    const table = await ask(`${address}_file/data/cube.0123abcd.arrow`, { "accept-encoding": "gzip" });
    expect(table.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(table.body).toString()).toBe(figures);
    const font = await ask(`${address}_file/data/slice.woff2`, { "accept-encoding": "gzip" });
    expect(font.headers).toMatchObject({ "content-type": "font/woff2", "cache-control": "no-cache" });
    expect(font.headers["content-encoding"]).toBeUndefined();
    const page = await ask(address);
    expect(page.headers["cache-control"]).toBe("no-cache");
    const again = await ask(address, { "if-none-match": String(page.headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });
});

test("gives a part, the head alone, and nothing to a name that was made to lead here", async () => {
  await withStaticServer({ root, compressed: true }, async (address) => {
    const part = await ask(`${address}en/index.html`, { range: "bytes=-4", "accept-encoding": "gzip" });
    expect([part.status, part.headers["content-range"], part.body.toString()]).toEqual([
      206,
      "bytes 4-7/8",
      "view",
    ]);
    const head = await ask(`${address}en/index.html`, {}, "HEAD");
    expect([head.status, head.headers["content-length"], head.body.length]).toEqual([200, "8", 0]);
    expect((await ask(`${address}en/index.html`, {}, "POST")).status).toBe(405);
    expect((await ask(`${address}en?x=1`)).headers.location).toBe("/en/?x=1");
    expect((await ask(address, { host: "attacker.example" })).status).toBe(403);
  });
});
