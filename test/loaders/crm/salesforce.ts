import type { Answer, Asked } from "./server.js";

type Record_ = Record<string, unknown>;

export interface Org {
  objects: Record<string, Record_[]>;
  /** Answers that go before the org's own, each once, by what their path has. */
  faults?: { on: RegExp; answer: Answer | ((asked: Asked) => Answer) }[];
  pageRows?: number;
  /** Fields that are worked out of others. */
  computed?: readonly string[];
  /** The words that may be chosen of a field. */
  picklists?: Readonly<Record<string, readonly string[]>>;
}

/** An org that speaks the REST and Bulk 2.0 interfaces, as their documentation shows their answers. */
export function salesforceOrg({
  objects,
  faults = [],
  pageRows = 2,
  computed = [],
  picklists = {},
}: Org): (asked: Asked) => Answer {
  const jobs = new Map<string, { query: string; looks: number }>();
  const base = "/services/data/v60.0";
  const selected = (query: string) => {
    const [, fields = "", object = ""] = /^select (.*?) from (\w+)/i.exec(query) ?? [];
    const [, since] = / where SystemModstamp >= (\S+)/.exec(query) ?? [];
    const orGone = query.includes(" or IsDeleted = true");
    const isWanted = ({ SystemModstamp: at, IsDeleted }: Record_) =>
      since === undefined || Date.parse(String(at)) >= Date.parse(since) || (orGone && IsDeleted === true);
    const rows = objects[object]?.filter(isWanted);
    return { names: fields.split(",").map((name) => name.trim()), object, rows };
  };
  return (asked) => {
    const fault = faults.find(({ on }) => on.test(`${asked.method} ${asked.path}?${asked.query}`));
    if (fault) {
      faults.splice(faults.indexOf(fault), 1);
      return typeof fault.answer === "function" ? fault.answer(asked) : fault.answer;
    }
    const [, object] = /\/sobjects\/(\w+)\/describe$/.exec(asked.path) ?? [];
    if (object !== undefined) {
      const rows = objects[object];
      if (!rows)
        return {
          status: 404,
          json: [{ errorCode: "NOT_FOUND", message: "The requested resource does not exist" }],
        };
      const fields = Object.keys(rows[0] ?? { Id: "" }).map((name) => ({
        ...{ name, label: name.replaceAll("_", " ").trim(), type: "string" },
        ...{ calculated: computed.includes(name), custom: name.endsWith("__c") },
        picklistValues: (picklists[name] ?? []).map((value) => ({ value, label: value, active: true })),
      }));
      return { json: { name: object, fields: [...fields, { name: "BillingAddress", type: "address" }] } };
    }
    if (asked.path === `${base}/sobjects`)
      return {
        json: {
          sobjects: Object.keys(objects).map((name) => ({
            ...{ name, custom: name.endsWith("__c"), queryable: true, customSetting: false },
          })),
        },
      };
    if (asked.path === `${base}/queryAll`) {
      const query = asked.query.get("q") ?? "";
      const { names, rows = [] } = selected(query);
      if (/count\(\)/.test(names[0] ?? ""))
        return { json: { totalSize: rows.length, done: true, records: [] } };
      return queryPage(query, 0);
    }
    const [, at, hex = ""] = /\/query\/01g-(\d+)-(\w+)$/.exec(asked.path) ?? [];
    if (at !== undefined) return queryPage(Buffer.from(hex, "hex").toString(), Number(at));
    if (asked.path === `${base}/jobs/query` && asked.method === "POST") {
      const id = `750${jobs.size}`;
      jobs.set(id, { query: (JSON.parse(asked.body) as { query: string }).query, looks: 0 });
      return { json: { id, state: "UploadComplete" } };
    }
    const [, id = "", results] = /\/jobs\/query\/(\w+)(\/results)?$/.exec(asked.path) ?? [];
    const job = jobs.get(id);
    if (!job) return { status: 404, json: [{ errorCode: "NOT_FOUND", message: "no such job" }] };
    if (asked.method === "DELETE") return { status: 204, text: "" };
    if (results === undefined) return { json: { id, state: job.looks++ < 2 ? "InProgress" : "JobComplete" } };
    const { names, rows = [] } = selected(job.query);
    const from = Number(asked.query.get("locator") ?? 0);
    const size = pageRows;
    const page = rows.slice(from, from + size);
    const cell = (value: unknown) => `"${String(value ?? "").replaceAll('"', '""')}"`;
    const lines = [names, ...page.map((row) => names.map((name) => row[name]))];
    return {
      text: lines.map((line) => `${line.map(cell).join(",")}\n`).join(""),
      headers: {
        "content-type": "text/csv",
        "sforce-numberofrecords": String(page.length),
        "sforce-locator": from + size < rows.length ? String(from + size) : "null",
      },
    };
  };

  function queryPage(query: string, from: number): Answer {
    const { names, object, rows = [] } = selected(query);
    const page = rows.slice(from, from + pageRows);
    const records = page.map((row) => ({
      attributes: { type: object, url: "/x" },
      ...Object.fromEntries(names.map((name) => [name, row[name] ?? null])),
    }));
    const isDone = from + pageRows >= rows.length;
    const id = `01g-${from + pageRows}-${Buffer.from(query).toString("hex")}`;
    const next = isDone ? {} : { nextRecordsUrl: `${base}/query/${id}` };
    return { json: { totalSize: rows.length, done: isDone, ...next, records } };
  }
}

export const account = (Id: string, more: Record_ = {}): Record_ => ({
  Id,
  Name: `Firm ${Id}`,
  IsDeleted: false,
  MasterRecordId: null,
  BillingCountry: "DE",
  SystemModstamp: "2026-01-01T00:00:00.000+0000",
  ...more,
});

export const supportCase = (Id: string, AccountId: string, more: Record_ = {}): Record_ => ({
  Id,
  AccountId,
  CaseNumber: Id,
  Type: "Problem",
  Priority: "High",
  Origin: "Web",
  CreatedDate: "2026-03-01T23:30:00.000+0000",
  ClosedDate: null,
  IsClosed: false,
  IsDeleted: false,
  OwnerId: "005x",
  ...more,
});
