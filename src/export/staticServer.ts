import { statSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve, sep } from "node:path";
import { constants } from "node:zlib";
import compression from "compression";
import send from "send";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";

export interface StaticServerOptions {
  /** The folder to serve. */
  root: string;
  /** The path it is served under; default `/`. Begins and ends with a slash. */
  base?: string;
  /** Default: one that is free. */
  port?: number;
  /** Whether what browsers can unpack goes out packed; default no. */
  compressed?: boolean;
  /** What is served beside the folder, by its path below the base; asked before the folder. */
  beside?: (path: string) => string | undefined;
}

/**
 * Serves a folder on a loopback port while `use` runs.
 *
 * @param use gets the site's address, which ends with the base path
 * @throws CliError 1 when the port is taken
 */
export async function withStaticServer<T>(
  { root, base = "/", port = 0, compressed = false, beside }: StaticServerOptions,
  use: (address: string) => Promise<T>,
): Promise<T> {
  const folder = resolve(root);
  const pack = compressed ? packer(folder, base) : undefined;
  const server = createServer((request, response) => {
    const path = request.url?.replace(/[?#].*$/s, "") ?? "";
    const own = path.startsWith(base) ? beside?.(path.slice(base.length)) : undefined;
    if (!isLocal(request)) response.writeHead(403).end();
    else if (own !== undefined) response.writeHead(200, { "content-type": "application/json" }).end(own);
    else if (pack) pack(request, response, () => answer(folder, base, request, response));
    else answer(folder, base, request, response);
  });
  await listen(server, port);
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`);
  } finally {
    await close(server);
  }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE" && error.code !== "EACCES") fail(error);
      else fail(new CliError(told("port.unusable", { port })));
    });
    server.listen(port, "127.0.0.1", done);
  });
}

/** Asked for by a name of this machine: a page from elsewhere whose name was made to lead here is not let in. */
const isLocal = ({ headers }: IncomingMessage) =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? "localhost");

/** A step above the default: for a script a tenth less to send, and 10 ms more to pack it. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** How many bytes of packed answers a server keeps. */
const keptBytes = 64_000_000;

type Pack = (request: IncomingMessage, response: ServerResponse, answer: () => void) => void;

/**
 * Packs answers. Of files that never change while they are there they are packed once: the pages' script takes 35 ms
 * each time.
 */
function packer(root: string, base: string): Pack {
  const pack = compression({ filter: isPackable, brotli });
  const kept = new Map<string, { written: number; headers: OutgoingHttpHeaders; body: Buffer }>();
  let bytes = 0;
  return (request, response, answer) => {
    const { url = "", method, headers } = request;
    const isPlain = !headers.range && !headers["if-none-match"] && !headers["if-modified-since"];
    const isLasting = method === "GET" && isPlain && url.startsWith(base) && isHashed(url);
    const written = isLasting ? writtenAt(join(root, url.slice(base.length))) : undefined;
    const key = `${headers["accept-encoding"]} ${url}`;
    const known = kept.get(key);
    if (known && known.written === written) {
      response.writeHead(200, known.headers).end(known.body);
      return;
    }
    if (written !== undefined && bytes < keptBytes)
      recorded(response, (body) => {
        if (response.statusCode !== 200 || !response.hasHeader("content-encoding")) return;
        bytes += body.length - (kept.get(key)?.body.length ?? 0);
        kept.set(key, {
          written,
          headers: { ...response.getHeaders(), "content-length": body.length },
          body,
        });
      });
    pack(request as never, response as never, answer);
  };
}

/** When a file was written; undefined where there is none of that very name. */
const writtenAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

/** Tells what an answer was, once all of it has been handed over. */
function recorded(response: ServerResponse, tell: (body: Buffer) => void): void {
  const parts: Buffer[] = [];
  const taking = (pass: (...args: unknown[]) => unknown) =>
    ((...args: unknown[]) => {
      if (args[0] instanceof Uint8Array) parts.push(Buffer.from(args[0]));
      return pass.apply(response, args);
    }) as never;
  response.write = taking(response.write as never);
  response.end = taking(response.end as never);
  response.once("finish", () => tell(Buffer.concat(parts)));
}

const isPackable: compression.CompressionFilter = (request, response) =>
  request.headers.range === undefined &&
  (compression.filter(request, response) ||
    String(response.getHeader("content-type")).startsWith("application/octet-stream"));

/** Framework's names with a hash of the content in them. */
const isHashed = (file: string) => /^[^?#]*\.[0-9a-f]{8}\.\w+$/.test(file) && /[\\/]_\w+[\\/]/.test(file);

function answer(root: string, base: string, request: IncomingMessage, response: ServerResponse): void {
  const { url = "/" } = request;
  const path = url.replace(/[?#].*$/s, "");
  if (path === "/favicon.ico") {
    response.writeHead(204).end(); // browsers ask for it unasked
    return;
  }
  const refuse = (status: number) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(status, { "content-type": "text/plain" }).end(status === 404 ? "not found" : "");
  };
  if (!path.startsWith(base)) {
    refuse(404);
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    refuse(405);
    return;
  }
  send(request, path.slice(base.length - 1), { root, cacheControl: false })
    .on("headers", (headed: ServerResponse, file: string) => {
      const inSite = file.slice(root.length + sep.length - 1);
      headed.setHeader(
        "cache-control",
        isHashed(inSite) ? "public, max-age=31536000, immutable" : "no-cache",
      );
      if (file.endsWith(".arrow")) headed.setHeader("content-type", "application/octet-stream");
    })
    .on("directory", () =>
      response.writeHead(301, { location: url.replace(/^[^?#]*/, "$&/").replace(/^[\\/]+/, "/") }).end(),
    )
    .on("error", ({ status }: { status?: number }) => refuse(status === 416 ? 416 : 404))
    .pipe(response);
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
}
