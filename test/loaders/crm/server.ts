import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { pauses } from "../../../loaders/remote/api.js";
import { type Staged, stageFolder } from "../../load/stageFolder.js";

/** What a server was asked. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What it answers: JSON, or a text; `cut` bytes of it and then the connection breaks off. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  cut?: number;
}

/** A CRM of a test's own on the loopback. */
export interface Crm {
  url: string;
  asked: Asked[];
}

export const variables = { url: "HERRINGBONE_TEST_CRM_URL", token: "HERRINGBONE_TEST_CRM_TOKEN" };
export const token = "Bq7!secret-token-of-a-test";

/** Runs a server for as long as it is used, with its address and token in the environment and hardly any pauses. */
export async function withCrm<T>(
  answer: (asked: Asked) => Answer,
  use: (crm: Crm) => Promise<T>,
): Promise<T> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const one = {
        method: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      asked.push(one);
      const { status = 200, headers = {}, json, text = JSON.stringify(json ?? null), cut } = answer(one);
      const type = json === undefined && /^\s*</.test(text) ? "text/html" : "application/json";
      const length = Buffer.byteLength(text);
      response.writeHead(status, { "content-type": type, "content-length": String(length), ...headers });
      if (cut === undefined) response.end(text);
      else response.write(text.slice(0, cut), () => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const before = { ...pauses };
  Object.assign(pauses, { first: 1, longest: 5 });
  process.env[variables.url] = url;
  process.env[variables.token] = token;
  try {
    return await use({ url, asked });
  } finally {
    Object.assign(pauses, before);
    delete process.env[variables.url];
    delete process.env[variables.token];
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A source's entry in `sources.yaml`. */
export const crmYaml = (kind: string, relations: string, more = `  preset: ${kind}\n`) =>
  `crm:\n  kind: ${kind}\n  url_env: ${variables.url}\n  token_env: ${variables.token}\n  relations: {${relations}}\n${more}`;

/** Loads such a source. */
export const stageCrm = <T>(yaml: string, use: (staged: Staged) => Promise<T>): Promise<T> =>
  stageFolder({ "sources.yaml": yaml }, use);
