import { setTimeout as wait } from "node:timers/promises";
import { parse } from "lossless-json";
import { networkFault } from "../database/driver.js";
import type { Access } from "./access.js";
import { ApiError } from "./fault.js";

/** How long is waited before what failed in passing is asked for again, in milliseconds; doubled each time. */
export const pauses = { first: 1000, longest: 60_000 };

/** So often a request is made. */
const tries = 6;
/** So many answers a new token has to have opened before another is asked for. */
const answersPerToken = 3;
/** An interface that lets ten pages a minute be asked for makes one wait so long for each, in milliseconds. */
const waitOfAnswer = 6000;
/** So much of a refusal is told. */
const longestReason = 300;
/** An answer is held in memory. */
const mostBytes = 256 * 1024 * 1024;

/** An answer whose status was none of failure. */
export interface Answer {
  text: string;
  headers: Headers;
}

export interface Request {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Sent as JSON, or as a form where it is one. */
  body?: unknown;
  /** A token is asked for, not shown. */
  isLogin?: boolean;
}

/** What differs from one interface to another. */
export interface Protocol {
  /** The header `Authorization`. */
  authorization(access: Access, token: string): string;
  /** Where a new token is asked for; its answer has `access_token`. */
  tokenPath?: string;
  /** What a refusal means, by its status and text; undefined where its status says it. */
  refusal?(status: number, text: string): ApiError | undefined;
}

/** The interface of a CRM over HTTP: asks again for what fails in passing, within bounds. */
export class Api {
  private token: string | undefined;
  /** Answers that a token opened, and how many there were when the last one was asked for. */
  private answers = 0;
  private renewedAt: number | undefined;
  private waited = 0;

  /**
   * @param timeout the longest that it may give nothing, in milliseconds; in all it is waited for three times that, and six
   * seconds for each answer that it gave
   */
  constructor(
    readonly access: Access,
    private readonly protocol: Protocol,
    readonly timeout: number,
  ) {
    this.token = access.token;
  }

  /**
   * What an address answers, as JSON whose numbers keep their digits.
   * @param path below the interface's address, or an address that it gave
   */
  async json(path: string, request: Request = {}): Promise<unknown> {
    return this.asked(path, request, ({ text }) => {
      try {
        return parse(text);
      } catch {
        throw new ApiError({ what: "noData" });
      }
    });
  }

