import { expect } from "vitest";
import type { Answer, Asked } from "./server.js";

export type Properties = Record<string, string | null>;
export interface Item {
  id: string;
  properties: Properties;
  archived?: boolean;
  companies?: string[];
}

export interface Portal {
  objects: Record<string, Item[]>;
  /** What a search finds of an object, where it is not all. */
  total?: (object: string, asked: number) => number | undefined;
  faults?: { on: RegExp; answer: Answer }[];
}

/** A portal that speaks HubSpot's v3 interface, as its documentation shows its answers. */
export function portal({ objects, total, faults = [] }: Portal): (asked: Asked) => Answer {
  let searches = 0;
  return ({ method, path, query, body }) => {
    const fault = faults.find(({ on }) => on.test(`${method} ${path}?${query}`));
    if (fault) {
      faults.splice(faults.indexOf(fault), 1);
      return fault.answer;
    }
    if (path === "/crm/v3/owners") {
      const results =
        query.get("archived") === "true"
          ? []
          : [
              {
                id: "51",
                email: "ana@example.com",
                firstName: "Ana",
                lastName: "Lyst",
                userId: 9,
                archived: false,
              },
            ];
      return { json: { results } };
    }
    const [, kind, object = ""] = /^\/crm\/v3\/(properties|objects)\/(\w+)/.exec(path) ?? [];
    const items = objects[object];
    if (!items)
      return {
        status: 404,
        json: { status: "error", message: `no object ${object}`, category: "OBJECT_NOT_FOUND" },
      };
    if (kind === "properties") {
      const names = [...new Set(items.flatMap(({ properties }) => Object.keys(properties)))];
      return { json: { results: names.map((name) => ({ name, type: "string" })) } };
    }
    if (path.endsWith("/search")) {
      expect(JSON.parse(body)).toMatchObject({ limit: 1 });
      const found = items.filter(({ archived }) => !archived).length;
      return { json: { total: total?.(object, ++searches) ?? found, results: [] } };
    }
    const of = items.filter(({ archived = false }) => String(archived) === query.get("archived"));
    const from = Number(query.get("after") ?? 0);
    const size = Number(query.get("limit"));
    const wanted = query.get("properties")?.split(",") ?? [];
    const results = of
      .slice(from, from + size)
      .map(({ id, properties, archived = false, companies = [] }) => ({
        id,
        properties: Object.fromEntries(wanted.map((name) => [name, properties[name] ?? null])),
        archived,
        ...(query.get("associations")?.includes("companies") && companies.length > 0
          ? {
              associations: {
                companies: { results: companies.map((each) => ({ id: each, type: "x_to_company" })) },
              },
            }
          : {}),
      }));
    const next =
      from + size < of.length ? { paging: { next: { after: String(from + size), link: "x" } } } : {};
    return { json: { results, ...next } };
  };
}

export const company = (id: string, more: Properties = {}): Item => ({
  id,
  properties: {
    name: `Firm ${id}`,
    country: "DE",
    hs_merged_object_ids: null,
    hs_object_id: id,
    unused_field: "x",
    ...more,
  },
});
export const ticket = (id: string, companies: string[], archived = false): Item => ({
  id,
  archived,
  companies,
  properties: {
    hs_object_id: id,
    subject: "S",
    createdate: "2026-02-01T10:00:00.123Z",
    closed_date: "2026-02-02T10:00:00Z",
    hs_ticket_priority: "HIGH",
    hs_pipeline_stage: "4",
    hubspot_owner_id: "51",
  },
});
