import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve, sep } from "node:path";

export interface StaticServerOptions {
  /** The folder to serve. */
  root: string;
  /** The path it is served under; default `/`. Begins and ends with a slash. */
  base?: string;
}

/**
 * Serves a folder on a free loopback port while `use` runs.
 *
 * @param use gets the site's address, which ends with the base path
 */
export async function withStaticServer<T>(
  { root, base = "/" }: StaticServerOptions,
  use: (address: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => void answer(resolve(root), base, request, response));
  await new Promise<void>((done, fail) => server.once("error", fail).listen(0, "127.0.0.1", done));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`);
  } finally {
    await close(server);
  }
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

async function answer(root: string, base: string, request: IncomingMessage, response: ServerResponse) {
  const file = await fileFor(root, base, request.url ?? "/");
  if (file === null && request.url === "/favicon.ico") {
    response.writeHead(204).end(); // browsers ask for it unasked
    return;
  }
  if (file === null) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
  const content = createReadStream(file);
  content.once("error", () => response.destroy());
  content.pipe(response);
}

/** The file a URL stands for, or null when there is none below the root. */
async function fileFor(root: string, base: string, url: string): Promise<string | null> {
  const path = decoded(url.replace(/[?#].*$/s, ""));
  if (!path?.startsWith(base) || path.includes("\0")) return null;
  const wanted = join(root, path.slice(base.length));
  if (wanted !== root && !wanted.startsWith(root + sep)) return null;
  const found = await stat(wanted).catch(() => null);
  if (found?.isFile()) return wanted;
  const index = join(wanted, "index.html");
  return found?.isDirectory() && (await stat(index).catch(() => null))?.isFile() ? index : null;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
}