  /** What an address answers, read by a function that throws `ApiError` `noData` for what is none of it. */
  async asked<T>(path: string, request: Request, read: (answer: Answer) => T): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.once(path, request);
        const result = read(answer);
        if (!request.isLogin) this.answers++;
        return result;
      } catch (error) {
        await this.again(error, attempt);
      }
    }
  }

  /** Waits until something is to be tried again; throws where it is not. */
  private async again(error: unknown, attempt: number): Promise<void> {
    if (error instanceof Limited) {
      if (attempt >= tries) throw new ApiError({ what: "limitedStill", times: attempt });
      // Who asks to wait for no time at all has still to be left in peace.
      await this.rest(Math.max(this.pause(attempt), (error.seconds ?? 0) * 1000), error.seconds);
      return;
    }
    if (!(error instanceof Passing) && !(error instanceof ApiError && error.fault.what === "noData"))
      throw error;
    if (attempt >= tries) throw error instanceof Passing ? error.last : error;
    await this.rest(this.pause(attempt), undefined, error instanceof Passing ? error.last : error);
  }

  private pause(attempt: number): number {
    return Math.min(pauses.longest, pauses.first * 2 ** (attempt - 1));
  }

  /** Waits, unless that is too long at a time or in all. */
  async rest(milliseconds: number, asked?: number, last?: ApiError): Promise<void> {
    const inAll = 3 * this.timeout + this.answers * waitOfAnswer;
    if (milliseconds > this.timeout || this.waited + milliseconds > inAll)
      throw last ?? new ApiError({ what: "limited", wait: `${asked ?? Math.round(milliseconds / 1000)} s` });
    this.waited += milliseconds;
    await wait(milliseconds);
  }

  private async once(path: string, request: Request): Promise<Answer> {
    if (this.token === undefined && !request.isLogin) await this.renew();
    const { token } = this;
    const url = this.addressOf(path);
    const { body } = request;
    const isForm = body instanceof URLSearchParams;
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method: request.method ?? "GET",
        redirect: "manual",
        signal: AbortSignal.timeout(this.timeout),
        headers: {
          accept: "application/json, text/csv",
          ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
          ...(request.isLogin
            ? {}
            : { authorization: this.protocol.authorization(this.access, token ?? "") }),
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      });
      text = await textOf(response);
    } catch (error) {
      throw passing(error);
    }
    if (response.ok) return { text, headers: response.headers };
    return this.refused(response, text, request, token);
  }

  /** The addresses that an answer names are taken on the interface's own host alone: elsewhere the token is not shown. */
  private addressOf(path: string): URL {
    const { base } = this.access;
    const url = /^https?:/.test(path)
      ? new URL(path)
      : new URL(`${base.pathname.replace(/\/+$/, "")}${path}`, base.origin);
    if (url.origin !== base.origin) throw new ApiError({ what: "elsewhere", host: this.hostOf(path, base) });
    return url;
  }

  /** Where an address leads; of one that holds a secret, in whatever part, nothing is told. */
  private hostOf(address: string, base: URL): string {
    const { masked } = this.access;
    if (!URL.canParse(address, base.href)) return "?";
    const { host, href } = new URL(address, base);
    return masked(address) === address && masked(href) === href ? host : "***";
  }

  /** What a server says of a refusal, without secrets: masked whole, then cut. */
  reason(text: string): string {
    return (this.access.masked(text).split("\n")[0] ?? "").slice(0, longestReason);
  }

  private async refused(
    response: Response,
    text: string,
    request: Request,
    token: string | undefined,
  ): Promise<Answer> {
    const { status, headers } = response;
    if (status >= 300 && status < 400) {
      const to = headers.get("location") ?? "";
      const { base } = this.access;
      throw new ApiError({ what: "elsewhere", host: this.hostOf(to, base) });
    }
    const known = this.protocol.refusal?.(status, text);
    if (known) throw known;
    if (status === 401 && !request.isLogin) {
      // Another request may have brought a new one meanwhile.
      if (this.token === token) await this.renewAgain();
      return this.once(response.url, request);
    }
    if (status === 401) throw new ApiError({ what: "login" });
    if (status === 429 || (status === 503 && headers.has("retry-after")))
      throw new Limited(secondsToWait(headers));
    if (status >= 500 || status === 408)
      throw new Passing(new ApiError({ what: "broken", code: String(status) }));
    const reason = this.reason(reasonIn(text) ?? String(status));
    throw new ApiError({
      what: status === 403 ? "forbidden" : status === 404 ? "noObject" : "refused",
      reason,
    });
  }

  /** Asks for a new token in place of one that opens nothing: what the last one hardly opened, none does. */
  private async renewAgain(): Promise<void> {
    const { renewedAt, answers } = this;
    const hasServed = renewedAt === undefined || answers - renewedAt >= answersPerToken;
    if (!this.access.client || !hasServed)
      throw new ApiError({ what: answers > (renewedAt ?? 0) ? "expired" : "login" });
    await this.renew();
  }

  /** Asks for a new token by the client's credentials. */
  private async renew(): Promise<void> {
    const { client } = this.access;
    const path = this.protocol.tokenPath;
    if (!client || path === undefined) throw new ApiError({ what: this.answers > 0 ? "expired" : "login" });
    const { id, secret, refreshToken } = client;
    const body = new URLSearchParams({
      client_id: id,
      client_secret: secret,
      ...(refreshToken === undefined
        ? { grant_type: "client_credentials" }
        : { grant_type: "refresh_token", refresh_token: refreshToken }),
    });
    const answer = (await this.json(path, { method: "POST", body, isLogin: true }).catch((error: unknown) => {
      throw error instanceof ApiError && ["refused", "forbidden", "noObject"].includes(error.fault.what)
        ? new ApiError({ what: "login" })
        : error;
    })) as { access_token?: unknown } | null;
    if (typeof answer?.access_token !== "string") throw new ApiError({ what: "login" });
    this.token = answer.access_token;
    this.renewedAt = this.answers;
    this.access.keep(this.token);
  }
}

/** It may be otherwise the next time. */
class Passing extends Error {
  constructor(readonly last: ApiError) {
    super("passing");
  }
}

/** Too much was asked for. */
class Limited extends Error {
  constructor(readonly seconds: number | undefined) {
    super("limited");
  }
}

/** `Retry-After` in seconds, whether it says them or a date: by the server's clock where it tells it, for ours may go wrong. */
function secondsToWait(headers: Headers): number | undefined {
  const header = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header);
  const until = Date.parse(header);
  const told = Date.parse(headers.get("date") ?? "");
  const now = Number.isNaN(told) ? Date.now() : told;
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - now) / 1000));
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new ApiError({ what: "noData" });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** What broke off, is not there or took too long. */
function passing(error: unknown): Error {
  if (error instanceof ApiError) return error;
  if (error instanceof Error && error.name === "TimeoutError") return new ApiError({ what: "slow" });
  const causes = [error, (error as { cause?: unknown }).cause];
  const network = causes.map(networkFault).find((fault) => fault !== undefined);
  if (network?.what === "unsafe") return new ApiError({ what: "unsafe", code: network.code });
  if (network?.what === "unreachable")
    return new Passing(new ApiError({ what: "unreachable", code: network.code }));
  if (error instanceof TypeError || network)
    return new Passing(
      new ApiError({ what: "broken", code: (network as { code?: string })?.code ?? "ECONNRESET" }),
    );
  return error as Error;
}

/** The sentence in a refusal's JSON. */
function reasonIn(text: string): string | undefined {
  try {
    const value = [JSON.parse(text)].flat()[0] as Record<string, unknown> | null;
    const found = value?.message ?? value?.description ?? value?.error_description ?? value?.error;
    return typeof found === "string" ? found : undefined;
  } catch {
    return undefined;
  }
}
